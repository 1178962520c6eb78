"""What the desk is told of a picture's content credentials: more than readers, above all what is wrong with them."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from dateline.newsroom.editions.voice import Voice
from dateline.newsroom.pictures.credentials.embedded import MOST_BYTES
from dateline.newsroom.pictures.credentials.words import ai_line, apart, made_with_ai, sentences
from dateline.newsroom.pictures.models import Picture


@dataclass(frozen=True, slots=True)
class Report:
    """A line, what there is to say beyond it, and the address of the credentials for readers, or ""."""

    line: str
    warning: bool = False
    told: tuple[str, ...] = ()
    url: str = ""


def desk_report(picture: Picture, voice: Voice) -> Report | None:
    """None for a file that has no credentials and says of no machine that it made it."""
    credentials, ai = picture.content_credentials, ai_line(made_with_ai(picture))
    if credentials is None:
        return Report(_("Nobody has looked whether this file has any."), told=(ai,) if ai else ())
    url = str(settings.MEDIA_URL + picture.credentials_file) if picture.credentials_file else ""
    match credentials.get("state"):
        case "trusted" | "valid":
            return Report(_("This picture matches its credentials."), told=tuple(_sound(picture, voice, ai)), url=url)
        case "invalid":
            return Report(
                _("This picture does not match its credentials. Readers are told nothing of them."),
                warning=True,
                told=tuple(_false(picture, ai)),
            )
        case "unreadable":
            return Report(_unreadable(credentials["problems"]), warning=True, told=(ai,) if ai else ())
        case "elsewhere":
            line = _("Its credentials are kept at another place on the web. Nothing is fetched from there.")
            return Report(line, told=(ai,) if ai else ())
    return Report(ai) if ai else None


def _sound(picture: Picture, voice: Voice, ai: str) -> Iterator[str]:
    told = picture.content_credentials or {}
    if ai:
        yield ai
    yield from sentences(told, voice)
    if told.get("places"):
        yield _("They tell where it was taken.")
    if picture.withhold_credentials:
        yield _("They are kept from readers.")


def _false(picture: Picture, ai: str) -> Iterator[str]:
    told = picture.content_credentials or {}
    for code in told["problems"]:
        yield problem_words().get(code) or _("Found false: %(code)s.") % {"code": code}
    name = told.get("organisation") or told.get("name")
    if name:
        yield _("They are in the name of %(name)s.") % {"name": apart(name)}
    if ai:
        yield ai
    yield _("The picture can be used all the same. Ask where it comes from.")


def _unreadable(problems: list[str]) -> str:
    if "large" in problems:
        most = _("%(number)s MB") % {"number": MOST_BYTES // 2**20}
        return _("Its credentials are larger than %(most)s and were not read. The picture can be used.") % {
            "most": most
        }
    return _("Its credentials are broken, or could not be read in time. The picture can be used.")


def problem_words() -> dict[str, str]:
    """What codes of the C2PA specification mean; `container` is our own."""
    changed = _("The picture was changed after it was signed.")
    retold = _("What they say was changed after it was signed.")
    untimely = _("The certificate was not valid when it was used.")
    return {
        "assertion.dataHash.mismatch": changed,
        "assertion.bmffHash.mismatch": changed,
        "assertion.boxesHash.mismatch": changed,
        "assertion.hashedURI.mismatch": retold,
        "claimSignature.mismatch": pgettext("content credentials", "The signature is false."),
        "claimSignature.outsideValidity": untimely,
        "signingCredential.expired": untimely,
        "signingCredential.invalid": _("The certificate is not one for signing pictures."),
        "container": _("The file is of two kinds at once, and they are of the other."),
    }
