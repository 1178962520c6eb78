"""Reading content credentials: what is asked of the process that does it, and what becomes of its answer."""

import hashlib
import importlib.util
import json
import logging
import subprocess
import sys
from collections.abc import Sequence
from typing import Any, BinaryIO

from django.conf import settings

from dateline.newsroom.pictures.credentials.embedded import MOST_BYTES, TYPES, file_kind, lies_elsewhere, manifest_in

logger = logging.getLogger("dateline.pictures")

#: Seconds that reading and signing may take, and bytes that a description may have.
PATIENCE = 30
MOST_SAID = 256 * 1024


class NoAnswer(Exception):
    """The process gave no answer that can be used; says why."""


def installed() -> bool:
    """Whether the package that reads and makes content credentials is here."""
    return importlib.util.find_spec("c2pa") is not None


def read_credentials(file: BinaryIO) -> dict[str, Any] | None:
    """What a picture's manifest says; {} if it has none, None if it cannot be told as the package is missing. The file
    is left at its beginning.

    `state` is `trusted`, `valid` (by a signer who is on no list), `invalid`, `unreadable` or `elsewhere`; `problems`
    codes of the C2PA specification, or our own: `large`, `broken`, `container`. The rest is as process.py tells it, and
    `manifest` a digest of the manifest store.
    """
    if not installed():
        return None
    file.seek(0)
    data = file.read()
    file.seek(0)
    return credentials_of(data)


def credentials_of(data: bytes) -> dict[str, Any]:
    kind = file_kind(data)
    manifest = manifest_in(data)
    if len(manifest) > MOST_BYTES:
        return {"state": "unreadable", "problems": ["large"]}
    # Most files have none: no process is started for them.
    if not kind or not (manifest or b"c2pa" in data):
        return {"state": "elsewhere", "problems": []} if kind and lies_elsewhere(data) else {}
    try:
        asked = {"do": "read", "type": TYPES[kind], "anchors": settings.TRUSTED_SIGNERS}
        told, _ = ask(asked, [data])
    except NoAnswer as error:
        logger.warning("content credentials were not read: %s", error)
        return {"state": "unreadable", "problems": ["broken"]}
    if not told.pop("found"):
        if manifest:
            return {"state": "unreadable", "problems": ["broken"]}
        return {"state": "elsewhere", "problems": []} if told.get("elsewhere") else {}
    told["manifest"] = hashlib.sha256(manifest).hexdigest()[:16]
    if not manifest:
        # What is shown as one kind of file, and vouched for as another.
        told |= {"state": "invalid", "problems": ["container", *told["problems"]]}
    return told


def ask(asked: dict[str, Any], files: Sequence[bytes]) -> tuple[dict[str, Any], list[bytes]]:
    """The process's answer, and the files that came with it. Raises NoAnswer."""
    line = json.dumps(asked | {"sizes": [len(file) for file in files]}).encode() + b"\n"
    try:
        done = subprocess.run(
            [sys.executable, "-m", "dateline.newsroom.pictures.credentials.process"],
            input=line + b"".join(files),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise NoAnswer(f"no answer within {PATIENCE} seconds") from None
    except OSError as error:
        raise NoAnswer(str(error)) from error
    said, _, rest = done.stdout.partition(b"\n")
    if not said or len(said) > MOST_SAID:
        raise NoAnswer(f"the process ended with {done.returncode}")
    answer = json.loads(said)
    if "error" in answer:
        raise NoAnswer(answer["error"])
    made, place = [], 0
    for size in answer.pop("sizes"):
        made.append(rest[place : place + size])
        place += size
    return answer, made
