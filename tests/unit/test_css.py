"""The theme's style sheets: one direction-free set of rules for every script, small enough for a thin line."""

import re
from collections.abc import Iterator
from pathlib import Path

import brotli
import pytest

import dateline.theme
from dateline.theme.accent import NIGHT, PAPER, accent_pair, contrast
from dateline.theme.bundle import css_bundle, icon_bundle, js_bundle, page_style, trimmed_css, trimmed_js, write_bundles

THEME = Path(dateline.theme.__file__).parent
SHEETS = sorted((THEME / "static/theme/css").rglob("*.css"))
SIDE = r"(?:left|right|top|bottom)"
PHYSICAL_NAME = re.compile(
    rf"(?:(?:scroll-)?(?:margin|padding)|border|inset)-{SIDE}(?:-\w+)*|{SIDE}"
    rf"|(?:min-|max-)?(?:width|height)|border-{SIDE}-\w+-radius|overflow-[xy]|overscroll-behavior-[xy]"
    r"|contain-intrinsic-(?:width|height)"
)
PHYSICAL_VALUE = {
    "text-align": re.compile(r"\b(?:left|right)\b"),
    "float": re.compile(r"\b(?:left|right)\b"),
    "clear": re.compile(r"\b(?:left|right)\b"),
    "caption-side": re.compile(r"\b(?:left|right)\b"),
    "object-position": re.compile(r"\b(?:left|right)\b"),
    "background-position": re.compile(r"\b(?:left|right)\b"),
    "transform-origin": re.compile(r"\b(?:left|right)\b"),
    "resize": re.compile(r"\b(?:horizontal|vertical)\b"),
    "transition": re.compile(rf"\b(?:width|height|{SIDE})\b"),
}
FOUR_SIDED = {
    "margin",
    "padding",
    "inset",
    "border-width",
    "border-color",
    "border-style",
    "border-radius",
    "scroll-margin",
}


def declarations(css: str) -> Iterator[tuple[str, str]]:
    """Property and value of each declaration; conditions, selectors, comments and strings are left out."""
    css = re.sub(r"/\*.*?\*/", " ", css, flags=re.DOTALL)
    css = re.sub(r"\"[^\"]*\"|'[^']*'", '""', css)
    for piece in re.findall(r"([^{};]+)(?=[;}])", css):
        name, colon, value = piece.partition(":")
        if colon and re.fullmatch(r"\s*-{0,2}[a-z][a-z-]*\s*", name):
            yield name.strip(), value.strip()


def physical(css: str) -> list[str]:
    """The declarations that name a side of the screen where they should name a side of the text."""
    found = []
    for name, value in declarations(css):
        sides = re.sub(r"\([^()]*(?:\([^()]*\)[^()]*)*\)", "", value).split()
        if (
            PHYSICAL_NAME.fullmatch(name)
            or ((pattern := PHYSICAL_VALUE.get(name)) and pattern.search(value))
            or (name in FOUR_SIDED and len(sides) == 4 and sides[1] != sides[3])
        ):
            found.append(f"{name}: {value}")
    return found


@pytest.mark.parametrize(
    "line",
    [
        "a { margin-left: 1px }",
        "a { padding-right: 1px; }",
        "a { border-top: 1px solid }",
        "a { border-top-left-radius: 2px }",
        "a { left: 0 }",
        "a { width: 10px }",
        "a { max-height: 10px }",
        "a { overflow-x: auto }",
        "a { text-align: left }",
        "a { float: right }",
        "a { object-position: left center }",
        "a { margin: 0 1px 0 2px }",
        "a { inset: 0 auto 0 0 }",
        "@media (width >= 4rem) { a { scroll-margin-top: 1px } }",
        "a { transition: width 1s }",
    ],
)
def test_a_physical_line_is_found(line: str) -> None:
    assert physical(line)


@pytest.mark.parametrize(
    "line",
    [
        "a { margin-inline-start: 1px; inset-block: 0 }",
        "a { inline-size: 10px; max-block-size: calc(1px * (2 + 3)) }",
        "@media (width >= 44rem) and (height >= 4rem) { a { color: red } }",
        "@container block (width < 40rem) { a { padding: 1px 2px } }",
        "a { text-align: start; overflow: auto hidden }",
        "/* margin-left: 1px; */ a::before { content: 'left: 0;' }",
        "a:hover { margin: 0 }",
        "a { margin: calc(1px + 2px) 0 }",
        "a { --left: 0 }",
        "a { padding: 0 1px 0 1px }",
    ],
)
def test_a_logical_line_passes(line: str) -> None:
    assert physical(line) == []


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_sheets_name_no_side_of_the_screen(sheet: Path) -> None:
    assert physical(sheet.read_text("utf-8")) == []


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_sheets_are_layered_and_closed(sheet: Path) -> None:
    text = re.sub(r"/\*.*?\*/", " ", sheet.read_text("utf-8"), flags=re.DOTALL)
    depth, outside = 0, ""
    for letter in text:
        if letter == "{":
            depth += 1
        elif letter == "}":
            depth -= 1
        elif depth == 0:
            outside += letter
        assert depth >= 0
    assert depth == 0
    assert re.fullmatch(r"(?:\s|@layer [a-z, ]+;?)+", outside), "a rule stands outside the layers"


def test_every_token_that_is_used_is_defined() -> None:
    text = "".join(sheet.read_text("utf-8") for sheet in SHEETS)
    used = set(re.findall(r"var\((--[\w-]+)\)", text))
    defined = set(re.findall(r"[{;\s](--[\w-]+):", text))
    assert used <= defined


def test_style_sheet_fits_its_budget() -> None:
    assert len(brotli.compress(css_bundle().body, quality=11)) <= 12 * 1024


def test_script_fits_its_budget() -> None:
    assert len(brotli.compress(js_bundle().body, quality=11)) <= 10 * 1024


def test_bundle_declares_the_layers_before_anything_else() -> None:
    assert css_bundle().body.startswith(b"@layer reset,tokens,base,components,pages;")


def test_bundle_holds_every_sheet_and_print_last() -> None:
    body = css_bundle().body.decode()
    for sheet in (sheet for sheet in SHEETS if sheet.parent.name != "pages"):
        last = list(re.finditer(r"\.[a-z_-]+", trimmed_css(sheet.read_text("utf-8"))))
        assert not last or last[-1].group() in body
    assert body.rindex("@media print") > body.rindex(".pattern__name")


def test_a_sheet_of_some_pages_is_a_file_of_its_own(tmp_path: Path) -> None:
    card = page_style("tracker_card")
    assert b".tracker__answer" in card.body
    assert b".tracker__answer" not in css_bundle().body
    assert card in write_bundles(tmp_path)
    assert (tmp_path / "site" / f"{card.name}.br").exists()
    assert len(brotli.compress(card.body, quality=11)) < 2048


def test_trimming_keeps_what_means_something() -> None:
    css = """
    /* a; b */
    .a > .b :hover , .c { content: "a  ;  /* kept */ } b"; margin: calc(1px + 2px) auto; }
    @media (width >= 4rem) and (height > 1px) { .d { color: red; } }
    .e { font: 700 1rem/1 var(--x); }
    """
    assert trimmed_css(css) == (
        '.a > .b :hover,.c{content:"a  ;  /* kept */ } b";margin:calc(1px + 2px) auto}'
        "@media (width >= 4rem) and (height > 1px){.d{color:red}}"
        ".e{font:700 1rem/1 var(--x)}"
    )


def test_trimming_a_script_drops_comments_and_indentation_alone() -> None:
    js = '/*\n * What it does.\n */\nconst a = "//not a comment";\n\n  // why\n  go(a); // stays\n'
    assert trimmed_js(js) == 'const a = "//not a comment";\ngo(a); // stays\n'


def test_a_bundle_is_named_by_what_it_holds() -> None:
    assert css_bundle() == css_bundle()
    assert css_bundle("#aa3300").name != css_bundle().name
    assert css_bundle().url == "/static/site/" + css_bundle().name


def test_accent_reaches_style_sheet_and_icon() -> None:
    pair = accent_pair("#ffd400")
    body = css_bundle("#ffd400").body.decode()
    assert f"--accent-on-paper:{pair.paper};--accent-on-night:{pair.night}" in body
    assert pair.paper.encode() in icon_bundle("#ffd400").body


def test_written_bundles_are_whole_and_compressed(tmp_path: Path) -> None:
    bundles = write_bundles(tmp_path, accent="#0b4f5c")
    for bundle in bundles:
        file = tmp_path / "site" / bundle.name
        assert file.read_bytes() == bundle.body
        assert brotli.decompress(file.with_name(file.name + ".br").read_bytes()) == bundle.body
        assert file.stat().st_mode & 0o777 == 0o644
    assert {file.name.split(".")[1] for file in (tmp_path / "site").iterdir()} == {"css", "js", "png", "svg"}


def test_writing_again_changes_nothing_and_keeps_older_files(tmp_path: Path) -> None:
    first = write_bundles(tmp_path)
    before = {file: file.stat().st_mtime_ns for file in (tmp_path / "site").iterdir()}
    write_bundles(tmp_path, accent="#aa3300")
    write_bundles(tmp_path)
    assert {file: file.stat().st_mtime_ns for file in before} == before
    assert (tmp_path / "site" / first[0].name).exists()


@pytest.mark.parametrize(
    "colour",
    ["#ffff00", "#ffffff", "#000000", "#0b4f5c", "#ff0000", "#0000ff", "#00ff00", "#777777", "#FBF9F4", "#16130f"],
)
def test_accent_reads_on_both_grounds(colour: str) -> None:
    pair = accent_pair(colour)
    assert contrast(pair.paper, PAPER) >= 7
    assert contrast(pair.night, NIGHT) >= 7


def test_an_accent_that_reads_is_left_alone() -> None:
    assert accent_pair("#0b4f5c").paper == "#0b4f5c"
    assert accent_pair("#FFFFFF").night == "#ffffff"
    assert accent_pair("#000000").paper == "#000000"


def test_a_corrected_accent_keeps_its_hue() -> None:
    red, green, blue = (int(accent_pair("#ffff00").paper[at : at + 2], 16) for at in (1, 3, 5))
    assert abs(red - green) < 24
    assert blue < 40
    red, green, blue = (int(accent_pair("#ff0000").paper[at : at + 2], 16) for at in (1, 3, 5))
    assert red > 3 * max(green, blue, 1)


@pytest.mark.parametrize("bad", ["", "red", "#fff", "#12345g", "0b4f5c", "#0b4f5c ", None])
def test_an_impossible_accent_says_what_it_wants(bad: str) -> None:
    with pytest.raises(ValueError, match="#rrggbb"):
        accent_pair(bad)


def test_contrast_agrees_with_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize(
    ("ground", "texts"),
    [
        ("#fbf9f4", ["#1b1916", "#4b473f"]),
        ("#f2eee4", ["#1b1916", "#4b473f"]),
        ("#16130f", ["#e9e3d7", "#b9b1a3", "#86c5cf"]),
        ("#0c0a08", ["#e9e3d7", "#b9b1a3", "#86c5cf"]),
        ("#14110e", ["#ffffff"]),
    ],
)
def test_text_colours_stand_at_seven_to_one(ground: str, texts: list[str]) -> None:
    tokens = (THEME / "static/theme/css/tokens.css").read_text("utf-8") + (
        THEME / "static/theme/css/components/block.css"
    ).read_text("utf-8")
    for text in texts:
        assert text in tokens or text == "#ffffff"
        assert contrast(text, ground) >= 7
