"""The search engines that come with the databases, as modelsearch's backends.

modelsearch's own compilers look at every match. These take the newest matches from the index in the order in which it
holds them, keys being in the order of publication: one statement of a bounded cost, whatever is asked for. Which of
them is best is for `ranking` to say.
"""

from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from modelsearch.backends.base import BaseSearchBackend, BaseSearchQueryCompiler, BaseSearchResults

from dateline.newsroom.find.query import Sought, Typing
from dateline.newsroom.find.related import PAIRED, Kin

#: Of the newest matches, how many are looked at: with every word in the headline or the names; with every word; with
#: some of them in the headline; with some of them.
HEADED, WHOLE, PARTLY_HEADED, PARTLY = 200, 400, 100, 200

#: Of a story's kin, how many are looked at: with one of its telling words in the headline or the names; with two of
#: them anywhere; filed under the same. Half as many of those that are newer than it.
AKIN = 80, 60, 60


class Compiler(BaseSearchQueryCompiler):
    """A query to keys, newest first."""

    def keys(self, stop: int | None) -> list[int]:
        statements = list(self._statements())
        if not statements:
            return []
        # Made of this module's own words; what readers type goes in as parameters.
        parts = (f"SELECT * FROM ({one}) AS part{at}" for at, (one, _values) in enumerate(statements))  # noqa: S608
        sql = " UNION ".join(parts)
        with connection.cursor() as cursor:
            cursor.execute(sql, [value for _one, values in statements for value in values])
            found = sorted((row[0] for row in cursor.fetchall()), reverse=True)
        return found[:stop]

    def _statements(self) -> Iterable[tuple[str, list[Any]]]:
        query = self.query
        if isinstance(query, Typing) and query:
            yield self._typing(query)
        elif isinstance(query, Sought) and query:
            for heads, every, most in self._looks(query):
                yield self._matching(query, heads, every, most)
        elif isinstance(query, Kin) and query:
            for match, most in zip(self._akin(query), AKIN, strict=True):
                if match:
                    yield self._table(most), [match, query.first, query.key - 1]
                    yield self._table(most // 2), [match, query.key + 1, query.last]

    def _looks(self, query: Sought) -> Iterable[tuple[bool, bool, int]]:
        """Whether the headline must hold the words, whether all of them, and how many matches to take."""
        if not self.order_by_relevance:
            yield False, True, WHOLE
            return
        yield True, True, HEADED
        yield False, True, WHOLE
        if len(query.stems) > 1 and not query.phrases:
            yield True, False, PARTLY_HEADED
            yield False, False, PARTLY

    def _matching(self, query: Sought, heads: bool, every: bool, most: int) -> tuple[str, list[Any]]:
        raise NotImplementedError

    def _typing(self, query: Typing) -> tuple[str, list[Any]]:
        raise NotImplementedError

    def _akin(self, query: Kin) -> tuple[str, str, str]:
        """The three ways to be akin, as AKIN counts them; "" for one that finds nothing."""
        raise NotImplementedError

    def _table(self, most: int) -> str:
        raise NotImplementedError


class SQLiteCompiler(Compiler):
    def _matching(self, query: Sought, heads: bool, every: bool, most: int) -> tuple[str, list[Any]]:
        wanted = (" AND " if every else " OR ").join(_terms(query))
        match = f"{'{title names}' if heads else '{title names lead body}'} : ({wanted})"
        if query.marks:
            match = f"({match}) AND (marks : ({' AND '.join(_quoted(mark) for mark in query.marks)}))"
        return _fts("find_fts", most), [match, query.first, query.last]

    def _typing(self, query: Typing) -> tuple[str, list[Any]]:
        *whole, begun = query.words
        match = " AND ".join([*(_quoted(word) for word in whole), _quoted(begun) + "*"])
        return _fts("find_typing", WHOLE), [match, query.first, query.last]

    def _akin(self, query: Kin) -> tuple[str, str, str]:
        stems, marks = [_quoted(stem) for stem in query.stems], [_quoted(mark) for mark in query.marks]
        pairs = [f"({one} AND {other})" for one, other in combinations(stems[:PAIRED], 2)]
        return (
            f"{{title names}} : ({' OR '.join(stems)})" if stems else "",
            f"{{title names lead body}} : ({' OR '.join(pairs)})" if pairs else "",
            f"marks : ({' OR '.join(marks)})" if marks else "",
        )

    def _table(self, most: int) -> str:
        return _fts("find_fts", most)


class PostgresCompiler(Compiler):
    def _matching(self, query: Sought, heads: bool, every: bool, most: int) -> tuple[str, list[Any]]:
        parts = (" & " if every else " | ").join(_lexemes(query, ":AB" if heads else ""))
        wanted = " & ".join([f"({parts})", *(_lexeme(mark) for mark in query.marks)])
        return _gin("vector", most), [wanted, query.first, query.last]

    def _typing(self, query: Typing) -> tuple[str, list[Any]]:
        *whole, begun = query.words
        wanted = " & ".join([*(_lexeme(word) for word in whole), _lexeme(begun) + ":*"])
        return _gin("typing", WHOLE), [wanted, query.first, query.last]

    def _akin(self, query: Kin) -> tuple[str, str, str]:
        stems = [_lexeme(stem) for stem in query.stems]
        pairs = [f"({one} & {other})" for one, other in combinations(stems[:PAIRED], 2)]
        return (
            " | ".join(f"{stem}:AB" for stem in stems),
            " | ".join(pairs),
            " | ".join(_lexeme(mark) for mark in query.marks),
        )

    def _table(self, most: int) -> str:
        return _gin("vector", most)


def _fts(table: str, most: int) -> str:
    return (
        f"SELECT rowid FROM {table} WHERE {table} MATCH %s AND rowid BETWEEN %s AND %s"  # noqa: S608 - a table's name
        f" ORDER BY rowid DESC LIMIT {most}"
    )


def _gin(column: str, most: int) -> str:
    return (
        f"SELECT id FROM find_entry WHERE {column} @@ to_tsquery('simple', %s) AND id BETWEEN %s AND %s"  # noqa: S608
        f" ORDER BY id DESC LIMIT {most}"
    )


def _terms(query: Sought) -> list[str]:
    """For FTS5: phrases, and the words outside of them. Words hold letters and digits alone."""
    within = {stem for phrase in query.phrases for stem in phrase}
    return [_quoted(" ".join(phrase)) for phrase in query.phrases] + [
        _quoted(stem) for stem in query.stems if stem not in within
    ]


def _quoted(words: str) -> str:
    return '"' + words.replace('"', "") + '"'


def _lexemes(query: Sought, weights: str) -> list[str]:
    within = {stem for phrase in query.phrases for stem in phrase}
    phrases = ["(" + " <-> ".join(_lexeme(stem) + weights for stem in phrase) + ")" for phrase in query.phrases]
    return phrases + [_lexeme(stem) + weights for stem in query.stems if stem not in within]


def _lexeme(word: str) -> str:
    return "'" + word.replace("'", "").replace("\\", "") + "'"


class Results(BaseSearchResults):
    """Entries, newest first."""

    def keys(self) -> list[int]:
        """Keys of the entries alone."""
        compiler: Compiler = self.query_compiler
        found: Sequence[int] = compiler.keys(self.stop)
        return list(found[self.start :])

    def _do_search(self) -> list[Any]:
        queryset: QuerySet[Any] = self.query_compiler.queryset
        return list(queryset.filter(pk__in=self.keys()).order_by("-pk"))

    def _do_count(self) -> int:
        return len(self.keys())


class SearchBackend(BaseSearchBackend):
    """Of searching alone: the database keeps the index with the rows, which `actions.enter_stories` writes."""

    results_class = Results

    def __init__(self, params: Any) -> None:
        super().__init__(params)
        compiler = PostgresCompiler if connection.vendor == "postgresql" else SQLiteCompiler
        self.query_compiler_class = self.autocomplete_query_compiler_class = compiler
