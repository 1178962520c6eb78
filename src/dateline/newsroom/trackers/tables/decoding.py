"""The text of an uploaded table, whatever a spreadsheet saved it as."""

from django.utils.translation import gettext as _

from dateline.newsroom.trackers.claims import TrackerError

#: Bytes of a file.
LARGEST = 10 * 1024 * 1024

#: Of before UTF-8, by language; each covers what its spreadsheets wrote.
_LEGACY = {"ar": "cp1256", "fa": "cp1256"}
_NAMES = {"cp1252": "Windows-1252", "cp1256": "Windows-1256"}


def decoded(data: bytes, language: str) -> tuple[str, str]:
    """The text, and what to say of how it was read; "" where that is beyond doubt.

    Raises:
        TrackerError: it is too large, or no text.
    """
    if len(data) > LARGEST:
        text = _("The file has %(size)s MB; at most %(most)s are read. Part it into several.")
        raise TrackerError(text % {"size": f"{len(data) / 1024 / 1024:.1f}", "most": LARGEST // 1024 // 1024})
    coding, note = _coding(data, language)
    try:
        text = data.decode(coding)
    except UnicodeDecodeError:
        raise TrackerError(_no_text()) from None
    if "\0" in text:
        raise TrackerError(_no_text())
    return text, note


def _coding(data: bytes, language: str) -> tuple[str, str]:
    for mark, coding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return coding, ""
    # UTF-16 without its mark: of the names of columns every other byte is nothing.
    first, second = data[:120:2].count(0), data[1:120:2].count(0)
    if not first and second > len(data[1:120:2]) // 2:
        return "utf-16-le", ""
    if not second and first > len(data[:120:2]) // 2:
        return "utf-16-be", ""
    try:
        data.decode()
    except UnicodeDecodeError:
        coding = _LEGACY.get(language.partition("-")[0], "cp1252")
        text = _("The file is not UTF-8; it was read as %(coding)s. Look whether the names are right.")
        return coding, text % {"coding": _NAMES[coding]}
    return "utf-8", ""


def _no_text() -> str:
    return _("This is not a table as text. Save it as “CSV UTF-8” and upload it again.")
