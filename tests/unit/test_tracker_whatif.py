"""What if a party leaves: the page's script and the figures say the same, to the last bit."""

import json
import subprocess
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.newsroom.trackers.figures.facts import Facts
from dateline.newsroom.trackers.figures.filled import fill
from dateline.newsroom.trackers.figures.forecast import day_of, forecast
from dateline.newsroom.trackers.figures.whatif import payload, project
from tests.tracker_facts import Book, growing, stories

SCRIPT = Path(__file__).resolve().parents[2] / "src/dateline/theme/static/theme/pages/whatif.js"
#: Runs the page's script as a page would, with nothing of a browser but what it hangs its element on.
RUN = """
const [script, cases] = [process.argv[1], require("fs").readFileSync(0, "utf8")];
const source = require("fs").readFileSync(script, "utf8") + "\\nreturn project;";
const project = new Function("window", "document", "HTMLElement", "customElements", source)(
  { document: {} }, {}, class {}, { define() {} });
console.log(JSON.stringify(JSON.parse(cases).map(([payload, choices]) => project(payload, choices))));
"""

facts = st.one_of(stories(), st.integers(0, 10**6).map(growing))
factors = st.one_of(st.just(0), st.just(1), st.floats(0, 3), st.floats(0, 200), st.floats(-1, 0))


@st.composite
def choices(draw: st.DrawFn, facts: Facts) -> dict[str, Any]:
    codes = [party.code for party in facts.parties]
    made: dict[str, Any] = {
        "leave": draw(st.lists(st.sampled_from([*codes, "nobody"]), unique=True, max_size=2)),
        "pace": draw(st.dictionaries(st.sampled_from(codes), factors)),
    }
    return {key: value for key, value in made.items() if value or draw(st.booleans())}


def in_browser(cases: list[tuple[dict[str, Any], dict[str, Any]]]) -> list[dict[str, Any]]:
    run = subprocess.run(
        ["node", "-e", RUN, str(SCRIPT)], input=json.dumps(cases), capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


def test_the_pages_script_says_the_same_to_the_last_bit() -> None:
    cases: list[tuple[dict[str, Any], dict[str, Any]]] = []

    @settings(max_examples=500, deadline=None, database=None)
    @given(st.data())
    def gather(data: st.DataObject) -> None:
        known = data.draw(facts)
        cases.append((payload(known), data.draw(choices(known))))

    gather()
    assert len(cases) >= 500
    answers = [project(*case) for case in cases]
    assert sum(answer.get("median") is not None for answer in answers) > 50
    assert len({answer.get("reason") for answer in answers}) >= 6
    assert in_browser(cases) == json.loads(json.dumps(answers))


@settings(max_examples=150, deadline=None)
@given(facts)
def test_without_a_choice_it_is_what_the_page_says(facts: Facts) -> None:
    data, filled, found = payload(facts), fill(facts), forecast(facts)
    answer = project(data, {})
    if filled.whole is None:
        assert (data, answer) == ({}, {})
        return
    assert answer["level"] == [float(filled.whole.amount.low), float(filled.whole.amount.high)]
    assert answer["reason"] == (found.reason or "")
    assert answer["median"] == (day_of(found.median) if found.median else None)
    assert filled.share
    assert answer["share"][1] == float(filled.share.high) or abs(answer["share"][1] - float(filled.share.high)) < 1e-9


@settings(max_examples=200, deadline=None)
@given(facts, st.data())
def test_a_party_that_leaves_never_fills_the_goal_and_one_more_never_either(facts: Facts, data: st.DataObject) -> None:
    known = payload(facts)
    codes = [party.code for party in facts.parties]
    gone = data.draw(st.lists(st.sampled_from(codes), unique=True))
    before = project(known, {"leave": gone[:-1]})
    after = project(known, {"leave": gone})
    for bound in range(2 if known else 0):
        assert after["level"][bound] <= before["level"][bound] + 1e-9
        assert after["gap"][bound] >= before["gap"][bound] - 1e-9


def test_one_that_leaves_takes_what_it_brought_and_one_that_slows_leaves_it() -> None:
    book = Book("DE", "FR")
    for number in range(1, 9):
        book.says("DE", "delivered", 10 * number, 30)
        book.says("FR", "delivered", 10 * number, 10)
    known = payload(book.at(80))
    stays, leaves = project(known, {}), project(known, {"leave": ["DE"]})
    slows, rests = project(known, {"pace": {"DE": 0.5}}), project(known, {"pace": {"DE": 0, "FR": 0}})
    assert (stays["level"], leaves["level"], slows["level"]) == ([320, 320], [80, 80], [320, 320])
    # 40 in ten days; without the one 10; with half of it 25.
    assert [round(answer["per_month"]) for answer in (stays, leaves, slows)] == [120, 30, 75]
    assert stays["median"] < slows["median"] < leaves["median"]
    assert (rests["reason"], rests["level"]) == ("no-progress", [320, 320])


def test_a_range_is_no_wider_than_it_must_be_when_a_party_leaves() -> None:
    book = Book("DE", "FR")
    book.saw("DE", 1, 100, 200)
    book.saw("FR", 1, 50)
    assert project(payload(book.facts), {"leave": ["DE"]})["level"] == [50, 50]
    book.saw(None, 1, 0, 1000)
    assert project(payload(book.facts), {"leave": ["DE"]})["level"] == [50, 50]


def test_a_contradiction_names_no_day_whatever_is_chosen() -> None:
    book = Book("DE", "FR")
    book.saw(None, 10, 100)
    book.saw("DE", 5, 300)
    assert project(payload(book.facts), {"leave": ["DE"]})["reason"] == "contradictory"


def test_a_payload_is_plain_data_and_follows_the_evidence_in_size() -> None:
    data = payload(growing(5, parties=40, evenings=400))
    assert json.loads(json.dumps(data)) == data
    assert len(data["points"]) <= 100
    assert sum(len(party["steps"]) for party in data["parties"]) <= 400
