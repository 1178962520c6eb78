"""What readers find: the index follows every write, the page answers whatever is typed, at one cost."""

import json
from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.html import escape
from lxml import html

from dateline.newsroom.editions.models import Region
from dateline.newsroom.editions.shell import editions
from dateline.newsroom.find.actions import enter_archive, enter_named, enter_stories, learn_words
from dateline.newsroom.find.models import Entry, key_of, span
from dateline.newsroom.find.search import forget_lexicons
from dateline.newsroom.stories.actions import withdraw_story
from dateline.newsroom.stories.models import Coverage, Story
from dateline.press.printing import print_path, store
from dateline.press.rendering import render
from tests.factories import TestNewsroom, edit, publish_draft


@pytest.fixture(autouse=True)
def fresh_lexicons() -> Iterator[None]:
    forget_lexicons()
    yield
    forget_lexicons()


def page(text: str, language: str = "en", **further: object) -> html.HtmlElement:
    response = render(f"/{language}/search/", urlencode({"q": text} | further))
    assert response.status_code == 200
    return html.fromstring(response.content.decode())  # type: ignore[attr-defined]


def found(text: str, language: str = "en", **further: object) -> list[str]:
    """Headlines of the results, best first."""
    return [title.text_content() for title in page(text, language, **further).cssselect(".ledger .teaser__title")]


def completions(text: str, language: str = "en") -> list[str]:
    response = render(f"/{language}/search/suggest.json", urlencode({"q": text}))
    return [row["title"] for row in json.loads(response.content)]  # type: ignore[attr-defined]


# ── the index follows ──


def test_a_story_is_found_when_published_returns(newsroom: TestNewsroom) -> None:
    story = newsroom.story(title="The ferry leaves", publish=False)
    assert found("ferry") == []
    publish_draft(story)
    assert found("ferries") == ["The ferry leaves"]


def test_by_everything_it_says_and_whoever_wrote_it(newsroom: TestNewsroom) -> None:
    person, topic = newsroom.person(name="Ana Núñez"), newsroom.topic(name="Harbours")
    newsroom.story(
        title="The ferry leaves",
        standfirst="An hour late.",
        place="Gibraltar",
        source="Daily Gull",
        people=(person,),
        topics=(topic,),
        body=[
            ("text", "<p>It carries <b>twelve</b> lorries &amp; a goat.</p>"),
            ("heading", {"text": "Lighthouse", "level": "2"}),
            ("quote", {"text": "<p>We waited.</p>", "attribution": "Mister Petrel"}),
        ],
    )
    for word in ["hour", "Gibraltar", "gull", "nunez", "harbour", "lorry", "goat", "lighthouses", "waiting", "petrel"]:
        assert found(word) == ["The ferry leaves"], word
    assert found("amp") == []


def test_each_edition_has_its_own(newsroom: TestNewsroom) -> None:
    newsroom.story("ar", title="العبّارة تغادر الميناء")
    newsroom.story("es", title="El ferri sale del puerto de Málaga")
    newsroom.story("en", title="The ferry leaves Málaga")
    assert found("عباره", "ar") == ["العبّارة تغادر الميناء"]
    assert found("والميناء", "ar") == ["العبّارة تغادر الميناء"]
    assert found("malaga", "es") == ["El ferri sale del puerto de Málaga"]
    assert found("malaga") == ["The ferry leaves Málaga"]


def test_what_is_taken_back_is_gone(newsroom: TestNewsroom) -> None:
    withdrawn, unpublished, deleted = (newsroom.story(title=f"A ferry, the {n}") for n in ("first", "second", "third"))
    assert len(found("ferry")) == 3
    withdraw_story(withdrawn, by=None, reason="Wrong.")
    assert "A ferry, the first" not in found("ferry")
    unpublished.unpublish()
    deleted.delete()
    assert found("ferry") == completions("ferry") == []
    assert not Entry.objects.exists()
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("INSERT INTO find_fts(find_fts) VALUES ('integrity-check')")
            cursor.execute("INSERT INTO find_typing(find_typing) VALUES ('integrity-check')")


def test_an_edit_is_found_by_what_it_now_says(newsroom: TestNewsroom) -> None:
    story = newsroom.story(title="The ferry leaves")
    edit(story, title="The boat leaves")
    assert (found("ferry"), found("boat")) == ([], ["The boat leaves"])
    assert (completions("fer"), completions("boa")) == ([], ["The boat leaves"])


def test_a_draft_of_a_published_story_is_not_found(newsroom: TestNewsroom) -> None:
    story = newsroom.story(title="The ferry leaves")
    draft = story.get_latest_revision_as_object()
    draft.title = "A secret ferry"
    draft.save_revision(clean=False)
    assert found("secret") == []


def test_nothing_is_written_for_what_has_not_changed(newsroom: TestNewsroom) -> None:
    story = newsroom.story(title="The ferry leaves")
    with CaptureQueriesContext(connection) as queries:
        edit(story)
    written = [q["sql"] for q in queries if '"find_entry"' in q["sql"] and not q["sql"].startswith("SELECT")]
    assert [sql for sql in written if "DELETE" not in sql or "IN (NULL)" not in sql] == []


def test_a_renamed_topic_or_author_is_found_by_its_new_name(newsroom: TestNewsroom) -> None:
    topic, person = newsroom.topic(name="Harbours"), newsroom.person(name="Ana")
    newsroom.story(title="The ferry leaves", topics=(topic,), people=(person,))
    topic.name, person.name = "Lighthouses", "Beatriz"
    topic.save()
    person.save()
    for key in (f"topic:{topic.pk}", f"person:{person.pk}"):
        enter_named.call(key)
    assert found("lighthouse") == found("beatriz") == ["The ferry leaves"]
    assert found("harbour") == found("ana") == []
    with CaptureQueriesContext(connection) as queries:
        topic.save()
    assert any("django_tasks" in q["sql"] and f"topic:{topic.pk}" in q["sql"] for q in queries)


def test_everything_can_be_entered_anew(newsroom: TestNewsroom) -> None:
    stories = [newsroom.story(title=f"Ferry {number}") for number in range(3)]
    newsroom.story(title="Ferry, a draft", publish=False)
    Entry.objects.filter(story=stories[0]).delete()
    Entry.objects.filter(story=stories[1]).update(title="nonsens", typed="nonsense")
    Story.objects.filter(pk=stories[2].pk).update(live=False)
    assert enter_archive() == 2
    assert sorted(found("ferry")) == ["Ferry 0", "Ferry 1"]
    assert found("nonsense") == completions("nons") == []


def test_another_time_moves_it_in_the_order(newsroom: TestNewsroom) -> None:
    older, newer = newsroom.story(title="Ferry one"), newsroom.story(title="Ferry two")
    assert found("ferry", sort="newest") == ["Ferry two", "Ferry one"]
    edit(older, published=newer.published + timedelta(days=1))
    assert found("ferry", sort="newest") == ["Ferry one", "Ferry two"]


def test_two_stories_of_one_minute_whose_numbers_end_alike(newsroom: TestNewsroom) -> None:
    first, second = newsroom.story(title="Ferry one"), newsroom.story(title="Ferry two")
    Entry.objects.filter(story=first).delete()
    # As if the first had a number a million higher than the second's.
    key = key_of(second.edition_id, second.published, second.pk)
    taken = Entry.objects.get(story=second)
    Entry.objects.filter(pk=taken.pk).delete()
    taken.pk, taken.story_id = key, first.pk
    taken.save(force_insert=True)
    edit(second, standfirst="Again.")
    assert Entry.objects.get(story=second).pk == key + 1


# ── the page ──


def test_choices_narrow_it(newsroom: TestNewsroom) -> None:
    region = Region.objects.create(edition=newsroom.editions["en"], slug="europe", title="Europe")
    topic, person = newsroom.topic(name="Boats"), newsroom.person(name="Ana")
    coverage = Coverage.objects.create(edition=newsroom.editions["en"], slug="sea", title="The sea")
    now = timezone.now()
    one = newsroom.story(title="Ferry one", section="news/politics", published=now - timedelta(minutes=1))
    one.coverages.add(coverage)
    newsroom.story(title="Ferry two", section="opinion", form="opinion", published=now - timedelta(days=20))
    newsroom.story(
        title="Ferry three",
        section="news/economy",
        regions=(region,),
        topics=(topic,),
        people=(person,),
        published=now - timedelta(days=300),
    )
    assert sorted(found("ferry")) == ["Ferry one", "Ferry three", "Ferry two"]
    assert sorted(found("ferry", section="news")) == ["Ferry one", "Ferry three"]
    assert found("ferry", section="news/economy") == ["Ferry three"]
    assert found("ferry", form="opinion") == ["Ferry two"]
    assert found("ferry", region="europe") == ["Ferry three"]
    assert found("ferry", topic=topic.slug) == found("ferry", author=person.slug) == ["Ferry three"]
    assert found("ferry", within="month", sort="newest") == ["Ferry one", "Ferry two"]
    assert found("ferry", within="week") == ["Ferry one"]
    assert found("ferry", section="news", form="opinion") == []
    # What the edition does not know narrows nothing.
    assert (
        len(found("ferry", section="nowhere", form="poem", within="aeon", topic="none", page="x", sort="by magic")) == 3
    )


def test_a_narrowing_that_came_with_a_link_is_kept_and_can_be_left(newsroom: TestNewsroom) -> None:
    topic = newsroom.topic(name="Boats & <b>oars</b>")
    newsroom.story(title="The ferry leaves", topics=(topic,))
    shown = page("ferry", topic=topic.slug)
    [chip] = shown.cssselect(".search__chips li")
    assert chip.cssselect("bdi")[0].text == "Boats & <b>oars</b>"
    assert chip.cssselect("input")[0].attrib == {"type": "hidden", "name": "topic", "value": topic.slug}
    assert chip.cssselect("a")[0].get("href") == "/en/search/?q=ferry"


def test_phrases_and_parts_of_them(newsroom: TestNewsroom) -> None:
    newsroom.story(title="White house on the hill")
    newsroom.story(title="The house is white")
    assert found('"white house"') == ["White house on the hill"]
    assert found("“white houses”") == ["White house on the hill"]
    assert found("white house") == ["White house on the hill", "The house is white"]


def test_some_of_the_words_are_better_than_nothing(newsroom: TestNewsroom) -> None:
    newsroom.story(title="The ferry leaves")
    newsroom.story(title="The ferry sinks off Malta")
    assert found("ferry Malta wreck") == ["The ferry sinks off Malta", "The ferry leaves"]


def test_what_answers_is_marked_and_nothing_else_is_markup(newsroom: TestNewsroom) -> None:
    newsroom.story(title="A <i>ferry</i> & more", body=[("text", "<p>They said the ferries &lt;leave&gt;.</p>")])
    response = render("/en/search/", urlencode({"q": "ferry <script>alert(1)</script>"}))
    said = response.content.decode()  # type: ignore[attr-defined]
    assert "A &lt;i&gt;<mark>ferry</mark>&lt;/i&gt; &amp; more" in said
    assert "They said the <mark>ferries</mark> &lt;leave&gt;." in said
    assert "<script>alert" not in said
    assert escape("ferry <script>alert(1)</script>") in said


def test_nothing_found_says_what_to_try(newsroom: TestNewsroom) -> None:
    newsroom.story(title="The government leaves")
    learn_words(editions().editions["en"])
    empty = page("goverment xyzzy", form="video")
    assert empty.cssselect("#said")[0].text == "Nothing was found for “goverment xyzzy”."
    [other] = empty.cssselect(".search__meant a")
    assert (other.text_content(), other.get("href")) == (
        "government xyzzy",
        "/en/search/?q=government+xyzzy&form=video",
    )
    hints = [hint.text for hint in empty.cssselect(".search__hints li")]
    assert any("whole edition" in hint for hint in hints)
    assert any("fewer words" in hint for hint in hints)
    assert [a.text_content() for a in empty.cssselect(".river a")] == ["The government leaves"]


def test_pages_of_results_hold_each_story_once(newsroom: TestNewsroom) -> None:
    for number in range(35):
        newsroom.story(title=f"Ferry {number}")
    pages = [found("ferry", page=number) for number in (1, 2, 3, 4)]
    assert [len(one) for one in pages] == [15, 15, 5, 0]
    assert len({title for one in pages for title in one}) == 35
    first, last = page("ferry"), page("ferry", page=3)
    assert [a.get("href") for a in first.cssselect(".pager a")] == ["/en/search/?q=ferry&page=2"]
    assert [a.get("href") for a in last.cssselect(".pager a")] == ["/en/search/?q=ferry&page=2"]
    assert first.cssselect("#said")[0].text == "35 results"


def test_arabic_pages_count_in_their_own_digits(newsroom: TestNewsroom) -> None:
    for number in range(12):
        newsroom.story("ar", title=f"العبّارة {number}")
    assert "١٢" in page("عبارة", "ar").cssselect("#said")[0].text


def test_headlines_complete_what_is_typed(newsroom: TestNewsroom) -> None:
    newsroom.story(title="The government leaves")
    newsroom.story(title="Governor’s ball")
    newsroom.story("ar", title="الحُكومة تستقيل")
    assert completions("gov") == ["Governor’s ball", "The government leaves"]
    assert completions("the gov") == ["The government leaves"]
    assert completions("الحكو", "ar") == ["الحُكومة تستقيل"]
    assert completions("g") == completions("") == completions('"*') == []


def test_an_answer_costs_the_same_for_few_and_many(newsroom: TestNewsroom) -> None:
    def cost() -> tuple[int, int]:
        counts = []
        for work in (lambda: page("ferry"), lambda: completions("fer")):
            work()
            with CaptureQueriesContext(connection) as queries:
                work()
            counts.append(len(queries))
        return counts[0], counts[1]

    for number in range(3):
        newsroom.story(title=f"Ferry {number}", people=(newsroom.person(),), lead_picture=newsroom.picture(width=32))
    few = cost()
    for number in range(12):
        newsroom.story(title=f"Ferry {number}", people=(newsroom.person(),), lead_picture=newsroom.picture(width=32))
    assert cost() == few
    assert few[0] <= 12, few
    assert few[1] <= 5, few


def test_one_statement_asks_the_index_however_it_is_asked(newsroom: TestNewsroom) -> None:
    newsroom.story(title="The ferry leaves the harbour")
    for text in ("ferry", "ferry harbour leaves", '"the ferry" harbour'):
        with CaptureQueriesContext(connection) as queries:
            found(text)
        asked = [q["sql"] for q in queries if "MATCH" in q["sql"] or "@@" in q["sql"]]
        assert len(asked) == 1


ODD = {
    "ten thousand characters": "ferry " * 1667,
    "one long word": "x" * 10_000,
    "punctuation": "?!.,;:…—–()[]{}*^~",
    "operators": "ferry AND OR NOT NEAR(x, 5) title:ferry ^ferry fer*",
    "brackets": "((((ferry",
    "an open quotation": '"ferry',
    "quotations": '""""ferry""""',
    "apostrophes": "'ferry' \\ ' --",
    "marks of direction": "\u202eferry\u202c\u2066\u200f",
    "null": "fer\x00ry",
    "digits": "٣ ۳ 3",
    "spaces": " \t\n\u00a0\u3000",
    "tsquery": "ferry & | ! <-> :*",
    "markup": "<script>alert(1)</script>",
    "a percent sign": "100% %s %(x)s",
    "emoji": "🚢🚢",
    "half a pair": "\ud83d",
}


@pytest.mark.parametrize("kind", ODD)
def test_nothing_that_is_typed_is_an_error(newsroom: TestNewsroom, kind: str) -> None:
    newsroom.story(title="The ferry leaves")
    query = urlencode({"q": ODD[kind].encode("utf-8", "surrogatepass")})
    for path in ("/en/search/", "/ar/search/", "/en/search/suggest.json"):
        assert render(path, query).status_code == 200
    for bad in (
        "q=%FF%FE",
        "q=%00",
        "q=ferry&page=-1",
        "q=ferry&page=999999999999",
        "q=ferry&page=%D9%A3",
        "page=2",
        "q=a;b=c",
    ):
        assert render("/en/search/", bad).status_code == 200


def test_the_form_alone_is_a_sheet_and_an_answer_is_not(newsroom: TestNewsroom) -> None:
    newsroom.story(title="The ferry leaves")
    assert print_path("/en/search/").status == 200
    kept = store().read("/en/search/")
    assert kept and b'name="q" value=""' in kept.body
    assert b'content="noindex"' in kept.body
    render("/en/search/", "q=ferry")
    assert store().read("/en/search/").body == kept.body  # type: ignore[union-attr]
    assert render("/xx/search/", "q=ferry").status_code == 404
    robots = print_path("/robots.txt").body.decode()
    assert "Disallow: /*/search/" in robots


def test_keys_are_in_the_order_of_edition_and_time() -> None:
    now = timezone.now()
    assert span(1)[0] <= key_of(1, now, 5) <= span(1)[1] < key_of(2, now - timedelta(days=90_000), 1)
    assert key_of(1, now, 2_000_000) < key_of(1, now + timedelta(minutes=1), 0)
    first, last = span(1, since=now - timedelta(days=1), until=now)
    assert first <= key_of(1, now - timedelta(hours=23), 9) <= last < key_of(1, now + timedelta(minutes=1))


def test_everything_taken_in_at_once_is_found(newsroom: TestNewsroom) -> None:
    stories = [newsroom.story(title=f"Ferry {number}", people=(newsroom.person(),)) for number in range(9)]
    costs = []
    for count in (2, 9):
        Entry.objects.all().delete()
        with CaptureQueriesContext(connection) as queries:
            enter_stories(stories[:count])
        costs.append(len(queries))
        assert len(found("ferry")) == count
    assert costs[0] == costs[1] <= 12


def test_the_page_of_what_is_not_there_offers_a_search(newsroom: TestNewsroom) -> None:
    body = print_path("/en/404.html").body.decode()
    [form] = html.document_fromstring(body).cssselect("main form[role=search]")
    assert form.get("action") == "/en/search/"
    assert [field.get("name") for field in form.cssselect("input")] == ["q"]
