"""Taking in newsroom folders. A bad line is reported and left out; everything else goes in."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models.signals import post_save
from django.utils import timezone
from modelsearch.backends import get_search_backend
from modelsearch.signal_handlers import post_save_signal_handler
from wagtail.signal_handlers import disable_reference_index_auto_update

from dateline.newsroom.editions.models import Edition
from dateline.newsroom.editions.shell import forget_shells
from dateline.newsroom.stories.actions import StoryError, withdraw_story
from dateline.newsroom.stories.bulk import Settled, paginate, settle_many
from dateline.newsroom.stories.models import Story
from dateline.newsroom.stories.translations import announce_groups
from dateline.press.outbox import announce, gathered
from dateline.wire.alerts import take_alerts
from dateline.wire.aloud import take_narrators
from dateline.wire.channels import take_channels
from dateline.wire.clips import ClipIntake
from dateline.wire.dossiers import write_dossiers
from dateline.wire.front_blocks import write_fronts
from dateline.wire.imagefiles import MediaError
from dateline.wire.intake import Intake, IntakeError
from dateline.wire.items import Item
from dateline.wire.lines import Line, read_lines
from dateline.wire.newsroom_toml import read_newsroom
from dateline.wire.ninjs import ItemError, read_item
from dateline.wire.pictures import PictureIntake
from dateline.wire.redirects import OldAddress, take_old_addresses
from dateline.wire.toml_entries import NewsroomToml
from dateline.wire.trackers import file_trackers, take_trackers
from dateline.wire.tree import write_newsroom
from dateline.wire.updates import take_live

#: Lines that are looked up, made and settled together.
BATCH = 100


class Problem(NamedTuple):
    """Something that was left out or made harmless: where, and what."""

    file: str
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.file}{f':{self.line}' if self.line else ''}: {self.reason}"


@dataclass
class Report:
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    withdrawn: int = 0
    seconds: float = 0.0
    checked_only: bool = False
    problems: list[Problem] = field(default_factory=list)

    def say(self, file: Path | str, line: int, reason: str) -> None:
        self.problems.append(Problem(str(file), line, reason))

    @property
    def stories(self) -> int:
        return self.created + self.updated + self.unchanged + self.withdrawn

    def summary(self) -> str:
        verb = "would be" if self.checked_only else "were"
        return (
            f"{self.stories} stories: {self.created} {verb} made, {self.updated} updated, {self.unchanged} unchanged,"
            f" {self.withdrawn} withdrawn; {len(self.problems)} problems; {self.seconds:.1f} s"
        )

    def as_dict(self) -> dict[str, Any]:
        return {
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "withdrawn": self.withdrawn,
            "seconds": round(self.seconds, 3),
            "problems": [problem._asdict() for problem in self.problems],
        }


class _CheckedOnly(Exception):
    """Ends a `--check`: what was written is rolled back."""


def import_paths(paths: list[Path], *, check: bool = False, progress: Callable[[str], None] = lambda _: None) -> Report:
    """Take in newsroom folders, newsroom.toml files and JSON Lines of ninjs.

    Each path is read in order: tree first, then stories. With `check` everything is tried in one transaction that is
    rolled back, and no file is written.
    """
    report = Report(checked_only=check)
    start = time.monotonic()
    if check:
        try:
            with transaction.atomic():
                _run(paths, report, progress)
                raise _CheckedOnly
        except _CheckedOnly:
            pass
        finally:
            forget_shells()
    else:
        _run(paths, report, progress)
    report.seconds = time.monotonic() - start
    return report


def _run(paths: list[Path], report: Report, progress: Callable[[str], None]) -> None:
    for path in paths:
        root = path if path.is_dir() else path.parent
        with gathered():
            newsroom = _read_tree(path, root, report)
        if report.checked_only:
            forget_shells()  # the tree is rolled back in the end: nothing is announced that would renew them
        story_files = _story_files(path)
        if newsroom is not None:
            # Before stories, whose bodies may name them.
            with gathered():
                take_trackers(newsroom, partial(report.say, _tree_file(path) or path, 0))
        if story_files and not Edition.objects.exists():
            report.problems.append(Problem(str(path), 0, "there is no edition yet; import a newsroom.toml first"))
            continue
        settled = Settled()
        pictures = _pictures(root, newsroom, report)
        clips = ClipIntake(pictures, told=newsroom.clips if newsroom else ())
        intake = Intake(pictures, clips)
        with gathered(), ExitStack() as stack:
            stack.enter_context(disable_reference_index_auto_update())
            stack.enter_context(_indexed_in_bulk())
            with transaction.atomic():
                clips.take_all(partial(report.say, _tree_file(path) or path, 0))
            for file in story_files:
                _read_stories(file, intake, report, settled, progress)
            take_old_addresses(
                intake.old_addresses,
                lambda old, why: report.say(old.file, old.line, f"altIds[role=redirect]: {old.value!r} {why}"),
            )
            take_live(root, intake.pictures, report.say)
            if newsroom is not None:
                say = partial(report.say, _tree_file(path) or path, 0)
                write_dossiers(newsroom, say)
                write_fronts(newsroom, say)
                file_trackers(newsroom, say)
                take_narrators(newsroom, partial(report.say, _tree_file(path) or path, 0))
                take_channels(newsroom, intake.pictures, partial(report.say, _tree_file(path) or path, 0))
                take_alerts(newsroom, partial(report.say, _tree_file(path) or path, 0))
            progress("Numbering the pages of lists")
            with transaction.atomic():
                paginate(settled)
                if settled.ingredients:
                    announce(settled.ingredients, print_now=sorted(settled.print_now))


@contextmanager
def _indexed_in_bulk() -> Iterator[None]:
    """Search learns of stories by the batch; one queued task for each would outlast the import."""
    post_save.disconnect(post_save_signal_handler, sender=Story)
    try:
        yield
    finally:
        post_save.connect(post_save_signal_handler, sender=Story)


def _tree_file(path: Path) -> Path | None:
    file = path / "newsroom.toml" if path.is_dir() else path
    return file if file.suffix == ".toml" and file.exists() else None


def _story_files(path: Path) -> list[Path]:
    if path.is_dir():
        return sorted((path / "stories").glob("*.jsonl"))
    return [path] if path.suffix in {".jsonl", ".ndjson", ".json"} else []


def _pictures(root: Path, newsroom: NewsroomToml | None, report: Report) -> PictureIntake:
    told = newsroom.pictures if newsroom else ()
    return PictureIntake(root, told={one.file: one for one in told}, keep_files=not report.checked_only)


def _read_tree(path: Path, root: Path, report: Report) -> NewsroomToml | None:
    file = _tree_file(path)
    if file is None:
        return None
    newsroom, found = read_newsroom(file)
    problems = [str(problem) for problem in found]
    if newsroom is not None:
        write_newsroom(newsroom, _pictures(root, newsroom, report), problems=problems)
    report.problems += [Problem(str(file), 0, problem) for problem in problems]
    return newsroom


def _read_stories(
    file: Path, intake: Intake, report: Report, settled: Settled, progress: Callable[[str], None]
) -> None:
    seen: dict[str, int] = {}
    told = time.monotonic()
    for batch in _batches(read_lines(file)):
        good = []
        for line in batch:
            uri = line.data.get("uri") if isinstance(line.data, dict) else None
            if line.error:
                report.say(file, line.number, line.error)
            elif isinstance(uri, str) and uri in seen:
                report.say(file, line.number, f"uri {uri!r} stands on line {seen[uri]} already; this line was left out")
            else:
                if isinstance(uri, str):
                    seen[uri] = line.number
                good.append(line)
        _take_batch(file, good, intake, report, settled)
        if time.monotonic() - told > 2:
            told = time.monotonic()
            progress(f"{file.name}: {report.stories} stories, {len(report.problems)} problems")


def _batches(lines: Iterator[Line]) -> Iterator[list[Line]]:
    batch: list[Line] = []
    for line in lines:
        batch.append(line)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _take_batch(file: Path, batch: list[Line], intake: Intake, report: Report, settled: Settled) -> None:
    """One transaction for the batch, a savepoint for each line: a story goes in whole or not at all."""
    uris = [line.data["uri"] for line in batch if isinstance(line.data, dict) and isinstance(line.data.get("uri"), str)]
    known = {
        uri: (pk, digest)
        for uri, pk, digest in Story.objects.filter(uri__in=uris).values_list("uri", "pk", "line_digest")
    }
    made: list[tuple[Story, frozenset[str]]] = []
    with intake.pictures.tried(), transaction.atomic():
        for line in batch:
            uri = line.data.get("uri") if isinstance(line.data, dict) else None
            before = known.get(uri) if isinstance(uri, str) else None
            if before and before[1] == line.digest:
                report.unchanged += 1
                continue
            try:
                with intake.tried():
                    story = _take(line, before, intake, report, made)
                for note in intake.notes:
                    report.say(file, line.number, note)
                if story is not None:
                    old = story.kept.get("redirects", ())
                    intake.old_addresses += [OldAddress(value, story.pk, str(file), line.number) for value in old]
            except (ItemError, IntakeError, MediaError, StoryError) as error:
                report.say(file, line.number, str(error))
            except ValidationError as error:
                reason = "; ".join(f"{name}: {' '.join(texts)}" for name, texts in error.message_dict.items())
                report.say(file, line.number, reason)
        intake.close_shelves()
        settle_many(made, settled)
        intake.withdraw_again()
        if made:
            get_search_backend().add_bulk(Story, [story for story, _keys in made])


def _take(
    line: Line,
    before: tuple[int, str] | None,
    intake: Intake,
    report: Report,
    made: list[tuple[Story, frozenset[str]]],
) -> Story | None:
    """Take one line in; returns the story that it made or changed."""
    item = read_item(line.data)
    if before is None:
        notice = intake.notice(item)
        if item.status == "canceled" and not notice:
            report.unchanged += 1
            return None
        story = intake.new_story(item)
        story.line_digest = line.digest
        intake.shelf(story).hang(story)
        keys = intake.file_under(story, item, new=True)
        if notice:
            report.withdrawn += 1
            intake.withdrawn.append((story.pk, notice, item.version_created or timezone.now()))
        else:
            report.created += 1
        if story.is_public:
            made.append((story, keys))
        return story
    story = Story.objects.get(pk=before[0])
    if item.status == "canceled":
        if story.is_public:
            withdraw_story(story, by=None, reason=intake.withdrawal_reason(item))
        Story.objects.filter(pk=story.pk).update(line_digest=line.digest)
        report.withdrawn += 1
        return None
    if intake.is_older(item, story):
        report.unchanged += 1
        return None
    story = _updated(story, item, line, intake)
    report.updated += 1
    return story


def _updated(story: Story, item: Item, line: Line, intake: Intake) -> Story:
    """The story in its newer version. Terms go first: the revision that is published holds them."""
    live, key = story.live, story.translation_key
    intake.file_under(story, item)
    story = Story.objects.get(pk=story.pk)
    intake.fill(story, item)
    story.line_digest = line.digest
    if story.translation_key != key:
        # No revision changes it: it belongs to the page.
        Story.objects.filter(pk=story.pk).update(translation_key=story.translation_key)
        announce_groups([key, story.translation_key])
    revision = story.save_revision(clean=False)
    if item.status == "usable":
        revision.publish(skip_permission_checks=True)
    elif live:
        story.unpublish()
    return story
