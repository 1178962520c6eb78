"""Whether the operator's certificate can sign pictures, and what is wrong with it if not. Nothing said here, in a
message or a log, holds anything of the key."""

import base64
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from dateline.newsroom.pictures.credentials.reading import NoAnswer, ask, installed

#: From how long before its end a certificate is spoken of.
SOON = timedelta(days=30)

#: A picture to sign for a trial: a JPEG of one pixel.
_PIXEL = base64.b64decode(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAFA3PEY8MlBGQUZaVVBfeMiCeG5uePWvuZHI///////////////////////////////////////////"
    "/////////wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAABP/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AE//Z"
)


def certificate_problem(certificate: str, key: str, now: datetime | None = None) -> str:
    """What keeps these two files from signing, or soon will; "" if nothing. Both are paths; "" means: not given."""
    if not certificate and not key:
        return ""
    if not certificate or not key:
        given, missing = ("signing_certificate", "signing_key")[:: 1 if certificate else -1]
        return f"{given} is given without {missing}"
    if not installed():
        return "pictures are not signed: the package c2pa-python is missing"
    chain, problem = read_chain(certificate)
    if not chain:
        return problem
    secret, problem = _read_key(key)
    if secret is None:
        return problem
    return _mismatch(chain[0], secret, certificate, now or datetime.now(UTC)) or _trial(certificate, key)


def read_chain(path: str) -> tuple[list[Any], str]:
    """The certificates of a PEM file, or what is wrong with it."""
    from cryptography.x509 import load_pem_x509_certificates

    try:
        return load_pem_x509_certificates(Path(path).read_bytes()), ""
    except OSError as error:
        return [], f"{path} cannot be read: {error.strerror}"
    except ValueError:
        return [], f"{path} holds no certificate as PEM"


def _read_key(path: str) -> tuple[Any, str]:
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        return load_pem_private_key(Path(path).read_bytes(), None), ""
    except OSError as error:
        return None, f"{path} cannot be read: {error.strerror}"
    except TypeError:
        return None, f"{path} is locked with a password"
    except (ValueError, UnsupportedAlgorithm):
        return None, f"{path} holds no private key as PEM"


def _mismatch(leaf: Any, secret: Any, path: str, now: datetime) -> str:
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    form = (Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    if leaf.public_key().public_bytes(*form) != secret.public_key().public_bytes(*form):
        return f"signing_key does not belong to the first certificate in {path}"
    if now < leaf.not_valid_before_utc:
        return f"{path} is not valid before {leaf.not_valid_before_utc:%Y-%m-%d}"
    if now >= leaf.not_valid_after_utc:
        return f"{path} expired on {leaf.not_valid_after_utc:%Y-%m-%d}"
    if now + SOON >= leaf.not_valid_after_utc:
        return f"{path} expires on {leaf.not_valid_after_utc:%Y-%m-%d}"
    return ""


def _trial(certificate: str, key: str) -> str:
    asked = {
        "do": "sign",
        "certificate": certificate,
        "key": key,
        "original": "image/jpeg",
        "pictures": [["image/jpeg", ["c2pa.published"]]],
    }
    try:
        ask(asked, [_PIXEL, _PIXEL])
    except NoAnswer as error:
        return f"{certificate} cannot sign pictures: {error}"
    return ""
