"""In five, heard: the cards of a coverage and of a morning, by real voices."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from django.core.files.storage import default_storage
from django.urls import reverse

from dateline.newsroom.editions.shell import editions
from dateline.newsroom.fronts.mornings import gather
from dateline.newsroom.listen import actions
from dateline.newsroom.listen.actions import Studio
from dateline.newsroom.listen.briefings import LIMIT
from dateline.newsroom.listen.models import FAILED, READY, WAITING, Briefing, Leftover, Narrator, Recording
from dateline.newsroom.listen.paths import mp3_name, opus_name
from dateline.newsroom.listen.script import script_of_cards
from dateline.newsroom.stories.actions import withdraw_story
from dateline.newsroom.stories.models import Coverage
from dateline.press.printing import print_path, print_paths
from tests.factories import START, TestNewsroom, body_of, edit
from tests.integration.desk import editor
from tests.lying import lies

pytestmark = pytest.mark.django_db(transaction=True)

SAID = {
    "en": ("What is voted on?", "The town elects a council of twenty-one. Nine lists stand. Polls close at 20:00."),
    "es": ("¿Qué se vota?", "La ciudad elige un consejo de veintiuno. Hay nueve listas. Se cierra a las 20:00."),
    "ar": ("على ماذا يُصوَّت؟", "تنتخب المدينة مجلسا من واحد وعشرين عضوا. تتنافس تسع قوائم. تغلق الصناديق عند 20:00."),
}


@pytest.fixture
def studio() -> Any:
    made = Studio()
    yield made
    made.close()


def cover(newsroom: TestNewsroom, language: str = "en", *, draft: bool = False, times: int = 1) -> Coverage:
    title, text = SAID[language]
    cards = [("card", {"title": f"{title[:-1]} {n}{title[-1]}", "text": " ".join([text] * times)}) for n in range(1, 6)]
    return Coverage.objects.create(
        edition=newsroom.editions[language], slug="vote", title="Maren", in_five=cards, in_five_draft=draft
    )


def briefing(subject: Coverage | str) -> Briefing:
    return Briefing.objects.get(subject=subject if isinstance(subject, str) else f"coverage:{subject.pk}")


def speak(studio: Studio) -> None:
    """Until nothing waits but stories."""
    while Briefing.objects.filter(state=WAITING).exists():
        assert studio.speak_next()


def bars(path: str) -> list[Any]:
    page = lxml.html.document_fromstring(print_path(path).body.decode())
    return list(page.cssselect(".five dateline-listen"))


def files() -> set[str]:
    return {path.name for path in Path(default_storage.location).glob("listen/*/*")}


@pytest.mark.parametrize("language", ["en", "es", "ar"])
def test_five_cards_are_heard_in_five_minutes_at_most(newsroom: TestNewsroom, studio: Studio, language: str) -> None:
    """As long as cards may be: the studio reads less of each, never more than five minutes."""
    coverage = cover(newsroom, language, times=40)
    speak(studio)
    made = briefing(coverage)
    assert made.state == READY, made.problem
    assert 60_000 < made.milliseconds <= LIMIT
    headings = [str(block.value["title"]) for block in coverage.in_five]
    assert [mark[2] for mark in made.marks if mark[2] in headings] == headings


def test_a_coverage_is_heard_on_both_its_pages(newsroom: TestNewsroom, studio: Studio) -> None:
    coverage = cover(newsroom)
    pages = [coverage.five_front, coverage.front]
    print_paths(pages)
    assert [bars(page) for page in pages] == [[], []]
    speak(studio)
    made = briefing(coverage)
    for page in pages:
        assert mp3_name(made.key) in body_of(page), "the page is printed when there is a sound"
        [bar] = bars(page)
        assert bar.get("data-story") == f"{coverage.five_front}listen.vtt"
    assert lies() == []
    words = print_path(f"{coverage.five_front}listen.vtt").body.decode()
    assert words.startswith("WEBVTT")
    for said in ("In five: Maren", "What is voted on 1?", "Polls close at 20:00."):
        assert said in words
    assert files() == {Path(name(made.key)).name for name in (opus_name, mp3_name)}


def test_what_is_changed_is_not_heard_as_it_was(newsroom: TestNewsroom, studio: Studio) -> None:
    coverage = cover(newsroom)
    speak(studio)
    before = briefing(coverage).key
    coverage.title = "Maren votes"
    coverage.save()
    assert bars(coverage.front) == []
    assert print_path(f"{coverage.five_front}listen.vtt").status == 404
    assert files() == set()
    speak(studio)
    assert briefing(coverage).key != before
    assert len(bars(coverage.front)) == 1
    asked = briefing(coverage).asked
    coverage.summary = "Of which nothing is said."
    coverage.save()
    assert briefing(coverage).asked == asked, "equal words are not spoken again"
    assert lies() == []


@pytest.mark.parametrize("what", ["draft", "delete"])
def test_a_draft_and_what_is_deleted_are_not_heard(newsroom: TestNewsroom, studio: Studio, what: str) -> None:
    assert not Briefing.objects.filter(subject=f"coverage:{cover(newsroom, 'es', draft=True).pk}").exists()
    coverage = cover(newsroom)
    speak(studio)
    if what == "draft":
        coverage.in_five_draft = True
        coverage.save()
    else:
        coverage.delete()
    assert (Briefing.objects.count(), files(), Leftover.objects.count()) == (0, set(), 0)
    assert lies() == []


def test_a_morning_is_heard_and_says_nothing_that_is_withdrawn(newsroom: TestNewsroom, studio: Studio) -> None:
    stories = [newsroom.story(title=f"Story {n} of five", standfirst=f"It is number {n}.") for n in range(1, 6)]
    edition = editions().editions["en"]
    gather(edition, datetime(START.year, START.month, START.day + 1, 6, tzinfo=UTC))
    speak(studio)
    subject, page = f"morning:{edition.id}", "/en/in-five/"
    assert len(bars(page)) == 1
    words = print_path(f"{page}listen.vtt").body.decode()
    assert all(f"Story {n} of five" in words and f"It is number {n}." in words for n in range(1, 6))

    edit(stories[0], title="Story 1, corrected")
    assert bars(page) == []
    speak(studio)
    assert "Story 1, corrected" in print_path(f"{page}listen.vtt").body.decode()

    key = briefing(subject).key
    withdraw_story(stories[1], by=None, reason="It was wrong.")
    assert not default_storage.exists(mp3_name(key)), "gone before the editor's request returns"
    speak(studio)
    assert "Story 2" not in print_path(f"{page}listen.vtt").body.decode()

    stories[2].delete()
    speak(studio)
    assert "Story 3" not in print_path(f"{page}listen.vtt").body.decode()
    assert len(bars(page)) == 1
    assert lies() == []


def test_an_edition_that_is_silent_has_nothing_read(newsroom: TestNewsroom) -> None:
    Narrator.objects.create(edition=newsroom.editions["en"], speaks=False)
    cover(newsroom)
    assert not Briefing.objects.exists()


def test_equal_words_are_spoken_once(newsroom: TestNewsroom, studio: Studio) -> None:
    first = cover(newsroom)
    second = Coverage.objects.create(
        edition=newsroom.editions["en"], slug="again", title="Maren", in_five=first.in_five.get_prep_value()
    )
    speak(studio)
    assert briefing(first).key == briefing(second).key
    first.delete()
    assert len(files()) == 2, "another still has it"
    second.delete()
    assert files() == set()


def test_what_cannot_be_read_is_said_at_the_desk_and_tried_again(
    newsroom: TestNewsroom, studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    coverage = cover(newsroom)
    monkeypatch.setattr(actions, "find_voice", lambda _code, _name: None)
    for _ in range(actions.TRIES):
        Briefing.objects.update(held_until=None)
        studio.speak_next()
    assert briefing(coverage).state == FAILED
    desk = editor("editor")
    home = desk.get(reverse("wagtailadmin_home")).content.decode()
    assert "In five: Maren" in home
    where = reverse("dateline_speak_cards_again", args=[briefing(coverage).pk])
    editor("reporter").post(where)
    assert briefing(coverage).state == FAILED, "not everybody's to say"
    desk.post(where)
    assert briefing(coverage).state == WAITING
    monkeypatch.undo()
    speak(studio)
    assert briefing(coverage).state == READY


def test_a_briefing_does_not_wait_for_the_archive(newsroom: TestNewsroom, studio: Studio) -> None:
    newsroom.story()
    coverage = cover(newsroom)
    assert studio.speak_next()
    assert briefing(coverage).state == READY
    assert Recording.objects.filter(state=WAITING).count() == 1


def test_cards_are_read_up_to_a_length() -> None:
    cards = [["Heading", "One two three. Four five six. Seven eight nine."], ["Other", ""]]
    assert [s.text for s in script_of_cards("Title", cards, "en", [], 6)] == [
        "Title",
        "Heading",
        "One two three.",
        "Four five six.",
        "Other",
    ]
    assert "One two three." in [s.text for s in script_of_cards("Title", cards, "en", [], 1)], "one at least"
