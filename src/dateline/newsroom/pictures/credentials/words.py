"""Content credentials in words: the quiet line under a picture, and what it opens."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from dateline.newsroom.editions.voice import Voice
from dateline.newsroom.pictures.credentials.sources import SCHEMA
from dateline.newsroom.pictures.models import Picture
from dateline.theme import components

#: How many ingredients are told, of all that a chain has.
TOLD = 6


def made_with_ai(picture: Picture) -> str:
    """`made`, `part` or "": what the file says, whether or not its credentials hold."""
    said = (picture.content_credentials or {}).get("ai") or picture.said_by_file.get("ai") or ""
    return said if said in SCHEMA else ""


def holds(picture: Picture) -> bool:
    """Whether it has credentials that match the file."""
    return (picture.content_credentials or {}).get("state") in ("trusted", "valid")


def readable(picture: Picture) -> bool:
    """Whether readers may see what its credentials say."""
    return holds(picture) and not picture.withhold_credentials


def credentials_view(picture: Picture, voice: Voice, address: str = "") -> components.Credentials | None:
    """What readers are told; None if nothing. `address` is where the credentials themselves are."""
    ai = made_with_ai(picture)
    told: Mapping[str, Any] = picture.content_credentials or {}
    if not readable(picture):
        return components.Credentials(ai_line(ai)) if ai else None
    line = ai_line(ai) or _("Content credentials: %(signed)s") % {"signed": _signed(told, voice)}
    return components.Credentials(line, tuple(sentences(told, voice)), address)


def ai_line(ai: str) -> str:
    match ai:
        case "made":
            return _("Made with AI, as its file says")
        case "part":
            return _("Made with AI in part, as its file says")
    return ""


def sentences(told: Mapping[str, Any], voice: Voice) -> Iterator[str]:
    """The chain, from the file itself to what it was made from."""
    signed = _signed(told, voice)
    yield pgettext("picture", "This file: %(signed)s.") % {"signed": signed}
    if told.get("state") == "valid":
        yield _("Nobody this newsroom relies on vouches for who signed it. The picture is unchanged since.")
    yield from _made(told, voice)
    for ingredient in list(_ingredients(told))[:TOLD]:
        yield from _ingredient(ingredient, voice)


def _signed(told: Mapping[str, Any], voice: Voice) -> str:
    name = told.get("organisation") or told.get("name") or _("nobody named")
    values = {"name": apart(name), "date": _date(told.get("signed"), voice)}
    # Who is on no list may call itself by any name.
    if told.get("state") == "valid":
        return (
            _("signed in the name of %(name)s, %(date)s") if values["date"] else _("signed in the name of %(name)s")
        ) % values
    return (_("signed by %(name)s, %(date)s") if values["date"] else _("signed by %(name)s")) % values


def _made(told: Mapping[str, Any], voice: Voice) -> Iterator[str]:
    known = action_words()
    done = dict.fromkeys(known[one["what"]] for one in told.get("actions") or () if one["what"] in known)
    if done:
        yield _("What was done: %(actions)s.") % {"actions": voice.comma.join(done)}
    if told.get("tool"):
        yield _("With: %(tool)s.") % {"tool": apart(told["tool"])}


def _ingredients(told: Mapping[str, Any], depth: int = 0) -> Iterator[Mapping[str, Any]]:
    for one in told.get("ingredients") or ():
        yield one
        if depth < TOLD:
            yield from _ingredients(one, depth + 1)


def _ingredient(told: Mapping[str, Any], voice: Voice) -> Iterator[str]:
    title = apart(told.get("title") or _("a file without a name"))
    if not told.get("sound"):
        yield _("Made from %(title)s, which nothing vouches for.") % {"title": title}
    else:
        # Whether its signer is on a list was not asked.
        signed = _signed({**told, "state": "valid"}, voice)
        yield _("Made from %(title)s, %(signed)s.") % {"title": title, "signed": signed}
        yield from _made(told, voice)


def _date(said: Any, voice: Voice) -> str:
    with suppress(ValueError, TypeError, OverflowError):
        moment = datetime.fromisoformat(said)
        return voice.calendar(moment, "yMMMMd") if moment.tzinfo else ""
    return ""


def apart(text: str) -> str:
    """A name from outside, with a direction of its own."""
    return f"\u2068{text}\u2069"


def action_words() -> dict[str, str]:
    """What the actions of the C2PA specification are called; others are not told."""
    other = _("saved in another format")
    return {
        "c2pa.created": pgettext("picture", "created"),
        "c2pa.edited": pgettext("picture", "edited"),
        "c2pa.placed": _("other pictures put in"),
        "c2pa.color_adjustments": _("colours changed"),
        "c2pa.adjustedColor": _("colours changed"),
        "c2pa.cropped": pgettext("picture", "cropped"),
        "c2pa.resized": pgettext("picture", "resized"),
        "c2pa.drawing": _("drawn on"),
        "c2pa.filtered": pgettext("picture", "filtered"),
        "c2pa.enhanced": pgettext("picture", "enhanced"),
        "c2pa.orientation": pgettext("picture", "turned"),
        "c2pa.removed": _("parts taken out"),
        "c2pa.deleted": _("parts taken out"),
        "c2pa.redacted": _("parts taken out"),
        "c2pa.converted": other,
        "c2pa.transcoded": other,
        "c2pa.published": pgettext("picture", "published"),
        "c2pa.unknown": _("changed in a way that is not told"),
    }
