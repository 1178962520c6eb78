"""JSON Lines: every bad line is one error, every good one after it is still read, and memory stays bounded."""

import json
import tracemalloc
from hashlib import blake2b
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.wire.lines import Line, read_lines


def lines_of(folder: Path, content: bytes, **options: Any) -> list[Line]:
    file = folder / "x.jsonl"
    file.write_bytes(content)
    return list(read_lines(file, **options))


def test_good_lines(tmp_path: Path) -> None:
    first, second = lines_of(tmp_path, '{"a": 1}\n{"ق": [null, true, 1.5]}'.encode())
    assert first == Line(1, {"a": 1}, None, blake2b(b'{"a": 1}', digest_size=16).hexdigest())
    assert second.data == {"ق": [None, True, 1.5]}
    assert len(second.digest) == 32


def test_an_empty_file(tmp_path: Path) -> None:
    assert lines_of(tmp_path, b"") == []
    assert lines_of(tmp_path, b"\n\r\n \t \n") == []
    assert lines_of(tmp_path, b"\xef\xbb\xbf") == []


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        list(read_lines(tmp_path / "none.jsonl"))


def test_line_ends_and_byte_order_mark_change_neither_data_nor_digest(tmp_path: Path) -> None:
    plain = lines_of(tmp_path, b'{"a":1}\n\n{"b":2}\n')
    windows = lines_of(tmp_path, b'\xef\xbb\xbf{"a":1}\r\n\r\n{"b":2}')
    assert windows == plain
    assert [line.number for line in plain] == [1, 3]


def test_other_line_separators_do_not_end_a_line(tmp_path: Path) -> None:
    (line,) = lines_of(tmp_path, '{"a": "x\u2028y\u0085z"}'.encode())
    assert line.data == {"a": "x\u2028y\u0085z"}


BAD = [
    (b'{"a": 1', "cut off"),
    (b'{"a": "x', "cut off"),
    (b'{"a": [1, 2', "cut off"),
    (b"{", "cut off"),
    (b'{"a": tru', "not JSON"),
    (b"{'a': 1}", "not JSON"),
    (b'{"a": 1},', "not JSON"),
    (b'{"a": 1} {"b": 2}', "not JSON"),
    (b'{"a": 1,}', "not JSON"),
    (b'{"a": "x\ty"}', "not JSON"),
    (b'{"a": 01}', "not JSON"),
    (b'{"a": "\\x"}', "not JSON"),
    (b"\x00{}", "not JSON"),
    (b"nonsense", "not JSON"),
    (b'\xef\xbb\xbf{"a": 1}', "not JSON"),
    (b'{"a": "\xff"}', "byte 8 is not UTF-8 (0xff)"),
    (b'{"a": "\xd9', "byte 8 is not UTF-8"),
    (b'{"a": "\xed\xa0\x80"}', "not UTF-8"),
    (b'{"a": NaN}', "NaN"),
    (b'{"a": [Infinity]}', "Infinity"),
    (b'{"a": -Infinity}', "Infinity"),
    (b'{"a": 1e999}', "too large"),
    (b'{"a": -1e999}', "too large"),
    (b'{"a": ' + b"9" * 19 + b"9}", "too large"),
    (b'{"a": ' + b"1" * 5000 + b"}", "too large"),
    (b'{"a": -' + b"1" * 100_000 + b"}", "too large"),
    (b'{"a": 1, "b": {"c": 1, "c": 2}}', "'c' stands twice"),
    (b'{"a": 1, "\\u0061": 2}', "'a' stands twice"),
    (b'{"a": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "nested"),
    (b'{"a":' * 100_000, "nested"),
    (b"[" * 1_000_000, "nested"),
    (b"[]", "one JSON object"),
    (b'[{"a": 1}]', "one JSON object"),
    (b"null", "one JSON object"),
    (b"3", "one JSON object"),
    (b'"x"', "one JSON object"),
]


@pytest.mark.parametrize(("bad", "reason"), BAD, ids=[f"{n}-{reason}" for n, (_, reason) in enumerate(BAD)])
def test_a_bad_line_is_one_error_and_reading_goes_on(bad: bytes, reason: str, tmp_path: Path) -> None:
    first, found, last = lines_of(tmp_path, b'{"first": 1}\n' + bad + b'\n{"last": 1}\n')
    assert (first.data, last.data) == ({"first": 1}, {"last": 1})
    assert (found.number, last.number) == (2, 3)
    assert found.data is None
    assert found.error is not None
    assert reason in found.error
    assert len(found.error) < 300
    assert found.digest == blake2b(bad, digest_size=16).hexdigest()


def test_numbers_that_fit(tmp_path: Path) -> None:
    (line,) = lines_of(tmp_path, b'{"a": 9223372036854775807, "b": -9223372036854775807, "c": 1e300}')
    assert line.data == {"a": 2**63 - 1, "b": -(2**63 - 1), "c": 1e300}


def test_utf_16_is_named(tmp_path: Path) -> None:
    (line,) = lines_of(tmp_path, '{"a": 1}\n{"b": 2}\n'.encode("utf-16"))
    assert line.error == "the file is UTF-16; save it as UTF-8"


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r\r\n", b""])
@pytest.mark.parametrize("start", [b"", b"\xef\xbb\xbf"])
def test_the_limit_is_on_the_line_without_its_end(end: bytes, start: bytes, tmp_path: Path) -> None:
    fits, over = b'{"a":"xx"}', b'{"a":"xxx"}'
    (line,) = lines_of(tmp_path, start + fits + end, limit=len(fits))
    assert line.data == {"a": "xx"}
    (line,) = lines_of(tmp_path, start + over + end, limit=len(fits))
    assert line.error == "the line has 11 bytes; the most is 10"
    assert line.digest == blake2b(over, digest_size=16).hexdigest()


@settings(max_examples=200, deadline=None)
@given(st.lists(st.binary(max_size=40).map(lambda raw: raw.replace(b"\n", b"")), max_size=8), st.integers(1, 30))
def test_any_bytes_give_the_lines_that_splitting_gives(
    tmp_path_factory: pytest.TempPathFactory, raws: list[bytes], limit: int
) -> None:
    file = tmp_path_factory.getbasetemp() / "any.jsonl"
    file.write_bytes(b"\xef\xbb\xbf" + b"\n".join(raws))
    wanted = [
        (number, blake2b(raw.rstrip(b"\r"), digest_size=16).hexdigest())
        for number, raw in enumerate(raws, 1)
        if raw.strip() and not (number == 1 and raw.startswith(b"\xef\xbb\xbf"))
    ]
    found = [(line.number, line.digest) for line in read_lines(file, limit=limit)]
    assert [pair for pair in found if pair in wanted] == wanted


def test_a_line_of_200_megabytes_costs_no_memory(tmp_path: Path) -> None:
    file = tmp_path / "long.jsonl"
    with file.open("wb") as out:
        out.write(b'{"first": 1}\n{"a": "')
        for _ in range(200):
            out.write(b"x" * 1_000_000)
        out.write(b'"}\n{"last": 1}\n')
    tracemalloc.start()
    first, long, last = read_lines(file)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (first.data, last.data) == ({"first": 1}, {"last": 1})
    assert long.error == "the line has 200,000,009 bytes; the most is 8,388,608"
    assert peak < 40_000_000


def test_reading_is_lazy(tmp_path: Path) -> None:
    file = tmp_path / "x.jsonl"
    file.write_bytes(b"\n".join(json.dumps({"n": n}).encode() for n in range(100_000)))
    lines = read_lines(file)
    assert next(lines).data == {"n": 0}
    assert sum(1 for _ in lines) == 99_999
