"""Reading a story for the checks, keeping answers, and having addresses elsewhere tried."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Page

from dateline.newsroom.editions.addresses import Address
from dateline.newsroom.pictures.models import Picture
from dateline.newsroom.stories.checking.findings import (
    Finding,
    Read,
    Shown,
    findings,
    links_of,
    path_of,
    pictures_of,
)
from dateline.newsroom.stories.checking.models import CheckAnswer, OutsideLink
from dateline.newsroom.stories.checking.tasks import try_links
from dateline.newsroom.stories.source_blocks import sources_from

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser
    from wagtail.models import Revision

    from dateline.newsroom.stories.models import Story

#: An address that was tried is believed for this long.
BELIEVED = timedelta(days=7)

#: Addresses of one draft that are tried.
MOST_LINKS = 60

#: Addresses that are no page's but answer: what every edition has.
_ENDINGS = (".xml", ".html", ".json", ".txt")


def read_story(story: "Story") -> Read:
    """A story as the checks read it, in at most five queries; it need not be saved."""
    body = list(story.body.raw_data)
    sources = sources_from(story.sources.raw_data)
    links = list(links_of(body))
    pages = {link.page for link in links if link.page}
    addresses = [source_url for source in sources for source_url in _addresses(source)]
    own = str(settings.BASE_URL)
    urls = {link.url for link in links if link.url} | set(addresses)
    paths = {path for url in urls if (path := path_of(url, own))}
    pictures = {story.lead_picture_id} | set(pictures_of(body))
    return Read(
        form=story.form,
        language=story.locale.language_code if story.locale_id else "en",
        headline=story.headline,
        standfirst=story.standfirst,
        body=body,
        source=story.source,
        sources=sources,
        pictures=_pictures(pictures - {None}),
        lead=story.lead_picture_id,
        pages=_live(pages),
        paths=_answered(paths),
        dead=_dead(urls - paths),
        own=own,
    )


def _addresses(source: Any) -> list[str]:
    return [url for one in source.chain for url in (one.url, one.archived) if url]


def _pictures(keys: Iterable[Any]) -> dict[int, Shown]:
    rows = Picture.objects.filter(pk__in=list(keys)) if keys else ()
    return {row.pk: Shown(row.title, row.description, row.credit) for row in rows}


def _live(pages: set[int]) -> frozenset[int]:
    return (
        frozenset(Page.objects.filter(pk__in=pages, live=True).values_list("pk", flat=True)) if pages else frozenset()
    )


def _answered(paths: set[str]) -> frozenset[str]:
    """Paths that readers can come to: a page's, now or before, or a list's below one."""
    if not paths:
        return frozenset()
    wanted = {path: f"{path.rstrip('/')}/" for path in paths}
    rows = Address.objects.filter(path__in=[*wanted, *wanted.values()], page__live=True)
    known = set(rows.values_list("path", flat=True))
    lists = {path for path in paths if _is_list(path)}
    return frozenset(lists | {path for path, whole in wanted.items() if path in known or whole in known})


def _is_list(path: str) -> bool:
    """Addresses that are made and are no page's are not looked into."""
    parts = path.strip("/").split("/")
    made = {"topic", "by", "author", "region", "coverage", "series", "live", "listen", "search", "page", "archive"}
    return path == "/" or path.startswith("/media/") or path.endswith(_ENDINGS) or bool(made & set(parts[1:]))


def _digest(url: str) -> str:
    return hashlib.sha256(url.encode()).hexdigest()


def _dead(urls: set[str]) -> frozenset[str]:
    by_digest = {_digest(url): url for url in urls if url.startswith("http")}
    if not by_digest:
        return frozenset()
    rows = OutsideLink.objects.filter(digest__in=list(by_digest), dead=True, tried__gt=timezone.now() - BELIEVED)
    return frozenset(by_digest[digest] for digest in rows.values_list("digest", flat=True))


def unanswered(story: "Story") -> list[Finding]:
    """What an editor has not answered for yet."""
    found = findings(read_story(story), settings.OPTIONS["checks"])
    if not found:
        return []
    digests = [finding.digest for finding in found]
    known = set(CheckAnswer.objects.filter(story_id=story.pk, digest__in=digests).values_list("digest", flat=True))
    return [finding for finding in found if finding.digest not in known]


def answer_findings(
    story: "Story", answers: Mapping[str, str], found: Iterable[Finding], *, by: "AbstractBaseUser | None"
) -> None:
    """Keep why things stand, by digest of what was found; the story's history says it."""
    with transaction.atomic():
        for finding in found:
            answer = " ".join(answers.get(finding.digest, "").split())[:1000]
            if not answer:
                continue
            asked = f"{finding.text} ({finding.passage})" if finding.passage else finding.text
            said = {"code": finding.code, "asked": asked, "answer": answer, "by": by, "at": timezone.now()}
            CheckAnswer.objects.update_or_create(story_id=story.pk, digest=finding.digest, defaults=said)
            log(instance=story, action="dateline.check", user=by, data={"asked": asked, "answer": answer})


def try_ahead(instance: "Revision", **_signal: Any) -> None:
    """When a draft is saved: the worker tries the addresses elsewhere that it names and that were not tried lately."""
    content = instance.content if isinstance(instance.content, dict) else {}
    raw = [content.get(name) for name in ("body", "sources")]
    texts = [text for text in raw if isinstance(text, str) and "://" in text]
    if not texts or "link" not in settings.OPTIONS["checks"] or "uri" not in content:
        return
    blocks = [block for text in texts for block in json.loads(text)]
    body = [block for block in blocks if block["type"] != "source"]
    urls = {link.url for link in links_of(body) if link.url}
    urls |= {url for source in sources_from(blocks) for url in _addresses(source)}
    own = str(settings.BASE_URL)
    wanted = {
        _digest(url): url for url in sorted(urls)[:MOST_LINKS] if url.startswith("http") and not path_of(url, own)
    }
    fresh = OutsideLink.objects.filter(digest__in=list(wanted), asked__gt=timezone.now() - BELIEVED)
    known = set(fresh.values_list("digest", flat=True)) if wanted else set()
    new = [OutsideLink(digest=digest, url=url) for digest, url in wanted.items() if digest not in known]
    if new:
        OutsideLink.objects.bulk_create(
            new, update_conflicts=True, unique_fields=["digest"], update_fields=["asked", "url"]
        )
        try_links.enqueue([link.digest for link in new])
