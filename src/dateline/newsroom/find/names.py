"""Names that are known: found in a text that is being written, and by their beginning while one types.

A name is kept under its stems, so a text is read for names by looking its own words up, a few at a time: that costs as
much as the text is long, however many names there are.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db import connection, transaction

from dateline.newsroom.find.models import Name
from dateline.newsroom.find.words import Word, plain, words_of
from dateline.newsroom.stories.models import Coverage, Person, Topic

#: Words of a name at most, and characters of a text that are read.
LONGEST, READ = 5, 20_000

#: Characters of a name as it is kept, and keys looked up at once: a story of a thousand words in one query.
KEPT, AT_ONCE = 160, 5000

#: A mention in the headline counts as so many.
IN_HEADLINE = 5

#: Names that are ranked of those that begin as is typed.
RANKED = 200


@dataclass(frozen=True, slots=True)
class Named:
    """A topic (its id) that a text names, and how often; a mention in the headline counts as IN_HEADLINE."""

    topic: int
    times: int


def forms_of(name: str, language: str) -> Iterator[tuple[str, str]]:
    """A name as it is kept: its words and its stems, then its words from the second on, and so on, without stems."""
    words = list(words_of(name, language))[: LONGEST * 2]
    if words:
        yield _cut(plain(name, language)), _cut(_key(words))
    for first in range(1, len(words)):
        yield _cut(" ".join(word.plain for word in words[first:])), ""


def learn_name(term: Topic | Person | Coverage) -> None:
    """Keep a term's names as they are now, in the transaction of its own change."""
    if isinstance(term, Coverage):
        names = [term.title]
    else:
        names = [term.name, *(term.others if isinstance(term, Topic) else ())]
    language = term.edition.code
    rows = {form for name in names for form in forms_of(name, language)}
    with transaction.atomic():
        Name.objects.filter(kind=term.kind, term=term.pk).delete()
        Name.objects.bulk_create(
            Name(edition_id=term.edition_id, kind=term.kind, term=term.pk, plain=words, key=key)
            for words, key in sorted(rows)
        )


def named_in(edition: int, language: str, headline: str, text: str) -> list[Named]:
    """The topics of an edition that a text names, those it names most first. The longest of two names is meant."""
    texts = ((headline, IN_HEADLINE), (text, 1))
    passages = [(list(words_of(part[:READ], language)), part, times) for part, times in texts]
    wanted = {key for words, _part, _times in passages for key in _keys(words)}
    known = _look_up(edition, wanted)
    capital = _stands_for_somebody({topic for topics in known.values() for topic in topics})
    counts: dict[int, int] = {}
    for words, part, times in passages:
        for topic in _mentions(words, part, known, capital):
            counts[topic] = counts.get(topic, 0) + times
    return [Named(topic, times) for topic, times in sorted(counts.items(), key=lambda row: (-row[1], row[0]))]


def _mentions(words: Sequence[Word], text: str, known: dict[str, list[int]], capital: set[int]) -> Iterator[int]:
    at = 0
    while at < len(words):
        for length in range(min(LONGEST, len(words) - at), 0, -1):
            found = known.get(_key(words[at : at + length]), ())
            small = text[words[at].start].islower()
            meant = [topic for topic in found if not (small and topic in capital)]
            if meant:
                yield from meant
                at += length
                break
        else:
            at += 1


def _key(words: Sequence[Word]) -> str:
    return " ".join(word.stem for word in words)


def _keys(words: Sequence[Word]) -> Iterator[str]:
    for first in range(len(words)):
        for length in range(1, min(LONGEST, len(words) - first) + 1):
            yield _cut(_key(words[first : first + length]))


def _cut(text: str) -> str:
    return text[:KEPT]


def _look_up(edition: int, keys: Iterable[str]) -> dict[str, list[int]]:
    """Topics by key."""
    found: dict[str, list[int]] = {}
    ordered = sorted(keys)
    for first in range(0, len(ordered), AT_ONCE):
        rows = Name.objects.filter(edition_id=edition, kind="topic", key__in=ordered[first : first + AT_ONCE])
        for key, topic in rows.values_list("key", "term"):
            found.setdefault(key, []).append(topic)
    return found


def _stands_for_somebody(topics: set[int]) -> set[int]:
    """Those whose names are written with a capital where there are capitals."""
    return set(Topic.objects.filter(pk__in=topics).exclude(stands_for="subject").values_list("pk", flat=True))


def beginning_with(edition: int, language: str, typed: str, kinds: Sequence[str], most: int) -> list[tuple[str, int]]:
    """Kind and id of the terms that have a word beginning with what is typed, whole names and short ones first."""
    start = _cut(plain(typed, language))
    if not start:
        return []
    rows = Name.objects.filter(edition_id=edition, kind__in=kinds)
    if connection.vendor == "sqlite":  # where LIKE with an escape uses no index, and texts are compared by their bytes
        rows = rows.filter(plain__gte=start, plain__lt=start + "\U0010ffff")
    else:
        rows = rows.filter(plain__startswith=start)
    ranked = sorted(rows.order_by("plain").values_list("plain", "key", "kind", "term")[:RANKED], key=_rank)
    return list(dict.fromkeys((kind, term) for _plain, _key_, kind, term in ranked))[:most]


def _rank(row: tuple[str, str, str, int]) -> tuple[bool, int, str]:
    return (not row[1], len(row[0]), row[0])


def forget_name(instance: Topic | Person | Coverage, **_signal: object) -> None:
    """Before a term is deleted, in the transaction of that."""
    Name.objects.filter(kind=instance.kind, term=instance.pk).delete()


def learn_saved(instance: Topic | Person | Coverage, **_signal: object) -> None:
    """After a term is saved, in the transaction of that."""
    learn_name(instance)


def learn_every_name() -> int:
    """Keep all names anew; returns how many terms have some."""
    done = 0
    for model in (Topic, Person, Coverage):
        for term in model.objects.select_related("edition").iterator(chunk_size=500):
            learn_name(term)
            done += 1
    return done
