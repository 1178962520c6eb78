"""Evidence in and out as a table: all of it or nothing, and each problem with its row."""

import io
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.newsroom.stories.sources import Source
from dateline.newsroom.trackers.actions import strike_evidence, take_in
from dateline.newsroom.trackers.claims import Claim
from dateline.newsroom.trackers.facts import facts_of
from dateline.newsroom.trackers.models import Evidence, EvidenceFile, Tracker
from dateline.newsroom.trackers.tables.writing import template, written_table
from tests.factories import TestNewsroom, known, make_tracker
from tests.integration.desk import editor

pytestmark = pytest.mark.django_db(transaction=True)

HEAD = "what,party,quantity,low,high,on,due,note,source_kind,source_name,source_url,sources\n"
ROW = "announced,DE,40,,,2026-04-01,2026-09-30,As said,official,A ministry,https://m.example/1,\n"
WEAKER = 'observed,,,200,400,2026-05-01,,,outlet,,https://p.example/2,"[{""kind"": ""unnamed""}]"\n'


def upload(client: Any, tracker: Tracker, data: str | bytes) -> Any:
    file = io.BytesIO(data.encode() if isinstance(data, str) else data)
    file.name = "evidence.csv"
    return client.post(f"/desk/trackers/{tracker.pk}/table/", {"file": file}, follow=True)


def confirm(client: Any, tracker: Tracker) -> Any:
    kept = EvidenceFile.objects.get(tracker=tracker)
    return client.post(f"/desk/trackers/{tracker.pk}/table/{kept.pk}/take/")


def test_a_table_is_looked_at_and_then_goes_in(newsroom: TestNewsroom) -> None:
    tracker = make_tracker(newsroom, parties=["DE"])
    client = editor("reporter")
    seen = upload(client, tracker, HEAD + ROW + WEAKER).context
    assert (seen["counts"], seen["read"].wrong) == ((2, 0, 0), 0)
    assert not tracker.evidence.exists()
    assert confirm(client, tracker).status_code == 302
    promised, observed = tracker.evidence.order_by("on")
    assert (promised.low, promised.due, promised.by_name, promised.why) == (
        40,
        date(2026, 9, 30),
        "reporter",
        "evidence.csv",
    )
    assert (observed.low, observed.high, len(observed.sources)) == (200, 400, 2)
    assert not EvidenceFile.objects.exists()
    seen = upload(client, tracker, HEAD + WEAKER + ROW).context
    assert (seen["counts"], seen["changes"]) == ((0, 0, 2), 0)


def test_better_sources_take_the_place_of_what_is_here(newsroom: TestNewsroom) -> None:
    tracker = make_tracker(newsroom, parties=["DE"])
    client = editor("editor")
    upload(client, tracker, HEAD + ROW)
    confirm(client, tracker)
    better = HEAD + ROW.replace("/1", "/statement")
    assert upload(client, tracker, better).context["counts"] == (0, 1, 0)
    confirm(client, tracker)
    assert tracker.evidence.get(struck_at=None).sources[0]["url"] == "https://m.example/statement"
    # What was here in just these words before brings nothing back.
    assert upload(client, tracker, HEAD + ROW).context["counts"] == (0, 0, 1)
    assert upload(client, tracker, better).context["counts"] == (0, 0, 1)


def test_nothing_goes_in_while_one_row_is_wrong(newsroom: TestNewsroom) -> None:
    tracker = make_tracker(newsroom, parties=["DE"])
    client = editor("editor")
    seen = upload(client, tracker, HEAD + ROW + ROW.replace("40", "-40") + ROW.replace("DE", "XX"))
    assert [row for row, _text in seen.context["problems"]] == [3, 4]
    assert "Take it in" not in seen.content.decode()
    confirm(client, tracker)
    assert not tracker.evidence.exists()


def test_another_editor_does_not_take_in_what_somebody_else_looked_at(newsroom: TestNewsroom) -> None:
    tracker = make_tracker(newsroom, parties=["DE"])
    upload(editor("editor", "ana"), tracker, HEAD + ROW)
    confirm(editor("editor", "bea"), tracker)
    assert not tracker.evidence.exists()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        b"a\0b,c",
        b"what,on\n",
        b'"' + b"x" * 1_000_000,
        HEAD.encode() + b'announced,DE,"' + b"9" * 1_000_000 + b'",,,2026-04-01,,,own,,,\n',
        "what,on,мало\nannounced,2026-01-01,1\n".encode(),
        HEAD.encode() + b"announced,DE,40,,,2026-04-01,,,own,,,[[[" + b"[" * 10_000 + b"\n",
    ],
)
def test_files_that_are_no_tables_are_refused(newsroom: TestNewsroom, data: bytes) -> None:
    tracker = make_tracker(newsroom, parties=["DE"])
    answer = upload(editor("editor"), tracker, data)
    wrong = answer.status_code == 400 or answer.context["read"].wrong
    assert wrong
    assert not tracker.evidence.exists()


def test_a_file_of_more_than_ten_megabytes_is_refused(newsroom: TestNewsroom) -> None:
    tracker = make_tracker(newsroom)
    answer = upload(editor("editor"), tracker, b"x" * (10 * 1024 * 1024 + 1))
    assert answer.status_code == 400
    assert "at most 10 are read" in answer.content.decode()


def test_windows_is_told_from_utf_8(newsroom: TestNewsroom) -> None:
    tracker = make_tracker(newsroom, parties=["DE"])
    page = upload(editor("editor"), tracker, (HEAD + ROW.replace("As said", "Müller")).encode("cp1252"))
    assert "Windows-1252" in page.content.decode()
    assert page.context["new"][0][1].note == "Müller"


def test_what_goes_out_comes_in_unchanged_and_no_spreadsheet_runs_it(newsroom: TestNewsroom) -> None:
    tracker = make_tracker(newsroom, parties=["DE"])
    chained = Source("outlet", outlet="A paper", quote="So it is.", cites=(Source("official", name="A minister"),))
    for number, note in enumerate(["=1+1", "'=quoted", "+49 30", "@somebody", 'two\nlines, "said"', "؛ نص"]):
        known(tracker, amount=number, party="DE", note=note, sources=(chained, Source("own")), unit="-t")
    known(tracker, "observed", (2, 3), sources=(Source("document", url="https://a.example/?a=b"), chained))
    strike_evidence(known(tracker, amount=99, party="DE"), by=None, why="No.")
    client = editor("editor")
    answer = client.get(f"/desk/trackers/{tracker.pk}/table/evidence.csv")
    data = b"".join(answer.streaming_content)
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{tracker.slug}.csv"'
    assert b"99" not in data.replace(b"2099", b"")
    assert not any(cell.lstrip('"').startswith(("=", "+", "@")) for cell in data.decode("utf-8-sig").split(","))
    before = list(Evidence.objects.order_by("pk").values())
    seen = upload(client, tracker, data).context
    assert (seen["read"].problems, seen["counts"]) == ([], (0, 0, 7))
    other = make_tracker(newsroom, parties=["DE"])
    upload(client, other, data)
    confirm(client, other)
    assert sorted(written_table(other)) == sorted(written_table(tracker))
    assert list(Evidence.objects.filter(tracker=tracker).order_by("pk").values()) == before


def test_the_template_reads_as_an_empty_table(newsroom: TestNewsroom) -> None:
    tracker = make_tracker(newsroom, parties=["DE"])
    client = editor("editor")
    data = b"".join(client.get(f"/desk/trackers/{tracker.pk}/table/template.csv").streaming_content).decode()
    assert data == template()
    assert "no row below" in upload(client, tracker, data).content.decode()
    lines = data.replace("# an example", "").splitlines(keepends=True)
    assert upload(client, tracker, "".join(lines)).context["counts"] == (2, 0, 0)


def test_ten_thousand_rows_in_few_queries(newsroom: TestNewsroom, django_assert_max_num_queries: Any) -> None:
    tracker = make_tracker(newsroom, parties=["DE"])
    client = editor("editor")
    rows = "".join(ROW.replace("40", str(number)) for number in range(10_000))
    with django_assert_max_num_queries(60):
        assert upload(client, tracker, HEAD + rows).context["counts"] == (10_000, 0, 0)
    with django_assert_max_num_queries(400):
        confirm(client, tracker)
    assert tracker.evidence.count() == 10_000


CLAIMS = st.builds(
    Claim,
    st.sampled_from(["announced", "sent", "delivered", "withdrawn"]),
    st.dates(date(2026, 3, 1), date(2026, 3, 4)),
    st.sampled_from(["DE", "FR"]),
    low=st.integers(0, 3).map(Decimal),
    high=st.integers(3, 5).map(Decimal),
    unit=st.sampled_from(["", "tonnes"]),
    sources=st.just((Source("own"),)),
)


@pytest.fixture
def empty_trackers(newsroom: TestNewsroom) -> list[Tracker]:
    return [make_tracker(newsroom, parties=["DE", "FR"]) for _at in range(2)]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(CLAIMS, max_size=8, unique_by=lambda claim: claim.own_key).flatmap(
        lambda claims: st.tuples(st.just(claims), st.permutations(claims))
    )
)
def test_the_order_of_rows_does_not_matter_to_the_facts(
    empty_trackers: list[Tracker], orders: tuple[list[Claim], list[Claim]]
) -> None:
    found = []
    for tracker, claims in zip(empty_trackers, orders, strict=True):
        Evidence.objects.filter(tracker=tracker).delete()
        take_in(tracker, claims, by=None)
        facts = facts_of(tracker, date(2026, 12, 1))
        found.append([(c.party, c.stage, c.amount, c.unit, c.on) for c in facts.commitments])
    assert found[0] == found[1]
