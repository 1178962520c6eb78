"""Every write of a story. Each leaves addresses, streams, tree and outbox agreeing with the story itself."""

import re
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.html import strip_tags
from django.utils.translation import gettext, override
from wagtail.log_actions import log

from dateline.newsroom.clips.actions import withhold
from dateline.newsroom.clips.models import Clip
from dateline.newsroom.editions.addresses import Address
from dateline.newsroom.editions.drawing import newest_path, ticker_path
from dateline.newsroom.editions.models import Section
from dateline.newsroom.editions.shell import EditionNode, SectionNode, editions
from dateline.newsroom.stories import paths, streams
from dateline.newsroom.stories.correcting import notes_of_gone, settle_notes, tell_moments
from dateline.newsroom.stories.extensions import additions, extensions
from dateline.newsroom.stories.keeping import content_digest, keep_replaced
from dateline.newsroom.stories.models import Byline, Coverage, Person, Said, Series, Shelf, Story, Topic, Withdrawal
from dateline.newsroom.stories.tasks import draw_charts, renumber
from dateline.press.events import record_event
from dateline.press.outbox import announce
from dateline.theme import components

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser
    from wagtail.models import Revision

_WORD = re.compile(r"\w+(?:['’\-]\w+)*")


class StoryError(Exception):
    """A write that cannot be done; the message is for the editor."""


def hold_for_embargo(revision: "Revision") -> None:
    """A revision under embargo goes out when that ends, not before."""
    # Read from the content itself: making the page of it again would cost ten queries.
    embargo, go_live_at = (_moment(revision.content.get(name)) for name in ("embargo", "go_live_at"))
    if embargo and embargo > timezone.now() and (not go_live_at or go_live_at < embargo):
        revision.content["go_live_at"] = embargo.isoformat().replace("+00:00", "Z")
        revision.save(update_fields=["content"])


def _moment(value: datetime | str | None) -> datetime | None:
    """A time in a revision's content: text once it was read from the database, a datetime before."""
    return parse_datetime(value) if isinstance(value, str) else value


def keep_embargo(story: Story) -> None:
    """However a story is published, its embargo holds.

    Raises:
        StoryError: the story would go out before its embargo ends.
    """
    early = story.live and story.embargo and story.embargo > timezone.now()
    if early and not Story.objects.filter(pk=story.pk, live=True).exists():
        raise StoryError(gettext("This story is under embargo. Schedule it for when that ends."))


def stream_keys(story: Story, edition: EditionNode) -> set[str]:
    """Every list a published story is on."""
    keys = {f"edition:{edition.id}", f"form:{edition.id}:{story.form}"}
    section = edition.section(story.section_id)
    while section:
        keys.add(f"section:{section.id}")
        section = edition.section(section.parent)
    keys |= {
        f"region:{pk}" for pk in Story.regions.through.objects.filter(story=story).values_list("region_id", flat=True)
    }
    keys |= {
        f"topic:{pk}" for pk in Story.topics.through.objects.filter(story=story).values_list("topic_id", flat=True)
    }
    coverages = Story.coverages.through.objects.filter(story=story)
    keys |= {f"coverage:{pk}" for pk in coverages.values_list("coverage_id", flat=True)}
    if story.series_id:
        keys.add(f"series:{story.series_id}")
    keys |= {f"person:{pk}" for pk in Byline.objects.filter(story=story).values_list("person_id", flat=True)}
    return keys


def settle_story(pk: int, *, withdrawn: bool = False, before: Said | None = None) -> Story | None:
    """Make everything that is derived from a story agree with it, and announce what changed; returns it as it now is.

    Runs inside the transaction of the write it follows. It reads the story from its row, so calling it twice does no
    harm. None where the story's edition is not on air. `before` is what its row said before that write.
    """
    story: Story = Story.objects.select_related("section").get(pk=pk)
    edition = editions().by_id.get(story.edition_id)
    if edition is None:
        return None  # the edition's own publishing settles its stories
    section = edition.section(story.section_id)
    noted = settle_notes([story], edition, public=bool(story.live and section))
    keep_replaced(story, before, noted.new)
    if withdrawn and story.withdrawn_at:
        tell_moments(edition, [story.withdrawn_at], noted)
    if story.live:
        _set_times(story, corrected=bool(noted.new))
    public = story.is_public and section is not None
    addresses = dict(Address.objects.filter(page_id=pk).values_list("path", "current"))
    was = set(addresses)
    now_at = _give_address(story, edition, section) if public and section else None
    if public:
        _file_story(story)
    entries = dict(story.entries.values_list("stream__key", "published"))
    on_before = set(entries)
    keys = stream_keys(story, edition) if public else set()
    changed = noted.ingredients.union({f"story:{pk}"}, *(addition.settled([story]) for addition in additions()))
    mind_clip(story, shown=story.clip_id if public else None)
    changed |= streams.place(pk, story.published or timezone.now(), keys)
    if keys != on_before or set(entries.values()) != {story.published}:
        dates = (story.published if keys else None, *set(entries.values()))
        changed |= streams.days(on_before | keys, edition.voice.zone, *dates)
    for key in streams.overfull(pk):
        renumber.enqueue(key)
    if public and story.series_id:
        changed |= {f"episodes:{beside.pk}" for beside in neighbours(story) if beside}
    # An address it had before may be the one it has again.
    if bool(on_before) != bool(keys) or (now_at and not addresses.get(now_at)):
        changed.add(f"group:{story.translation_key}")
    now = [*fronts_of(edition, on_before | keys), *paths.sitemaps_of(edition, changed), *noted.print_now]
    if f"group:{story.translation_key}" in changed:
        now += _sisters(story)
    deep = {f"story:{pk}"} if withdrawn else set()
    now = [*sorted(was | ({now_at} if now_at else set())), *now]
    announce(changed, print_now=now, deep=deep, withdrawn=withdrawn)
    if now_at and not on_before:
        if extension := extensions().get(story.form):
            extension.published(story)
        _tell_readers(story, edition, now_at)
    elif on_before and not keys:
        _tell_gone(story, edition)
    return story


def _tell_readers(story: Story, edition: EditionNode, path: str) -> None:
    """Open pages hear of a story when it first goes out. Told after its change, so it is printed before they come."""
    with override(edition.code):
        latest = components.Latest(story.pk, path, story.title)
        html = render_to_string("theme/parts/latest.html", {"latest": latest}).strip()
    data = {"id": story.pk, "path": path, "headline": story.headline, "form": story.form, "html": html}
    record_event(edition.slug, "story.published", data, about=f"story:{story.pk}")


def _tell_gone(story: Story, edition: EditionNode) -> None:
    record_event(edition.slug, "story.withdrawn", {"id": story.pk}, about=f"story:{story.pk}")


def fronts_of(edition: EditionNode, keys: set[str]) -> list[str]:
    """The fronts, feeds and islands that lead to these streams, home first."""
    home = edition.home
    found = [home, f"{home}rss.xml", f"{home}sitemap-news.xml", newest_path(edition), ticker_path(edition)]
    ids: dict[str, list[int]] = {}
    for key in sorted(keys):
        kind, _, rest = key.partition(":")
        if kind not in {"edition", "form"}:
            ids.setdefault(kind, []).append(int(rest))
    for pk in ids.get("section", []):
        node = edition.section(pk)
        found += [node.path, f"{node.path}rss.xml"] if node else []
    found += [
        paths.region_path(edition, edition.regions[pk][0]) for pk in ids.get("region", []) if pk in edition.regions
    ]
    for kind, model, path in (
        ("topic", Topic, paths.topic_path),
        ("coverage", Coverage, paths.coverage_path),
        ("series", Series, paths.series_path),
        ("person", Person, paths.author_path),
    ):
        if kind in ids:
            found += [
                path(edition, slug) for slug in model.objects.filter(pk__in=ids[kind]).values_list("slug", flat=True)
            ]
    return found


def withdraw_story(story: Story, *, by: "AbstractBaseUser | None", reason: str, at: datetime | None = None) -> None:
    """Take a published story back: every part of the site stops handing it out, and a dated notice stands in its place.

    Args:
        at: since when, for one that comes from elsewhere; now without it.

    Raises:
        StoryError: the story is not public, or no reason is given.
    """
    reason = reason.strip()
    if not reason:
        raise StoryError(gettext("Say why the story is withdrawn: the notice tells readers."))
    if not story.is_public:
        raise StoryError(gettext("Only a published story can be withdrawn."))
    with transaction.atomic():
        story = Story.objects.select_for_update(of=("self",)).get(pk=story.pk)
        story.withdrawn_at = at or timezone.now()
        story.withdrawn_reason = reason
        story.live = False
        story.has_unpublished_changes = True
        fields = ["withdrawn_at", "withdrawn_reason", "live", "has_unpublished_changes"]
        story.save(update_fields=fields, settle=False)
        story.revisions.update(approved_go_live_at=None)
        path = Address.objects.filter(page_id=story.pk, current=True).values_list("path", flat=True).first()
        Withdrawal.objects.create(
            edition_id=story.edition_id,
            uri=story.uri,
            headline=story.title,
            path=path or "",
            reason=reason,
            at=story.withdrawn_at,
            by=str(by or ""),
        )
        log(instance=story, action="dateline.withdraw", user=by, data={"reason": reason})
        settle_story(story.pk, withdrawn=True)


def change_section(story: Story, section: Section) -> None:
    """File a story under another section; its old address leads to the new one."""
    with transaction.atomic():
        Story.objects.filter(pk=story.pk).update(section=section)
        revision = story.latest_revision
        if revision:
            revision.content["section"] = section.pk
            revision.save(update_fields=["content"])
        settle_story(story.pk)


def forget_story(instance: Story, **_signal: Any) -> None:
    """Before a story is deleted, in the transaction of that: it leaves its lists, its addresses say that it is gone."""
    story = instance
    edition = editions().by_id.get(story.edition_id)
    if edition is None:
        return
    entries = list(story.entries.select_related("stream"))
    keys = {entry.stream.key for entry in entries}
    changed = {f"story:{story.pk}", f"group:{story.translation_key}"}
    changed |= {f"list:{key}" for key in keys} | {f"list:{e.stream.key}/{e.page}" for e in entries}
    for entry in entries:
        changed |= streams.neighbours(entry.stream.key, entry)
    changed |= streams.days(keys, edition.voice.zone, *{entry.published for entry in entries})
    noted = notes_of_gone(story, edition)
    changed |= noted.ingredients
    now = [*Address.objects.filter(page_id=story.pk).values_list("path", flat=True), *noted.print_now]
    now += paths.sitemaps_of(edition, changed)
    now += [*fronts_of(edition, keys), *_sisters(story)]
    announce(changed, print_now=now, deep=[f"story:{story.pk}"], withdrawn=True)
    if keys:
        _tell_gone(story, edition)
    Address.objects.filter(page_id=story.pk).update(current=False)
    mind_clip(story, shown=None)


def draw_ahead(instance: "Revision", **_signal: Any) -> None:
    """When a draft is saved: the worker draws its charts, so that publishing need not wait for that."""
    body = instance.content.get("body") if isinstance(instance.content, dict) else ""
    if isinstance(body, str) and '"type": "chart"' in body:
        draw_charts.enqueue(instance.pk)


def shelf_for(section: Section, moment: datetime) -> Shelf:
    """The section's shelf for a month (UTC), made when it is first needed."""
    month = f"{moment:%Y-%m}"
    shelf = Shelf.objects.child_of(section).filter(slug=month).first()
    if shelf is None:
        shelf = section.add_child(instance=Shelf(title=month, slug=month, locale=section.locale))
    return shelf


def _file_story(story: Story) -> None:
    """Hang a story under its section. It keeps its month: only another section moves it."""
    parent = story.get_parent()
    if story.section is None or (
        parent and parent.path.startswith(story.section.path) and parent.depth == story.section.depth + 1
    ):
        return
    shelf = shelf_for(story.section, story.published or timezone.now())
    story.move(shelf, pos="last-child")


def _set_times(story: Story, *, corrected: bool) -> None:
    """When it first went out, and when readers are told that it changed. That it was wrong is never a minor change."""
    now = timezone.now()
    digest = content_digest(story)
    if story.published is None:
        story.published = now
    elif story.digest and not story.withdrawn_at and (corrected or (story.digest != digest and not story.minor_change)):
        story.updated = now
    story.digest = digest
    story.words, story.frames = count_words(story), count_frames(story)
    _fit_clip(story)
    story.minor_change = False
    story.withdrawn_at = None
    story.withdrawn_reason = ""
    Story.objects.filter(pk=story.pk).update(
        published=story.published,
        updated=story.updated,
        digest=digest,
        words=story.words,
        frames=story.frames,
        seconds=story.seconds,
        lead_picture_id=story.lead_picture_id,
        minor_change=False,
        withdrawn_at=None,
        withdrawn_reason="",
    )


def _fit_clip(story: Story) -> None:
    """How long its clip is, and a frame of it where the story has no picture of its own."""
    clip = story.clip
    story.seconds = round(clip.milliseconds / 1000) if clip and clip.ready else 0
    if clip and clip.poster_id and not story.lead_picture_id:
        story.lead_picture_id = clip.poster_id


def fit_clip(clip: Clip) -> None:
    """After a clip became ready, in the transaction of that: the stories that wait for it show it."""
    for pk in Story.objects.filter(clip=clip, live=True).order_by("pk").values_list("pk", flat=True)[:500]:
        settle_story(pk)


def lose_clip(instance: Clip, **_signal: Any) -> None:
    """Before a clip is deleted, in the transaction of that."""
    stories = Story.objects.filter(clip=instance)
    ids = list(stories.values_list("pk", flat=True))
    if ids:
        stories.update(clip=None, seconds=0, shown_clip=None)
        announce({f"story:{pk}" for pk in ids})


def mind_clip(story: Story, *, shown: int | None) -> None:
    """Let readers fetch the clip that the story shows, and nobody one that no public story shows any more."""
    before = story.shown_clip
    if before == shown:
        return
    Story.objects.filter(pk=story.pk).update(shown_clip=shown)
    story.shown_clip = shown
    gone = before and not Story.objects.filter(shown_clip=before).exclude(pk=story.pk).exists()
    withhold([before] if before and gone else [], show=[shown] if shown else [])


def neighbours(story: Story) -> tuple[Story | None, Story | None]:
    """The public episodes before and after this one in its series (index story_by_series)."""
    rows = Story.objects.filter(series_id=story.series_id, live=True, withdrawn_at=None).exclude(pk=story.pk)
    if story.episode is not None:
        before = rows.filter(episode__lt=story.episode).order_by("-episode", "-published")
        after = rows.filter(episode__gt=story.episode).order_by("episode", "published")
    else:
        rows = rows.filter(episode=None)
        before = rows.filter(published__lt=story.published).order_by("-published", "-pk")
        after = rows.filter(published__gt=story.published).order_by("published", "pk")
    return before.only("pk").first(), after.only("pk").first()


def count_words(story: Story) -> int:
    text = " ".join(
        strip_tags(str(block.render())) if block.block_type == "text" else _plain(block) for block in story.body
    )
    return len(_WORD.findall(text))


def count_frames(story: Story) -> int:
    return sum(len(block.value["pictures"]) for block in story.body if block.block_type == "gallery")


def _plain(block: Any) -> str:
    if block.block_type in {"heading", "pull_quote"}:
        return str(block.value["text"])
    if block.block_type == "quote":
        return strip_tags(str(block.value["text"].source))
    return ""


def _give_address(story: Story, edition: EditionNode, section: SectionNode) -> str:
    """Make the story's current path its address. A path that was ever another page's gets a number at its end."""
    if story.published is None:
        raise ValidationError(gettext("A story without a time of publication has no address."))
    for number in range(1, 1000):
        slug = story.slug if number == 1 else f"{story.slug}-{number}"
        path = paths.story_path(edition, section, story.published, slug)
        known = Address.objects.filter(path=path).first()
        if known is None or known.page_id == story.pk:
            break
    if known and known.current:
        return path
    Address.objects.filter(page_id=story.pk, current=True).update(current=False)
    if known:
        Address.objects.filter(pk=known.pk).update(current=True)
    else:
        Address.objects.create(path=path, page_id=story.pk, current=True)
    return path


def _sisters(story: Story) -> list[str]:
    """Current paths of the story's published translations: they link to each other."""
    sisters = Story.objects.filter(translation_key=story.translation_key, live=True).exclude(pk=story.pk)
    return list(
        Address.objects.filter(current=True, page_id__in=list(sisters.values_list("pk", flat=True)[:50])).values_list(
            "path", flat=True
        )
    )
