"""What open pages are told of: recorded with the change it tells of, relayed to the stands when that has committed.

The database has the truth; the store's log (`dateline.store.log`) is what stands follow. Each event reaches the log
once and in order: whoever relays holds the log's lock, looks at its last number and appends what comes after it.
A process that dies in between leaves that to the next relay.
"""

import logging
import secrets
import string
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from dateline.press.models import Channel, Event
from dateline.store.fanout import Fanout, connect
from dateline.store.log import KEEP_EVENTS, EventLog, LogEvent, Position

#: Events that one relay reads at a time.
BATCH = 500

logger = logging.getLogger("dateline.press")

_machines: dict[str, Fanout] = {}

_LETTERS = string.digits + string.ascii_lowercase


def record_event(channel: str, kind: str, data: dict[str, Any], *, about: str = "", topic: str = "") -> int:
    """Add an event to a channel; call it inside the transaction of the change. Returns its number.

    The channel's row stays locked until that transaction ends, so call it late, and for several channels in the order
    of their names.

    Args:
        channel: an edition's path.
        kind: such as `alert.created`.
        data: what JSON can hold; a page's island gets it as it is.
        about: the thing it is about, such as `alert:7`. Late readers are told the newest event about each thing alone,
            so that nothing withdrawn or replaced is handed out again.
        topic: the id of the story whose readers alone are concerned; "" for the whole edition.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("an event is recorded in the transaction of its change")
    row = _locked(channel)
    number = row.last + 1
    counted = {"last": number} if topic else {"last": number, "last_shared": number}
    Channel.objects.filter(pk=row.pk).update(**counted)
    Event.objects.create(channel=row, number=number, kind=kind, about=about, topic=topic, at=timezone.now(), data=data)
    transaction.on_commit(lambda: relay(channel))
    return number


def position(channel: str) -> str:
    """Where what concerns the whole edition stands, as readers name it; "" before the first event.

    Read it before what is shown beside it: then nothing is missed.
    """
    row = Channel.objects.filter(name=channel).first()
    return str(Position(row.generation, row.last_shared)) if row else ""


def position_now(channel: str) -> str:
    """Where the channel stands, with what concerns the readers of single stories alone; "" before the first event."""
    row = Channel.objects.filter(name=channel).first()
    return str(Position(row.generation, row.last)) if row else ""


def position_of(channel: str, number: int) -> str:
    """The position of an event by its number."""
    row = Channel.objects.filter(name=channel).first()
    return str(Position(row.generation, number)) if row else ""


def relay(channel: str) -> int:
    """Append to the channel's log what the database has beyond it; returns how many events that were."""
    done = 0
    with EventLog(settings.STORE_ROOT, channel).locked() as log:
        # Read under the lock: a row read before it may be older than the log.
        row = Channel.objects.filter(name=channel).first()
        if row is None:
            return 0
        there = log.position()
        if there and there.generation == row.generation and there.number > row.last:
            # The log knows events that this database does not: it was put back from a backup.
            row = _count_anew(channel)
        while events := list(row.events.filter(number__gt=_number(there, row)).order_by("number")[:BATCH]):
            if there is None or (row.generation, events[0].number) != (there.generation, there.number + 1):
                log.begin(row.generation, events[0].number - 1)
            log.append([_as_logged(event) for event in events])
            there = Position(row.generation, events[-1].number)
            done += len(events)
        if there is None or there.generation != row.generation:
            log.begin(row.generation, row.last)
        _tell_machines(row)
    return done


def _tell_machines(row: Channel) -> None:
    """Add to the stream that stands on other machines follow what it lacks. A server that is away holds nothing up:
    the next relay tells it."""
    machines = _fanout()
    if machines is None:
        return
    try:
        there = machines.position(row.name)
        anew = there is None or there.generation != row.generation
        after = 0 if there is None or anew else there.number
        if anew:
            after = max(0, row.last - KEEP_EVENTS)
        while found := list(row.events.filter(number__gt=after).order_by("number")[:BATCH]):
            machines.append(row.name, row.generation, [_as_logged(event) for event in found], anew=anew)
            after, anew = found[-1].number, False
    except Exception as error:
        logger.warning("live events do not reach other machines: %s", error)


def _fanout() -> Fanout | None:
    address = settings.OPTIONS["live_fanout"]
    if address and address not in _machines:
        _machines[address] = Fanout(connect(address), Path(settings.STORE_ROOT).name)
    return _machines.get(address)


def forget_fanout() -> None:
    """Close the connections to other machines."""
    for machines in _machines.values():
        machines.close()
    _machines.clear()


def relay_all() -> int:
    """Append whatever a process that died left out; returns how many events that were."""
    return sum(relay(name) for name in Channel.objects.order_by("name").values_list("name", flat=True))


def forget_events() -> None:
    """Delete events that no log holds any more."""
    for pk, last in Channel.objects.values_list("pk", "last"):
        Event.objects.filter(channel=pk, number__lte=last - 2 * KEEP_EVENTS).delete()


def _number(there: Position | None, row: Channel) -> int:
    return there.number if there and there.generation == row.generation else 0


def _locked(channel: str) -> Channel:
    row = Channel.objects.select_for_update().filter(name=channel).first()
    if row is None:
        Channel.objects.get_or_create(name=channel, defaults={"generation": _new_generation()})
        row = Channel.objects.select_for_update().get(name=channel)
    return row


def _count_anew(channel: str) -> Channel:
    with transaction.atomic():
        row = _locked(channel)
        row.generation = _new_generation()
        row.save(update_fields=["generation"])
    return row


def _new_generation() -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(6))


def _as_logged(event: Event) -> LogEvent:
    at = event.at.isoformat(timespec="milliseconds")
    return LogEvent(event.number, event.kind, event.topic, at, event.data, event.about)
