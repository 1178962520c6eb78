"""What the theme's templates ask for beyond Django's own tags: pictures, icons, islands and a story's body."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from django import template
from django.template.base import NodeList, Parser, Token
from django.template.context import Context
from django.template.loader import get_template
from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from dateline.theme import bundle
from dateline.theme.body import with_dateline_and_end
from dateline.theme.components import Author, Block, BodyPart, Picture, StoryView, Table
from dateline.theme.icons import ICONS

register = template.Library()

# How wide a picture is shown, by its place in a page: what a browser needs before it has read the style sheet.
# Written with min-width, which old browsers also read.
SIZES = {
    "lead": "(min-width: 80rem) 50rem, (min-width: 64rem) 64vw, (min-width: 44rem) 60vw, 100vw",
    "beside": "(min-width: 80rem) 23rem, (min-width: 44rem) 33vw, 100vw",
    "half": "(min-width: 80rem) 43rem, (min-width: 44rem) 50vw, 100vw",
    "card": "(min-width: 80rem) 18rem, (min-width: 64rem) 23vw, (min-width: 44rem) 50vw, 100vw",
    "thumb": "(min-width: 64rem) 18rem, 7rem",
    "small": "12rem",
    "film": "(min-width: 64rem) 12rem, (min-width: 44rem) 23vw, 62vw",
    "frame": "(min-width: 80rem) 19rem, (min-width: 44rem) 25vw, 50vw",
    "frame-wide": "(min-width: 80rem) 38rem, (min-width: 44rem) 50vw, 100vw",
    "portrait": "8rem",
    "story": "(min-width: 80rem) 54rem, (min-width: 68.75rem) 70vw, 100vw",
    "portrait-story": "(min-width: 32rem) 30rem, 100vw",
    "strip": "(min-width: 64rem) 36rem, 84vw",
}

_FIGURE = re.compile(r"[^\w]*\d[\d\s.,\u066b\u066c\u2009\u202f\u00a0%\u066a+\-\u2013\u2212/:×–$€£]*[^\w]*\w{0,3}\.?")
_USED_ICON = re.compile(r'href="#i-([a-z]+)"')
_ISLAND = re.compile(r"<dateline-(island|ticker)\b.*?</dateline-\1>", re.DOTALL)

#: Every icon that an island's templates may use. An island is replaced while its page stays, so each page has them.
ISLAND_ICONS = frozenset({"arrow"})


@register.inclusion_tag("theme/picture.html")
def picture(pic: Picture, slot: str, *, eager: bool = False, css: str = "") -> dict[str, Any]:
    """A `<picture>` in one of the places named in SIZES. `eager` is for the one picture a page opens with."""
    return {"pic": pic, "sizes": SIZES[slot], "eager": eager, "css": " ".join(filter(None, (css, pic.focus)))}


@register.simple_tag
def icon(name: str, *, css: str = "") -> SafeString:
    """A drawing beside a word, so never spoken; its lines stand in the sprite at the end of the page."""
    if name not in ICONS:
        raise template.TemplateSyntaxError(f"there is no icon {name!r}")
    return format_html(
        '<svg class="icon{}" aria-hidden="true"><use href="#i-{}"/></svg>', f" {css}" if css else "", name
    )


@register.tag
def sprite(parser: Parser, token: Token) -> "SpriteNode":
    """`{% sprite %}…{% endsprite %}`: what stands between, then the drawings of the icons it and islands may use."""
    nodelist = parser.parse(("endsprite",))
    parser.delete_first_token()
    return SpriteNode(nodelist)


class SpriteNode(template.Node):
    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: Context) -> SafeString:
        inside = self.nodelist.render(context)
        used = set(_USED_ICON.findall(_ISLAND.sub("", inside))) & set(ICONS)
        if not used:
            return inside
        drawings = "".join(
            f'<symbol id="i-{name}" viewBox="0 0 24 24">{ICONS[name]}</symbol>' for name in sorted(used | ISLAND_ICONS)
        )
        return mark_safe(f'{inside}<svg class="sprite" aria-hidden="true">{drawings}</svg>')


@register.simple_tag(takes_context=True)
def island(context: Context, name: str, *, tag: str = "island") -> SafeString:
    """An island printed into this page: `islands[name]` with `url`, `html` and `printed`, or nothing if there is none.

    `printed` is the ISO time at which its sheet was printed; the reader's browser asks again when that is old. `tag`
    names the element that looks after it.
    """
    islands: Mapping[str, Any] = context.get("islands") or {}
    found = islands.get(name)
    if found is None:
        return SafeString("")
    return format_html(
        '<dateline-{} class="{}" src="{}" data-printed="{}">{}</dateline-{}>',
        tag,
        tag,
        found.url,
        found.printed,
        found.html,
        tag,
    )


@register.simple_tag
def page_script(name: str) -> SafeString:
    """The element that loads a script of this page alone, from the theme's `pages/`."""
    return format_html('<script type="module" src="{}"></script>\n', bundle.page_script(name).url)


@register.simple_tag
def page_style(name: str) -> SafeString:
    """The element that loads a style sheet of this page alone, from the theme's `css/pages/`."""
    return format_html('<link rel="stylesheet" href="{}">\n', bundle.page_style(name).url)


@register.simple_tag
def drawn(block: Block) -> SafeString:
    """A block of a front. Most blocks are what they were at the last print, so each is drawn once and remembered."""
    return _drawn(block, get_language() or "")


@lru_cache(maxsize=512)
def _drawn(block: Block, language: str) -> SafeString:
    return mark_safe(get_template(f"theme/components/{block.kind}.html").render({"block": block}))


@register.filter
def body_template(part: BodyPart) -> str:
    """The template that draws one part of a story's body."""
    return f"theme/body/{part.kind}.html"


@register.filter
def dated_body(story: StoryView) -> tuple[BodyPart, ...]:
    """The story's body with its place before the first word and the end mark after the last."""
    return with_dateline_and_end(story.body, story.place)


@register.filter
def linked_byline(story: StoryView) -> SafeString:
    """The byline as the desk wrote it, each author's name in it a link; the names alone where there is no byline."""
    text = story.byline or ", ".join(author.name for author in story.authors)
    links = {author.name: author for author in story.authors if author.name}
    if not links:
        return conditional_escape(text)
    # The longest name first, so that "Ana Ruiz Mora" is not taken for "Ana Ruiz".
    names = "|".join(re.escape(name) for name in sorted(links, key=len, reverse=True))
    # Arabic writes "and", "by" and "to" onto the name that follows.
    pieces = re.split(rf"(?:(?<!\w)|(?<=\b[وبل]))({names})(?!\w)", text)
    seen: set[str] = set()
    return mark_safe(
        "".join(_named_once(piece, links, seen) if at % 2 else escape(piece) for at, piece in enumerate(pieces))
    )


def _named_once(name: str, links: Mapping[str, Author], seen: set[str]) -> str:
    if name in seen or not links[name].url:
        return format_html("<bdi>{}</bdi>", name)
    seen.add(name)
    return format_html('<a rel="author" href="{}"><bdi>{}</bdi></a>', links[name].url, name)


@register.filter
def shot(pic: Picture) -> str:
    """The classes of a picture in a story: a tall one is bounded by height and never cropped."""
    if pic.height > 1.6 * pic.width:
        return "shot shot--tall"
    return "shot shot--portrait" if pic.portrait else "shot"


@register.filter
def form_icon(form: str) -> str:
    """The shape that tells a form, or "" for a form that has none."""
    return {"video": "play", "gallery": "frames"}.get(form, "")


@register.filter
def initial(name: str) -> str:
    """The first letter of a name, for one whose portrait is missing."""
    return next((letter for letter in name if letter.isalnum()), "")


@register.filter
def columns(table: Table) -> dict[str, Any]:
    """A table's cells and what they are: `head` of (text, figures) and `rows` of (text, heads its row, figures)."""
    width = max([len(table.head), *(len(row) for row in table.rows)], default=0)
    figures = [
        all(_is_figure(row[at]) for row in table.rows if at < len(row) and row[at].strip())
        and any(at < len(row) and row[at].strip() for row in table.rows)
        and not (table.row_heads and at == 0)
        for at in range(width)
    ]
    return {
        "head": list(zip(table.head, figures, strict=False)),
        "rows": [_cells(row, figures, row_heads=table.row_heads) for row in table.rows],
    }


def _cells(row: Sequence[str], figures: Sequence[bool], *, row_heads: bool) -> list[tuple[str, bool, bool]]:
    return [(text, row_heads and at == 0, figures[at]) for at, text in enumerate(row)]


def _is_figure(text: str) -> bool:
    return bool(_FIGURE.fullmatch(text.strip())) or text.strip() in {"–", "—", "-"}
