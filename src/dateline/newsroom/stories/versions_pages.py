"""The versions of a story: their list, and two of them side by side, for readers and for the desk."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dateline.newsroom.editions.shell import EditionNode, languages
from dateline.newsroom.editions.voice import Voice
from dateline.newsroom.stories.comparing import Row, compare, compare_line
from dateline.newsroom.stories.models import Story
from dateline.newsroom.stories.versions import REASONS, Parts, PublishedVersion, parts_of, unpacked
from dateline.theme import components as c

#: Versions that are listed, the newest.
MOST = 200

#: Paragraphs that stay unchanged beside one that changed, and how many more are worth a line that counts them.
BESIDE, SKIPPED = 1, 2


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a story that is or was public. `since` is when it went out; `why` and `by` whom, if it replaced one.
    The last one is what readers have now."""

    number: int
    since: datetime | None
    why: str = ""
    by: str = ""


def versions_of(story: Story) -> tuple[Version, ...]:
    """All versions, oldest first, without their texts; one query."""
    rows = PublishedVersion.objects.filter(story=story).order_by("pk").values_list("at", "why", "by")
    found = [Version(1, story.published)]
    found += [Version(number, at, why, by) for number, (at, why, by) in enumerate(rows, 2)]
    return tuple(found)


def two_texts(story: Story, numbers: tuple[int, int]) -> list[tuple[str, str, Parts]] | None:
    """Headline, standfirst and parts of two versions; None where there is none of such a number."""
    rows = PublishedVersion.objects.filter(story=story).order_by("pk")
    count = rows.count()
    found: list[tuple[str, str, Parts]] = []
    for number in numbers:
        if number == count + 1:
            found.append((story.headline, story.standfirst, parts_of(story.body.raw_data)))
        elif 1 <= number <= count:
            row = rows[number - 1]
            found.append((row.headline, row.standfirst, unpacked(row.text)))
        else:
            return None
    return found


def compared(story: Story, numbers: tuple[int, int], voice: Voice) -> tuple[c.ComparedRow, ...] | None:
    """Two versions side by side; None where there is none of such a number."""
    texts = two_texts(story, numbers)
    if texts is None:
        return None
    old, new = texts
    rows = [_row(compare_line(old[0], new[0]), "head")]
    if old[1] or new[1]:
        rows.append(_row(compare_line(old[1], new[1]), "stand"))
    body = compare([text for _kind, text in old[2]], [text for _kind, text in new[2]])
    return (*rows, *_shortened(body, voice))


def _row(row: Row, kind: str = "") -> c.ComparedRow:
    sides = [tuple(c.Change(piece.text, piece.change) for piece in side) for side in (row.old, row.new)]
    return c.ComparedRow(sides[0], sides[1], row.same, kind)


def _shortened(rows: Sequence[Row], voice: Voice) -> Iterator[c.ComparedRow]:
    """The rows, with a line in place of many that are the same."""
    for same, group in groupby(enumerate(rows), lambda one: one[1].same):
        run = list(group)
        if not same:
            yield from (_row(row) for _at, row in run)
            continue
        first = BESIDE if run[0][0] > 0 else 0
        last = BESIDE if run[-1][0] < len(rows) - 1 else 0
        hidden = len(run) - first - last
        if hidden < SKIPPED:
            yield from (_row(row) for _at, row in run)
            continue
        yield from (_row(row) for _at, row in run[:first])
        text = ngettext("%(number)s paragraph is the same", "%(number)s paragraphs are the same", hidden)
        yield c.ComparedRow(skipped=text % {"number": voice.number(hidden)})
        yield from (_row(row) for _at, row in run[len(run) - last :])


def reason_label(why: str) -> str:
    return str(dict(REASONS).get(why, "")) if why else ""


def name_of(number: int, voice: Voice) -> str:
    return _("Version %(number)s") % {"number": voice.number(number)}


def versions_view(story: Story, edition: EditionNode, url: str) -> c.VersionsView | None:
    """The list of a story's versions, newest first; None for a story that has but one. `url` is the story's."""
    found = versions_of(story)
    if len(found) < 2:
        return None
    newest = found[-1].number
    lines = []
    for version in reversed(found[-MOST:]):
        before = version.number - 1
        pairs = [(before, version.number, _("Compare with the one before"))] if before else []
        if newest not in (version.number, version.number + 1):
            pairs.append((version.number, newest, _("Compare with the newest")))
        links = tuple(c.Link(said, f"{url}versions/{one}-{other}/") for one, other, said in pairs)
        since = edition.voice.moment(version.since) if version.since else None
        label = reason_label(version.why) or _("First published")
        lines.append(c.VersionLine(name_of(version.number, edition.voice), since, label, links))
    heading = _("Versions of this story")
    return c.VersionsView(
        _head(story, edition, f"{url}versions/", heading), edition.shell, heading, _to(story, url), tuple(lines)
    )


def compare_view(story: Story, edition: EditionNode, url: str, numbers: tuple[int, int]) -> c.CompareView | None:
    """Two versions of a story side by side; None where there are no such two. `url` is the story's."""
    one, other = numbers
    rows = compared(story, numbers, edition.voice) if one < other else None
    if rows is None:
        return None
    found = versions_of(story)
    since = [found[number - 1].since for number in numbers]
    heading = _("What changed")
    return c.CompareView(
        head=_head(story, edition, f"{url}versions/{one}-{other}/", heading),
        shell=edition.shell,
        heading=heading,
        story=_to(story, url),
        every=c.Link(_("All versions"), f"{url}versions/"),
        old=name_of(one, edition.voice),
        new=name_of(other, edition.voice),
        old_time=edition.voice.moment(since[0]) if since[0] else None,
        new_time=edition.voice.moment(since[1]) if since[1] else None,
        rows=rows,
    )


def versions_paths(story: Story, url: str) -> Iterator[str]:
    """The pages of a story's versions that its list leads to."""
    numbers = [version.number for version in versions_of(story)]
    if len(numbers) < 2:
        return
    yield f"{url}versions/"
    newest = numbers[-1]
    for number in numbers[-MOST:]:
        if number > 1:
            yield f"{url}versions/{number - 1}-{number}/"
        if number < newest - 1:
            yield f"{url}versions/{number}-{newest}/"


def _to(story: Story, url: str) -> c.Link:
    return c.Link(story.headline, url)


def _head(story: Story, edition: EditionNode, path: str, heading: str) -> c.Head:
    return c.Head(
        title=f"{heading}: {story.title} | {edition.name}",
        canonical=settings.BASE_URL + path,
        languages=languages(edition, {}),
        robots="noindex",
    )
