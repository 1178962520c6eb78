"""A newsroom's folder: making one, and bringing one up to this version."""

import json
import re
import secrets
import shutil
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from dateline import __version__
from dateline.conf.options import SETTINGS_FILE

Say = Callable[[str], None]

#: The least free space a new newsroom is started with, in bytes.
LEAST_SPACE = 300 * 1024 * 1024

_STAMP = ".prepared.json"
_HOST = re.compile(r"([\w.-]+|\[[0-9a-fA-F:]+\])(:\d+)?")


class SetupError(Exception):
    """A folder that cannot become or be a newsroom; the message says what to do."""


def make_folder(folder: Path, *, base_url: str) -> None:
    """Write a new newsroom's folder and its settings file.

    Raises:
        SetupError: it is a newsroom already, is not empty, cannot be written, or the disk is full; or `base_url` is no
            address of a site.
    """
    _check_base_url(base_url)
    if (folder / SETTINGS_FILE).exists():
        raise SetupError(f"{folder} is a newsroom already. Start it with: dateline -C {folder} run")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise SetupError(f"{folder} is not empty. Name a folder that does not exist yet.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        free = shutil.disk_usage(folder).free
        if free < LEAST_SPACE:
            raise SetupError(f"{folder}: {free // 2**20} MB free, a newsroom needs at least {LEAST_SPACE // 2**20} MB.")
        for name in ("media", "store", "static"):
            (folder / name).mkdir(exist_ok=True)
        port = _port_of(base_url)
        settings = (
            "# This newsroom's settings. docs/options.md lists every option.\n"
            f'base_url = "{base_url}"\n'
            + (f"port = {port}\n" if port else "")
            + f'secret_key = "{secrets.token_urlsafe(48)}"\n'
        )
        file = folder / SETTINGS_FILE
        file.touch(mode=0o600)
        file.write_text(settings, encoding="utf-8")
    except OSError as error:
        raise SetupError(f"{folder} cannot be written: {error.strerror}.") from error


def _check_base_url(base_url: str) -> None:
    parts = urlsplit(base_url)
    try:
        good = parts.scheme in {"http", "https"} and bool(_HOST.fullmatch(parts.netloc)) and parts.port != 0
    except ValueError:  # a port that is no number, or none that exists
        good = False
    if not good or parts.path or parts.query or parts.fragment:
        raise SetupError(f"{base_url} is no address of a site. Write it as https://news.example, without a path.")


def _port_of(base_url: str) -> int | None:
    """The port that readers name, when the stand itself has to listen there: in front of https stands a server that
    ends TLS, and the option keeps its default."""
    parts = urlsplit(base_url)
    return parts.port if parts.scheme == "http" else None


def prepare(folder: Path, *, say: Say = lambda _: None) -> None:
    """Bring database, roles and static files of a newsroom to this version; quick when they are.

    Django must have been set up for `folder`.
    """
    from dateline.theme.bundle import css_bundle, js_bundle

    stamp = folder / _STAMP
    now = {"version": __version__, "css": css_bundle().name, "js": js_bundle().name, "migrations": _migrations()}
    if stamp.exists() and json.loads(stamp.read_text()) == now:
        write_theme(folder)
        return
    from django.core.management import call_command

    say("Preparing the database")
    call_command("migrate", verbosity=0, interactive=False)
    say("Collecting the desk's files")
    call_command("collectstatic", verbosity=0, interactive=False)
    write_theme(folder)
    from dateline.desk.roles import make_roles

    make_roles()
    stamp.write_text(json.dumps(now))


def write_theme(folder: Path) -> None:
    """Style sheet and script that pages name, in the newsroom's accent; a new name is a new shell for every page."""
    from django.conf import settings

    from dateline.newsroom.editions.models import Edition, the_newsroom
    from dateline.press.outbox import announce
    from dateline.theme.bundle import write_bundles

    accent = the_newsroom().accent
    written = write_bundles(Path(settings.STATIC_ROOT), accent=accent)
    mark = folder / ".theme"
    worn = " ".join([__version__, *(bundle.name for bundle in written), settings.BASE_URL])
    if not mark.exists() or mark.read_text() != worn:
        from django.db import transaction

        with transaction.atomic():
            announce([], shells=list(Edition.objects.values_list("slug", flat=True)))
        mark.write_text(worn)


def _migrations() -> str:
    """A digest of every app's migration names: a new one is run at the next start."""
    import hashlib

    from django.db.migrations.loader import MigrationLoader

    names = sorted(MigrationLoader(None, ignore_no_migrations=True).disk_migrations)
    return hashlib.sha256(repr(names).encode()).hexdigest()[:16]
