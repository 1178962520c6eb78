"""A chart from the desk to the page: refused with its row, drawn once, shown as a table where it cannot be drawn."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone
from lxml import html
from wagtail.test.utils.form_data import streamfield

from dateline.newsroom.editions.models import Address
from dateline.newsroom.listen.script import script_of
from dateline.newsroom.stories.actions import count_words, shelf_for
from dateline.newsroom.stories.charts import drawings, engine
from dateline.newsroom.stories.models import ChartDrawing, Story
from dateline.press.printing import print_path
from tests.factories import TestNewsroom, body_of, edit
from tests.integration.desk import editor, story_form
from tests.integration.test_query_counts import cost

DATA = "Year,Boats\n2024,12\n2025,31\n2026,40"


def chart(**values: Any) -> tuple[str, dict[str, str]]:
    given = {"headline": "Boats", "kind": "line", "data": DATA, "unit": "", "note": "", "source": "", "description": ""}
    return ("chart", given | values)


def tree_of(path: str) -> Any:
    return html.document_fromstring(body_of(path))


def write(newsroom: TestNewsroom, **values: str) -> Any:
    """What the desk answers to a story with this chart, published."""
    shelf = shelf_for(newsroom.sections["en/news/politics"], timezone.now())
    section = newsroom.sections["en/news/politics"].pk
    form = story_form("Counted", section=section, body=streamfield([chart(**values)]), **{"action-publish": "1"})
    return editor("chief").post(f"/desk/pages/add/stories/story/{shelf.pk}/", form)


def test_a_chart_is_published_with_its_drawings_and_its_table(newsroom: TestNewsroom) -> None:
    done = write(newsroom, note="Counted at noon.", source="Harbour office", unit="boats a day")
    assert done.status_code == 302
    (figure,) = tree_of(Address.objects.get(page=Story.objects.get()).path).xpath("//figure[@class='chart']")
    drawn = figure.xpath(".//*[local-name()='svg']")
    assert [svg.get("role") for svg in drawn] == ["img", "img"]
    for svg in drawn:
        named = [figure.get_element_by_id(name).text for name in svg.get("aria-labelledby").split()]
        assert named == ["Boats", "Line chart. Boats: from 12 in 2024 to 40 in 2026."]
    rows = [[cell.text_content() for cell in row] for row in figure.xpath(".//details//tr")]
    assert rows == [["Year", "Boats"], ["2024", "12"], ["2025", "31"], ["2026", "40"]]
    said = figure.text_content()
    assert all(words in said for words in ("boats a day", "Counted at noon.", "Source: Harbour office"))


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ("Year,Boats\n2024,12\n2025,=1+1", "Row 3, column “Boats”: “=1+1” is a formula."),
        ("Year,Boats\n2024,twelve", "Row 2, column “Boats”: “twelve” is not a number."),
        ("Year,Boats\n" + "2024,1\n" * 600, "Row 502 is one too many"),
    ],
)
def test_an_error_stands_at_the_data_with_its_row(newsroom: TestNewsroom, data: str, told: str) -> None:
    done = write(newsroom, data=data)
    assert done.status_code == 200
    (error,) = done.context["form"].errors["body"].as_data()
    assert told in str(error.block_errors[0].block_errors["data"].messages[0])
    assert not ChartDrawing.objects.exists()


def test_all_that_is_wrong_is_said_at_once(newsroom: TestNewsroom) -> None:
    done = write(newsroom, headline="", data="Year,Boats\n2024,many")
    (error,) = done.context["form"].errors["body"].as_data()
    assert set(error.block_errors[0].block_errors) == {"headline", "data"}


@pytest.mark.parametrize("data", ["", "Year,Boats\n2024,=1+1"])
def test_a_draft_is_saved_whatever_its_data(newsroom: TestNewsroom, data: str) -> None:
    shelf = shelf_for(newsroom.sections["en/news/politics"], timezone.now())
    form = story_form("Begun", body=streamfield([chart(data=data)]))
    assert editor("reporter").post(f"/desk/pages/add/stories/story/{shelf.pk}/", form).status_code == 302


def test_a_page_with_many_charts_costs_as_many_queries_as_one_with_one(newsroom: TestNewsroom) -> None:
    story = newsroom.story(body=[chart()])
    path = Address.objects.get(page=story).path
    few = cost(lambda: print_path(path))
    edit(story, body=[chart(data=DATA.replace("40", str(number)), kind="bar") for number in range(41, 47)])
    many = cost(lambda: print_path(path))
    assert len(tree_of(path).xpath("//figure[@class='chart']//details")) == 6
    assert many == few


def test_ids_are_unique_where_a_page_has_one_chart_twice(newsroom: TestNewsroom) -> None:
    story = newsroom.story(body=[chart(), chart()])
    ids = tree_of(Address.objects.get(page=story).path).xpath("//@id")
    assert len(ids) == len(set(ids))


def test_a_chart_is_drawn_once(newsroom: TestNewsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    story = newsroom.story(body=[chart(), chart()])
    path = Address.objects.get(page=story).path
    monkeypatch.setattr(drawings, "paint", lambda specs: pytest.fail("it was drawn again"))
    edit(story, standfirst="Changed.")
    assert "<svg" in str(html.tostring(tree_of(path).xpath("//figure")[0]))
    assert ChartDrawing.objects.count() == 1


def test_the_worker_draws_the_charts_of_a_draft(newsroom: TestNewsroom) -> None:
    shelf = shelf_for(newsroom.sections["en/news/politics"], timezone.now())
    form = story_form("Begun", body=streamfield([chart()]))
    assert editor("reporter").post(f"/desk/pages/add/stories/story/{shelf.pk}/", form).status_code == 302
    assert not ChartDrawing.objects.exists()
    call_command("db_worker", "--batch", "--no-startup-delay", verbosity=0)
    assert ChartDrawing.objects.get().wide


def test_an_edition_draws_in_its_own_digits(newsroom: TestNewsroom) -> None:
    newsroom.story(body=[chart()])
    arabic = newsroom.story("ar", body=[chart()])
    assert ChartDrawing.objects.count() == 2
    (figure,) = tree_of(Address.objects.get(page=arabic).path).xpath("//figure[@class='chart']")
    assert [cell.text_content() for cell in figure.xpath(".//td")] == ["١٢", "٣١", "٤٠"]


def test_where_nothing_can_be_drawn_the_table_stands_open(
    newsroom: TestNewsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(specs: object) -> list[str]:
        raise engine.EngineError("no such library")

    with monkeypatch.context() as patched:
        patched.setattr(drawings, "paint", fails)
        story = newsroom.story(body=[chart(), chart(kind="bar")])
    path = Address.objects.get(page=story).path
    for figure in tree_of(path).xpath("//figure[@class='chart']"):
        assert not figure.xpath(".//details | .//*[local-name()='svg']")
        assert figure.xpath(".//td")[0].text_content() == "12"
    # It is tried again when ten minutes have passed, and not before.
    print_path(path)
    assert "chart__plot" not in body_of(path)
    ChartDrawing.objects.update(made=timezone.now() - timedelta(minutes=11))
    print_path(path)
    assert body_of(path).count("chart__plot--wide") == 2


def test_one_chart_that_fails_does_not_spoil_another(newsroom: TestNewsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    paint = engine.paint

    def fails_on_bars(specs: Any) -> list[str]:
        if any(layer["mark"]["type"] == "bar" for spec in specs for layer in spec["layer"]):
            raise engine.EngineError("no bars")
        return paint(specs)

    monkeypatch.setattr(drawings, "paint", fails_on_bars)
    story = newsroom.story(body=[chart(), chart(kind="bar")])
    assert body_of(Address.objects.get(page=story).path).count("chart__plot--wide") == 1


def test_an_import_that_cannot_be_drawn_is_a_table(newsroom: TestNewsroom) -> None:
    story = newsroom.story(body=[chart(data="Year,Boats\n2024,many"), chart(data="nothing")])
    (figure,) = tree_of(Address.objects.get(page=story).path).xpath("//figure[@class='chart']")
    assert [cell.text_content() for cell in figure.xpath(".//td")] == ["many"]


def test_the_process_says_why_it_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(engine.EngineError):
        engine.paint([{"mark": "nonsense"}])
    monkeypatch.setattr(engine, "PATIENCE", 0.01)
    with pytest.raises(engine.EngineError):
        engine.paint([])


def test_the_process_that_serves_holds_no_engine() -> None:
    import sys

    assert "vl_convert" not in sys.modules


def test_drawings_nobody_has_asked_for_are_forgotten(newsroom: TestNewsroom) -> None:
    today = timezone.localdate()
    old = today - drawings.UNUSED - timedelta(days=1)
    ChartDrawing.objects.bulk_create(ChartDrawing(digest=str(n), wide="x", used=old) for n in range(3))
    story = newsroom.story(body=[chart()])
    row = ChartDrawing.objects.get()
    ChartDrawing.objects.update(used=today - timedelta(days=40))
    print_path(Address.objects.get(page=story).path)
    assert ChartDrawing.objects.get().used == row.used == today


def test_words_are_counted_and_read_aloud_without_the_figures(newsroom: TestNewsroom) -> None:
    story = newsroom.story(body=[("text", "<p>Three short words.</p>"), chart(note="Counted at noon.")])
    assert count_words(story) == 3
    said = " ".join(sentence.text for sentence in script_of("Headline", "", story.body.raw_data, "en"))
    assert said == "Headline Three short words."


def test_the_desk_finds_a_story_by_what_its_chart_says() -> None:
    block = Story._meta.get_field("body").stream_block
    value = block.to_python([{"type": "chart", "value": chart(note="Counted at noon.")[1]}])
    found = block.get_searchable_content(value)
    assert {"Boats", "2024", "31", "Counted at noon."} <= set(found)
    assert DATA not in found
