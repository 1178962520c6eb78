"""What editors paste into a chart: from spreadsheets of every country, and from those who mean harm."""

import time
import tracemalloc
from decimal import Decimal

import pytest

from dateline.newsroom.stories.charts.cells import ChartError, read_cells, written
from dateline.newsroom.stories.charts.dates import read_dates
from dateline.newsroom.stories.charts.figures import Figures, check_table, read_figures


def read(text: str, kind: str = "bar") -> Figures:
    return read_figures(read_cells(text), kind)


def numbers(text: str, kind: str = "bar") -> list[str | None]:
    """The numbers of the first column, as text."""
    return [None if number is None else str(number) for number in read(text, kind).columns[0].numbers]


def refused(text: str, kind: str = "bar") -> str:
    with pytest.raises(ChartError) as caught:
        read(text, kind)
    return str(caught.value)


# --- cells ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "a,b\nx,1\ny,2",
        "a;b\nx;1\ny;2",
        "a\tb\nx\t1\ny\t2",
        "\ufeffa,b\r\nx,1\r\ny,2\r\n",
        "a,b\rx,1\ry,2",
        "sep=;\na;b\nx;1\ny;2",
        '"a","b"\n"x","1"\n"y","2"',
        "\n\na , b\n x,1\n\n ,\ny,2\n,,,\n",
        "a,b,,\nx,1,,\ny,2,,",
    ],
)
def test_a_table_is_found_however_it_was_saved(text: str) -> None:
    cells = read_cells(text)
    assert cells.head == ("a", "b")
    assert cells.rows == (("x", "1"), ("y", "2"))


def test_a_semicolon_parts_cells_where_commas_part_decimals() -> None:
    assert read_cells("a;b\nx;1,5\ny;2,5").rows == (("x", "1,5"), ("y", "2,5"))
    assert read_cells("a,b\nx; and y,1\nz,2").rows == (("x; and y", "1"), ("z", "2"))


def test_rows_are_counted_as_a_spreadsheet_counts_them() -> None:
    assert read_cells("a,b\n\nx,1\n\n\ny,2").numbers == (3, 6)
    assert "Row 6," in refused("a,b\n\nx,1\n\n\ny,two")
    assert "Row 3," in refused("sep=,\na,b\nx,one")


def test_line_ends_in_quotation_marks_are_spaces() -> None:
    assert read_cells('a,"Number\nof boats"\nx,1').head == ("a", "Number of boats")


def test_what_cannot_be_seen_is_left_out_of_names() -> None:
    cells = read_cells("a,b\n\u202ex\u2066y\u2069\x07,1")
    assert cells.rows[0][0] == "xy"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "at least one row and two columns"),
        ("a\n1\n2", "at least one row and two columns"),
        ("a,b", "at least one row and two columns"),
        ("a,b\nx,1,2", "Row 2 reaches to column 3"),
        ("a,b\nx," + "y" * 201, "Row 2 has a cell of more than 200"),
        ('a,b\n"x,1\n' + "y,2\n" * 300, "Row 2 has a cell of more than 200"),
        ("a\0,\0b\0\n\0x\0,\0001\0", "CSV UTF-8"),
        ("a" + ",b" * 12 + "\nx" + ",1" * 12, "Row 1 has 13 columns"),
        ("a,b\n" + "x,1\n" * 501, "Row 502 is one too many"),
        ("a,b\n" + "x,1\n" * 60_000, "characters"),
        ("a,\nx,1", "Row 2 reaches to column 2"),
        ("a,,c\nx,1,2", "Column 2 has no name"),
        ("2019,12\n2020,13", "The first row names the columns"),
        ("1,2\n3,4", "The first row names the columns"),
    ],
)
def test_what_is_no_table_is_refused_with_the_place(text: str, told: str) -> None:
    assert told in refused(text)


def test_years_may_head_columns() -> None:
    assert [column.name for column in read("City,2019,2024\nMaren,1,2").columns] == ["2019", "2024"]
    assert read(",2019,2024\nMaren,1,2").stub == ""


def test_a_million_rows_are_refused_at_once_and_in_little_memory() -> None:
    text = "a,b\n" + "x,1\n" * 1_000_000
    tracemalloc.start()
    began = time.perf_counter()
    with pytest.raises(ChartError):
        read_cells(text)
    took, (_now, most) = time.perf_counter() - began, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert took < 0.1
    assert most < 100_000


def test_a_text_at_the_limit_of_empty_rows_takes_no_time() -> None:
    began = time.perf_counter()
    with pytest.raises(ChartError):
        read_cells(",\n" * 99_000)
    assert time.perf_counter() - began < 2


def test_cells_that_are_written_read_as_the_same() -> None:
    rows = [("a", "b;c", 'd "e"'), ("sep=;", "1,5", ""), ("=1+1", "", "x\ty")]
    cells = read_cells(written(rows))
    assert [cells.head, *cells.rows] == [*rows[:2], ("=1+1", "", "x y")]
    assert read_cells(written([cells.head, *cells.rows])) == cells


# --- numbers ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        (["1", "2.5", "-3"], ["1", "2.5", "-3"]),
        (["1,5", "2,25"], ["1.5", "2.25"]),
        (["1,234", "12,345"], ["1234", "12345"]),
        (["1.234", "12.345"], ["1234", "12345"]),
        (["1,234", "0,5"], ["1.234", "0.5"]),
        (["1.234,5", "1.000"], ["1234.5", "1000"]),
        (["1,234.5", "1,000"], ["1234.5", "1000"]),
        (["1,234,567", "1,000"], ["1234567", "1000"]),
        (["1.234.567", "5,25"], ["1234567", "5.25"]),
        (["12,34,567", "5"], ["1234567", "5"]),
        (["1 234 567", "12\u202f000", "1\u00a0000,5"], ["1234567", "12000", "1000.5"]),
        (["1'234.5", "2’000"], ["1234.5", "2000"]),
        (["٣٨", "١٬٢٣٤٫٥", "-٤"], ["38", "1234.5", "-4"]),
        (["۳۸", "۱۲۳", "۴٫۵"], ["38", "123", "4.5"]),
        (["−5", "–5", "+5", "(5)"], ["-5", "-5", "5", "-5"]),
        (["5 %", "7%", "٪٣"], ["5", "7", "3"]),
        (["€ 5", "7,50 €", "-€3"], ["5", "7.50", "-3"]),
        (["$1,200.00", "$900.50"], ["1200.00", "900.50"]),
        (["1.2E+06", "5e3"], ["1200000", "5000"]),
        ([".5", "0.25"], ["0.5", "0.25"]),
        (["\u200f٥\u200f", "6"], ["5", "6"]),
        (["1", "", "-", "n/a", "…", "#N/A", "2"], ["1", None, None, None, None, None, "2"]),
    ],
)
def test_numbers_are_read_as_they_were_meant(column: list[str], expected: list[str | None]) -> None:
    found = numbers("name\tvalue\n" + "\n".join(f"x\t{cell}" for cell in column))
    assert [None if one is None else Decimal(one) for one in found] == [
        None if one is None else Decimal(one) for one in expected
    ]


def test_a_column_that_settles_nothing_follows_one_that_does() -> None:
    figures = read("name;one;two\nx;1,234;2,5")
    assert [str(column.numbers[0]) for column in figures.columns] == ["1.234", "2.5"]


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("=1+1", "“=1+1” is a formula"),
        ('=HYPERLINK("http://x")', "is a formula"),
        ("+cmd|' /C calc'!A0", "is a formula"),
        ("-2+3", "is a formula"),
        ("@SUM(A1:A2)", "is a formula"),
        ("#REF!", "spreadsheet's error"),
        ("#DIV/0!", "spreadsheet's error"),
        ("12 kg", "is not a number"),
        ("twelve", "is not a number"),
        ("1,2,3", "not a number that can be read"),
        ("1.5.2026", "marks its decimals otherwise"),
        ("9" * 16, "too large"),
        ("1e99", "too large"),
        ("9" * 60, "is not a number"),
        ("NaN5", "is not a number"),
        ("1,5", "marks its decimals otherwise than “0.5” in row 2"),
        ("5 %", ""),
        ("$5", ""),
    ],
)
def test_what_is_no_number_is_refused_with_row_and_column(cell: str, told: str) -> None:
    data = f"name\tBoats\nw\t0.5\nx\t1.25\ny\t{cell}"
    if not told:
        assert numbers(data)
        return
    message = refused(data)
    assert message.startswith("Row 4, column “Boats”:")
    assert told in message


def test_signs_of_two_kinds_in_a_column_are_refused() -> None:
    assert "another sign" in refused("name,Price\nx,€5\ny,$6")


def test_a_column_without_numbers_is_refused() -> None:
    assert "“Boats” holds no number" in refused("name,Boats\nx,-\ny,")


def test_formulas_in_names_are_plain_text() -> None:
    assert read("name,=A1\n=1+1,5\n@SUM,6").labels == ("=1+1", "@SUM")


def test_a_table_holds_words_but_no_formula_beside_numbers() -> None:
    check_table(read_cells("name,what\nx,38 m³/s\ny,4 hours"))
    with pytest.raises(ChartError, match="Row 3"):
        check_table(read_cells("name,number\nx,38\ny,=SUM(B2)"))


# --- dates ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("labels", "grain", "first"),
    [
        (["2024", "2025"], "year", "2024-01-01"),
        (["٢٠٢٤", "۲۰۲۵"], "year", "2024-01-01"),
        (["2024-Q2", "2024Q3", "Q4 2024", "1T 2025"], "quarter", "2024-04-01"),
        (["2024-05", "2024/6"], "month", "2024-05-01"),
        (["2024-05-31", "2024-06-01"], "day", "2024-05-31"),
    ],
)
def test_dates_are_known_by_their_form(labels: list[str], grain: str, first: str) -> None:
    moments, found = read_dates(labels)
    assert (found, str(moments[0])) == (grain, first)


@pytest.mark.parametrize("labels", [["2024", "2024-05"], ["2024-13"], ["2024-02-30"], ["Maren", "2024"], ["0999"], []])
def test_what_is_not_all_dates_is_names(labels: list[str]) -> None:
    assert read_dates(labels) == ((), "")


# --- kinds ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "text", "told"),
    [
        ("line", "Year,Boats\n2024,1", "two rows"),
        ("line", "Year,Boats\n2024,1\n2025,2\n2024,3", "Row 4 has the date 2024, which row 2 has already"),
        ("area", "Year,a,b\n2024,1,2\n2025,,3", "Row 3, column “a” is empty"),
        ("area", "Year,a,b\n2024,1,2\n2025,-1,3", "Row 3, column “a” is below zero"),
        ("bar", "Name,a,b\n" + "x,1,2\n" * 31, "62 bars"),
        ("dot", "Name,a\n" + "x,1\n" * 41, "41 bars or rows"),
    ],
)
def test_a_kind_refuses_what_it_cannot_show(kind: str, text: str, told: str) -> None:
    assert told in refused(text, kind)


def test_five_hundred_rows_make_a_line() -> None:
    rows = "\n".join(f"{1500 + at},{at}" for at in range(500))
    assert len(read(f"Year,Boats\n{rows}", "line").moments) == 500
