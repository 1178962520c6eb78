"""Every write of what is read aloud: stories that are to be read, their sounds, and the end of those."""

import logging
import socket
import tempfile
import threading
import time
from collections.abc import Iterable, Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from dateline.newsroom.editions.addresses import Address
from dateline.newsroom.editions.shell import EditionNode, editions
from dateline.newsroom.listen.briefings import LIMIT, PARTS, digest_of
from dateline.newsroom.listen.engine import Engine, EngineError
from dateline.newsroom.listen.models import FAILED, READY, WAITING, Briefing, Leftover, Narrator, Recording
from dateline.newsroom.listen.pages import own_recordings
from dateline.newsroom.listen.paths import mp3_name, opus_name, podcasts_of
from dateline.newsroom.listen.script import Sentence, TooLong, key_of, script_of, script_of_cards
from dateline.newsroom.listen.sound import Encoded, SoundError, encode
from dateline.newsroom.listen.timings import marks_of
from dateline.newsroom.listen.voices import Voice, find_voice
from dateline.newsroom.stories.models import Story
from dateline.press.outbox import announce

logger = logging.getLogger("dateline.listen")

_Sound = TypeVar("_Sound", Recording, Briefing)

#: Forms that are not read aloud: live coverage is never finished.
SILENT = frozenset({"live"})

#: What is spoken, and what of it first: few wait for a briefing, and it is heard today.
_SOUNDS: tuple[type[Briefing] | type[Recording], ...] = (Briefing, Recording)

#: How often a story is tried, and how long who speaks it keeps it from others.
TRIES, HOLD = 3, timedelta(minutes=30)


def follow_stories(stories: Sequence[Story]) -> set[str]:
    """Ask for the sound of stories whose text is new, and take away that of stories which are no longer public.

    It runs in the transaction of the stories' own change, which announces their pages.
    """
    own = own_recordings(story.clip_id for story in stories)
    silent = _silent({story.edition_id for story in stories})
    spoken = [
        story
        for story in stories
        if story.is_public and story.form not in SILENT and story.clip_id not in own and story.edition_id not in silent
    ]
    gone = {story.pk for story in stories} - {story.pk for story in spoken}
    if gone:
        _forget(gone)
    known = {row.story_id: row for row in Recording.objects.filter(story_id__in=[story.pk for story in spoken])}
    now = timezone.now()
    fresh, again = [], []
    for story in spoken:
        row = known.get(story.pk)
        published = story.published or now
        if row is None:
            fresh.append(Recording(story_id=story.pk, digest=story.digest, published=published, asked=now))
        elif row.digest != story.digest or row.state == FAILED:
            row.digest, row.state, row.asked, row.tries, row.problem = story.digest, WAITING, now, 0, ""
            row.published, row.held_until = published, None
            again.append(row)
    Recording.objects.bulk_create(fresh)
    fields = ["digest", "state", "asked", "tries", "problem", "published", "held_until"]
    Recording.objects.bulk_update(again, fields)
    return set()


def ask_for_cards(
    subject: str, edition_id: int, pages: Sequence[str], title: str, cards: Sequence[tuple[str, str]]
) -> None:
    """Have cards read aloud, in the transaction of their change. Without cards, or where an edition is silent, nothing
    of them is heard any more."""
    before = Briefing.objects.filter(subject=subject).first()
    digest = digest_of(title, cards)
    if not cards or edition_id in _silent({edition_id}):
        if before:
            before.delete()
            _let_go([before.key] if before.key else [])
            announce({f"listen:{subject}"}, print_now=before.pages)
        return
    if before and before.digest == digest and before.pages == list(pages) and before.state != FAILED:
        return
    now = timezone.now()
    said = {
        "edition_id": edition_id,
        "pages": list(pages),
        "title": title,
        "cards": [list(card) for card in cards],
    }
    asked = {"digest": digest, "state": WAITING, "published": now, "asked": now, "tries": 0, "problem": ""}
    # What was heard before may say what is withdrawn: nobody hears it from now on.
    row, _made = Briefing.objects.update_or_create(
        subject=subject, defaults={**said, **asked, "key": "", "made": None, "held_until": None}
    )
    if before and before.key:
        _let_go([before.key])
    announce({f"listen:{subject}"}, print_now=row.pages)


def forget_sound(instance: Story, **_signal: Any) -> None:
    """Before a story is deleted, in the transaction of that."""
    _forget({instance.pk})


def ask_again(recording: Recording | Briefing) -> None:
    """Try a failed recording once more."""
    type(recording).objects.filter(pk=recording.pk, state=FAILED).update(
        state=WAITING, tries=0, problem="", held_until=None, asked=timezone.now()
    )


def ask_for_archive(edition_id: int | None = None, *, again: bool = False) -> int:
    """Ask for every public story that has no sound, or with `again` for all of them; returns how many wait now."""
    stories = Story.objects.filter(live=True, withdrawn_at=None).exclude(form__in=SILENT)
    if edition_id:
        stories = stories.filter(edition_id=edition_id)
    batch: list[Story] = []
    for story in stories.only(
        "pk", "edition_id", "form", "clip_id", "digest", "published", "live", "withdrawn_at"
    ).iterator(500):
        batch.append(story)
        if len(batch) == 500:
            follow_stories(batch)
            batch = []
    follow_stories(batch)
    if again:
        rows = Recording.objects.exclude(state=WAITING)
        rows = rows.filter(story__edition_id=edition_id) if edition_id else rows
        rows.update(state=WAITING, tries=0, problem="", held_until=None, asked=timezone.now())
    told = Briefing.objects.filter(state=FAILED) if not again else Briefing.objects.exclude(state=WAITING)
    told = told.filter(edition_id=edition_id) if edition_id else told
    told.update(state=WAITING, tries=0, problem="", held_until=None, asked=timezone.now())
    return Recording.objects.filter(state=WAITING).count()


def _silent(editions: Iterable[int]) -> set[int]:
    """Which of these editions are not read aloud."""
    return set(
        Narrator.objects.filter(edition_id__in=list(editions), speaks=False).values_list("edition_id", flat=True)
    )


def _forget(stories: Iterable[int]) -> None:
    rows = Recording.objects.filter(story_id__in=stories)
    keys = set(rows.exclude(key="").values_list("key", flat=True))
    rows.delete()
    _let_go(keys)


def _let_go(keys: Iterable[str]) -> None:
    """Delete the files of keys that no recording has any more, when the transaction is done; what a crash leaves is
    written down."""
    dead = sorted(set(keys) - _in_use(keys))
    if dead:
        Leftover.objects.bulk_create([Leftover(key=key) for key in dead], ignore_conflicts=True)
        transaction.on_commit(partial(clear_leftovers, dead))


def _in_use(keys: Iterable[str]) -> set[str]:
    """Those of these keys that a recording has."""
    found: set[str] = set()
    for model in _SOUNDS:
        found |= set(model.objects.filter(key__in=list(keys)).values_list("key", flat=True))
    return found


def clear_leftovers(keys: Iterable[str] | None = None) -> None:
    """Delete files whose sound nobody may hear any more."""
    rows = Leftover.objects.all() if keys is None else Leftover.objects.filter(key__in=list(keys))
    for row in rows:
        with transaction.atomic():
            if not _in_use([row.key]):
                for name in (opus_name(row.key), mp3_name(row.key)):
                    default_storage.delete(name)
            row.delete()


# ── Speaking ──


class Studio:
    """The engines of one process that speaks what waits; several threads may speak at once.

    Attributes:
        worked: when a story was last begun or ended, on the monotonic clock.
    """

    def __init__(self) -> None:
        self.worked = time.monotonic()
        self._engines: dict[tuple[str, int], Engine] = {}
        self._lock = threading.Lock()
        self._closed = False

    def speak_next(self) -> bool:
        """Speak the newest briefing or story that waits; False if none does. What fails is tried again, then told."""
        recording = self._take()
        if recording is None:
            return False
        self.worked = time.monotonic()
        try:
            self._speak(recording)
        except (EngineError, SoundError, TooLong, OSError) as error:
            if self._closed:
                return False  # given up: it waits as before, and whoever starts next takes it back
            logger.warning("%s could not be read aloud: %s", recording, error)
            _failed(recording, str(error))
        self.worked = time.monotonic()
        return True

    def rest(self) -> None:
        """Give the engines' memory back until the next story."""
        with self._lock:
            for engine in self._engines.values():
                engine.rest()

    def close(self) -> None:
        """End the engines, and with them what they are speaking."""
        with self._lock:
            self._closed = True
            for engine in self._engines.values():
                engine.end()

    def take_back(self) -> None:
        """Let go of what an earlier process of this machine held when it was ended."""
        for model in _SOUNDS:
            mine = model.objects.filter(state=WAITING, held_by=_here())
            # What was interrupted has not failed.
            mine.filter(tries__gt=0).update(tries=F("tries") - 1)
            mine.update(held_until=None, held_by="")

    def _take(self) -> Recording | Briefing | None:
        return _taken(Briefing) or _taken(Recording)

    def _speak(self, recording: Recording | Briefing) -> None:
        if isinstance(recording, Briefing):
            self._speak_briefing(recording)
        else:
            self._speak_story(recording)

    def _speak_briefing(self, briefing: Briefing) -> None:
        edition = editions().by_id.get(briefing.edition_id)
        if edition is None:
            return  # as with a story
        voice, words = _voice_of(edition)
        for most in PARTS:
            script = script_of_cards(briefing.title, briefing.cards, edition.code, words, most)
            if self._spoken(briefing, edition, voice, script, briefing.title, LIMIT if most != PARTS[-1] else 0):
                return

    def _speak_story(self, recording: Recording) -> None:
        story = Story.objects.select_related("section").filter(pk=recording.story_id).first()
        edition = editions().by_id.get(story.edition_id) if story else None
        if story is None or not story.is_public:
            with transaction.atomic():
                _forget([recording.story_id])
            return
        if edition is None:
            return  # its edition is off the air: it is asked for again when the hold is over
        voice, words = _voice_of(edition)
        script = script_of(story.headline, story.standfirst, story.body.raw_data, edition.code, words)
        self._spoken(recording, edition, voice, script, story.headline)

    def _spoken(
        self,
        sound: Recording | Briefing,
        edition: EditionNode,
        voice: Voice,
        script: Sequence[Sentence],
        title: str,
        limit: int = 0,
    ) -> bool:
        """Give a recording its sound; False where that lasts longer than `limit` milliseconds (0: as long as it is)."""
        if not script:
            raise SoundError(_("There is nothing in it that can be said."))
        key = key_of(script, voice)
        if self._reuse(sound, edition, key, voice):
            return True
        with tempfile.TemporaryDirectory(prefix="dateline-listen-") as folder:
            spoken = self._engine(voice).speak(voice, script, Path(folder) / "sound.pcm")
            made = encode(spoken, Path(folder), title=title, artist=edition.name)
            if limit and made.milliseconds > limit:
                return False
            self._keep(sound, edition, key, voice, made, marks_of(script, spoken))
        return True

    def _engine(self, voice: Voice) -> Engine:
        with self._lock:
            if self._closed:
                raise EngineError(voice.engine)
            # Each lane has its own: where speaking takes longer than encoding, one voice for all would be waited for.
            return self._engines.setdefault((voice.engine, threading.get_ident()), Engine(voice.engine))

    def _reuse(self, recording: Recording | Briefing, edition: EditionNode, key: str, voice: Voice) -> bool:
        """Take the sound that it had before, or that another has; nothing is spoken twice."""
        twins = (model.objects.filter(key=key).exclude(made=None).first() for model in _SOUNDS)
        twin = next(filter(None, twins), None)
        if twin is None or not all(default_storage.exists(name) for name in (opus_name(key), mp3_name(key))):
            return False
        values = {name: getattr(twin, name) for name in ("milliseconds", "marks", "opus_size", "mp3_size", "made")}
        _ready(recording, edition, key=key, voice=voice.id, **values)
        return True

    def _keep(
        self,
        recording: Recording | Briefing,
        edition: EditionNode,
        key: str,
        voice: Voice,
        made: Encoded,
        marks: Sequence[tuple[int, int, str]],
    ) -> None:
        for path, name in ((made.opus, opus_name(key)), (made.mp3, mp3_name(key))):
            default_storage.delete(name)
            with path.open("rb") as file:
                default_storage.save(name, File(file))
        sizes = {"opus_size": made.opus.stat().st_size, "mp3_size": made.mp3.stat().st_size}
        values = {"milliseconds": made.milliseconds, "marks": list(marks), "made": timezone.now(), **sizes}
        if not _ready(recording, edition, key=key, voice=voice.id, **values):
            with transaction.atomic():
                _let_go([key])


def _here() -> str:
    """This machine's name: a studio that starts knows what its forerunner held."""
    return socket.gethostname()[:80]


def _voice_of(edition: EditionNode) -> tuple[Voice, list[tuple[str, str]]]:
    """Who reads in an edition, and how words are said there."""
    narrator = Narrator.objects.filter(edition_id=edition.id).prefetch_related("pronunciations").first()
    voice = find_voice(edition.code, narrator.voice if narrator else "")
    if voice is None:
        raise SoundError(_("No voice of this machine reads its language. See: dateline voices"))
    return voice, [(entry.word, entry.spoken) for entry in narrator.pronunciations.all()] if narrator else []


def _taken(model: type[_Sound]) -> _Sound | None:
    """The newest of these that waits, held for whoever asks."""
    now = timezone.now()
    free = Q(held_until=None) | Q(held_until__lt=now)
    while found := model.objects.filter(free, state=WAITING).order_by("-published").first():
        # Whoever changes the row first has it.
        mine = model.objects.filter(free, pk=found.pk, state=WAITING, asked=found.asked)
        if mine.update(held_until=now + HOLD, held_by=_here(), tries=found.tries + 1):
            found.tries += 1
            return found
    return None


def _ready(recording: Recording | Briefing, edition: EditionNode, **values: Any) -> bool:
    """Give a recording its sound, if what it is of still says what was spoken, and print the pages that offer it."""
    model = type(recording)
    with transaction.atomic():
        row = model.objects.select_for_update().filter(pk=recording.pk, digest=recording.digest).first()
        heard = _heard_at(row, edition) if row else None
        if row is None or heard is None:
            # Changed or withdrawn while it was spoken: whoever did that has asked for what is to be heard instead.
            model.objects.filter(pk=recording.pk, asked=recording.asked).update(held_until=None)
            return False
        before = row.key
        for name, value in values.items():
            setattr(row, name, value)
        row.state, row.problem, row.held_until, row.tries = READY, "", None, 0
        row.save()
        if before and before != row.key:
            _let_go([before])
        ingredients, paths = heard
        announce(ingredients, print_now=paths)
    return True


def _heard_at(row: Recording | Briefing, edition: EditionNode) -> tuple[set[str], list[str]] | None:
    """The ingredients that a sound is, and the pages that offer it; None where what was spoken is no longer there."""
    if isinstance(row, Briefing):
        return {f"listen:{row.subject}"}, list(row.pages)
    story = Story.objects.filter(pk=row.story_id, live=True, digest=row.digest).first()
    if story is None:
        return None
    paths = Address.objects.filter(page_id=story.pk, current=True).values_list("path", flat=True)
    return {f"listen:{story.pk}", *podcasts_of(edition, story)}, list(paths)


def _failed(recording: Recording | Briefing, problem: str) -> None:
    """Write down what went wrong; it is tried again a little later, and then no more until somebody asks."""
    over = recording.tries >= TRIES
    type(recording).objects.filter(pk=recording.pk, asked=recording.asked, state=WAITING).update(
        state=FAILED if over else WAITING,
        problem=problem[:500],
        held_until=None if over else timezone.now() + timedelta(seconds=30 * recording.tries),
    )
