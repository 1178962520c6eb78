"""URL paths and the files that hold them."""

import unicodedata

#: A path of more bytes than this is refused: file systems end at 4,096, and links people can send end far earlier.
LONGEST_PATH = 1800
#: One segment; file systems allow 255 bytes, and suffixes such as `.stale.meta` come on top.
LONGEST_SEGMENT = 230

#: Endings that the store keeps for itself.
RESERVED_ENDINGS = (".br", ".gz", ".meta", ".stale", ".tmp")


class BadPath(ValueError):
    """A path that can never name a sheet: it climbs, hides, is too long or holds control characters."""


def file_for(path: str) -> str:
    """The file, relative to the host's folder, that holds the sheet of the decoded URL `path`.

    `/en/` is `en/index.html`; `/en/rss.xml` is `en/rss.xml`; `/en` has no file (a folder's address ends in a slash).

    Raises:
        BadPath: if `path` cannot name a sheet.
    """
    if not path.startswith("/"):
        raise BadPath("a path starts with a slash")
    if len(path.encode("utf-8", "surrogatepass")) > LONGEST_PATH:
        raise BadPath("the path is too long")
    relative = path[1:] + "index.html" if path.endswith("/") else path[1:]
    for segment in relative.split("/"):
        if not segment:
            raise BadPath("an empty segment")
        if segment.startswith("."):
            raise BadPath("a segment starts with a dot")
        if len(segment.encode("utf-8", "surrogatepass")) > LONGEST_SEGMENT:
            raise BadPath("a segment is too long")
        if "\\" in segment or not segment.isprintable():
            raise BadPath("a backslash or a character that does not print")
    if relative.endswith(RESERVED_ENDINGS):
        raise BadPath("an ending that the store keeps for itself")
    if "." not in relative.rpartition("/")[2]:
        raise BadPath("a folder's address ends in a slash")
    if not unicodedata.is_normalized("NFC", relative):
        raise BadPath("the path is not in normal form C")
    return relative


def path_for(file: str) -> str:
    """The URL path of a file in the host's folder; the inverse of `file_for`."""
    path = "/" + file
    return path[: -len("index.html")] if path.endswith("/index.html") else path
