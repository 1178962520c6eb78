"""OpenSearch as the engine, for newsrooms whose readers search more than one database should answer.

modelsearch's own backend for it, with an index of our making: entries come as stems, so that it only has to tell words
apart, and lie in it newest first, so that a search ends with the newest matches however many there are. The database
keeps its own index all the same. It answers while OpenSearch does not, and says which of the matches are still public.
"""

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

from django.db import connection
from modelsearch.backends import opensearch3
from opensearchpy.exceptions import OpenSearchException

from dateline.newsroom.find.backends import database
from dateline.newsroom.find.backends.database import AKIN, HEADED, PARTLY, PARTLY_HEADED, WHOLE
from dateline.newsroom.find.query import Sought, Typing
from dateline.newsroom.find.related import PAIRED, Kin

log = logging.getLogger("dateline.find")

HEADS, ALL = ("title", "names"), ("title", "names", "lead", "body")

#: Documents sent at once.
SENT = 500

_WORDS = {"type": "text", "analyzer": "whitespace", "norms": False}
_MARKS = _WORDS | {"index_options": "docs"}

#: The index as it is made: one of the newest matches is found without looking at the others.
SETTINGS = {"settings": {"index": {"sort.field": "key", "sort.order": "desc", "max_ngram_diff": 12}}}

Query = dict[str, Any]


class EntryMapping(opensearch3.OpenSearch3Mapping):
    """An entry as a document: its key as a number, its texts as words apart."""

    def get_mapping(self) -> dict[str, Any]:
        words = dict.fromkeys(ALL, _WORDS)
        return {"dynamic": False, "properties": {"key": {"type": "long"}, **words, "marks": _MARKS, "typed": _WORDS}}

    def get_document(self, obj: Any) -> dict[str, Any]:
        return {"key": obj.pk, **{name: getattr(obj, name) for name in (*ALL, "marks", "typed")}}


def words_in(words: Iterable[str], fields: Sequence[str]) -> list[Query]:
    """One clause for each of these: it holds where any of the fields has the word, or the words side by side."""
    return [{"multi_match": {"query": each, "fields": list(fields), "type": "phrase"}} for each in words]


def all_of(clauses: list[Query]) -> Query:
    return {"bool": {"must": clauses}}


def any_of(clauses: list[Query]) -> Query:
    return {"bool": {"should": clauses, "minimum_should_match": 1}}


def marked(marks: Iterable[str]) -> list[Query]:
    return [{"match": {"marks": {"query": mark}}} for mark in marks]


def newest(query: Query, first: int, last: int, most: int, filters: Sequence[Query] = ()) -> Query:
    """The body of a search: the newest of these keys that match, their keys alone, and no count of the others."""
    within = {"range": {"key": {"gte": first, "lte": last}}}
    return {
        "query": {"bool": {"filter": [within, query, *filters]}},
        "sort": [{"key": "desc"}],
        "size": most,
        "track_total_hits": False,
        "_source": False,
    }


class Compiler(opensearch3.OpenSearch3SearchQueryCompiler):
    """A query to the searches that answer it; the same as the databases' in all that is looked for."""

    mapping_class = EntryMapping

    def searches(self) -> list[Query]:
        query = self.query
        if isinstance(query, Typing) and query:
            *whole, begun = query.words
            started = {"prefix": {"typed": {"value": begun}}}
            return [newest(all_of([*words_in(whole, ["typed"]), started]), query.first, query.last, WHOLE)]
        if isinstance(query, Sought) and query:
            return list(self._sought(query))
        if isinstance(query, Kin) and query:
            return list(self._akin(query))
        return []

    def _sought(self, query: Sought) -> Iterator[Query]:
        within = {stem for phrase in query.phrases for stem in phrase}
        terms = [" ".join(phrase) for phrase in query.phrases] + [stem for stem in query.stems if stem not in within]
        looks: list[tuple[Sequence[str], bool, int]] = [(ALL, True, WHOLE)]
        if self.order_by_relevance:
            looks = [(HEADS, True, HEADED), *looks]
            if len(query.stems) > 1 and not query.phrases:
                looks += [(HEADS, False, PARTLY_HEADED), (ALL, False, PARTLY)]
        for fields, every, most in looks:
            clauses = words_in(terms, fields)
            wanted = all_of(clauses) if every else any_of(clauses)
            yield newest(wanted, query.first, query.last, most, marked(query.marks))

    def _akin(self, query: Kin) -> Iterator[Query]:
        pairs = [all_of(words_in(pair, ALL)) for pair in combinations(query.stems[:PAIRED], 2)]
        ways = (words_in(query.stems, HEADS), pairs, marked(query.marks))
        for clauses, most in zip(ways, AKIN, strict=True):
            if clauses:
                yield newest(any_of(clauses), query.first, query.key - 1, most)
                yield newest(any_of(clauses), query.key + 1, query.last, most // 2)


class Results(database.Results):
    """Entries, newest first; from the database's own index while OpenSearch does not answer."""

    def keys(self) -> list[int]:
        searches = self.query_compiler.searches()
        if not searches:
            return []
        try:
            keys = self.backend.newest(self.query_compiler.queryset.model, searches)
        except OpenSearchException as error:
            log.warning("OpenSearch does not answer, the database does: %s", error)
            keys = self._from_database()
        return keys[self.start : self.stop]

    def _from_database(self) -> list[int]:
        compiler = self.query_compiler
        kind = database.PostgresCompiler if connection.vendor == "postgresql" else database.SQLiteCompiler
        return kind(compiler.queryset, compiler.query, order_by_relevance=compiler.order_by_relevance).keys(None)


class SearchBackend(opensearch3.OpenSearch3SearchBackend):
    """`carries` says that entries have to be sent here as well; see `find.carrying`."""

    carries = True
    mapping_class = EntryMapping
    query_compiler_class = autocomplete_query_compiler_class = Compiler
    results_class = Results
    settings = SETTINGS

    def __init__(self, params: Any) -> None:
        super().__init__(params)
        self._made = False

    def newest(self, model: Any, searches: Sequence[Query]) -> list[int]:
        """Keys that any of these searches finds, the newest first, each once; one request for all."""
        index = self.get_index_for_model(model).name
        lines = [line for search in searches for line in ({"index": index}, search)]
        found = self.es.msearch(body=lines)
        keys: set[int] = set()
        for answer in found["responses"]:
            if "error" in answer:
                raise OpenSearchException(str(answer["error"])[:300])
            keys.update(int(hit["_id"]) for hit in answer["hits"]["hits"])
        return sorted(keys, reverse=True)

    def carry(self, model: Any, entries: Iterable[Any], gone: Iterable[int]) -> None:
        """Have it hold these entries and no longer those keys; searches know of it when this returns.

        Raises:
            OpenSearchException: it does not answer, or would not take something.
        """
        index = self.get_index_for_model(model).name
        mapping = EntryMapping(model)
        actions: list[Mapping[str, Any]] = [{"_op_type": "delete", "_id": str(key)} for key in gone]
        for entry in entries:
            actions.append({"_id": mapping.get_document_id(entry), "_source": mapping.get_document(entry)})
        if actions:
            self.ready(model)
            for at in range(0, len(actions), SENT):
                self._send(index, actions[at : at + SENT])

    def _send(self, index: str, actions: list[Mapping[str, Any]]) -> None:
        _done, failed = self.bulk(
            self.es, actions, index=index, refresh=True, raise_on_error=False, raise_on_exception=True
        )
        # What is to go and is not there has gone.
        told = [each for each in failed if each.get("delete", {}).get("status") != 404]
        if told:
            raise OpenSearchException(f"{len(told)} entries were not taken, the first: {str(told[0])[:300]}")

    def held(self, model: Any) -> int:
        """How many entries it holds."""
        index = self.get_index_for_model(model)
        return int(self.es.count(index=index.name)["count"]) if index.exists() else 0

    def ready(self, model: Any) -> None:
        """Make the index if there is none."""
        if not self._made:
            index = self.get_index_for_model(model)
            if not index.exists():
                index.put()
                index.add_model(model)
            self._made = True
