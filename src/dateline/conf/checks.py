"""`dateline check`: what is wrong with a newsroom, and how to mend it."""

import shutil
from pathlib import Path
from typing import Any, NamedTuple


class Finding(NamedTuple):
    what: str
    mend: str


def findings(folder: Path, options: dict[str, Any], *, deploy: bool = False) -> list[Finding]:
    """Everything found wrong, the gravest first. Django has been set up for `folder`."""
    found = [*_database(), *_disk(folder), *_press(), *_search(options), *_credentials()]
    if deploy:
        found += _deploy(folder, options)
    return found


def _database() -> list[Finding]:
    from django.db import OperationalError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
    except OperationalError as error:
        return [Finding(f"The database does not answer: {error}", "Check the option database in dateline.toml.")]
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return [Finding("The database is of an older version.", "Start the newsroom once: dateline run")]
    return []


def _disk(folder: Path) -> list[Finding]:
    found = []
    free = shutil.disk_usage(folder).free
    if free < 500 * 2**20:
        found.append(
            Finding(f"Only {free // 2**20} MB are free.", "Make room: the press stops printing on a full disk.")
        )
    for name in ("media", "store", "static"):
        if not (folder / name).is_dir():
            found.append(Finding(f"{folder / name} is missing.", f"Make it: mkdir {folder / name}"))
    return found


def _press() -> list[Finding]:
    from django.db import DatabaseError

    from dateline.press.outbox import failures

    try:
        open_changes = failures()
    except DatabaseError:
        return []
    return [
        Finding(f"{path} would not print: {error}", "Its old sheet stays up. Mend what fails; the worker tries again.")
        for change in open_changes
        for path, error in change.errors.items()
    ]


def _search(options: dict[str, Any]) -> list[Finding]:
    if not options["search"]:
        return []
    try:
        from opensearchpy.exceptions import OpenSearchException
    except ImportError:
        return [Finding("The option search needs opensearch-py.", "Install it: pip install 'dateline[opensearch]'")]
    from modelsearch.backends import get_search_backend

    from dateline.newsroom.find.models import Entry

    try:
        backend: Any = get_search_backend("find")
        held, wanted = backend.held(Entry), Entry.objects.count()
    except OpenSearchException as error:
        text = f"The search engine does not answer ({type(error).__name__}); the database answers instead."
        return [Finding(text, "Check the option search in dateline.toml, and whether the engine runs.")]
    if held != wanted:
        return [Finding(f"The search engine holds {held} of {wanted} stories.", "Run: dateline reindex")]
    return []


def _credentials() -> list[Finding]:
    from django.conf import settings

    from dateline.newsroom.pictures.credentials.certificate import certificate_problem, read_chain
    from dateline.newsroom.pictures.credentials.reading import installed

    found = []
    if not installed():
        what = "The package c2pa-python is missing: content credentials of pictures are neither read nor made."
        found.append(Finding(what, "Install it: pip install 'dateline[provenance]'"))
    elif settings.TRUSTED_SIGNERS and (problem := read_chain(settings.TRUSTED_SIGNERS)[1]):
        mend = "Pictures are read as if nobody were trusted. Set trusted_signers in dateline.toml to a PEM file."
        found.append(Finding(f"trusted_signers: {problem}.", mend))
    if problem := certificate_problem(settings.SIGNING_CERTIFICATE, settings.SIGNING_KEY):
        mend = "Set signing_certificate and signing_key in dateline.toml to a valid certificate and its key."
        found.append(Finding(f"Signing of pictures: {problem}.", mend))
    key = Path(settings.SIGNING_KEY)
    if settings.SIGNING_KEY and key.is_file() and key.stat().st_mode & 0o077:
        found.append(Finding(f"Others may read {key}.", f"chmod 600 {key}"))
    return found


def _deploy(folder: Path, options: dict[str, Any]) -> list[Finding]:
    found = []
    if not options["base_url"].startswith("https://"):
        found.append(
            Finding(f"base_url is {options['base_url']}", "Use the public address, with https, in dateline.toml.")
        )
    if options["debug"]:
        found.append(Finding("debug is on.", "Take it out of dateline.toml: it shows settings to strangers."))
    if not options["secret_key"] or len(options["secret_key"]) < 40:
        found.append(Finding("secret_key is short or missing.", "Put 50 random characters into dateline.toml."))
    mode = (folder / "dateline.toml").stat().st_mode & 0o077
    if mode:
        found.append(Finding("Others may read dateline.toml.", f"chmod 600 {folder / 'dateline.toml'}"))
    return found
