"""Making one topic of two: the stories of one are filed under the other, and its address leads there.

The editor's request writes only that it is so, and opening a revision heeds that from then on. The worker moves the
stories, some hundred at a time: what it has not yet come to is filed and found as before.
"""

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext
from django_tasks import task
from wagtail.log_actions import log

from dateline.newsroom.stories import streams
from dateline.newsroom.stories.extensions import additions
from dateline.newsroom.stories.models import FormerPath, MergedTopic, Story, Stream, StreamEntry, Topic
from dateline.press.outbox import announce

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

#: Stories moved in one transaction.
BATCH = 200


class MergeError(Exception):
    """Two topics that cannot be made one; the message is for the editor."""


def merge_topic(source: Topic, target: Topic, *, by: "AbstractBaseUser | None") -> None:
    """Make `source` a part of `target`. It is done when the worker has moved its stories.

    Raises:
        MergeError: they are the same, or of two editions, or `target` is itself being merged.
    """
    if source.pk == target.pk:
        raise MergeError(gettext("This is the topic itself. Choose the one that its stories go to."))
    if source.edition_id != target.edition_id:
        raise MergeError(gettext("Choose a topic of the same edition."))
    with transaction.atomic():
        if MergedTopic.objects.filter(old=target.pk).exists():
            raise MergeError(gettext("That topic is being merged into another one itself. Choose that one."))
        if not MergedTopic.objects.get_or_create(old=source.pk, defaults={"into": target})[1]:
            raise MergeError(gettext("This topic is being merged already. The worker is moving its stories."))
        MergedTopic.objects.filter(into=source).update(into=target)
        log(instance=target, action="dateline.merge", user=by, data={"name": source.name})
        transaction.on_commit(lambda: move_stories.enqueue(source.pk))


@task()
def move_stories(pk: int) -> None:
    """Move the stories of a topic that was merged. Interrupted and called again, it goes on."""
    source = Topic.objects.filter(pk=pk).select_related("edition").first()
    merged = MergedTopic.objects.filter(old=pk).select_related("into").first()
    if source is None or merged is None:
        return
    while _move_some(source, merged.into):
        merged.refresh_from_db()  # it may itself have been merged meanwhile
    _close(source, merged.into)


@transaction.atomic
def _move_some(source: Topic, target: Topic) -> int:
    filed = Story.topics.through.objects
    old, new = f"topic:{source.pk}", f"topic:{target.pk}"
    ids = list(filed.filter(topic=source).order_by("story_id").values_list("story_id", flat=True)[:BATCH])
    there = set(filed.filter(topic=target, story__in=ids).values_list("story_id", flat=True))
    filed.filter(topic=source, story__in=ids).delete()
    filed.bulk_create(Story.topics.through(story_id=story, topic_id=target.pk) for story in ids if story not in there)
    changed = {f"story:{story}" for story in ids} | {f"list:{new}"}
    leaving = list(StreamEntry.objects.filter(stream__key=old, story__in=ids))
    changed |= {part for entry in leaving for part in (f"list:{old}", f"list:{old}/{entry.page}")}
    StreamEntry.objects.filter(pk__in=[entry.pk for entry in leaving]).delete()
    stream = Stream.objects.get_or_create(key=new)[0]
    on = set(StreamEntry.objects.filter(stream=stream, story__in=ids).values_list("story_id", flat=True))
    # On the newest page until all are there and the pages are numbered anew.
    page = streams.last_page(new) or 1
    StreamEntry.objects.bulk_create(
        StreamEntry(stream=stream, story_id=entry.story_id, published=entry.published, page=page)
        for entry in leaving
        if entry.story_id not in on
    )
    changed.add(f"list:{new}/{page}")
    stories = list(Story.objects.filter(pk__in=ids).select_related("section"))
    for addition in additions():
        changed |= addition.settled(stories)
    if ids:
        announce(changed)
    return len(ids)


@transaction.atomic
def _close(source: Topic, target: Topic) -> None:
    """Number the pages, lead the old address on, keep the old name, and let the old topic go."""
    new = f"topic:{target.pk}"
    changed = {f"topic:{source.pk}", f"list:{new}", *streams.repaginate(new)}
    FormerPath.objects.filter(kind="topic", term=source.pk).update(term=target.pk)
    FormerPath.objects.update_or_create(path=source.front, defaults={"kind": "topic", "term": target.pk})
    target = Topic.objects.get(pk=target.pk)
    names = {name.casefold() for name in (target.name, *target.others)}
    more = [name for name in (source.name, *source.others) if name.casefold() not in names]
    target.other_names = "\n".join([*target.others, *dict.fromkeys(more)])
    target.about = target.about or source.about
    target.picture = target.picture or source.picture
    Stream.objects.filter(key=f"topic:{source.pk}").delete()
    front = source.front
    source.delete()
    target.save()
    announce(changed, print_now=[front])


def as_filed_now(content: Any) -> Any:
    """A revision's content with topics that have become part of another replaced by that."""
    topics = content.get("topics") if isinstance(content, dict) else None
    if not topics or not (moved := MergedTopic.now(topics)):
        return content
    return {**content, "topics": list(dict.fromkeys(moved.get(pk, pk) for pk in topics))}
