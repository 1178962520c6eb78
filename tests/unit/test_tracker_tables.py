"""Numbers, ranges, days and encodings as spreadsheets write them."""

from datetime import date
from decimal import Decimal

import pytest

from dateline.newsroom.trackers.amounts import ends_of, read_amount, read_amounts
from dateline.newsroom.trackers.claims import TrackerError
from dateline.newsroom.trackers.models import Tracker
from dateline.newsroom.trackers.tables.days import read_days
from dateline.newsroom.trackers.tables.decoding import decoded
from dateline.newsroom.trackers.tables.reading import Read, read_table

HEAD = "what,party,quantity,on,note,source_kind\n"
ROW = "announced,DE,40,2026-04-01,said,own\n"


def read(text: str) -> Read:
    tracker = Tracker(kind="goal", unit="staff")
    return read_table(text, tracker, {"DE": "DE", "germany": "DE"}, "ar")


def amounts(*cells: str) -> tuple[list[Decimal | None], list[int]]:
    rows: list[int] = []
    found = read_amounts(cells, range(1, len(cells) + 1), lambda row, _text: rows.append(row))
    return found, rows


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("700", "700"),
        ("1,234.5", "1234.5"),
        ("1.234,5", "1234.5"),
        ("1 234,5", "1234.5"),
        ("1\u202f234,5", "1234.5"),
        ("١٬٢٣٤٫٥", "1234.5"),
        ("۱۲۳", "123"),
        ("1'234.5", "1234.5"),
        ("0.125", "0.125"),
        ("1,234,567", "1234567"),
        ("12.5", "12.5"),
        ("0", "0"),
    ],
)
def test_a_number_is_read_as_it_is_meant(text: str, number: str) -> None:
    assert read_amount(text) == Decimal(number)


@pytest.mark.parametrize("text", ["1.234", "1,234", "12.345", "a few", "=1+1", "1.2.3,4", "1e99", "٣ ٤", "<b>4</b>"])
def test_a_number_that_is_none_or_two_is_refused(text: str) -> None:
    with pytest.raises(TrackerError):
        read_amount(text)


def test_the_column_settles_what_a_mark_means() -> None:
    assert amounts("1.234", "12,5") == ([Decimal(1234), Decimal("12.5")], [])
    assert amounts("1.234", "12.5") == ([Decimal("1.234"), Decimal("12.5")], [])
    assert amounts("1,234", "", "1,234,567") == ([Decimal(1234), None, Decimal(1234567)], [])
    assert amounts("5", "1.234", "x", "2,345") == ([Decimal(5), None, None, None], [2, 3, 4])


@pytest.mark.parametrize(
    ("cell", "ends"),
    [
        ("200-400", ("200", "400")),
        ("200 – 400", ("200", "400")),
        ("1,200.5..2,000", ("1,200.5", "2,000")),
        ("٢٠٠–٤٠٠", ("٢٠٠", "٤٠٠")),
        ("-5", ("-5", "-5")),
        ("700", ("700", "700")),
        ("", ("", "")),
    ],
)
def test_a_range_has_two_ends(cell: str, ends: tuple[str, str]) -> None:
    assert ends_of(cell) == ends


def days(*cells: str) -> tuple[list[str], list[int]]:
    rows: list[int] = []
    found = read_days(cells, range(1, len(cells) + 1), "ar", lambda row, _text: rows.append(row))
    return [day.isoformat() if day else "" for day in found], rows


def test_days_are_read_as_they_are_meant() -> None:
    assert days("2026-03-04", "2026/3/4", "2026-03-04T10:00:00Z", "") == (["2026-03-04"] * 3 + [""], [])
    assert days("٢٠٢٦-٠٣-٠٤", "4 March 2026", "4 مارس 2026", "4 Mar. 2026") == (["2026-03-04"] * 4, [])
    assert days("4/3/2026", "31.12.2026") == (["2026-03-04", "2026-12-31"], [])
    assert days("3/4/2026", "12/31/2026") == (["2026-03-04", "2026-12-31"], [])
    assert days("3/3/2026") == (["2026-03-03"], [])


def test_days_that_can_be_two_are_refused_with_their_rows() -> None:
    assert days("4/3/2026", "2026-01-01") == (["", "2026-01-01"], [1])
    assert days("13/1/2026", "1/13/2026", "4/3/2026") == (["", "", ""], [1, 2, 3])
    assert days("2026-02-30", "yesterday", "0/0/2026") == (["", "", ""], [1, 2, 3])


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_text_is_read_whatever_it_was_saved_as(coding: str) -> None:
    text, note = decoded((HEAD + ROW.replace("said", "قال")).encode(coding), "ar")
    assert (text, note) == (HEAD + ROW.replace("said", "قال"), "")


def test_what_is_not_utf_8_is_read_by_the_language_and_said() -> None:
    assert decoded("Señal".encode("cp1252"), "es")[0] == "Señal"
    text, note = decoded("قال الوزير".encode("cp1256"), "ar")
    assert text == "قال الوزير"
    assert "Windows-1256" in note


@pytest.mark.parametrize("data", [b"a\0\0b", b"\xff\xfe\0", b"nul \0 here"])
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(TrackerError):
        decoded(data, "en")


def test_semicolons_tabs_and_a_named_separator() -> None:
    for text in (
        (HEAD + ROW).replace(",", ";"),
        (HEAD + ROW).replace(",", "\t"),
        "sep=;\n" + (HEAD + ROW).replace(",", ";"),
        "\ufeff" + HEAD.upper() + "# a remark\n\n" + ROW.replace("DE", "Germany"),
    ):
        found = read(text)
        assert found.problems == []
        ((_row, claim),) = found.claims
        assert (claim.party, claim.low, claim.on, claim.sources[0].kind) == ("DE", 40, date(2026, 4, 1), "own")


def test_rows_are_numbered_as_a_spreadsheet_does() -> None:
    found = read(HEAD + ROW + "\n# passed over\n" + ROW.replace("40", "many") + ROW.replace("announced", "promised"))
    assert [(row, text.split(".")[0]) for row, text in sorted(found.problems)] == [
        (5, "“many” is not a number"),
        (6, "what: “promised” cannot happen here"),
    ]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("announced,DE,-40,2026-04-01,,own", "not below zero"),
        ("announced,DE,400-200,2026-04-01,,own", "from the smaller number to the larger"),
        ("announced,XX,40,2026-04-01,,own", "no party “XX”"),
        ("announced,,40,2026-04-01,,own", "a promise and a position have a party"),
        ("announced,DE,,2026-04-01,,own", "Say how much"),
        ("announced,DE,40,,,own", "Write the day as"),
        ("announced,DE,40,2026-04-01,,", "at least one source"),
        ("announced,DE,40,2026-04-01,,rumour", "no kind of source"),
        ("announced,DE,40,2026-04-01,,own,more", "more cells than columns"),
        ("announced,DE,=40+2,2026-04-01,,own", "is not a number"),
        (f"announced,DE,40,2026-04-01,{'x' * 6000},own", "at most 5,000"),
        (f"announced,DE,40,2026-04-01,{'x' * 30_000},own", "more than 20,000 characters"),
        ("stance,DE,40,2026-04-01,,own", "follows a goal"),
    ],
)
def test_a_row_that_cannot_be_evidence_is_named(row: str, said: str) -> None:
    found = read(HEAD + row + "\n")
    assert [number for number, _text in found.problems] == [2] * found.wrong
    assert said in found.problems[0][1]
    assert not found.claims


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("what,party\n", "“on” is missing"),
        ("what,on,colour\n", "“colour” is no column"),
        ("what,on,on\n", "comes twice"),
    ],
)
def test_a_head_that_is_none_is_named(head: str, said: str) -> None:
    assert said in read(head + "announced,DE\n").problems[0][1]


def test_a_source_that_cites_itself_and_an_endless_chain_are_refused() -> None:
    head = "what;party;quantity;on;sources\n"
    chain = '{"kind":"own"}'
    for _level in range(6):
        chain = f'{{"kind":"own","cites":[{chain}]}}'
    circle = '[{"id":"a","cites":["b"],"name":"x"},{"id":"b","cites":["a"],"name":"y"}]'
    for sources in (circle, f"[{chain}]", "no json", "[" * 50_000):
        cell = sources.replace('"', '""')
        found = read(f'{head}announced;DE;4;2026-01-01;"{cell}"\n')
        assert [row for row, _text in found.problems] == [2], sources[:40]


def test_the_same_row_twice_counts_once_and_other_units_are_kept_apart() -> None:
    found = read("what,party,quantity,unit,on,source_kind\n" + "announced,DE,4,kg,2026-01-01,own\n" * 2)
    assert len(found.claims) == 1
    assert "Row 3 says what row 2 says" in found.notes[0]
    assert "kept apart: kg" in found.notes[1]


def test_html_and_nul_are_text() -> None:
    ((_row, claim),) = read(HEAD + ROW.replace("said", "<script>\u202e1</script>")).claims
    assert claim.note == "<script>1</script>"
