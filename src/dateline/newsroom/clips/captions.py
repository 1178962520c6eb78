"""Captions as they are uploaded (SubRip or WebVTT), and as browsers read them.

WebVTT: https://www.w3.org/TR/webvtt1/. SubRip has no standard; what is read here is what tools write.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape, unescape

from django.utils.translation import gettext as _

#: First and last millisecond, and the text; its lines are parted by line ends.
Cue = tuple[int, int, str]

#: The largest file in bytes, and the most cues in it.
LARGEST, MOST = 2_000_000, 20_000

#: How text was written before UTF-8, by language.
_LEGACY = {"ar": "cp1256", "fa": "cp1256", "es": "cp1252", "en": "cp1252", "fr": "cp1252", "de": "cp1252"}

#: Letters of which most of a text in that language is made.
_SCRIPTS = {"ar": "\u0600-\u06ff", "fa": "\u0600-\u06ff"}

_TIME = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{2})[.,](\d{1,3})"
_TIMING = re.compile(rf"^\s*{_TIME}\s*-->\s*{_TIME}")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|\{\\[^{}]*\}|<\d[\d:.]*>")


class CaptionsError(ValueError):
    """A file that holds no captions; the message is for the editor."""


def read_captions(data: bytes, language: str) -> list[Cue]:
    """The cues of a file, in order.

    Raises:
        CaptionsError: it is too large, cannot be read as text, or a time in it makes no sense; the message names the
            line.
    """
    if len(data) > LARGEST:
        raise CaptionsError(
            _("This file is larger than %(most)s MB; captions are smaller.") % {"most": LARGEST // 10**6}
        )
    lines = re.split(r"\r\n|\r|\n", _text(data, language))
    cues = list(_cues(lines))
    if not cues:
        raise CaptionsError(
            _("There are no captions in this file. Each has a line such as 00:00:01,000 --> 00:00:04,000.")
        )
    if len(cues) > MOST:
        raise CaptionsError(_("These are more than %(most)s captions.") % {"most": MOST})
    return sorted(cues)


def as_webvtt(cues: Iterable[Cue]) -> str:
    blocks = [f"{clock(first)} --> {clock(last)}\n{_written(text)}\n" for first, last, text in cues]
    return "\n".join(["WEBVTT\n", *blocks])


def transcript(cues: Sequence[Cue]) -> list[str]:
    """Paragraphs: a pause of two seconds or the end of a sentence after many words begins a new one."""
    found: list[list[str]] = []
    before, words = None, 0
    for first, last, text in cues:
        said = " ".join(text.split())
        ended = bool(found) and found[-1][-1].rstrip("\"'”’»)").endswith((".", "?", "!", "؟", "…"))
        if before is None or first - before >= 2000 or (words > 60 and ended):
            found.append([])
            words = 0
        found[-1].append(said)
        words += len(said.split())
        before = last
    return [" ".join(part) for part in found]


def clock(milliseconds: int) -> str:
    seconds, rest = divmod(milliseconds, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}.{rest:03}"


def _text(data: bytes, language: str) -> str:
    for mark, coding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return data.decode(coding, "replace")
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        return _legacy(data, language, data.count(b"\n", 0, error.start) + 1)
    if "\0" in text:
        raise CaptionsError(_("This is not a text file. Give WebVTT or SRT, saved as UTF-8."))
    return text


def _legacy(data: bytes, language: str, line: int) -> str:
    """Text of before UTF-8, where it is beyond doubt; guessing wrong would put nonsense on the screen."""
    base = language.split("-")[0]
    wrong = _("Line %(line)s is not UTF-8. Save the file as UTF-8 and upload it again.") % {"line": line}
    if b"\0" in data or base not in _LEGACY:
        raise CaptionsError(wrong)
    try:
        text = data.decode(_LEGACY[base])
    except UnicodeDecodeError:
        raise CaptionsError(wrong) from None
    letters = [sign for sign in text if sign.isalpha()]
    script = _SCRIPTS.get(base)
    if script:
        sound = sum(bool(re.match(f"[{script}]", sign)) for sign in letters) > 0.7 * len(letters)
    else:
        strange = sum(sign > "\x7f" for sign in letters)
        sound = strange < 0.25 * len(letters) and not re.search("[\x80-\x9f]|Ã.|Ø.|Ù.", text)
    if not sound:
        raise CaptionsError(wrong)
    return text


def _cues(lines: Sequence[str]) -> Iterator[Cue]:
    at = 0
    while at < len(lines):
        match = _TIMING.match(lines[at])
        if match is None:
            if "-->" in lines[at]:
                raise CaptionsError(
                    _("Line %(line)s: a time is missing or miswritten: %(text)s")
                    % {"line": at + 1, "text": lines[at].strip()[:80]}
                )
            at += 1
            continue
        first, last = _moment(match, 1), _moment(match, 5)
        if last <= first:
            raise CaptionsError(_("Line %(line)s: the caption ends before it begins.") % {"line": at + 1})
        at += 1
        said: list[str] = []
        while at < len(lines) and lines[at].strip() and "-->" not in lines[at]:
            said.append(lines[at])
            at += 1
        if at < len(lines) and "-->" in lines[at] and said and said[-1].strip().isdigit():
            said.pop()  # the next caption's number, where no empty line stands between them
        text = "\n".join(filter(None, (_plain(line) for line in said)))
        if text:
            yield first, last, text


def _moment(match: re.Match[str], at: int) -> int:
    hours, minutes, seconds, rest = (match[at + step] or "0" for step in range(4))
    if int(minutes) > 59 or int(seconds) > 59:
        raise CaptionsError(_("%(time)s is not a time.") % {"time": match[0].strip()[:60]})
    return ((int(hours) * 60 + int(minutes)) * 60 + int(seconds)) * 1000 + int(rest.ljust(3, "0"))


def _plain(line: str) -> str:
    """The words alone: colours and places of captions are the reader's to choose."""
    return " ".join(unescape(_TAG.sub("", line)).split())


def _written(text: str) -> str:
    return "\n".join(escape(line, quote=False) for line in text.split("\n"))
