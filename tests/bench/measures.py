"""What is timed inside a newsroom. Every function gives plain JSON; times are in seconds."""

import cProfile
import io
import pstats
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from statistics import median
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.text import slugify

from dateline.newsroom.editions.addresses import Address
from dateline.newsroom.editions.models import Edition, Region
from dateline.newsroom.editions.shell import editions
from dateline.newsroom.live.actions.alerts import Draft, post_alerts, withdraw_alert
from dateline.newsroom.live.models import Alert
from dateline.newsroom.stories import paths, streams
from dateline.newsroom.stories.actions import shelf_for
from dateline.newsroom.stories.models import Byline, Story, StreamEntry, Topic
from dateline.press.models import Event
from dateline.press.outbox import last_report
from dateline.press.printing import print_paths, store
from dateline.wire.sitemaps import parts
from dateline.wire.static_site import all_paths
from tests.bench.material import SAMPLE, headlines

_titles = headlines(seed=2)
_made = 0


@contextmanager
def counted() -> Iterator[list[str]]:
    """The SQL that runs inside."""
    said: list[str] = []

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        said.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield said


def places() -> dict[str, str]:
    """The pages that are measured, by what they are. `oldest` ones lie at the far end of their lists."""
    edition = editions().editions["en"]
    sample = Address.objects.filter(path__endswith=f"/{SAMPLE}/", current=True).values_list("path", flat=True)[0]
    story = Story.objects.get(slug=SAMPLE)
    section = edition.section(story.section_id)
    topic = story.topics.order_by("pk").first()
    assert section and topic and story.published
    last = streams.last_page(f"section:{section.id}") or 1
    # The newest page that is full, so that newsrooms of any size print as many stories.
    full = max(1, last - 1)
    top = edition.section(section.parent) or section
    oldest = StreamEntry.objects.filter(stream__key=f"edition:{edition.id}").order_by("published").first()
    assert oldest
    return {
        "story": sample,
        "oldest story": Address.objects.get(page_id=oldest.story_id, current=True).path,
        "home": edition.home,
        "section front": section.path,
        "topic front": paths.topic_path(edition, topic.slug),
        "newest archive page": f"{section.path}page/{full}/",
        "oldest archive page": f"{top.path}page/1/",
        "feed": f"{edition.home}rss.xml",
        "news sitemap": f"{edition.home}sitemap-news.xml",
        "newest sitemap": parts(edition)[0],
        "sitemap index": "/sitemap.xml",
    }


def newest_paths(*, count: int) -> list[str]:
    """Addresses of printed stories, newest first."""
    edition = editions().editions["en"]
    ids = streams.newest([f"edition:{edition.id}"], count)[f"edition:{edition.id}"]
    rows = Address.objects.filter(page_id__in=ids, current=True).values_list("path", flat=True)
    return [path for path in rows if store().has(path)]


def body_of(*, path: str, coding: str = "") -> str:
    """A printed body as Latin-1, so that any bytes travel; `coding` is br, gz or nothing."""
    kept = store().read(path)
    assert kept, f"{path} is not printed"
    return {"br": kept.br, "gz": kept.gz, "": kept.body}[coding].decode("latin-1")


def print_times(*, path: str, count: int) -> dict[str, Any]:
    """Print one sheet over and over, into the store and all."""
    print_paths([path])
    wall, cpu = [], []
    with counted() as sql:
        print_paths([path])
    for _ in range(count):
        start, spent = time.perf_counter(), time.process_time()
        [printed] = print_paths([path])
        wall.append(time.perf_counter() - start)
        cpu.append(time.process_time() - spent)
        assert printed.stored, f"{path}: {printed.status} {printed.error}"
    return {"wall": wall, "cpu": cpu, "queries": len(sql), "bytes": len(printed.body)}


def reprint(*, limit: int) -> dict[str, Any]:
    """Print the whole site anew, as `dateline print --all` does, up to `limit` pages spread over all of it."""
    everything = list(all_paths())
    step = max(1, len(everything) // limit)
    chosen = everything[::step][:limit]
    start, spent, done = time.perf_counter(), time.process_time(), 0
    for at in range(0, len(chosen), 50):
        done += sum(1 for printed in print_paths(chosen[at : at + 50]) if printed.stored)
    return {"pages": done, "wall": time.perf_counter() - start, "cpu": time.process_time() - spent}


def publish_new(*, count: int) -> list[dict[str, Any]]:
    """Publish new stories, each on two topics, one region and one author; every page of theirs is printed."""
    return [_publish(_new_story()) for _ in range(count)]


def publish_edit(*, count: int) -> list[dict[str, Any]]:
    """Change the headline of the newest story, which stands on every front of its own, and publish that."""
    edition = editions().editions["en"]
    done = []
    for _ in range(count):
        pk = streams.newest([f"edition:{edition.id}"], 1)[f"edition:{edition.id}"][0]
        story: Story = Story.objects.get(pk=pk).get_latest_revision_as_object()
        story.title = story.draft_title = next(_titles)
        done.append(_publish(story))
    return done


def profile_publish(*, count: int, kind: str = "new", order: str = "tottime", top: int = 45) -> str:
    """Where the time of publishing goes, by function."""
    publish = publish_new if kind == "new" else publish_edit
    publish(count=2)
    profile = cProfile.Profile()
    profile.enable()
    publish(count=count)
    profile.disable()
    out = io.StringIO()
    pstats.Stats(profile, stream=out).strip_dirs().sort_stats(order).print_stats(top)
    return out.getvalue()


def printed_by(*, kind: str = "new") -> list[str]:
    """The sheets that one publish prints."""
    return list((_publish(_new_story()) if kind == "new" else publish_edit(count=1)[0])["paths"])


def _new_story() -> Story:
    global _made
    _made += 1
    sample = Story.objects.get(slug=SAMPLE)
    title = f"{next(_titles)}, again"
    story = Story(
        title=title,
        slug=f"{slugify(title)}-{sample.pk}-{_made}-{time.monotonic_ns() % 10**6}",
        locale_id=sample.locale_id,
        edition_id=sample.edition_id,
        section=sample.section,
        live=False,
        lead_picture_id=sample.lead_picture_id,
        standfirst=sample.standfirst,
        kicker=sample.kicker,
        body=sample.body,
    )
    from django.utils import timezone

    assert sample.section
    shelf_for(sample.section, timezone.now()).add_child(instance=story)
    people = list(Byline.objects.filter(story=sample).values_list("person_id", flat=True))
    story.bylines = [Byline(person_id=pk) for pk in people]
    story.topics = list(Topic.objects.filter(pk__in=sample.topics.values_list("pk", flat=True)))
    story.regions = list(Region.objects.filter(pk__in=sample.regions.values_list("pk", flat=True)))
    story.save()
    return story


def _publish(story: Story) -> dict[str, Any]:
    """Save a revision, then publish it; the time of the second is the publish call's."""
    saving = time.perf_counter()
    revision = story.save_revision(clean=False)
    last_report()
    with counted() as sql:
        start, spent = time.perf_counter(), time.process_time()
        revision.publish(skip_permission_checks=True)
        wall, cpu = time.perf_counter() - start, time.process_time() - spent
    report = last_report()
    assert report and not report.failed, report
    return {
        "wall": wall,
        "cpu": cpu,
        "saving": start - saving,
        "queries": len(sql),
        "printed": len(report.printed),
        "evicted": report.evicted,
        "paths": report.printed,
    }


def tell_readers(*, count: int, pause: float = 0, withdraw: bool = True) -> list[dict[str, Any]]:
    """Post alerts as the composer does; when each was committed, and its event's number.

    Args:
        withdraw: take each back before the next; else all stand, and `withdraw_all` takes them back.
    """
    edition = Edition.objects.get(slug="en")
    told = []
    for turn in range(count):
        committed: list[float] = []
        until = timezone.now() + timedelta(hours=1)
        with transaction.atomic():
            transaction.on_commit(lambda: committed.append(time.time()))  # noqa: B023 - called in this turn
            draft = Draft(edition, f"The river has passed its second mark, says turn {turn}", until, "River Authority")
            (alert,) = post_alerts([draft], by=None)
        number = Event.objects.filter(about=f"alert:{alert.pk}").latest("number").number
        told.append({"committed": committed[0], "number": number})
        if withdraw:
            withdraw_alert(alert, by=None)
        time.sleep(pause)
    return told


def withdraw_all() -> int:
    """Take back every alert that stands; returns how many that were."""
    standing = list(Alert.objects.filter(withdrawn_at=None, expired_at=None))
    for alert in standing:
        withdraw_alert(alert, by=None)
    return len(standing)


def schedule_stories(*, count: int, first: float, apart: float) -> dict[str, float]:
    """Schedule new stories, the first in `first` seconds, the others `apart`; when each is due, by its key."""
    found = {}
    start = timezone.now() + timedelta(seconds=first)
    for number in range(count):
        story = _new_story()
        due = start + timedelta(seconds=apart * number)
        story.go_live_at = due
        story.save_revision(clean=False).publish(skip_permission_checks=True)
        found[str(story.pk)] = due.timestamp()
    return found


def printed_after(*, due: dict[str, float]) -> list[float]:
    """How long after its hour each story's page was in the store."""
    late = []
    for pk, moment in due.items():
        path = Address.objects.get(page_id=int(pk), current=True).path
        late.append(Path(store().stat_file(path)).stat().st_mtime - moment)
    return late


def desk_ids() -> dict[str, int]:
    """Keys of what the desk's lists and forms are asked for."""
    edition = editions().editions["en"]
    newest = streams.newest([f"edition:{edition.id}"], 1)[f"edition:{edition.id}"][0]
    story = Story.objects.get(pk=newest)
    assert story.section_id
    return {
        "edition": edition.id,
        "section": story.section_id,
        "shelf": story.get_parent().pk,
        "story": newest,
        "stories": Story.objects.count(),
    }


def shows(*, story: int, text: str) -> bool:
    """Whether the printed page of a story has this text in it."""
    path = Address.objects.filter(page_id=story, current=True).values_list("path", flat=True).first()
    kept = store().read(path) if path else None
    return kept is not None and text in kept.body.decode()


def rehearse(*, count: int = 2) -> float:
    """Warm everything up once: templates, shells, statements."""
    publish_edit(count=count)
    return median(each["wall"] for each in publish_new(count=count))


# ── Listening ──


def voice_times(*, language: str, rounds: int) -> dict[str, Any]:
    """Processor seconds of a voice, of measuring loudness and of encoding, medians, for `seconds` of sound.

    The text is the demo's longest stories of a language, about four minutes of them.
    """
    import json
    import resource
    import tempfile

    from dateline.demo.build import TEXTS
    from dateline.newsroom.listen.engine import Engine
    from dateline.newsroom.listen.script import script_of
    from dateline.newsroom.listen.sound import encode, loudness
    from dateline.newsroom.listen.voices import find_voice
    from tests.bench.machine import cpu_seconds

    stories = [json.loads(line) for line in (TEXTS / f"{language}.jsonl").read_text("utf-8").splitlines() if line]
    longest = max(stories, key=lambda story: len(story["body"]))
    voice = find_voice(language)
    assert voice
    script = script_of(longest["headline"], "", [{"type": "text", "value": longest["body"]}], language)
    engine = Engine(voice.engine)
    spent: dict[str, list[float]] = {"voice": [], "loudness": [], "encoding": []}

    def children() -> float:
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        return used.ru_utime + used.ru_stime

    with tempfile.TemporaryDirectory() as folder:
        engine.speak(voice, script[:2], Path(folder) / "warm.pcm")
        process = engine._process
        assert process
        for _round in range(rounds):
            begun = cpu_seconds(process.pid)
            sound = engine.speak(voice, script, Path(folder) / "sound.pcm")
            spent["voice"].append(cpu_seconds(process.pid) - begun)
            begun = children()
            loudness(sound)
            spent["loudness"].append(children() - begun)
            begun = children()
            made = encode(sound, Path(folder), title="A story", artist="Bench")
            # Encoding measures the loudness itself.
            spent["encoding"].append(children() - begun - spent["loudness"][-1])
        found = {
            "name": voice.label,
            "words": sum(sentence.text.count(" ") + 1 for sentence in script),
            "seconds": made.milliseconds / 1000,
            "opus": made.opus.stat().st_size,
            "mp3": made.mp3.stat().st_size,
        }
    engine.close()
    return found | {name: median(values) for name, values in spent.items()}


FUNCTIONS: dict[str, Callable[..., Any]] = {
    function.__name__: function
    for function in (
        tell_readers,
        withdraw_all,
        schedule_stories,
        printed_after,
        places,
        newest_paths,
        body_of,
        print_times,
        reprint,
        publish_new,
        publish_edit,
        profile_publish,
        printed_by,
        desk_ids,
        shows,
        rehearse,
        voice_times,
    )
}
