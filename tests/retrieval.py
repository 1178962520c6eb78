"""How good search is: over the corpus, beside modelsearch as it comes and SQLite's FTS5 as it comes.

`python -m tests.retrieval FOLDER` measures in a newsroom that holds the corpus, and prints JSON.
"""

import json
import math
import sqlite3
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import mean
from typing import Any

JUDGEMENTS = Path(__file__).parent / "data" / "search_judgements.json"

#: Results that are looked at.
DEEP, WIDE = 10, 20

Search = Callable[[str, str], Sequence[str]]


def ndcg(found: Sequence[str], grades: Mapping[str, int], deep: int = DEEP) -> float:
    """Normalised discounted cumulative gain of the first `deep` results: 1 for the best possible order."""
    gains = [2 ** grades.get(uri, 0) - 1 for uri in found[:deep]]
    best = sorted((2**grade - 1 for grade in grades.values()), reverse=True)[:deep]
    return _discounted(gains) / _discounted(best)


def _discounted(gains: Sequence[int]) -> float:
    return sum(gain / math.log2(place + 2) for place, gain in enumerate(gains))


def recall(found: Sequence[str], grades: Mapping[str, int], wide: int = WIDE) -> float:
    """The share of what there is that is among the first `wide` results, of as much as there is room for."""
    return len(set(found[:wide]) & grades.keys()) / min(wide, len(grades))


def measure(search: Search) -> dict[str, tuple[float, float]]:
    """By language: mean nDCG and mean recall over the judged queries."""
    queries = json.loads(JUDGEMENTS.read_text(encoding="utf-8"))["queries"]
    scores: dict[str, list[tuple[float, float]]] = {}
    for one in queries:
        found = search(one["language"], one["query"])[: max(DEEP, WIDE)]
        grades = one["judgements"]
        scores.setdefault(one["language"], []).append((ndcg(found, grades), recall(found, grades)))
    return {
        language: (mean(deep for deep, _wide in rows), mean(wide for _deep, wide in rows))
        for language, rows in scores.items()
    }


def ours() -> Search:
    from dateline.newsroom.editions.shell import editions
    from dateline.newsroom.find.actions import learn_all
    from dateline.newsroom.find.models import span
    from dateline.newsroom.find.query import read_query
    from dateline.newsroom.find.search import found
    from dateline.newsroom.stories.models import Story

    learn_all()

    def search(language: str, query: str) -> Sequence[str]:
        edition = editions().editions[language]
        ids = found(edition, read_query(query, edition.code, keys=span(edition.id)))[:WIDE]
        uris = dict(Story.objects.filter(pk__in=list(ids)).values_list("pk", "uri"))
        return [uris[pk] for pk in ids]

    return search


def modelsearch(operator: str) -> Search:
    """modelsearch's own backend for this database, over headline, standfirst and text."""
    from modelsearch.backends import get_search_backend
    from wagtail.models import Locale

    from dateline.newsroom.stories.models import Story

    plain = get_search_backend("wagtail.search.backends.database")
    locales = {locale.language_code: locale for locale in Locale.objects.all()}

    def search(language: str, query: str) -> Sequence[str]:
        stories = Story.objects.filter(live=True, locale=locales[language])
        found = plain.search(query, stories, operator=operator)
        return [story.uri for story in found[:WIDE]]

    return search


def fts5(operator: str) -> Search:
    """FTS5 with its default tokenizer and its own bm25, over headline and text."""
    from dateline.newsroom.find.text import body_text
    from dateline.newsroom.stories.models import Story

    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE s USING fts5(language UNINDEXED, uri UNINDEXED, title, body)")
    rows = Story.objects.filter(live=True).values_list("locale__language_code", "uri", "title", "standfirst", "body")
    database.executemany(
        "INSERT INTO s VALUES (?, ?, ?, ?)",
        ((code, uri, title, f"{lead} {body_text(body.raw_data)}") for code, uri, title, lead, body in rows),
    )

    def search(language: str, query: str) -> Sequence[str]:
        words = f" {operator} ".join('"' + word.replace('"', "") + '"' for word in query.split())
        sql = "SELECT uri FROM s WHERE s MATCH ? AND language = ? ORDER BY bm25(s) LIMIT ?"
        return [uri for (uri,) in database.execute(sql, (words, language, WIDE))]

    return search


def main() -> None:
    import os

    os.environ["DATELINE_HOME"] = sys.argv[1]
    os.environ["DJANGO_SETTINGS_MODULE"] = "dateline.conf.settings"
    import django

    django.setup()
    peers: dict[str, Search] = {"ours": ours()}
    for operator in ("and", "or"):
        peers[f"modelsearch, {operator}"] = modelsearch(operator)
        peers[f"FTS5, {operator}"] = fts5(operator.upper())
    found: dict[str, Any] = {name: measure(search) for name, search in peers.items()}
    print(json.dumps(found))


if __name__ == "__main__":
    main()
