"""The theme's templates with the samples: every component in every state, in both directions."""

import re
from dataclasses import fields, is_dataclass, replace
from types import SimpleNamespace
from typing import Any, get_args

import brotli
import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.template.loader import get_template
from django.utils import translation
from django.utils.safestring import mark_safe
from lxml import html as markup

from dateline.theme import components, samples
from dateline.theme.body import with_dateline_and_end
from dateline.theme.components import (
    Author,
    Figure,
    Head,
    Known,
    KnownSource,
    MostRead,
    MostReadIsland,
    Opinion,
    Opinions,
    Picture,
    Prose,
    Shell,
    Source,
    StoryView,
    Table,
)
from dateline.theme.icons import ICONS
from dateline.theme.templatetags.theme import ISLAND_ICONS, SIZES, columns, initial, linked_byline, shot

CODES = ("en", "ar")
ISLANDS = {
    "newest": SimpleNamespace(
        url="/en/islands/newest", html=mark_safe("<p id=fresh>fresh</p>"), printed="2026-11-19T10:00:00+00:00"
    )
}


def rendered(view: Any, islands: dict[str, Any] | None = None) -> str:
    """The view's own template, in its edition's language."""
    with translation.override(view.shell.code):
        return get_template(view.template).render({"page": view, "islands": islands or {}})


def drawn(source: str, **context: Any) -> str:
    return Template("{% load theme %}" + source).render(Context(context))


def every_view(code: str) -> dict[str, Any]:
    shell, head = samples.sample_shell(code), samples.sample_head(code)
    return {
        "home": samples.front_view(code),
        "section": samples.front_view(code, home=False),
        "empty front": replace(samples.front_view(code, home=False), blocks=()),
        "archive": samples.archive_view(code),
        "empty archive": replace(samples.archive_view(code), teasers=()),
        "text": samples.text_view(code),
        "patterns": samples.patterns_page(shell, head),
        **samples.notice_views(code),
        **{f"story, {name}": story for name, story in samples.story_views(code).items()},
    }


PAGES = [pytest.param(view, id=f"{code}: {name}") for code in CODES for name, view in every_view(code).items()]


def pieces(value: Any) -> list[Any]:
    """A dataclass and all dataclasses inside it."""
    if is_dataclass(value):
        inside = [pieces(getattr(value, field.name)) for field in fields(value)]
        return [value, *(piece for part in inside for piece in part)]
    if isinstance(value, tuple):
        return [piece for part in value for piece in pieces(part)]
    return []


@pytest.mark.parametrize("view", PAGES)
def test_pages_are_whole(view: Any) -> None:
    text = rendered(view, ISLANDS)
    tree = markup.document_fromstring(text)
    assert text.startswith("<!doctype html>")
    assert tree.get("lang") == view.shell.code
    assert tree.get("dir") == view.shell.direction
    assert len(tree.findall(".//h1")) == 1
    assert len(tree.findall(".//main")) == 1
    assert "{{" not in text
    assert "{%" not in text


@pytest.mark.parametrize("view", PAGES)
def test_nothing_on_a_page_is_styled_or_scripted_inline(view: Any) -> None:
    tree = markup.document_fromstring(rendered(view, ISLANDS))
    assert tree.xpath("//@style") == []
    assert tree.xpath("//style") == []
    assert [name for name in tree.xpath("//@*") if name.attrname.startswith("on")] == []
    assert all(script.get("src") or script.get("type") == "application/ld+json" for script in tree.iter("script"))


@pytest.mark.parametrize("view", PAGES)
def test_a_page_loads_nothing_from_elsewhere(view: Any) -> None:
    tree = markup.document_fromstring(rendered(view))
    loaded = tree.xpath("//img/@src | //script/@src | //link[@rel='stylesheet' or @rel='icon']/@href | //use/@href")
    assert [url for url in loaded if not re.match(r"/[^/]|#|data:", url)] == []


@pytest.mark.parametrize("view", PAGES)
def test_pictures_keep_their_room_and_say_what_they_show(view: Any) -> None:
    tree = markup.document_fromstring(rendered(view))
    for image in tree.iter("img"):
        assert int(image.get("width")) > 0
        assert int(image.get("height")) > 0
        assert image.get("alt") is not None
        assert (image.get("loading") == "lazy") != (image.get("fetchpriority") == "high")
    assert all(source.get("sizes") for source in tree.xpath("//picture/source"))


@pytest.mark.parametrize("view", PAGES)
def test_a_page_carries_the_drawings_it_uses_and_those_islands_may_use(view: Any) -> None:
    tree = markup.document_fromstring(rendered(view, ISLANDS))
    used = {href.removeprefix("#i-") for href in tree.xpath("//use/@href")}
    carried = [symbol.removeprefix("i-") for symbol in tree.xpath("//symbol/@id")]
    assert sorted(used | ISLAND_ICONS) == carried


@pytest.mark.parametrize("view", PAGES)
def test_identifiers_are_unique_and_headings_do_not_skip(view: Any) -> None:
    tree = markup.document_fromstring(rendered(view))
    ids = tree.xpath("//@id")
    if view.template != "theme/pages/patterns.html":
        assert len(ids) == len(set(ids))
    levels = [int(heading.tag[1]) for heading in tree.xpath("//h1 | //h2 | //h3 | //h4 | //h5")]
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False))


@pytest.mark.parametrize("code", CODES)
def test_samples_show_every_block_and_every_part_of_a_body(code: str) -> None:
    page = samples.patterns_page(samples.sample_shell(code), samples.sample_head(code))
    shown = {type(piece) for group in page.groups for piece in (*pieces(group.blocks), *group.body)}
    assert set(get_args(components.Block)) | set(get_args(components.BodyPart)) <= shown


def test_only_the_first_picture_of_a_page_hurries() -> None:
    for view in (samples.front_view("en"), samples.story_view("en"), samples.story_views("en")["gallery"]):
        tree = markup.document_fromstring(rendered(view))
        assert len(tree.xpath("//img[@fetchpriority='high']")) == 1
        assert tree.xpath("(//main//img)[1]/@fetchpriority") == ["high"]


@pytest.mark.parametrize("code", CODES)
def test_a_story_of_six_hundred_words_fits_its_budget(code: str) -> None:
    story = samples.story_view(code)
    prose = [part for part in story.body if isinstance(part, Prose)]
    text = " ".join(re.sub(r"<[^>]+>", " ", part.html) for part in prose)
    while len(text.split()) < 600:
        # Said otherwise each time, so that the compressor is not flattered by a repetition.
        extra = Prose(f"<p>{' '.join(text.split()[::-1][:120])}</p>")
        story, text = replace(story, body=(*story.body, extra)), f"{text} {re.sub('<[^>]+>', ' ', extra.html)}"
    assert len(brotli.compress(rendered(story, ISLANDS).encode(), quality=11)) <= 14 * 1024


def test_everything_a_page_says_of_itself_stands_in_its_head() -> None:
    story = samples.story_view("en")
    tree = markup.document_fromstring(rendered(story))

    def meta(name: str) -> str:
        return tree.xpath(f"string(//meta[@property='{name}' or @name='{name}']/@content)")

    assert tree.findtext(".//title") == story.head.title
    assert tree.xpath("string(//link[@rel='canonical']/@href)") == story.head.canonical
    assert dict(zip(tree.xpath("//link/@hreflang"), tree.xpath("//link[@hreflang]/@href"), strict=True)) == {
        alternate.code: alternate.url for alternate in story.head.alternates
    }
    assert tree.xpath("string(//link[@type='application/rss+xml']/@href)") == story.head.feed
    assert meta("og:title") == story.headline
    assert meta("og:type") == "article"
    assert meta("og:image") == story.head.image
    assert meta("og:image:width") == "900"
    assert meta("article:published_time") == story.head.published
    assert meta("twitter:card") == "summary_large_image"
    assert meta("description") == story.head.description
    assert tree.xpath("string(//script[@type='application/ld+json'])") == story.head.json_ld
    assert len(tree.xpath("//meta[@name='theme-color']")) == 2


def test_a_page_that_must_not_be_indexed_says_so() -> None:
    tree = markup.document_fromstring(rendered(samples.notice_views("en")["withdrawn"]))
    assert tree.xpath("string(//meta[@name='robots']/@content)") == "noindex"


def test_text_from_the_desk_is_escaped_everywhere() -> None:
    evil = '<b onmouseover="x">&\'"'
    story = samples.story_view("en")
    story = replace(
        story,
        headline=evil,
        kicker=evil,
        standfirst=evil,
        byline=evil,
        place=evil,
        source=evil,
        rights=evil,
        known=Known(evil, (KnownSource(1, evil, evil, facts=(evil,), quote=evil, chain=evil),), evil),
        old=evil,
        authors=(Author(evil, "/en/by/x"),),
        head=replace(story.head, title=evil, description=evil),
        shell=replace(story.shell, name=evil, slogan=evil, legal=evil),
    )
    text = rendered(story)
    assert "<b onmouseover" not in text
    assert markup.document_fromstring(text).xpath("//*[@onmouseover]") == []


def test_a_shell_with_nothing_in_it_still_makes_a_page() -> None:
    shell = Shell(code="en", direction="ltr", name="Dateline", home_url="/en", timezone="UTC", css="/static/site/a.css")
    story = StoryView(Head("Rain", "https://x.example/en/rain"), shell, "/en/rain", "news", "Rain")
    tree = markup.document_fromstring(rendered(story))
    assert tree.xpath("//details[contains(@class, 'menu')] | //nav | //script") == []
    assert tree.xpath("string(//link[@rel='icon']/@href)") == "data:,"


def test_languages_are_named_in_their_own_script_and_direction() -> None:
    tree = markup.document_fromstring(rendered(samples.front_view("en")))
    links = tree.xpath("//nav[@class='masthead__langs']//a")
    assert [(a.get("lang"), a.get("hreflang"), a.get("dir"), a.get("aria-current")) for a in links] == [
        ("en", "en", "ltr", "true"),
        ("ar", "ar", "rtl", None),
        ("es", "es", "ltr", None),
    ]


def test_digits_of_an_arabic_edition_reach_the_style_sheet() -> None:
    assert markup.document_fromstring(rendered(samples.front_view("ar"))).get("class") == "digits-arab"
    assert markup.document_fromstring(rendered(samples.front_view("en"))).get("class") is None


def test_sharing_needs_no_script_and_offers_none_without_it() -> None:
    story = replace(samples.story_view("en"), headline="Half & half: 100 % of it?")
    tree = markup.document_fromstring(rendered(story))
    links = tree.xpath("//details[@class='share']//a/@href")
    assert [link.split("?")[0] for link in links] == [
        "mailto:",
        "https://wa.me/",
        "https://t.me/share/url",
        "https://x.com/intent/post",
        "https://www.facebook.com/sharer/sharer.php",
    ]
    assert all("https%3A%2F%2Fdateline.example%2Fen%2Fenvironment" in link for link in links)
    assert "Half%20%26%20half%3A%20100%20%25%20of%20it%3F" in links[0]
    assert all(item.get("hidden") is not None for item in tree.xpath("//li[button]"))


def test_an_old_story_says_so_before_its_headline() -> None:
    text = rendered(samples.story_views("en")["old"])
    assert text.index("This story is 2 years old") < text.index("<h1")
    assert 'class="notice"' not in rendered(samples.story_view("en"))


def test_an_opinion_opens_with_who_argues() -> None:
    text = rendered(samples.story_views("en")["opinion"])
    assert "story--opinion" in text
    assert text.index('class="portrait') < text.index("<h1")
    assert "quiet__by" not in text


def test_a_portrait_is_marked_and_never_cropped_on_a_story() -> None:
    assert shot(Picture("/a.webp", 600, 900)) == "shot shot--portrait"
    assert shot(Picture("/a.webp", 300, 900)) == "shot shot--tall"
    assert shot(Picture("/a.webp", 900, 600)) == "shot"
    assert "shot--portrait shot--lead" in rendered(samples.story_views("en")["portrait picture"])


def test_a_missing_portrait_leaves_the_initial() -> None:
    assert initial("«Nour»") == "N"
    assert initial("") == ""
    text = drawn(
        "{% include 'theme/components/opinions.html' %}",
        block=Opinions("Opinion", (Opinion("/a", "A title", "Nour", ""),)),
    )
    assert re.search(r'portrait--none" aria-hidden="true">N<', text)


# ── Pictures ──


def test_a_picture_gives_its_sources_before_its_image() -> None:
    picture = Picture(
        "/m/a.webp",
        1200,
        800,
        'A "river"',
        (Source("image/avif", "/m/a.avif 640w"), Source("image/webp", "/m/a.webp 640w")),
        "fx-3 fy-7",
    )
    text = drawn("{% picture pic 'lead' eager=True %}", pic=picture)
    tree = markup.fragment_fromstring(text)
    assert [source.get("type") for source in tree.iter("source")] == ["image/avif", "image/webp"]
    assert {source.get("sizes") for source in tree.iter("source")} == {SIZES["lead"]}
    image = tree.find(".//img")
    assert image is not None
    assert dict(image.attrib) == {
        "class": "fx-3 fy-7",
        "src": "/m/a.webp",
        "width": "1200",
        "height": "800",
        "alt": 'A "river"',
        "fetchpriority": "high",
        "decoding": "async",
    }


def test_sizes_are_written_without_grouped_digits() -> None:
    with translation.override("de"):
        assert 'width="12000"' in drawn("{% picture pic 'lead' %}", pic=Picture("/a.webp", 12000, 8000))


def test_an_unknown_icon_is_an_error() -> None:
    assert 'href="#i-arrow"' in drawn("{% icon 'arrow' %}")
    with pytest.raises(TemplateSyntaxError, match="no icon"):
        drawn("{% icon 'unicorn' %}")


def test_the_sprite_holds_only_known_drawings() -> None:
    text = drawn("{% sprite %}<p>{% icon 'play' %}{% icon 'arrow' %}</p>{% endsprite %}")
    assert re.findall(r'<symbol id="i-(\w+)"', text) == ["arrow", "play"]
    assert ICONS["play"] in text
    assert drawn("{% sprite %}<p>none</p>{% endsprite %}") == "<p>none</p>"


# ── Islands ──


def test_an_island_is_printed_with_its_address_and_time() -> None:
    text = drawn("{% island 'newest' %}", islands=ISLANDS)
    tree = markup.fragment_fromstring(text)
    assert tree.tag == "dateline-island"
    assert tree.get("src") == "/en/islands/newest"
    assert tree.get("data-printed") == "2026-11-19T10:00:00+00:00"
    assert tree.find("p").text == "fresh"


@pytest.mark.parametrize("context", [{}, {"islands": {}}, {"islands": None}])
def test_an_island_that_is_not_there_leaves_nothing(context: dict[str, Any]) -> None:
    assert drawn("{% island 'newest' %}", **context) == ""


def test_an_island_sheet_is_a_fragment() -> None:
    text = rendered(samples.island_view("en"))
    assert "<html" not in text
    assert markup.fragment_fromstring(text.strip()).tag == "section"


def test_what_an_island_shows_does_not_change_its_page() -> None:
    """The island is replaced while the page stays."""
    page = "{% sprite %}{% icon 'menu' %}{% island 'newest' %}{% endsprite %}"
    sprites = set()
    for html in ("", drawn("{% icon 'arrow' %}"), drawn("{% icon 'listen' %}")):
        newest = SimpleNamespace(url="/en/islands/newest", html=mark_safe(html), printed="")
        sprites.add(drawn(page, islands={"newest": newest}).partition("</dateline-island>")[2])
    assert len(sprites) == 1


@pytest.mark.parametrize("code", CODES)
def test_islands_use_the_icons_that_every_page_has(code: str) -> None:
    shell = samples.sample_shell(code)
    groups = samples.patterns_page(shell, samples.sample_head(code)).groups
    lists = [block for group in groups for block in group.blocks if isinstance(block, MostRead)]
    tickers = [ticker for group in groups for ticker in group.tickers]
    assert lists
    assert tickers
    views = [samples.island_view(code), *(MostReadIsland(shell, block) for block in lists), *tickers]
    used = {name for view in views for name in re.findall(r'href="#i-([a-z]+)"', rendered(view))}
    assert used == ISLAND_ICONS


# ── The dateline ──


def body(*html: str, place: str = "Maren") -> list[str]:
    parts = with_dateline_and_end(tuple(Prose(text) for text in html), place)
    return [part.html for part in parts if isinstance(part, Prose)]


def test_the_place_stands_before_the_first_word_and_the_dash_after_the_last() -> None:
    assert body("<p>One.</p><p>Two.</p>", "<p>Three.</p>") == [
        '<p><bdi class="dateline">Maren</bdi> One.</p><p>Two.</p>',
        '<p>Three.<span class="end"></span></p>',
    ]


def test_a_single_paragraph_has_both() -> None:
    assert body("<p>One.</p>") == ['<p><bdi class="dateline">Maren</bdi> One.<span class="end"></span></p>']


def test_the_place_waits_for_a_paragraph() -> None:
    assert body("<ul><li>One</li></ul>", '<p dir="ltr">Two.</p>')[1].startswith('<p dir="ltr"><bdi class="dateline">')
    assert body("<ul><li>One</li></ul><p>Two.</p>")[0].startswith("<ul>")


def test_the_end_mark_stands_in_the_last_paragraph_even_before_a_list() -> None:
    assert body("<p>One.</p><ul><li>Two</li></ul>", place="") == [
        '<p>One.<span class="end"></span></p><ul><li>Two</li></ul>'
    ]


def test_a_place_is_escaped_and_its_backslashes_are_kept() -> None:
    assert "&lt;i&gt;\\1 &amp; co" in body("<p>One.</p>", place="<i>\\1 & co")[0]


@pytest.mark.parametrize("html", ["<pre>no</pre>", "<ul><li>One</li></ul>", ""])
def test_a_body_without_paragraphs_stays_as_it_is(html: str) -> None:
    assert body(html) == [html]


def test_other_parts_keep_their_place() -> None:
    figure = Figure(Picture("/a.webp", 3, 2))
    parts = with_dateline_and_end((figure, Prose("<p>One.</p>"), figure), "Maren")
    assert parts[0] is figure
    assert parts[2] is figure
    assert parts[1] != Prose("<p>One.</p>")


# ── Bylines ──


def story_by(byline: str, *names: str) -> StoryView:
    authors = tuple(Author(name, f"/by/{at}") for at, name in enumerate(names))
    return replace(samples.story_view("en"), byline=byline, authors=authors)


def test_a_byline_links_its_names_where_they_stand() -> None:
    assert linked_byline(story_by("By Ana Ruiz and Bo Li, in Maren", "Ana Ruiz", "Bo Li")) == (
        'By <a rel="author" href="/by/0"><bdi>Ana Ruiz</bdi></a> and <a rel="author" href="/by/1"><bdi>Bo Li</bdi></a>,'
        " in Maren"
    )


def test_a_name_inside_another_is_not_taken_for_it() -> None:
    text = linked_byline(story_by("Ana Ruiz Mora, Ana Ruiz, Anabel", "Ana Ruiz", "Ana Ruiz Mora", "Ana"))
    assert re.findall(r"<bdi>(.*?)</bdi>", text) == ["Ana Ruiz Mora", "Ana Ruiz"]
    assert text.endswith("Anabel")


def test_a_name_is_found_behind_an_arabic_and() -> None:
    text = linked_byline(story_by("ميرا تانديل وإدريس كايا", "ميرا تانديل", "إدريس كايا"))
    assert text.count("<a ") == 2
    assert "و<a " in text


def test_names_alone_make_a_byline() -> None:
    assert linked_byline(story_by("", "Ana", "Bo")).count("<a ") == 2


def test_a_byline_of_a_desk_is_plain_text() -> None:
    assert linked_byline(story_by("Dateline & agencies")) == "Dateline &amp; agencies"


def test_an_author_without_a_page_is_named_without_a_link() -> None:
    story = replace(samples.story_view("en"), byline="By Ana", authors=(Author("Ana", ""),))
    assert linked_byline(story) == "By <bdi>Ana</bdi>"


def test_ten_names_are_all_linked() -> None:
    for code in CODES:
        assert linked_byline(samples.story_views(code)["ten bylines"]).count("<a ") == 10


# ── Tables ──


def test_columns_of_figures_are_found_in_any_digits() -> None:
    table = Table(
        "Posts",
        ("State", "Promised", "Arrived", "Share", "State of it"),
        (("A", "210", "40–95", "٣٨ ٪", "Late"), ("B", "1,200.5", "", "12 %", "2 of 3")),
        row_heads=True,
    )
    assert [figures for _, figures in columns(table)["head"]] == [False, True, True, True, False]
    assert columns(table)["rows"][0][0] == ("A", True, False)


def test_a_table_without_rows_or_with_ragged_ones_is_drawn() -> None:
    for table in (Table("", (), ()), Table("Ragged", ("A", "B"), (("1",), ("1", "2", "3")))):
        assert "<table>" in drawn("{% include 'theme/body/table.html' %}", part=table)
