"""How good search is, on judged queries over the corpus, and whether Arabic is found however it is written."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from dateline.newsroom.editions.shell import editions
from dateline.newsroom.find.models import span
from dateline.newsroom.find.query import read_query
from dateline.newsroom.find.search import found
from dateline.newsroom.stories.models import Story
from tests.factories import TestNewsroom
from tests.retrieval import JUDGEMENTS, ndcg, recall
from tests.running import dateline, environment

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"


def test_ours_is_better_in_every_language_than_what_comes_with_the_database(tmp_path: Path) -> None:
    room = tmp_path / "room"
    assert dateline("init", room).returncode == 0
    done = dateline("-C", room, "import", CORPUS)
    assert done.returncode == 0, done.stderr
    measured = subprocess.run(
        [sys.executable, "-m", "tests.retrieval", str(room)],
        capture_output=True,
        text=True,
        env=environment(),
        timeout=600,
        check=False,
    )
    assert measured.returncode == 0, measured.stderr
    scores = json.loads(measured.stdout)
    mine = scores.pop("ours")
    assert {name.partition(",")[0] for name in scores} == {"modelsearch", "FTS5"}
    for peer, theirs in scores.items():
        for language, (order, share) in mine.items():
            assert order > theirs[language][0] + 0.05, (language, peer, scores, mine)
            assert share > theirs[language][1] + 0.02, (language, peer, scores, mine)


def test_the_judgements_are_sixty_queries_twenty_of_each_language() -> None:
    queries = json.loads(JUDGEMENTS.read_text(encoding="utf-8"))["queries"]
    of = [query["language"] for query in queries]
    assert {language: of.count(language) for language in of} == {"en": 20, "es": 20, "ar": 20}
    assert len({(query["language"], query["query"]) for query in queries}) == 60
    assert all(query["judgements"] for query in queries)
    assert {grade for query in queries for grade in query["judgements"].values()} == {1, 2, 3}


def test_the_measures_know_the_best_and_the_worst() -> None:
    grades = {"a": 3, "b": 1}
    assert ndcg(["a", "b"], grades) == 1
    assert 0 < ndcg(["b", "a"], grades) < 1
    assert ndcg(["x", "y"], grades) == recall(["x", "y"], grades) == 0
    assert recall(["b", "x"], grades) == 0.5
    assert recall([str(number) for number in range(30)], {str(number): 1 for number in range(30)}) == 1


#: As a story has it, and as it is asked for.
PAIRS = [
    ("أسعار الخبز ترتفع", "اسعار الخبز"),
    ("إضراب البحارة", "اضراب البحاره"),
    ("آثار تدمر", "اثار تدمر"),
    ("الحكومة تستقيل", "حكومه"),
    ("وصل المستشفى الجديد", "مستشفي"),
    ("مُعَلِّمُو القَرْيَةِ", "معلمو القرية"),
    ("كتــــاب الطبيعة", "كتاب الطبيعه"),
    ("انتخابات ١٩٩٠", "انتخابات 1990"),
    ("ميزانية 2025", "ميزانية ٢٠٢٥"),
    ("مسؤول الجمارك", "مسوول الجمارك"),
    ("شاطئ المدينة", "شاطي المدينه"),
    ("والمدرسة مغلقة", "مدرسة"),
    ("بالقطار إلى الجنوب", "القطار"),
    ("للرئيس كلمة", "رئيس"),
    ("فالأمطار غزيرة", "امطار"),
    ("كالصيادين في البحر", "صيادين"),
    ("نتائج الانتخابات البلدية", "انتخاب بلدي"),
    ("مهندسون في الميناء", "مهندسين الميناء"),
    ("لاعبات المنتخب", "لاعبة"),
    ("وزارة الفلاحة", "وزاره فلاحه"),
    ("قناة السويس", "قناه السويس"),
    ("هيئة الإغاثة", "هيئه الاغاثه"),
    ("إسرائيل ولبنان", "اسرائيل"),
    ("أوروبا والغاز", "اوروبا"),
    ("الأمم المتحدة", "الامم المتحده"),
    ("مبادرة السلام", "مبادره سلام"),
    ("كرة القدم", "كره القدم"),
    ("جائزة نوبل", "جائزه نوبل"),
    ("مؤتمر المناخ", "موتمر المناخ"),
    ("رؤساء البلديات", "روساء بلديات"),
    ("ضوء القمر", "ضو القمر"),
    ("بيئة نظيفة", "بيئه نظيفه"),
    ("سيّارات كهربائيّة", "سيارات كهربائية"),
    ("ٱلصحافة الحرة", "الصحافه الحره"),
    ("کرد العراق", "كرد العراق"),
    ("ﻻجئون على الحدود", "لاجئون"),
    ("ال\u200fعراق وتركيا", "العراق"),
    ("مياهنا وأنهارنا", "مياه"),
    ("أطبّاؤهم بلا أجور", "اجور"),
    ("سنة ۱۹۶۷", "سنة 1967"),
]


@pytest.fixture
def told(newsroom: TestNewsroom) -> dict[int, str]:
    """All headlines as stories, by id."""
    plain = [("text", "<p>…</p>")]
    stories = [newsroom.story("ar", title=headline, body=plain) for headline, _asked in PAIRS]
    return {story.pk: story.title for story in stories}


def test_forty_pairs_of_differently_written_arabic_are_found(told: dict[int, str]) -> None:
    assert len(PAIRS) == 40
    assert Story.objects.filter(live=True).count() == 40
    edition = editions().editions["ar"]
    missed = []
    for headline, asked in PAIRS:
        ids = found(edition, read_query(asked, "ar", keys=span(edition.id)))
        if not ids or told[ids[0]] != headline:
            missed.append((asked, headline, [told[pk] for pk in ids[:3]]))
    assert missed == []
