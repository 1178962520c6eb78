"""Content coding, conditions and ranges, in the cases of RFC 9110 and in those it did not foresee."""

import pytest

from dateline.stand.negotiation import (
    Span,
    Unsatisfiable,
    byte_range,
    etag_matches,
    http_date,
    not_modified,
    parse_http_date,
    preference,
    range_applies,
)


@pytest.mark.parametrize(
    ("header", "order"),
    [
        (None, "i"),
        ("", "i"),
        ("gzip", "gi"),
        ("br", "bi"),
        ("gzip, deflate, br, zstd", "bgi"),
        ("GZIP, BR", "bgi"),
        ("x-gzip", "gi"),
        ("gzip;q=1.0, br;q=0.5", "gbi"),
        ("gzip ; q=0.2 , br ; q=0.9", "bgi"),
        ("gzip;q=0", "i"),
        ("gzip;q=0.0, br;q=0.000", "i"),
        ("br;q=0, *", "gi"),
        ("*", "bgi"),
        ("*;q=0.5, gzip", "gbi"),
        ("*;q=0", "i"),
        ("gzip, *;q=0", "gi"),
        ("identity", "i"),
        ("identity;q=0", "i"),
        ("identity;q=0, gzip", "gi"),
        ("identity, gzip;q=0.5", "ig"),
        ("identity;q=0.5, gzip;q=0.8, br;q=0.1", "gib"),
        ("deflate", "i"),
        ("gzip;q=2", "i"),
        ("gzip;q=-1", "i"),
        ("gzip;q=nan", "i"),
        ("gzip;q=1.0000", "i"),
        ("gzip;q=.5", "i"),
        ("gzip;x=1", "i"),
        (",,;;,", "i"),
        ("gzip, gzip;q=0", "gi"),
        ("gzipped, brotli", "i"),
    ],
)
def test_preference(header: str | None, order: str) -> None:
    assert preference(header) == order


@pytest.mark.parametrize(
    ("header", "matches"),
    [
        ('"abc"', True),
        ('W/"abc"', True),
        ("*", True),
        (" * ", True),
        ('"x", "abc"', True),
        ('"x","y",W/"abc"', True),
        ('"abc-br"', False),
        ('"ab"', False),
        ("abc", False),
        ("", False),
        ('"x, abc"', False),
        ('"abc', False),
        ('w/"abc"', True),
        ('"*"', False),
    ],
)
def test_etags(header: str, *, matches: bool) -> None:
    assert etag_matches(header, '"abc"') is matches


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("Sun, 06 Nov 1994 08:49:37 GMT", 784111777),
        ("Sunday, 06-Nov-94 08:49:37 GMT", 784111777),
        ("Sun Nov  6 08:49:37 1994", 784111777),
        ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
        ("", None),
        ("yesterday", None),
        ("Mon, 99 Foo 2020 00:00:00 GMT", None),
        ("Thu, 01 Jan 99999 00:00:00 GMT", None),
        ("Sun, 06 Nov 1994 25:49:37 GMT", None),
    ],
)
def test_dates(text: str, seconds: int | None) -> None:
    assert parse_http_date(text) == seconds


def test_dates_are_written_as_they_are_read() -> None:
    assert http_date(784111777) == "Sun, 06 Nov 1994 08:49:37 GMT"
    assert parse_http_date(http_date(1_700_000_000)) == 1_700_000_000


@pytest.mark.parametrize(
    ("none_match", "since", "unchanged"),
    [
        (None, None, False),
        ('"a"', None, True),
        ('"b"', None, False),
        (None, http_date(1000), True),
        (None, http_date(1001), True),
        (None, http_date(999), False),
        ('"b"', http_date(2000), False),
        ('"a"', http_date(1), True),
        ("", http_date(2000), False),
    ],
)
def test_not_modified(none_match: str | None, since: str | None, *, unchanged: bool) -> None:
    assert not_modified(none_match, since, '"a"', 1000) is unchanged


@pytest.mark.parametrize(
    ("header", "found"),
    [
        (None, None),
        ("", None),
        ("bytes=0-0", Span(0, 1)),
        ("bytes=0-9", Span(0, 10)),
        ("bytes=90-99", Span(90, 100)),
        ("bytes=90-", Span(90, 100)),
        ("bytes=90-200", Span(90, 100)),
        ("bytes=-10", Span(90, 100)),
        ("bytes=-100", Span(0, 100)),
        ("bytes=-1000", Span(0, 100)),
        ("Bytes = 1 - 2", Span(1, 3)),
        ("bytes=100-", Unsatisfiable.RANGE),
        ("bytes=100-200", Unsatisfiable.RANGE),
        ("bytes=-0", Unsatisfiable.RANGE),
        ("bytes=9-1", None),
        ("bytes=0-1,3-4", None),
        ("bytes=", None),
        ("bytes=-", None),
        ("bytes=a-b", None),
        ("bytes=1-2-3", None),
        ("bytes=--1", None),
        ("bytes=1.5-2", None),
        ("bytes=٣-٤", None),
        ("bytes=0-99999999999999999999", None),
        ("items=0-1", None),
        ("0-1", None),
    ],
)
def test_ranges(header: str | None, found: Span | Unsatisfiable | None) -> None:
    assert byte_range(header, 100) == found


def test_no_range_of_an_empty_file_can_be_had() -> None:
    assert byte_range("bytes=0-", 0) is Unsatisfiable.RANGE
    assert byte_range("bytes=-5", 0) is Unsatisfiable.RANGE


@pytest.mark.parametrize(
    ("if_range", "applies"),
    [
        (None, True),
        ('"a"', True),
        (' "a" ', True),
        ('W/"a"', False),
        ('"b"', False),
        (http_date(1000), True),
        (http_date(1001), False),
        (http_date(999), False),
        ("never", False),
        ("", False),
    ],
)
def test_if_range(if_range: str | None, *, applies: bool) -> None:
    assert range_applies(if_range, '"a"', 1000) is applies
