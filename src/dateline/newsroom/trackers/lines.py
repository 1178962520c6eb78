"""Parties and places as an editor writes them, one to a line: `code; name; group; members`, `name; role; lat; lon`."""

import re
import unicodedata
from collections.abc import Iterator

from django.utils.translation import gettext as _

from dateline.newsroom.trackers.claims import TrackerError
from dateline.newsroom.trackers.members import MOST_MEMBERS, Member, Spot

#: Characters of a list: ten thousand long lines.
LONGEST = 2_000_000

_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


def read_parties(text: str) -> list[Member]:
    """The parties of a list.

    Raises:
        TrackerError: a line is none; it names the line.
    """
    found: list[Member] = []
    codes: dict[str, int] = {}
    for number, parts in _lines(text, 4):
        code, name, group, members = parts
        if not code or not name:
            raise TrackerError(_("Line %(line)s: write a code and a name, such as “DE; Germany”.") % {"line": number})
        if len(code) > 40 or len(name) > 160 or len(group) > 120:
            text = _("Line %(line)s: a code has at most 40 characters, a name 160, a group 120.")
            raise TrackerError(text % {"line": number})
        if code in codes:
            text = _("Line %(line)s: “%(code)s” is the code of line %(before)s.")
            raise TrackerError(text % {"line": number, "code": code, "before": codes[code]})
        if members and (not members.isdecimal() or len(members) > 7 or not 1 <= int(members) <= MOST_MEMBERS):
            text = _("Line %(line)s: “%(text)s” is not how many it stands for. Write a whole number, or nothing.")
            raise TrackerError(text % {"line": number, "text": members[:40]})
        codes[code] = number
        found.append(Member(code, name, group, int(members or 1)))
    return found


def read_places(text: str) -> list[Spot]:
    """The places of a list.

    Raises:
        TrackerError: a line is none; it names the line.
    """
    found: list[Spot] = []
    for number, (name, role, lat, lon) in _lines(text, 4):
        if not name or len(name) > 160 or len(role) > 160:
            text = _("Line %(line)s: a name has 1 to 160 characters, and what is there at most 160.")
            raise TrackerError(text % {"line": number})
        try:
            spot = Spot(name, role, _degrees(lat, 90), _degrees(lon, 180))
        except ValueError:
            text = _("Line %(line)s: write latitude and longitude in degrees, such as “Cairo; hub; 30.04; 31.24”.")
            raise TrackerError(text % {"line": number}) from None
        found.append(spot)
    return found


def _degrees(text: str, most: int) -> float:
    plain = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)
    degrees = float(plain.replace("−", "-").replace("٫", ".").replace(",", "."))
    if not -most <= degrees <= most:
        raise ValueError
    return degrees


def _lines(text: str, most: int) -> Iterator[tuple[int, list[str]]]:
    """The parts of each line that says something, with its number; all of one length."""
    if len(text) > LONGEST:
        raise TrackerError(_("The list has more than %(most)s characters.") % {"most": f"{LONGEST:,}"})
    for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1):
        parts = [" ".join(_CONTROLS.sub("", part).split()) for part in re.split("[;؛\t]", line)]
        if not any(parts):
            continue
        if len(parts) > most:
            text = _("Line %(line)s has %(number)s parts; the most is %(most)s.")
            raise TrackerError(text % {"line": number, "number": len(parts), "most": most})
        yield number, parts + [""] * (most - len(parts))
