"""Which reads count, what is remembered of readers, and what "most read" means."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.newsroom.reads.ranking import HALF, LANDMARK, added, floor, worth
from dateline.stand.counting import CROWD, MOST, TURN, Counter, is_bot, network
from dateline.stand.sketches import Often, Seen
from dateline.store.reads import FOLDER, LONGEST, drop_tallies, tallies, write_tally
from tests.reading_day import AGENTS, BOTS, simulate

AGENT = AGENTS[0]
WEBKIT = "AppleWebKit/605.1.15 (KHTML, like Gecko)"
NOW = LANDMARK + 200_000_000


def small() -> Counter:
    return Counter(0.0, bits=1 << 16, cells=1 << 12)


def counted(counter: Counter) -> int:
    return sum(counter.take().values())


# ── who counts ──


def test_a_reader_counts_once_for_each_story_in_half_a_day_and_again_the_next_day() -> None:
    counter = small()
    for minute in range(60):
        counter.count(1, "search", "192.0.2.1", AGENT, 60.0 * minute)
        counter.count(2, "direct", "192.0.2.1", AGENT, 60.0 * minute)
    assert counter.take() == {(1, "search"): 1, (2, "direct"): 1}
    assert counter.count(1, "search", "192.0.2.1", AGENT, 3 * TURN)


def test_a_night_without_readers_forgets_and_a_turn_does_not_yet() -> None:
    counter = small()
    counter.count(1, "direct", "192.0.2.1", AGENT, 10)
    assert not counter.count(1, "direct", "192.0.2.1", AGENT, TURN + 10)
    assert counter.count(1, "direct", "192.0.2.1", AGENT, 4 * TURN)


def test_one_address_is_a_household_and_not_a_crowd() -> None:
    counter = small()
    for number in range(5 * CROWD):
        counter.count(1, "direct", "192.0.2.1", f"{AGENT} {number}", 10.0 * number)
    assert counted(counter) == CROWD


def test_one_address_reads_only_so_much_at_once() -> None:
    counter = small()
    for story in range(2000):
        counter.count(story, "direct", "192.0.2.1", AGENT, 0.0)
    assert counted(counter) == 200


@pytest.mark.parametrize(
    "agent", [*BOTS, "Mozilla/5.0", "x" * 300, "Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)"]
)
def test_bots_are_left_out(agent: str) -> None:
    counter = small()
    assert not counter.count(1, "direct", "192.0.2.1", agent, 0)
    assert is_bot(agent)


@pytest.mark.parametrize(
    "agent",
    [
        *AGENTS[:3],
        f"Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) {WEBKIT} Version/17.5 Mobile/15E148 Safari/604.1",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:126.0) Gecko/20100101 Firefox/126.0",
        f"Mozilla/5.0 (Linux; Android 13; SAMSUNG SM-A135F) {WEBKIT} SamsungBrowser/25.0 Chrome/121.0.0.0 Mobile",
        f"Mozilla/5.0 (Linux; U; Android 10; ar; Infinix X657B) {WEBKIT} Version/4.0 UCBrowser/13.4 Mobile",
    ],
)
def test_browsers_are_not(agent: str) -> None:
    assert not is_bot(agent)


def test_only_known_sources_count_and_memory_of_counts_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    counter = small()
    assert not counter.count(1, "https://elsewhere.example/", "192.0.2.1", AGENT, 0)
    monkeypatch.setattr("dateline.stand.counting.MOST", 3)
    for story in range(9):
        counter.count(story, "direct", "192.0.2.1", AGENT, 0)
    assert len(counter.take()) == 3
    assert MOST == 50_000


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("unix", "unix"),
        ("x" * 500, "x" * 64),
    ],
)
def test_what_of_an_address_is_one_customers(address: str, found: str) -> None:
    assert network(address) == found


def test_nothing_that_is_remembered_names_a_reader() -> None:
    counter = small()
    counter.count(1, "direct", "192.0.2.123", AGENT, 0)
    kept = [counter._new.seen._field, *counter._new.crowds._rows]
    assert all(b"192.0.2.123" not in bytes(field) and b"Mozilla" not in bytes(field) for field in kept)
    assert counter._new.secret != Counter(0.0, bits=64, cells=64)._new.secret


# ── the sketches ──


@given(st.sets(st.binary(max_size=20), max_size=300))
def test_what_was_seen_is_known(keys: set[bytes]) -> None:
    seen = Seen(1 << 12)
    for key in keys:
        seen.add(key, b"secret")
    assert all(seen.holds(key, b"secret") and not seen.add(key, b"secret") for key in keys)


def test_what_was_not_seen_is_seldom_taken_for_old() -> None:
    seen = Seen(1 << 20)
    full = (1 << 20) // 10
    old = sum(not seen.add(str(number).encode(), b"secret") for number in range(full))
    assert old < full / 200
    assert sum(seen.holds(f"new {number}".encode(), b"secret") for number in range(10_000)) < 150


def test_counts_are_never_too_low() -> None:
    often = Often(1 << 10)
    for number in range(3000):
        last = often.add(str(number % 100).encode(), b"secret")
    assert last == 30
    assert [often.add(b"0", b"secret") for _ in range(400)][-1] == 255


# ── a day ──


def test_the_top_ten_of_a_simulated_day_are_right_and_memory_is_bounded() -> None:
    outcome = simulate(100_000, 5_000)
    truth, found = outcome.top()
    assert found == truth
    assert outcome.memory <= 12 * 2**20
    right = sum(outcome.truth.values())
    assert abs(sum(outcome.counted.values()) - right) < 0.03 * right
    assert outcome.false < 0.03 * right


@pytest.mark.long
def test_the_top_ten_of_two_million_reads_are_right_and_memory_is_bounded() -> None:
    outcome = simulate(2_000_000, 100_000)
    truth, found = outcome.top()
    assert found == truth
    assert outcome.memory <= 12 * 2**20


# ── what fades ──


@given(
    st.lists(st.tuples(st.integers(1, 1000), st.floats(0, 3e6)), min_size=1, max_size=30),
    st.sampled_from(sorted(HALF)),
)
def test_a_score_is_the_sum_of_reads_that_fade(reads: list[tuple[int, float]], span: str) -> None:
    half, score = HALF[span], None
    for number, ago in reads:
        score = added(score, number, NOW - ago, half)
    assert score is not None
    expected = sum(number * 2 ** (-ago / half) for number, ago in reads)
    assert worth(score, NOW, half) == pytest.approx(expected, rel=1e-3)


def test_a_read_counts_for_half_when_half_of_the_span_has_passed() -> None:
    for half in HALF.values():
        score = added(None, 8, NOW, half)
        assert worth(score, NOW + half, half) == pytest.approx(4, rel=1e-4)
        assert score > floor(NOW + 2.9 * half, half)
        assert score < floor(NOW + 3.1 * half, half)


# ── the files ──


def test_a_file_holds_what_was_counted_and_nothing_else(tmp_path: Path) -> None:
    file = write_tally(tmp_path, 1_763_932_795.4, {(42, "search"): 3, (7, "direct"): 1})
    assert json.loads(file.read_text()) == {"since": 1763932795, "reads": [[7, "direct", 1], [42, "search", 3]]}
    [tally] = tallies(tmp_path, 10)
    assert (tally.name, tally.since, tally.reads) == (file.name, 1763932795, ((7, "direct", 1), (42, "search", 3)))
    drop_tallies(tmp_path, [tally.name, "gone.json"])
    assert list(tallies(tmp_path, 10)) == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        '{"since": 1, "reads": [[1, "direct"]]}',
        '{"since": 1, "reads": [[1, "direct", -5]]}',
        '{"since": 1, "reads": [[99999999999999999999, "direct", 5]]}',
        '{"since": 1, "reads": [[1, "x", 5]]}',
        '{"since": "x", "reads": []}',
        '{"since": 1, "reads": [[1e999, "direct", 1]]}',
        "9" * (LONGEST + 1),
    ],
)
def test_a_file_that_no_stand_wrote_is_set_aside(tmp_path: Path, text: str) -> None:
    folder = tmp_path / FOLDER
    folder.mkdir()
    (folder / "1-2-3.json").write_text(text)
    write_tally(tmp_path, 5, {(1, "direct"): 1})
    assert len(list(tallies(tmp_path, 10))) == 1
    assert (folder / "1-2-3.bad").exists()
    assert len(list(tallies(tmp_path, 10))) == 1


def test_without_reads_there_are_no_files(tmp_path: Path) -> None:
    assert list(tallies(tmp_path, 10)) == []
