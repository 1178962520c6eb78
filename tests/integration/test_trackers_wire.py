"""Trackers in the newsroom folder: read, written, and the same again."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from dateline.newsroom.trackers.actions import replace_evidence, save_tracker, strike_evidence
from dateline.newsroom.trackers.claims import Claim
from dateline.newsroom.trackers.facts import facts_of
from dateline.newsroom.trackers.models import Evidence, Tracker
from dateline.wire.exporter import export_folder
from dateline.wire.importer import Report, import_paths
from tests.factories import TestNewsroom
from tests.integration.test_round_trip import empty

pytestmark = pytest.mark.django_db(transaction=True)

HEAD = """
[newsroom]
name = "The Harbour"

[[editions]]
language = "en"
path = "en"
name = "The Harbour"
sections = [{ slug = "news", title = "News" }]
regions = [{ slug = "europe", title = "Europe" }]

[[editions.coverages]]
slug = "centre"
title = "The centre"
"""

TRACKER = """
[[editions.trackers]]
slug = "command-centre"
title = "The command centre"
question = "Will 700 people come?"
kind = "goal"
unit = "staff"
target = 700
starts = 2026-03-01
due = 2026-09-30
summary = "An international command centre."
coverage = "centre"
regions = ["europe"]
parties = [{ code = "DE", name = "Germany", group = "Europe" }, { code = "cg", name = "Contact group", members = 50 }]
places = [{ name = "Wiesbaden", role = "headquarters", lat = 50.08, lon = 8.24 }]
commitments = [
  { party = "DE", quantity = 40, on = 2026-03-01, due = 2026-09-30, sources = ["https://a.example/1"] },
  { party = "cg", low = 200, high = 400, on = 2026-03-02, conditions = "once asked", sources = [
    { kind = "outlet", outlet = "A paper", cites = [
      { kind = "official", name = "A minister", quote = "We come." } ] } ] },
  { party = "DE", kind = "delivered", quantity = 12.5, unit = "tonnes", on = "2026-05-01", sources = ["A note"] },
]
observations = [{ low = 0, high = 300, on = 2026-09-01, note = "a few hundred", sources = ["https://a.example/2"] }]
"""

POSITIONS = """
[[editions.trackers]]
slug = "treaty"
title = "The treaty"
kind = "positions"
proposal = "A treaty"
parties = [{ code = "FR", name = "France" }]
positions = [{ party = "FR", stance = "for", on = 2026-02-01, note = "in a speech", sources = ["https://a.example/3"] }]
"""


def take(path: Path, *parts: str) -> Report:
    path.mkdir()
    (path / "newsroom.toml").write_text("".join(parts or (HEAD, TRACKER, POSITIONS)), encoding="utf-8")
    return import_paths([path])


def reasons(report: Report) -> list[str]:
    return [problem.reason for problem in report.problems]


def written(path: Path) -> str:
    export_folder(path, progress=lambda _: None)
    return (path / "newsroom.toml").read_text(encoding="utf-8")


def test_a_tracker_of_a_file_has_all_that_the_file_says(newsroom: TestNewsroom, tmp_path: Path) -> None:
    assert reasons(take(tmp_path / "in")) == []
    tracker = Tracker.objects.get(slug="command-centre")
    assert (tracker.target, tracker.unit, tracker.live, tracker.coverage and tracker.coverage.slug) == (
        Decimal(700),
        "staff",
        True,
        "centre",
    )
    assert [region.slug for region in tracker.regions.all()] == ["europe"]
    assert list(tracker.parties.values_list("code", "group", "members")) == [("DE", "Europe", 1), ("cg", "", 50)]
    facts = facts_of(tracker, date(2026, 10, 1))
    assert [(c.party, str(c.stage), c.amount.low, c.amount.high, c.unit, c.conditional) for c in facts.commitments] == [
        ("DE", "announced", 40, 40, "staff", False),
        ("cg", "announced", 200, 400, "staff", True),
        ("DE", "delivered", Decimal("12.5"), Decimal("12.5"), "tonnes", False),
    ]
    (seen,) = facts.observations
    assert (seen.party, seen.amount.low, seen.amount.high) == (None, 0, 300)
    chained = tracker.evidence.get(party__code="cg").sources
    assert chained[0]["cites"][0]["quote"] == "We come."
    (stance,) = facts_of(Tracker.objects.get(slug="treaty"), date(2026, 10, 1)).stances
    assert (stance.party, str(stance.stand)) == ("FR", "for")


def test_a_second_import_changes_nothing(newsroom: TestNewsroom, tmp_path: Path) -> None:
    take(tmp_path / "in")
    before = list(Evidence.objects.order_by("pk").values())
    changed = list(Tracker.objects.order_by("pk").values())
    assert reasons(take(tmp_path / "again")) == []
    assert list(Evidence.objects.order_by("pk").values()) == before
    assert list(Tracker.objects.order_by("pk").values()) == changed


def test_what_goes_out_comes_in_the_same_with_its_history(newsroom: TestNewsroom, tmp_path: Path) -> None:
    take(tmp_path / "in")
    tracker = Tracker.objects.get(slug="command-centre")
    row = tracker.evidence.get(party__code="cg")
    claim = Claim("announced", date(2026, 3, 2), "cg", Decimal(250), Decimal(400), sources=(_source(),))
    replace_evidence(row, claim, by=None, why="The minister said more.")
    strike_evidence(tracker.evidence.get(says="delivered"), by=None, why="It was another ship.")
    tracker.due = date(2026, 12, 31)
    save_tracker(tracker, by=None, why="It was put off.")
    tracker.topics.add(newsroom.topic("en", "Staff"))
    first = written(tmp_path / "out")
    empty(newsroom)
    assert not Tracker.objects.exists()
    assert reasons(import_paths([tmp_path / "out"])) == []
    assert written(tmp_path / "out-again") == first
    struck = Evidence.objects.get(struck_why="The minister said more.")
    assert struck.replaced_by.get().low == 250


def _source() -> Any:
    from dateline.newsroom.stories.sources import Source

    return Source("official", name="The minister")


BAD = """
[[editions.trackers]]
slug = "bad"
title = "Bad"
unit = "staff"
target = 700
starts = 2026-03-01
due = 2026-09-30
parties = [{ code = "DE", name = "Germany" }, { code = "DE", name = "Again" }]
places = [{ name = "Nowhere", lat = 200, lon = 0 }]
commitments = [
  { party = "DE", kind = "hoped", quantity = 1, on = 2026-03-01, sources = ["https://a.example/1"] },
  { party = "DE", quantity = "many", on = 2026-03-01, sources = ["https://a.example/1"] },
  { party = "DE", quantity = 2, on = 2026-03-01 },
  { party = "DE", quantity = 3, sources = ["https://a.example/1"] },
  { party = "XX", quantity = 4, on = 2026-03-02, sources = ["https://a.example/1"] },
  { party = "DE", quantity = -5, on = 2026-03-03, sources = ["https://a.example/1"] },
  { party = "DE", low = 9, high = 6, on = 2026-03-04, sources = ["https://a.example/1"] },
  { party = "DE", quantity = 7, on = 2026-03-05, sources = [{ id = "a", name = "A", cites = ["a"] }] },
  { party = "DE", quantity = 8, on = 2026-03-06, sources = ["https://a.example/1"] },
]

[[editions.trackers]]
slug = "worse"
title = "Worse"
unit = "staff"
target = 0
starts = 2026-03-01
due = 2026-01-01
"""


def test_what_is_wrong_is_said_with_its_place_and_the_rest_goes_in(newsroom: TestNewsroom, tmp_path: Path) -> None:
    said = reasons(take(tmp_path / "in", HEAD, BAD))
    for where in (
        "parties[1].code: 'DE' stands at",
        "places[0].lat: is 200",
        "commitments[0].kind: is 'hoped'",
        "commitments[1].quantity: is text",
        "commitments[2].sources: is missing",
        "commitments[3].on: is missing",
        "commitments[7].sources: Source 1.1 cites itself",
    ):
        assert [one for one in said if f"editions[0].trackers[0].{where}" in one], (where, said)
    for where in (
        "commitments (XX, 2026-03-02).party",
        "commitments (DE, 2026-03-03).low",
        "commitments (DE, 2026-03-04).high",
    ):
        assert [one for one in said if f"editions[en].trackers[bad].{where}" in one], (where, said)
    assert [one for one in said if one.startswith("editions[en].trackers[worse].due")], said
    assert list(Tracker.objects.values_list("slug", flat=True)) == ["bad"]
    assert list(Evidence.objects.values_list("low", flat=True)) == [8]
