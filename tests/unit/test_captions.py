"""Captions as tools and people write them, chapters, and the sizes of a film."""

import pytest

from dateline.newsroom.clips.captions import CaptionsError, as_webvtt, read_captions, transcript
from dateline.newsroom.clips.chapters import Chapter, ChaptersError, read_chapters
from dateline.newsroom.clips.ladder import ladder, plain_rung

SRT = "\r\n".join(
    ["1", "00:00:01,000 --> 00:00:04,000", "First line", "and its second", ""]
    + ["2", "00:00:05,5 --> 00:01:02,000", "Over.", ""]
)
VTT = """WEBVTT - with a title

NOTE nothing

STYLE
::cue { color: red }

intro
00:01.000 --> 00:04.000 line:0 align:start
<v Ana>First line</v>
and <i>its</i> second

00:05.500 --> 01:02.000
<c.loud>Over.</c>
"""
CUES = [(1000, 4000, "First line\nand its second"), (5500, 62000, "Over.")]


def test_subrip_and_webvtt_say_the_same() -> None:
    assert read_captions(SRT.encode(), "en") == CUES
    assert read_captions(VTT.encode(), "en") == CUES


def test_what_is_written_is_read_again() -> None:
    odd = [(0, 1000, "1 < 2 & 3 --> 4"), (1000, 3_600_500, "العبّارة\nتغادر")]
    assert read_captions(as_webvtt(odd).encode(), "ar") == odd
    assert "01:00:00.500" in as_webvtt(odd)


@pytest.mark.parametrize("coding", ["utf-8-sig", "utf-16"])
def test_byte_order_marks_are_understood(coding: str) -> None:
    assert read_captions(SRT.encode(coding), "en") == CUES


def test_arabic_of_before_utf_8_is_read_and_nothing_is_guessed() -> None:
    text = SRT.replace("First line", "غادرت العبارة").replace("and its second", "الميناء").replace("Over.", "وداعا")
    assert read_captions(text.encode("cp1256"), "ar")[0][2] == "غادرت العبارة\nالميناء"
    # The same bytes, said to be Spanish, would be nonsense on the screen.
    with pytest.raises(CaptionsError, match=r"Line 3 is not UTF-8\. Save the file as UTF-8"):
        read_captions(text.encode("cp1256"), "es")
    spanish = SRT.replace("First line", "El niño salió mañana")
    assert read_captions(spanish.encode("cp1252"), "es")[0][2].startswith("El niño salió mañana")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "no captions in this file"),
        (b"Just a letter to the editor.\n", "no captions in this file"),
        (b"1\n00:00:04,000 --> 00:00:01,000\nBack\n", "Line 2: the caption ends before it begins"),
        (b"1\n00:00:01,000 --> soon\nNever\n", "Line 2: a time is missing or miswritten: 00:00:01,000 --> soon"),
        (b"1\n00:61:01,000 --> 00:62:01,000\nNever\n", "is not a time"),
        (b"\x00\x01\x02" * 50, "not a text file"),
        (b"PK\x03\x04\xff\xfe\xfd", "UTF-8"),
        (b"x" * 2_000_001, "larger than 2 MB"),
    ],
)
def test_what_is_wrong_is_said(data: bytes, words: str) -> None:
    with pytest.raises(CaptionsError, match=words):
        read_captions(data, "de-x" if data.startswith(b"PK") else "en")


def test_numbers_without_an_empty_line_before_them_are_not_spoken() -> None:
    run = "1\n00:00:01,000 --> 00:00:02,000\nOne\n2\n00:00:02,000 --> 00:00:03,000\nTwo\n"
    assert [text for *_times, text in read_captions(run.encode(), "en")] == ["One", "Two"]


def test_a_transcript_has_paragraphs_where_the_speaker_pauses() -> None:
    cues = [(0, 1000, "One."), (1100, 2000, "Two."), (4500, 5000, "Three.")]
    assert transcript(cues) == ["One. Two.", "Three."]


def test_chapters() -> None:
    text = "0:00 The quay\n\n1:30 – The sea\n١:٠٢:٠٣ النهاية\n"
    assert read_chapters(text) == (Chapter(0, "The quay"), Chapter(90, "The sea"), Chapter(3723, "النهاية"))
    for bad, words in (("The quay", "Line 1"), ("0:00 a\n0:00 b", "Line 2 begins before"), ("1:75 a", "Line 1")):
        with pytest.raises(ChaptersError, match=words):
            read_chapters(bad)
    with pytest.raises(ChaptersError, match="more than 60"):
        read_chapters("\n".join(f"{n}:00 part" for n in range(61)))


@pytest.mark.parametrize(
    ("size", "frames"),
    [
        ((1920, 1080), [(426, 240), (640, 360), (854, 480), (1280, 720), (1920, 1080)]),
        ((3840, 2160), [(426, 240), (640, 360), (854, 480), (1280, 720), (1920, 1080)]),
        ((1080, 1920), [(240, 426), (360, 640), (480, 854), (720, 1280), (1080, 1920)]),
        ((1280, 536), [(426, 178), (640, 268), (854, 358), (1280, 536)]),
        ((100, 100), [(100, 100)]),
        ((8, 4000), [(2, 426), (2, 640), (2, 854), (2, 1280), (4, 1920)]),
        ((721, 405), [(426, 240), (640, 360), (720, 404)]),
        ((1919, 1079), [(426, 240), (640, 360), (854, 480), (1280, 720), (1918, 1078)]),
        ((660, 370), [(426, 240), (640, 358)]),
    ],
)
def test_the_ladder(size: tuple[int, int], frames: list[tuple[int, int]]) -> None:
    rungs = ladder(*size)
    assert [(rung.width, rung.height) for rung in rungs] == frames
    assert all(rung.width <= size[0] and rung.height <= size[1] for rung in rungs)
    assert plain_rung(rungs).name <= 480
