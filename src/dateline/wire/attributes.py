"""What the attributes of a body's elements say: where a link leads, which picture is meant, in what language."""

import re
from urllib.parse import quote, urlsplit

from dateline.wire.items import EmbedRef, FigureRef
from dateline.wire.markup import Node, clean_text

LONGEST_ADDRESS = 4000
#: How many sources may bear one passage.
MOST_SOURCES = 20

_LINK = re.compile(r"(https?://[^/?#]|mailto:.|urn:.|tag:.|/)")
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_IDENTITY = re.compile(r"[A-Za-z0-9-]{1,64}")
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
_PROVIDERS = {
    "youtube.com": "YouTube",
    "youtube-nocookie.com": "YouTube",
    "youtu.be": "YouTube",
    "vimeo.com": "Vimeo",
    "dailymotion.com": "Dailymotion",
    "soundcloud.com": "SoundCloud",
    "spotify.com": "Spotify",
    "twitter.com": "X",
    "x.com": "X",
    "facebook.com": "Facebook",
    "instagram.com": "Instagram",
    "tiktok.com": "TikTok",
    "dwcdn.net": "Datawrapper",
}


def is_language(tag: str) -> bool:
    return _LANGUAGE.fullmatch(tag) is not None


def pictures(node: Node) -> list[FigureRef]:
    """The pictures below an element."""
    return [figure for image in node.find("img") if (figure := figure_of(image, node))]


def figure_of(image: Node, around: Node) -> FigureRef | None:
    """The picture an `<img>` shows, or None if it neither has an address nor a name."""
    name = name_of(around) or name_of(image)
    sources = (file_address(image.attributes.get(key, "")) for key in ("src", "data-src", "data-lazy-src"))
    href = next(filter(None, sources), "")
    if not name and not href:
        return None
    return FigureRef(name, href, clean_text(image.attributes.get("alt", "")))


def name_of(node: Node) -> str:
    """The name by which a body calls one of its item's media."""
    return clean_text(node.attributes.get("data-name") or node.attributes.get("data-assoc-ref") or "")


def embed(url: str, title: str) -> EmbedRef:
    """Something shown elsewhere; the provider is told from the address. A title that repeats the address is none."""
    host = urlsplit(url).hostname or ""
    host = host.removeprefix("www.")
    known = (name for domain, name in _PROVIDERS.items() if host == domain or host.endswith(f".{domain}"))
    return EmbedRef(url, next(known, host), "" if title == url else title)


def language_attributes(node: Node) -> str:
    """The attributes `lang` and `dir` as they are written again, "" if the element has neither."""
    language = node.attributes.get("lang", "")
    direction = node.attributes.get("dir", "").lower()
    return (f' lang="{language}"' if _LANGUAGE.fullmatch(language) else "") + (
        f' dir="{direction}"' if direction in ("ltr", "rtl", "auto") else ""
    )


def source_attribute(node: Node) -> str:
    """The attribute that names what bears a passage, "" if it names nothing that could be a source."""
    named = list(dict.fromkeys(filter(_IDENTITY.fullmatch, node.attributes.get("data-source", "").split())))
    return f' data-source="{" ".join(named[:MOST_SOURCES])}"' if named else ""


def address(href: str) -> str:
    """`href` as a link may hold it, or "": http, https, mailto, a path from the root, or a story's urn: or tag:."""
    href = re.sub(r'[\s<>"\\^`{|}]', lambda found: quote(found.group()), href.strip())
    if href.startswith("//"):
        href = f"https:{href}"
    scheme, colon, rest = href.partition(":")
    if colon and "/" not in scheme:
        href = f"{scheme.lower()}:{rest}"
    allowed = _LINK.match(href) is not None and len(href) <= LONGEST_ADDRESS
    try:
        urlsplit(href)
    except ValueError:
        return ""
    return href if allowed else ""


def file_address(src: str) -> str:
    """Where a picture is: an http or https address, or a path as it was written."""
    src = clean_text(src)
    if src.startswith("//") or _SCHEME.match(src):
        found = address(src)
        return found if found.startswith("http") else ""
    return src if len(src) <= LONGEST_ADDRESS and not src.startswith("#") else ""
