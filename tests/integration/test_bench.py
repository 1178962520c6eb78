"""The bench runs, and what it says of its findings is what it found. Speed itself is not tested here."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bench import __main__ as bench
from tests.bench.load import MissingTool, program, read_report
from tests.bench.material import sample, texts
from tests.bench.table import Line, as_markdown, as_text, percentile
from tests.bench.web import store_server
from tests.running import environment

ROOT = Path(__file__).resolve().parents[2]

REPORT = """Running 1s test @ http://127.0.0.1:8000/
  1 threads and 64 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency     1.05ms  345.26us   7.31ms   91.56%
  Latency Distribution
     50%    0.95ms
     75%    1.10ms
     90%    1.30ms
     99%    2.50ms
  4000 requests in 1.00s, 20.00MB read
  Socket errors: connect 0, read 2, write 0, timeout 1
  Non-2xx or 3xx responses: 7
Requests/sec:   4000.50
Transfer/sec:     20.00MB
"""


def run(*arguments: object) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "tests.bench", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, text=True, check=False)


def test_a_quick_run_prints_and_writes_the_rows_it_was_asked_for(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"before\n{bench.START}\nlast year's table\n{bench.END}\nafter\n")
    done = run("--quick", "--rows", "6,12", "--json", tmp_path / "out.json", "--write", page)
    assert done.returncode == 0, done.stderr
    rows = [line.split()[0] for line in done.stdout.splitlines() if re.match(r"\d+ ", line)]
    assert sorted(set(rows)) == ["12", "6"]
    lines = json.loads((tmp_path / "out.json").read_text())["lines"]
    assert [str(line["row"]) for line in lines] == rows
    printed = next(line for line in lines if "print a story" in line["what"])
    assert all(taken > 0 for taken in printed["values"]["wall"])
    html = next(line for line in lines if "HTML" in line["what"])
    assert 1000 < html["values"]["bytes"] < 100_000
    text = page.read_text()
    assert text.startswith("before\n")
    assert text.endswith("after\n")
    assert "last year" not in text
    assert text.count("| 12 |") == rows.count("12")


def test_a_row_that_is_not_there_is_named() -> None:
    done = run("--rows", "6,99")
    assert (done.returncode, done.stdout) == (2, "")
    assert "no row 99" in done.stderr


def test_a_missing_tool_is_named_with_its_package() -> None:
    with pytest.raises(MissingTool, match=r"no-such-tool is missing.*a-package"):
        program("no-such-tool", "a-package")


def test_every_row_has_its_turn() -> None:
    assert sorted(bench.ORDER) == sorted(bench.ROWS)


def test_errors_of_every_kind_are_counted() -> None:
    found = read_report(REPORT, spent=0.08)
    assert (found.requests, found.rate, found.errors) == (4000, 4000.5, 10)
    assert found.cpu == pytest.approx(20e-6)
    assert (found.p50, found.p99) == (pytest.approx(0.00095), pytest.approx(0.0025))


@pytest.mark.parametrize(("share", "value"), [(0.5, 50), (0.95, 95), (0.99, 99), (1.0, 100)])
def test_a_percentile_is_one_of_the_values(share: float, value: int) -> None:
    assert percentile(list(range(1, 101)), share) == value
    assert percentile([7], share) == 7


def test_a_goal_missed_is_seen() -> None:
    lines = [Line(1, "a | b", "1", met=False), Line(2, "c", "2", met=True)]
    assert "NO" in as_text(lines)
    assert as_markdown(lines).splitlines()[2] == "| 1 | a \\| b | 1 |  |  |  | NO |"


def test_the_measured_story_is_about_six_hundred_words_and_has_all_its_parts() -> None:
    assert 550 < sample().words < 650
    kinds = [kind for kind, _ in sample().parts()]
    assert {"paragraph", "heading", "quote"} == set(kinds)
    assert len(texts()) > 20


def test_the_operator_s_nginx_configuration_is_used_with_other_places() -> None:
    config = store_server(Path("/tmp/room"), "news.test", 9001, 9002)
    assert "/tmp/room/store/news.test" in config
    assert "listen 127.0.0.1:9002" in config
    assert "server 127.0.0.1:9001" in config
    assert "ssl" not in config
    assert "harbour" not in config
