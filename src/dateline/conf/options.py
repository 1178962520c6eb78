"""Every option of a newsroom, in one table: name, type, default, help.

A value is looked up in the environment (`DATELINE_` and the name in capitals), then in the newsroom folder's
`dateline.toml`, then in the table. `docs/options.md` is checked against this table by a test.
"""

import hashlib
import os
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SETTINGS_FILE = "dateline.toml"


class OptionError(ValueError):
    """A value that cannot be used; says where it stands and how to mend it."""


@dataclass(frozen=True, slots=True)
class Option:
    name: str
    type: type
    default: Any
    help: str


OPTIONS: tuple[Option, ...] = (
    Option("base_url", str, "http://127.0.0.1:8000", "The site's public address, without a slash at the end."),
    Option("host", str, "127.0.0.1", "The address `dateline run` and `dateline stand` listen on."),
    Option("port", int, 8000, "The port `dateline run` and `dateline stand` listen on."),
    Option("desk_port", int, 0, "The port the desk listens on, on 127.0.0.1; 0 means: the stand's port plus one."),
    Option("desk_threads", int, 4, "How many requests the desk works on at once."),
    Option("stand_workers", int, 1, "How many processes serve readers."),
    Option("database", str, "", "A PostgreSQL address (postgresql://user:password@host/name); empty means SQLite."),
    Option(
        "search",
        str,
        "",
        "An OpenSearch that answers readers' searches (https://user:password@host:9200); empty: the database does.",
    ),
    Option("secret_key", str, "", "Signs sessions and links; `dateline init` makes one."),
    Option("allowed_hosts", list, [], "Further host names the desk answers to, besides the one in base_url."),
    Option("time_zone", str, "UTC", "The time zone of the desk; every edition has its own."),
    Option("language", str, "en", "The desk's language for editors who have not chosen one."),
    Option("languages", list, [], "Languages of editions that Django does not know by itself, as BCP 47 codes."),
    Option(
        "live_readers",
        int,
        20_000,
        "How many streams of live events each stand process keeps open; further readers ask now and then instead.",
    ),
    Option("live_per_address", int, 200, "How many of these streams one address may have."),
    Option(
        "live_fanout",
        str,
        "",
        "A Redis or Valkey (redis://host:6379/0) over which live events reach stands on other machines; empty for one.",
    ),
    Option(
        "private_streams",
        bool,
        False,
        "Let channels play streams of this network, by plain http too. Readers elsewhere cannot reach them.",
    ),
    Option("speak", bool, True, "Read stories aloud as they are published, with the voices of this machine."),
    Option("studio_lanes", int, 0, "How many stories the studio reads at once; 0 means: one for each processor."),
    Option("studio_nice", int, 10, "How far the studio stands back for all else on the machine: 0 to 19."),
    Option("clips", bool, True, "Prepare uploaded video and audio on this machine."),
    Option("clip_limit", int, 4096, "The largest video or audio file an editor may upload, in megabytes."),
    Option("count_reads", bool, True, "Count how often stories are read: without cookies, without keeping who reads."),
    Option(
        "trusted_fronts",
        list,
        [],
        "Addresses of proxies before the stand: what they say of a reader's address (X-Forwarded-For) is believed.",
    ),
    Option(
        "checks",
        list,
        ["sources", "unnamed", "one-outlet", "speaker", "pictures", "number", "link"],
        "What editors are asked before a story goes out; what is left out is not asked.",
    ),
    Option("undo_seconds", int, 10, "How many seconds an editor may take back an alert that has just been posted."),
    Option("sweep_rate", int, 40, "How many sheets a second the worker prints anew after a change to every page."),
    Option("upload_limit", int, 20, "The largest picture an editor may upload, in megabytes."),
    Option("trusted_signers", str, "", "A PEM file of the authorities whose signatures of pictures are believed."),
    Option("signing_certificate", str, "", "A PEM file: the certificate that pictures are signed with, and its chain."),
    Option("signing_key", str, "", "A PEM file: the private key of signing_certificate."),
    Option("sign_pictures", bool, False, "Sign pictures that came without content credentials, as published here."),
    Option("debug", bool, False, "Show Django's error pages at the desk. Never on a public machine."),
)

_BY_NAME = {option.name: option for option in OPTIONS}


def newsroom_folder() -> Path:
    """The folder named by DATELINE_HOME, else the current one."""
    return Path(os.environ.get("DATELINE_HOME") or Path.cwd()).resolve()


def ask_token(secret_key: str) -> str:
    """What a stand shows the desk when it asks for a print. Made from the newsroom's key, which it does not tell."""
    return hashlib.blake2b(b"ask", key=hashlib.sha256(secret_key.encode()).digest(), digest_size=16).hexdigest()


def load_options(folder: Path) -> dict[str, Any]:
    """All options of the newsroom in `folder`.

    Raises:
        OptionError: an unknown name or a value of the wrong type, with the place it stands in.
    """
    file = folder / SETTINGS_FILE
    written: dict[str, Any] = {}
    if file.exists():
        try:
            written = tomllib.loads(file.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise OptionError(f"{file}: not valid TOML: {error}") from error
    for name in written:
        if name not in _BY_NAME:
            raise OptionError(f"{file}: there is no option {name!r}. docs/options.md lists them all.")
    values: dict[str, Any] = {}
    for option in OPTIONS:
        variable = f"DATELINE_{option.name.upper()}"
        if variable in os.environ:
            values[option.name] = _from_text(option, os.environ[variable], variable)
        elif option.name in written:
            values[option.name] = _checked(option, written[option.name], f"{file}: {option.name}")
        else:
            values[option.name] = option.default
    values["base_url"] = values["base_url"].rstrip("/")
    return values


def _from_text(option: Option, text: str, where: str) -> Any:
    if option.type is int:
        try:
            return int(text)
        except ValueError:
            raise OptionError(f"{where} should be a whole number, not {text!r}.") from None
    if option.type is bool:
        return text.lower() in {"1", "true", "yes", "on"}
    if option.type is list:
        return [part.strip() for part in text.split(",") if part.strip()]
    return text


def _checked(option: Option, value: Any, where: str) -> Any:
    right = type(value) is option.type
    if option.type is list and right:
        right = all(isinstance(part, str) for part in value)
    if not right:
        kind = {str: "a text in quotes", int: "a whole number", bool: "true or false", list: "a list of texts"}
        raise OptionError(f"{where} should be {kind[option.type]}, not {value!r}.")
    return value
