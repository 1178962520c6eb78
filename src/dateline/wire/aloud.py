"""Reading aloud in newsroom.toml, in and out: whether an edition speaks, by which voice, and how words are said."""

from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.db import transaction

from dateline.newsroom.editions.models import Edition
from dateline.newsroom.listen.models import Narrator, Pronunciation
from dateline.wire.toml_entries import AloudToml, NewsroomToml, SayToml


def take_narrators(newsroom: NewsroomToml, say: Callable[[str], None]) -> None:
    """Take in what the file says of reading aloud; where it says nothing, what is here stays."""
    for part in newsroom.editions:
        edition = Edition.objects.filter(slug=part.path).first()
        if edition is None or part.aloud is None:
            continue
        narrator = Narrator.objects.filter(edition=edition).first() or Narrator(edition=edition)
        narrator.speaks, narrator.voice = not part.aloud.silent, part.aloud.voice
        entries = [
            Pronunciation(word=entry.word, spoken=entry.say, sort_order=at) for at, entry in enumerate(part.aloud.words)
        ]
        try:
            for entry in entries:
                entry.full_clean(exclude=["narrator"])
        except ValidationError as error:
            say(f"editions[{part.path}].aloud: {' '.join(error.messages)}")
            continue
        with transaction.atomic():
            narrator.save()
            narrator.pronunciations.set(entries)
            narrator.pronunciations.commit()


def narrator_as_toml(edition: Edition) -> AloudToml | None:
    """How an edition is read aloud, or None if nobody has said."""
    narrator = Narrator.objects.filter(edition=edition).first()
    if narrator is None:
        return None
    words = tuple(SayToml(row.word, row.spoken) for row in narrator.pronunciations.order_by("sort_order", "pk"))
    return AloudToml(silent=not narrator.speaks, voice=narrator.voice, words=words)
