"""Logos: an SVG draws and does nothing else, a picture is no larger than a masthead needs."""

from pathlib import Path

import pytest
from PIL import Image

from dateline.wire.imagefiles import MediaError
from dateline.wire.logos import LARGEST_SVG, MOST_HIGH, MOST_WIDE, clean_svg, small_picture

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">'


def cleaned(tmp_path: Path, inside: str, head: str = HEAD) -> tuple[str, list[str]]:
    file = tmp_path / "logo.svg"
    file.write_text(f"{head}{inside}</svg>", encoding="utf-8")
    data, left_out = clean_svg(file)
    return data.decode(), left_out


def test_a_drawing_stays_as_it_is(tmp_path: Path) -> None:
    inside = (
        "<title>The quay</title><defs><linearGradient id='a'><stop offset='0'/></linearGradient></defs>"
        "<style>.b { fill: url(#a) }</style><g class='b' style='fill:url(#a)'><path d='M0 0h9v9z'/></g>"
        "<use xlink:href='#a'/><text x='1'>Quay</text>"
    )
    data, left_out = cleaned(tmp_path, inside)
    assert left_out == []
    assert data.replace('"', "'") == (HEAD + inside + "</svg>").replace('"', "'")


@pytest.mark.parametrize(
    ("inside", "gone", "what"),
    [
        ("<script>alert(1)</script>", "alert", "<script>"),
        ("<g onclick='alert(1)'/>", "alert", "the attribute onclick"),
        ("<g ONLOAD='alert(1)'/>", "alert", "the attribute onload"),
        ("<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>x</p></foreignObject>", "xhtml", "<foreignObject>"),
        ("<use xml:base='https://x.example/' href='#a'/>", "x.example", "the attribute base"),
        ("<image href='https://x.example/spy.png'/>", "spy", "<image>"),
        ("<use href='https://x.example/a.svg#b'/>", "x.example", "the attribute href"),
        ("<use xlink:href='data:image/svg+xml,x'/>", "data:", "the attribute href"),
        ("<a href='javascript:alert(1)'><path d='M0 0'/></a>", "alert", "<a>"),
        ("<style>@import 'https://x.example/a.css';</style>", "x.example", "<style>"),
        ("<style>a { fill: u\\72l(https://x.example) }</style>", "x.example", "<style>"),
        ("<path style='fill:url(https://x.example/#a)'/>", "x.example", "the attribute style"),
        ("<path fill='url( \"//x.example/a\" )'/>", "x.example", "the attribute fill"),
        ("<animate attributeName='href' to='javascript:alert(1)'/>", "alert", "<animate>"),
        ("<set attributeName='onclick' to='alert(1)'/>", "alert", "<set>"),
    ],
)
def test_what_acts_or_reaches_out_is_left_out_and_named(tmp_path: Path, inside: str, gone: str, what: str) -> None:
    data, left_out = cleaned(tmp_path, f"{inside}<path d='M1 1'/>")
    assert gone not in data
    assert left_out == [what]
    assert "M1 1" in data


def test_an_entity_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("the secret")
    doctype = f'<!DOCTYPE svg [<!ENTITY a SYSTEM "file://{tmp_path}/secret">]>'
    data, left_out = cleaned(tmp_path, "<text>&a;</text>", doctype + HEAD)
    assert "secret" not in data
    assert left_out == ["an entity"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("<html/>", "no SVG"),
        ("<svg/>", "no SVG"),
        ("not xml", "can be read"),
        ('<svg xmlns="http://www.w3.org/2000/svg"/>', "neither a viewBox"),
        (HEAD + " " * LARGEST_SVG + "</svg>", "more than 256 KiB"),
        ('<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa">' + "".join(
            f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)) + f"]>{HEAD}&a9;", "can be read"),
    ],
)  # fmt: skip
def test_what_is_no_drawing_is_refused(tmp_path: Path, text: str, reason: str) -> None:
    (tmp_path / "logo.svg").write_text(text)
    with pytest.raises(MediaError, match=reason):
        clean_svg(tmp_path / "logo.svg")


def test_a_large_picture_is_made_small_and_a_small_one_stays(tmp_path: Path) -> None:
    Image.new("RGB", (3000, 300), (9, 90, 90)).save(tmp_path / "large.png")
    data, ending = small_picture(tmp_path / "large.png")
    (tmp_path / "small.webp").write_bytes(data)
    with Image.open(tmp_path / "small.webp") as image:
        assert (image.width <= MOST_WIDE, image.height <= MOST_HIGH, ending) == (True, True, ".webp")
    Image.new("RGB", (320, 64)).save(tmp_path / "fits.png")
    assert small_picture(tmp_path / "fits.png") == ((tmp_path / "fits.png").read_bytes(), ".png")
