"""What is tried while nobody waits."""

import time
from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from dateline.newsroom.stories.checking.models import OutsideLink
from dateline.newsroom.stories.checking.outside import NoSuchHost, leads_somewhere

#: A name that is not known is only believed to lead nowhere if the net was reached lately.
_LATELY = timedelta(hours=1)
#: An address that no draft has named for so long is forgotten.
_KEPT = timedelta(days=60)
#: Seconds after which a task leaves the rest to another, so that other work has its turn.
_TURN = 30.0


@task()
def try_links(digests: list[str]) -> None:
    """Try addresses elsewhere, one after the other, and keep which are dead."""
    until = time.monotonic() + _TURN
    unknown = []
    links = list(OutsideLink.objects.filter(digest__in=digests).order_by("pk"))
    for number, link in enumerate(links):
        if time.monotonic() > until:
            try_links.enqueue([rest.digest for rest in links[number:]])
            break
        try:
            answers = leads_somewhere(link.url)
        except NoSuchHost:
            unknown.append(link.pk)
            continue
        if answers is not None:
            OutsideLink.objects.filter(pk=link.pk).update(dead=not answers, tried=timezone.now())
    reached = OutsideLink.objects.filter(dead=False, tried__gt=timezone.now() - _LATELY)
    if unknown and reached.exists():
        OutsideLink.objects.filter(pk__in=unknown).update(dead=True, tried=timezone.now())
    OutsideLink.objects.filter(asked__lt=timezone.now() - _KEPT).delete()
