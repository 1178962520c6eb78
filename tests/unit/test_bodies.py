"""Bodies: hostile and clumsy markup in, blocks out, and the same blocks back from what is written."""

import gc
import re
import time

import nh3
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dateline.wire.bodies import blocks_from_html, blocks_from_nitf, blocks_from_text, blocks_to_html, clean_html
from dateline.wire.items import (
    Block,
    ChartBlock,
    EmbedRef,
    FigureRef,
    GalleryRef,
    Heading,
    PullQuote,
    Quote,
    RelatedLink,
    TableBlock,
    Text,
)
from dateline.wire.markup import LONGEST_MARKUP, MarkupTooLong, _bounded, clean_text, scrub, slug_of

ALLOWED = {
    "p", "ul", "ol", "li", "a", "em", "strong", "sub", "sup", "bdi", "br", "code", "span", "h2", "h3", "blockquote",
    "footer", "aside", "figure", "img", "figcaption", "cite", "div", "table", "caption", "thead", "tbody", "tr", "th",
    "td",
}  # fmt: skip
ALLOWED_ATTRIBUTES = {
    "href",
    "hreflang",
    "lang",
    "dir",
    "rel",
    "src",
    "alt",
    "data-name",
    "data-kind",
    "class",
    "scope",
}


def assert_harmless(html: str) -> None:
    for name, attributes in re.findall(r"</?([^\s>]*)([^>]*)>", html):
        assert name in ALLOWED, html
        for key, value in re.findall(r'([^\s="]+)="([^"]*)"', attributes):
            assert key in ALLOWED_ATTRIBUTES, html
            if key in ("href", "src"):
                assert not re.match(r"\s*(javascript|data|vbscript|file):", value, re.IGNORECASE), html
            if key == "class":
                assert value in ("pull", "gallery", "chart", "unit", "note", "source", "description"), html


@pytest.mark.parametrize(
    ("html", "blocks"),
    [
        ("", ()),
        (" \n\t ", ()),
        ("<p></p><p>&nbsp;</p><p> <b></b> </p>", ()),
        ("just words", (Text("<p>just words</p>"),)),
        ("one<br><br>two<br>three", (Text("<p>one</p><p>two<br>three</p>"),)),
        ("<p>a</p>\n<p>b</p>", (Text("<p>a</p><p>b</p>"),)),
        ("<p>a</p><ul><li>b</li></ul><p>c</p>", (Text("<p>a</p><ul><li>b</li></ul><p>c</p>"),)),
        ("<div>a<p>b</p>c</div>", (Text("<p>a</p><p>b</p><p>c</p>"),)),
        ("<h1>A</h1><h2>B</h2>", (Heading("A", 2), Heading("B", 2))),
        ("<h3>A</h3><h6>B <em>c</em></h6>", (Heading("A", 3), Heading("B c", 3))),
        ("<h2></h2><p>x</p>", (Text("<p>x</p>"),)),
        ("<p>a <b> b</b><i>c </i></p>", (Text("<p>a <strong>b</strong><em>c</em></p>"),)),
        ("<p><b>a</b> <b>b</b></p>", (Text("<p><strong>a b</strong></p>"),)),
        ("<p>&lt;b&gt; &amp;amp; 1 < 2</p>", (Text("<p>&lt;b&gt; &amp;amp; 1 &lt; 2</p>"),)),
        (
            "<p>H<sub>2</sub>O<sup>+</sup> <kbd>ls</kbd></p>",
            (Text("<p>H<sub>2</sub>O<sup>+</sup> <code>ls</code></p>"),),
        ),
        ("<p>He said <q>no</q>.</p>", (Text("<p>He said “no”.</p>"),)),
        ("<pre>one\ntwo</pre>", (Text("<p>one<br>two</p>"),)),
        ("<dl><dt>A</dt><dd>b</dd></dl>", (Text("<p><strong>A</strong></p><p>b</p>"),)),
        ("a<hr>b", (Text("<p>a</p><p>b</p>"),)),
        (
            "<ul><li><p>a</p><p>b</p><ul><li>c</li></ul></li></ul>",
            (Text("<ul><li>a<br>b<ul><li>c</li></ul></li></ul>"),),
        ),
        ("<ul>stray<li>a</ul>", (Text("<ul><li>stray</li><li>a</li></ul>"),)),
        ("<table><tr><td><p>laid</p><p>out</p></td></tr></table>", (Text("<p>laid</p><p>out</p>"),)),
    ],
)
def test_prose(html: str, blocks: tuple[Block, ...]) -> None:
    assert blocks_from_html(html) == blocks


@pytest.mark.parametrize(
    ("html", "block"),
    [
        ("<blockquote><p>x</p><footer>— Y, Z</footer></blockquote>", Quote("<p>x</p>", "Y, Z")),
        ("<blockquote>x <cite>Y</cite></blockquote>", Quote("<p>x</p>", "Y")),
        ("<blockquote><p>x</p><p><cite>Y</cite></p></blockquote>", Quote("<p>x</p>", "Y")),
        ("<blockquote><p>In <cite>Y</cite> it is</p></blockquote>", Quote("<p>In <em>Y</em> it is</p>", "")),
        ("<blockquote><h2>T</h2>x</blockquote>", Quote("<p><strong>T</strong></p><p>x</p>", "")),
        ("<blockquote><blockquote>x</blockquote></blockquote>", Quote("<p>x</p>", "")),
        ('<blockquote class="pull">x<footer>Y</footer></blockquote>', PullQuote("x", "Y")),
        ('<aside class="pull"><p>x <b>y</b></p></aside>', PullQuote("x y", "")),
        ('<figure class="wp-block-pullquote"><blockquote>x<cite>Y</cite></blockquote></figure>', PullQuote("x", "Y")),
        ("<figure><blockquote>x</blockquote><figcaption>Y</figcaption></figure>", Quote("<p>x</p>", "Y")),
        ('<img src="a.jpg" alt="A">', FigureRef("", "a.jpg", "A")),
        ('<figure data-name="n"></figure>', FigureRef("n")),
        ('<figure><img data-assoc-ref="a001" src="https://x.y/z"></figure>', FigureRef("a001", "https://x.y/z")),
        (
            '<figure><a href="/big"><img src="a.jpg"></a><figcaption>C <cite>D</cite></figcaption></figure>',
            FigureRef("", "a.jpg", "", "C", "D"),
        ),
        ('<figure><img src="a.jpg"><div class="byline">D</div></figure>', FigureRef("", "a.jpg", "", "", "D")),
        ('<figure><img src="data:image/gif;base64,R0" data-src="a.jpg"></figure>', FigureRef("", "a.jpg")),
        (
            '<figure><img src="1.jpg"><img src="2.jpg"></figure>',
            GalleryRef((FigureRef("", "1.jpg"), FigureRef("", "2.jpg"))),
        ),
        (
            '<div class="wp-block-gallery"><ul><li><img src="1.jpg"></li></ul></div>',
            GalleryRef((FigureRef("", "1.jpg"),)),
        ),
        ('<p><a href="urn:x:1" rel="related">More</a></p>', RelatedLink("urn:x:1", "More")),
        (
            '<div><a rel="nofollow RELATED" href="https://x.y/z"><b>M</b>ore</a></div>',
            RelatedLink("https://x.y/z", "More"),
        ),
        (
            '<iframe src="https://www.youtube.com/embed/1" title="T"><b>no frames</b></iframe>',
            EmbedRef("https://www.youtube.com/embed/1", "YouTube", "T"),
        ),
        ('<iframe src="//maps.example/1"></iframe>', EmbedRef("https://maps.example/1", "maps.example", "")),
        ('<video><source src="https://x.y/v.mp4">No video</video>', EmbedRef("https://x.y/v.mp4", "x.y", "")),
        (
            "<table><caption>C</caption><tr><th>a<th>b<tr><td>1<td>2<tr><td>3</table>",
            TableBlock("C", ("a", "b"), (("1", "2"), ("3", "")), False),
        ),
        ("<table><tr><th>a<td>1<tr><th>b<td>2</table>", TableBlock("", (), (("a", "1"), ("b", "2")), True)),
        ("<table><tr><td colspan=2>a<td>b<tr></table>", TableBlock("", (), (("a", "", "b"),), False)),
        (
            "<figure><table><tr><td>a<td>b</table><figcaption>C</figcaption></figure>",
            TableBlock("C", (), (("a", "b"),)),
        ),
        (
            '<figure class="chart" data-kind="line"><figcaption>C &amp; D</figcaption><table><thead><tr><th>Year</th>'
            '<th>A;B</th></tr></thead><tr><td>2024</td><td>1,5</td></tr><tr><td>"x"</td><td></td></tr></table>'
            '<p class="unit">U</p><p class="note">N</p><p class="source">S</p><p class="description">W</p></figure>',
            ChartBlock("line", "C & D", (("Year", "A;B"), ("2024", "1,5"), ('"x"', "")), "U", "N", "S", "W"),
        ),
        (
            '<figure class="chart" data-kind="pie"><table><tr><th>Year<th>A<tr><td>2024<td>1</table></figure>',
            TableBlock("", ("Year", "A"), (("2024", "1"),)),
        ),
        (
            '<figure class="chart" data-kind="line"><table><tr><td>2023<td>1<tr><td>2024<td>1</table></figure>',
            TableBlock("", (), (("2023", "1"), ("2024", "1"))),
        ),
        (
            '<figure class="chart" data-kind="bar"><table><tr><th>Year<th>A'
            + "<tr><td>x<td>1" * 501
            + "</table></figure>",
            TableBlock("", ("Year", "A"), (("x", "1"),) * 501),
        ),
    ],
)
def test_one_block(html: str, block: Block) -> None:
    assert blocks_from_html(html) == (block,)
    assert blocks_from_html(blocks_to_html((block,))) == (block,)


def test_a_link_is_related_only_if_it_stands_alone() -> None:
    html = '<p>See <a rel="related" href="/x">this</a></p><ul><li><a rel="related" href="/y">that</a></li></ul>'
    assert blocks_from_html(html) == (Text('<p>See <a href="/x">this</a></p><ul><li><a href="/y">that</a></li></ul>'),)


def test_a_picture_inside_a_paragraph_stands_beside_it() -> None:
    assert blocks_from_html('<p><img src="a.jpg">words</p>') == (FigureRef("", "a.jpg"), Text("<p>words</p>"))
    assert blocks_from_html('<p>words <img src="a.jpg">go on</p>') == (
        Text("<p>words go on</p>"),
        FigureRef("", "a.jpg"),
    )
    assert blocks_from_html('<ul><li>x<img src="a.jpg"></li></ul>') == (
        Text("<ul><li>x</li></ul>"),
        FigureRef("", "a.jpg"),
    )


def test_foreign_fragments_keep_their_language_and_direction() -> None:
    html = '<div lang="fr"><p>oui</p><p lang="ar" dir="rtl">نعم</p></div><p>x <span lang="ar" dir="rtl">نعم</span></p>'
    assert blocks_from_html(html) == (
        Text('<p lang="fr">oui</p><p lang="ar" dir="rtl">نعم</p><p>x <span lang="ar" dir="rtl">نعم</span></p>'),
    )
    assert blocks_from_html('<p lang="&quot;><b>" dir="up">x</p>') == (Text("<p>x</p>"),)


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>words",
        "<p onclick=alert(1) style='position:fixed' id=x class=y>words</p>",
        "<a href='javascript:alert(1)'>words</a>",
        "<a href=' java\tscript:alert(1)'>words</a>",
        "<a href='&#106;avascript:alert(1)'>words</a>",
        "<a href='data:text/html,<script>alert(1)</script>'>words</a>",
        "<a href='vbscript:x'>words</a>",
        "<a href='http:alert(1)'>words</a>",
        "<a href='\x01javascript:x'>words</a>",
        "<p>words<img src=x onerror=alert(1)></p>",
        "<svg onload=alert(1)><p>words</p></svg>",
        "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>words",
        "<form action=//evil><input value=x><button>words</button></form>",
        "<iframe src='javascript:alert(1)'></iframe>words",
        "<iframe srcdoc='<script>alert(1)</script>'></iframe>words",
        "<object data=evil.swf>words</object><embed src=evil>",
        "<base href=//evil><meta http-equiv=refresh content='0;url=//evil'><link rel=stylesheet href=x>words",
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>words",
        "<style>@import '//evil'</style>words<template><img src=x onerror=1></template>",
        "<!--<img src=x onerror=1>-->words<![CDATA[<script>]]>",
        "<p>words</p><textarea></p><script>1</script>",
        '<a href="https://x.y/" onfocus="alert(1)" autofocus>words</a>',
        '<a href="https://x.y/&quot;onmouseover=&quot;alert(1)">words</a>',
        '<figure data-name="&quot;><script>1</script>"><img src="a&quot; onerror=1"></figure>words',
        '<p lang="en" dir="ltr" lang=\'"><script>\'>words</p>',
    ],
)
def test_nothing_that_runs_gets_through_and_words_stay(html: str) -> None:
    written = blocks_to_html(blocks_from_html(html))
    assert_harmless(written)
    assert "words" in re.sub("<[^>]*>", "", written)
    assert "alert" not in re.sub('href="https://x.y/[^"]*"', "", written)


@pytest.mark.parametrize(
    ("href", "kept"),
    [
        ("https://x.y/a b?c=d&e", "https://x.y/a%20b?c=d&amp;e"),
        ("HTTP://x.y", "http://x.y"),
        ("//x.y/z", "https://x.y/z"),
        ("/news/1/", "/news/1/"),
        ("mailto:a@b.c", "mailto:a@b.c"),
        ("/قصة", "/قصة"),
        ("/\\evil.example", "/%5Cevil.example"),
    ],
)
def test_addresses_of_links(href: str, kept: str) -> None:
    assert clean_html(f'<a href="{href}">x</a>') == f'<p><a href="{kept}">x</a></p>'


@pytest.mark.parametrize(
    "href", ["", "page.html", "../up", "#note", "?q", "https:", "https:///x", "https://[1", "ftp://x", "urn:x:1"]
)
def test_a_link_that_leads_nowhere_is_its_words(href: str) -> None:
    assert clean_html(f'<a href="{href}">x</a>') == "<p>x</p>"


def test_bidi_controls_that_reach_beyond_their_words_are_gone() -> None:
    assert (
        clean_text("a\u202eb\u202c\u2066c\u2069\u2067d\u2069\u2069\u200e\u200f\u061ce")
        == "ab\u2066c\u2069\u2067d\u2069\u200e\u200f\u061ce"
    )
    assert clean_text("\u2066a") == "a"
    assert clean_html("<p>a&#x202e;b\u2066c</p><p>d\u2069</p>") == "<p>abc</p><p>d</p>"
    assert (
        clean_html('<h2>a\u202eb</h2><img src="a.jpg" alt="\u202ex">')
        == '<h2>ab</h2><figure><img src="a.jpg" alt="x"></figure>'
    )
    assert clean_html("<bdo dir=rtl>abc</bdo>") == "<p>abc</p>"


def test_control_characters_are_gone() -> None:
    assert clean_text(" a\x00b\x07\x1b\x7f\x85c\r\n\td\ufeff\ud83d ") == "ab c d\ufffd"
    assert clean_html("<p>a\x00b&#0;&#1;\ud83d</p>") == "<p>ab\ufffd\ufffd</p>"
    assert scrub("a\nb") == "a\nb"


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Climate Change", "climate-change"),
        ("a/b.c d", "a-b-c-d"),
        ("قناة  النصوص!", "قناة-النصوص"),
        ("हिन्दी", "हिन्दी"),
        ("--- ", ""),
        ("É" * 300, "é" * 100),
    ],
)
def test_slugs_in_any_script(text: str, slug: str) -> None:
    assert slug_of(text) == slug
    assert slug_of(slug) == slug


def test_plain_text() -> None:
    assert blocks_from_text("one\ntwo\n\n\nthree <b>") == (Text("<p>one two</p><p>three &lt;b&gt;</p>"),)
    assert blocks_from_text("one\r\ntwo") == (Text("<p>one</p><p>two</p>"),)
    assert blocks_from_text(" \n ") == ()
    assert blocks_from_text("a\x00\u202e") == (Text("<p>a</p>"),)


def test_nitf() -> None:
    nitf = """<?xml version="1.0"?><nitf><head><title>T</title></head><body><body.head><hedline><hl1>H</hl1></hedline>
      <byline>B</byline></body.head><body.content><p lede="true">One &amp; <em>two</em></p><hl2>Sub</hl2>
      <block><p>three</p></block><bq><block><p>q</p></block><credit>W</credit></bq>
      <media media-type="image"><media-reference source="m/1.jpg" alternate-text="A" width="3"/>
      <media-caption>C</media-caption><media-producer>P</media-producer></media>
      <ul><li>l</li></ul><p><![CDATA[1 < 2]]></p></body.content><body.end/></body></nitf>"""
    assert blocks_from_nitf(nitf) == (
        Text("<p>One &amp; <em>two</em></p>"),
        Heading("Sub", 3),
        Text("<p>three</p>"),
        Quote("<p>q</p>", "W"),
        FigureRef("", "m/1.jpg", "A", "C", "P"),
        Text("<ul><li>l</li></ul><p>1 &lt; 2</p>"),
    )


DEEP = {
    "div": "<div>" * 100_000 + "deep",
    "lists": "<ul><li>" * 50_000 + "deep",
    "quotes": "<blockquote>" * 100_000 + "deep",
    "bold": "".join(f"<b class=a{n}>" for n in range(20_000)) + "deep",
    "carried formatting": "<p><b><i><u><em><strong><a href=/x>" + "<p>deep" * 20_000,
    "tables": "<table><tr><td>" * 30_000 + "deep",
    "unclosed tags": "deep" + "<a <a " * 100_000,
    "unclosed quotes": "deep" + '<a b="' * 100_001,
    "unclosed comments": "deep" + "<!-- " * 100_000,
    "closing only": "deep" + "</x></p>" * 50_000,
    "misnested": "<a><div>" * 20_000 + "deep",
    "comments that hide": "<div><!--</div>-->" * 50_000 + "deep",
    "quotes that hide": '<div title="</div>">' * 50_000 + "deep",
    "scripts that hide": "<div><style></div></style>" * 30_000 + "deep",
    "cells": "<table><tr>" + "<td>x" * 50_000 + "deep" + "<tr><td>y" * 20_000,
    "spaces": "deep" + " \n" * 1_000_000,
    "isolates": "deep" + "\u2066" * 500_000 + "\u2069" * 200_000,
}


@pytest.mark.parametrize("html", DEEP.values(), ids=DEEP.keys())
def test_no_markup_is_slow_or_too_deep(html: str) -> None:
    started = time.process_time()
    blocks = blocks_from_html(html)
    written = blocks_to_html(blocks)
    took = time.process_time() - started
    assert "deep" in written
    assert blocks_from_html(written) == blocks
    assert took < 8, "an order of magnitude above what a linear pass needs"


def test_a_megabyte_of_ordinary_body_is_read_in_a_second() -> None:
    html = '<p>Some <b>words</b> and a <a href="https://x.y/z">link</a>, some more words to fill the line</p>' * 10_000
    assert len(html) > 900_000
    gc.collect()
    started = time.process_time()
    blocks = blocks_from_html(html)
    took = time.process_time() - started
    assert len(blocks) == 1
    assert took < 2


def test_reading_grows_with_the_length_and_not_its_square() -> None:
    def took(times: int) -> float:
        html = "<div><p>a <b>b</b></p>" * times
        best = 1e9
        for _ in range(3):
            started = time.process_time()
            blocks_from_html(html)
            best = min(best, time.process_time() - started)
        return best

    assert took(16_000) < 16 * 3 * took(1_000) + 0.2


@pytest.mark.parametrize("read", [blocks_from_html, blocks_from_text, blocks_from_nitf, clean_html])
def test_too_long(read: object) -> None:
    with pytest.raises(MarkupTooLong, match="5,000,001"):
        read("x" * (LONGEST_MARKUP + 1))  # type: ignore[operator]


def test_bounding_does_not_change_what_ordinary_markup_says() -> None:
    html = (
        "<h2>T</h2><p>a <b>b</b> &amp; <i>c<br>d</i><p>e<ul><li>f<li>g<ul><li>h</ul></ul><!-- x -->"
        '<blockquote>q<footer>w</footer></blockquote><img src="a.jpg" alt="<>&quot;"><table><tr><th>1<th>2<tr><td>3'
        "<td>4</table><script>if (a < b) {}</script><dl><dt>k<dd>v</dl><a href='/x'>y</a> 1 < 2 <3 <!doctype x>"
    )
    bounded = _bounded(html)
    allowed = {"tags": ALLOWED | {"b", "i", "dl", "dt", "dd"}, "attributes": {"img": {"src", "alt"}, "a": {"href"}}}
    assert nh3.clean(bounded, **allowed) == nh3.clean(html, **allowed)


def test_formatting_that_is_never_closed_ends_with_its_paragraph() -> None:
    assert clean_html("<p>a <b>b<p>c</b> d") == "<p>a <strong>b</strong></p><p>c d</p>"
    assert clean_html("<b><p>a</p><p>b</p></b>") == "<p><strong>a</strong></p><p><strong>b</strong></p>"


# --- properties -------------------------------------------------------------------------------------------------------

TAGS = (
    "p", "div", "span", "b", "i", "em", "strong", "a", "ul", "ol", "li", "blockquote", "aside", "footer", "cite",
    "figure", "figcaption", "img", "br", "hr", "h1", "h2", "h3", "table", "caption", "thead", "tbody", "tr", "td",
    "th", "pre", "code", "sub", "sup", "bdi", "bdo", "q", "dl", "dt", "dd", "iframe", "video", "source", "section",
    "script", "style", "svg", "x",
)  # fmt: skip
ATTRIBUTES = (
    "", "", "", ' class="pull"', ' class="gallery"', ' lang="fr"', ' dir="rtl"', ' href="/x"', ' href="https://x.y/z"',
    ' href="javascript:x"', ' href="urn:x:1" rel="related"', ' href="https://x.y" rel="related"',
    ' href="https://v.example/1" rel="embed"', ' src="a.jpg"', ' src="https://x.y/b.png" alt="A &amp; B"',
    ' data-name="n"'," colspan=3", ' title="<p>"', " =", ' hreflang="ar" href="/q"',
    ' class="chart" data-kind="bar"', ' class="note"',
)  # fmt: skip
WORDS = st.sampled_from(
    ["a", "b c", " ", "\n", "  d", "e ", "&amp;", "&lt;p&gt;", "<", ">", '"', "—", "ع", "\u202e", "\u2066", "\u2069",
     "\xa0", "https://v.example/1", "\x00", "<!--", "-->"]
)  # fmt: skip
START_TAGS = st.builds(
    lambda tag, attributes: f"<{tag}{attributes}>", st.sampled_from(TAGS), st.sampled_from(ATTRIBUTES)
)
END_TAGS = st.builds(lambda tag: f"</{tag}>", st.sampled_from(TAGS))
SOUP = st.lists(st.one_of(START_TAGS, START_TAGS, END_TAGS, WORDS, WORDS), max_size=40).map("".join)


@settings(max_examples=800, deadline=None)
@given(SOUP)
@example("<ul><li><em>a<ol></ol>b</em></li></ul>")
@example("<pre>\u2066\n\u2069</pre>")
@example("<table><th>a<caption></caption><caption></caption>")
@example('a<p class="gallery">b')
@example('<blockquote class="pull">\xa0')
def test_what_is_written_reads_back_as_the_same_blocks(html: str) -> None:
    blocks = blocks_from_html(html)
    written = blocks_to_html(blocks)
    assert_harmless(written)
    assert blocks_from_html(written) == blocks
    assert blocks_to_html(blocks_from_html(written)) == written


PLAIN = st.one_of(st.text(max_size=20), st.sampled_from(["", "x", "a <b>", "— w"]))
HTML = SOUP
FIGURES = st.builds(FigureRef, PLAIN, PLAIN, PLAIN, PLAIN, PLAIN)
BLOCKS = st.one_of(
    st.builds(Text, HTML),
    st.builds(Heading, PLAIN, st.sampled_from([2, 3])),
    st.builds(Quote, HTML, PLAIN),
    st.builds(PullQuote, PLAIN, PLAIN),
    FIGURES,
    st.builds(GalleryRef, st.lists(FIGURES, max_size=3).map(tuple)),
    st.builds(RelatedLink, st.one_of(PLAIN, st.just("urn:x:1")), PLAIN),
    st.builds(EmbedRef, st.one_of(PLAIN, st.just("https://v.example/1")), PLAIN, PLAIN),
    st.builds(
        TableBlock,
        PLAIN,
        st.lists(PLAIN, max_size=3).map(tuple),
        st.lists(st.lists(PLAIN, max_size=3).map(tuple), max_size=3).map(tuple),
        st.booleans(),
    ),
    st.builds(
        ChartBlock,
        st.sampled_from(["line", "table", "pie", "<b>"]),
        PLAIN,
        st.lists(st.lists(PLAIN, max_size=3).map(tuple), max_size=3).map(tuple),
        PLAIN,
        PLAIN,
    ),
)


@settings(max_examples=500, deadline=None)
@given(st.lists(BLOCKS, max_size=6).map(tuple))
@example((TableBlock("", (), (("a",), ("b",)), False),))
@example((TableBlock("", (), (("a",), ("b",)), True),))
@example((ChartBlock("line", "", (("a", ""), ("", "b"))),))
@example((Text('<p><script>alert(1)</script><a href="javascript:x">y</a></p>'),))
def test_whatever_blocks_hold_what_is_written_is_harmless_and_stable(blocks: tuple[Block, ...]) -> None:
    written = blocks_to_html(blocks)
    assert_harmless(written)
    assert blocks_to_html(blocks_from_html(written)) == written


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    for read in (blocks_from_html, blocks_from_text, blocks_from_nitf):
        blocks = read(text)
        assert blocks_from_html(blocks_to_html(blocks)) == blocks
    assert clean_text(clean_text(text)) == clean_text(text)
    assert slug_of(slug_of(text)) == slug_of(text)
