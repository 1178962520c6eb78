"""The desk's search on SQLite: the newest matches, best first, at a cost that does not grow with the archive.

modelsearch's own backend scores every match with a subquery that runs the whole match again, so a common word costs
the square of its matches. Here one statement takes the newest matches from the index with their scores, in the order
the index has them, and the rest of the search looks at those alone.
"""

from functools import cached_property
from typing import Any

from django.db.models import Case, QuerySet, Value, When
from modelsearch.backends.database.sqlite.query import MatchExpression, normalize
from modelsearch.backends.database.sqlite.sqlite import (
    SQLiteAutocompleteQueryCompiler,
    SQLiteFTSIndexEntry,
    SQLiteSearchBackend,
    SQLiteSearchQueryCompiler,
    SQLiteSearchResults,
)
from modelsearch.query import MatchAll, Not
from modelsearch.utils import get_descendants_content_types_pks

#: How many matches are looked at. Whoever seeks an older one adds a word.
MOST = 1000


class _NewestMatches(SQLiteSearchQueryCompiler):
    @cached_property
    def scores(self) -> dict[Any, float] | None:
        """Scores of the newest matches by primary key, the lower the better; None for a query that is not a match."""
        query = normalize(self.query)
        if isinstance(query, MatchAll | Not):
            return None
        wanted = self.build_search_query(query)
        if wanted is None:
            return {}  # nothing but spaces
        entries = (
            SQLiteFTSIndexEntry.objects.filter(
                MatchExpression(self.fields or self.FTS_TABLE_FIELDS, wanted),
                index_entry__content_type__in=get_descendants_content_types_pks(self.queryset.model),
            )
            .annotate(score=self._build_rank_expression(self.get_search_vectors(), None))
            .order_by("-pk")
            .values_list("index_entry__object_id", "score")[:MOST]
        )
        to_python = self.queryset.model._meta.pk.to_python
        return {to_python(pk): score for pk, score in entries}

    @cached_property
    def ranked(self) -> list[Any]:
        """Primary keys of the matches that the caller's queryset holds, best first."""
        scores = self.scores or {}
        held = self.queryset.filter(pk__in=list(scores)).order_by().values_list("pk", flat=True)
        return sorted(held, key=lambda pk: (scores[pk], -pk))

    def search(self, config: Any, start: int, stop: int | None, score_field: str | None = None) -> QuerySet[Any]:
        if self.scores is None or score_field is not None:
            return super().search(config, start, stop, score_field=score_field)
        if not self.order_by_relevance:
            found: QuerySet[Any] = self.queryset.filter(pk__in=list(self.scores))
            return (found if found.query.order_by else found.order_by("-pk"))[start:stop]
        wanted = self.ranked[start:stop]
        found = self.queryset.filter(pk__in=wanted)
        places = [When(pk=pk, then=Value(place)) for place, pk in enumerate(wanted)]
        return found.order_by(Case(*places)) if places else found


class _NewestMatchesOfTyping(_NewestMatches, SQLiteAutocompleteQueryCompiler):
    """The same for what is still being typed."""


class _Results(SQLiteSearchResults):
    def _do_count(self) -> int:
        if self.query_compiler.scores is None:
            return int(super()._do_count())
        return len(self.query_compiler.ranked[self.start : self.stop])


class SearchBackend(SQLiteSearchBackend):
    query_compiler_class = _NewestMatches
    autocomplete_query_compiler_class = _NewestMatchesOfTyping
    results_class = _Results
