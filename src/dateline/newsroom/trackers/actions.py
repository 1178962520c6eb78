"""Every write of trackers: evidence is added, struck or replaced, never changed; what a goal was is told with why."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from dateline.newsroom.stories.sources import as_data
from dateline.newsroom.trackers.claims import Claim, Past, TrackerError, checked, claim_of
from dateline.newsroom.trackers.models import SAYS, Evidence, EvidenceFile, Tracker, TrackerNote, plain
from dateline.press.outbox import announce

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

__all__ = ["Claim", "TrackerError"]

#: What a tracker is about, in the order its history tells of it; a change of the first of them needs a reason.
GOAL_FIELDS = ("kind", "unit", "target", "starts", "due", "proposal")
TOLD_FIELDS = (*GOAL_FIELDS, "title", "question", "summary", "slug", "live", "closed", "is_aid")

LONGEST_WHY = 1000

#: How long a table waits for somebody to say that it is to go in.
FILES_WAIT = timedelta(days=1)

#: Rows that one statement writes.
BATCH = 500

_ORDER = {says: at for at, (says, _label) in enumerate(SAYS)}


@dataclass(slots=True)
class Plan:
    """What taking in claims would do: which are new, which take the place of what row, which rows are struck in
    the claims, and how many change nothing."""

    new: list[Claim] = field(default_factory=list)
    replaced: list[tuple[Evidence, Claim]] = field(default_factory=list)
    struck: list[tuple[Evidence, Claim]] = field(default_factory=list)
    unchanged: int = 0

    @property
    def changes(self) -> int:
        return len(self.new) + len(self.replaced) + len(self.struck)


def add_evidence(tracker: Tracker, claim: Claim, *, by: "AbstractBaseUser | None", why: str = "") -> Evidence:
    """Add one thing that is known.

    Raises:
        TrackerError: it cannot be evidence here, or is known already.
    """
    with transaction.atomic():
        tracker = _locked(tracker)
        parties = _parties(tracker)
        claim = checked(claim, tracker, parties)
        same = tracker.evidence.filter(key=claim.key).first()
        if same and not same.struck_at:
            text = _("This is known already: it was added on %(day)s by %(who)s.")
            raise TrackerError(text % {"day": same.at.date().isoformat(), "who": same.by_name or _("an import")})
        row = _row(tracker, claim, parties, by, _free_key(tracker, claim.key), why)
        row.save(force_insert=True)
        _changed(tracker)
    return row


def replace_evidence(row: Evidence, claim: Claim, *, by: "AbstractBaseUser | None", why: str) -> Evidence:
    """Put a new row in the place of one that stands; the old one is struck, and the history keeps both.

    Raises:
        TrackerError: no reason, the row does not stand any more, or the claim cannot be evidence here.
    """
    why = _reason(why)
    with transaction.atomic():
        tracker = _locked(row.tracker)
        row = _standing(row)
        parties = _parties(tracker)
        codes = {pk: code for code, pk in parties.items()}
        claim = checked(claim, tracker, parties)
        if claim.content == claim_of(row, codes.get(row.party_id or 0, "")).content:
            raise TrackerError(_("Nothing was changed."))
        made = _put_in_place(row, tracker, claim, parties, by, why)
        _changed(tracker)
    return made


def strike_evidence(row: Evidence, *, by: "AbstractBaseUser | None", why: str) -> None:
    """Take back what turned out not to be so; figures leave it out, the history keeps it.

    Raises:
        TrackerError: no reason, or the row does not stand any more.
    """
    why = _reason(why)
    with transaction.atomic():
        tracker = _locked(row.tracker)
        _strike(_standing(row), by, why)
        _changed(tracker)


def plan(tracker: Tracker, claims: Iterable[Claim]) -> Plan:
    """What `take_in` would do. A claim is known by its key; one that was ever here in just these words changes nothing,
    so that an old file brings nothing back. The claims are checked."""
    codes = {pk: code for code, pk in _parties(tracker).items()}
    known = _Known(tracker, codes)
    planned = Plan()
    for claim in claims:
        row = known.by_key.get(claim.key)
        if row is None:
            planned.new.append(claim)
            continue
        said, last = known.line(row)
        if claim.past.struck and not row.struck_at:
            planned.struck.append((row, claim))
        elif claim.content in said or last.struck_at:
            planned.unchanged += 1
        else:
            planned.replaced.append((last, claim))
    return planned


def take_in(tracker: Tracker, claims: Sequence[Claim], *, by: "AbstractBaseUser | None", why: str = "") -> Plan:
    """Add many claims, all or none, in one order whatever order they come in.

    Raises:
        TrackerError: one of them cannot be evidence here.
    """
    with transaction.atomic():
        tracker = _locked(tracker)
        parties = _parties(tracker)
        planned = plan(tracker, [checked(claim, tracker, parties) for claim in claims])
        now = timezone.now()
        planned.new.sort(key=lambda one: (one.on, one.past.added or now, _ORDER[one.says], one.key))
        rows = [_row(tracker, claim, parties, by, claim.key, why) for claim in planned.new]
        Evidence.objects.bulk_create(rows, batch_size=BATCH)
        for row, claim in planned.struck:
            _strike(row, None, claim.past.struck_why, claim.past)
        for row, claim in planned.replaced:
            _put_in_place(row, tracker, claim, parties, by, why or _("A file says otherwise."))
        _follow(tracker, {claim.key: claim.past.replaces for claim in planned.new if claim.past.replaces})
        if planned.changes:
            _changed(tracker)
    return planned


def keep_file(tracker: Tracker, name: str, text: str, *, by: "AbstractBaseUser") -> EvidenceFile:
    """Keep a table until somebody says that it is to go in; those that waited for more than a day are let go."""
    with transaction.atomic():
        EvidenceFile.objects.filter(at__lt=timezone.now() - FILES_WAIT).delete()
        EvidenceFile.objects.filter(tracker=tracker, by_id=by.pk).delete()
        return EvidenceFile.objects.create(tracker=tracker, by_id=by.pk, name=name.replace("\0", "")[:200], text=text)


def forget_file(file: EvidenceFile) -> None:
    """Let a table go."""
    file.delete()


def check_change(tracker: Tracker, values: Mapping[str, Any], *, why: str) -> None:
    """See whether a tracker may be given these values.

    Raises:
        TrackerError: a public goal changes without a reason, or the kind changes under evidence.
    """
    before = Tracker.objects.filter(pk=tracker.pk).first() if tracker.pk else None
    if before is None:
        return
    changed = [name for name in GOAL_FIELDS if name in values and values[name] != getattr(before, name)]
    if "kind" in changed and before.evidence.exists():
        raise TrackerError(
            _("There is evidence here already: what a tracker follows stays. Make another one."), field="kind"
        )
    if changed and before.live and not why.strip():
        raise TrackerError(_("Say why the goal changes: readers see it in the history."), field="why")


def save_tracker(tracker: Tracker, *, by: "AbstractBaseUser | None", why: str = "") -> None:
    """Save a tracker's words and goal. What was there before enters its history, with who changed it and why.

    Raises:
        TrackerError: as `check_change`.
    """
    with transaction.atomic():
        before = Tracker.objects.select_for_update(of=("self",)).filter(pk=tracker.pk).first() if tracker.pk else None
        check_change(tracker, {name: getattr(tracker, name) for name in TOLD_FIELDS}, why=why)
        tracker.changed = timezone.now()
        tracker.save()
        what = _differences(before, tracker) if before else {}
        if what:
            note(tracker, what, by=by, why=why)


def publish_tracker(tracker: Tracker, *, by: "AbstractBaseUser | None") -> None:
    """Show it to readers."""
    _set_live(tracker, live=True, by=by, why="")


def unpublish_tracker(tracker: Tracker, *, by: "AbstractBaseUser | None", why: str = "") -> None:
    """Take its pages away, at once and everywhere; nothing of it is lost."""
    _set_live(tracker, live=False, by=by, why=why)


def delete_tracker(tracker: Tracker, *, by: "AbstractBaseUser | None") -> None:
    """Delete it with all its evidence; its pages are gone before this returns."""
    with transaction.atomic():
        log(instance=tracker, action="wagtail.delete", user=by, deleted=True)
        tracker.delete()


def forget_tracker(instance: Tracker, **_signal: object) -> None:
    """Before a tracker is deleted, in the transaction of that: no part of the system hands it out any more."""
    announce(**instance.announcement(), withdrawn=True)


def note(tracker: Tracker, what: Mapping[str, Any], *, by: "AbstractBaseUser | None", why: str = "") -> TrackerNote:
    """A line of the history beside the evidence; inside the transaction of what it tells of."""
    return TrackerNote.objects.create(
        tracker=tracker, what=dict(what), why=why.strip()[:LONGEST_WHY], by_name=name_of(by)
    )


def name_of(user: Any) -> str:
    """The name that a user's acts are kept under, "" for nobody."""
    return str(user.get_full_name() or user.get_username())[:160] if user else ""


def changed(tracker: Tracker) -> None:
    """Say that a tracker is no longer what it was, inside the transaction of that."""
    _changed(tracker)


def _changed(tracker: Tracker) -> None:
    Tracker.objects.filter(pk=tracker.pk).update(changed=timezone.now())
    announce(**tracker.announcement())


def _set_live(tracker: Tracker, *, live: bool, by: "AbstractBaseUser | None", why: str) -> None:
    with transaction.atomic():
        held = _locked(tracker)
        if held.live != live:
            held.live = live
            save_tracker(held, by=by, why=why)
            log(instance=held, action="wagtail.publish" if live else "wagtail.unpublish", user=by)
    tracker.live = live


def _locked(tracker: Tracker) -> Tracker:
    return Tracker.objects.select_for_update(of=("self",)).select_related("edition").get(pk=tracker.pk)


def _standing(row: Evidence) -> Evidence:
    fresh = Evidence.objects.get(pk=row.pk)
    if fresh.struck_at:
        raise TrackerError(_("Somebody has struck or replaced this meanwhile. Look at the list again."))
    return fresh


def _parties(tracker: Tracker) -> dict[str, int]:
    return dict(tracker.parties.values_list("code", "pk"))


def _reason(why: str) -> str:
    why = why.replace("\0", "").strip()
    if not why:
        raise TrackerError(_("Say why: the history keeps it."), field="why")
    if len(why) > LONGEST_WHY:
        raise TrackerError(_("Say it in %(most)s characters at most.") % {"most": LONGEST_WHY}, field="why")
    return why


def _row(
    tracker: Tracker, claim: Claim, parties: Mapping[str, int], by: "AbstractBaseUser | None", key: str, why: str
) -> Evidence:
    past = claim.past
    return Evidence(
        tracker=tracker,
        key=key,
        says=claim.says,
        party_id=parties[claim.party] if claim.party else None,
        low=claim.low,
        high=claim.high,
        unit=claim.unit,
        stand=claim.stand,
        on=claim.on,
        due=claim.due,
        conditions=claim.conditions,
        note=claim.note,
        sources=as_data(claim.sources),
        at=past.added or timezone.now(),
        by_id=by.pk if by and not past.by else None,
        by_name=past.by or name_of(by),
        why=(past.why or why).strip()[:LONGEST_WHY],
        struck_at=past.struck,
        struck_by=past.struck_by,
        struck_why=past.struck_why,
    )


def _follow(tracker: Tracker, replaced: Mapping[str, str]) -> None:
    """Tie rows, by their keys, to those whose place they took elsewhere."""
    keys = {*replaced, *replaced.values()}
    rows = {row.key: row for row in tracker.evidence.filter(key__in=keys)} if keys else {}
    tied = []
    for key, before in replaced.items():
        if before in rows and before != key and rows[key].replaces_id is None:
            rows[key].replaces_id = rows[before].pk
            tied.append(rows[key])
    Evidence.objects.bulk_update(tied, ["replaces"], batch_size=BATCH)


def _put_in_place(
    row: Evidence,
    tracker: Tracker,
    claim: Claim,
    parties: Mapping[str, int],
    by: "AbstractBaseUser | None",
    why: str,
) -> Evidence:
    _strike(row, by, why)
    made = _row(tracker, claim, parties, by, _free_key(tracker, claim.own_key), why)
    made.replaces = row
    made.save(force_insert=True)
    return made


def _strike(row: Evidence, by: "AbstractBaseUser | None", why: str, past: Past | None = None) -> None:
    row.struck_at, row.struck_by, row.struck_why = timezone.now(), name_of(by), why
    if past:
        row.struck_at, row.struck_by = past.struck, past.struck_by
    row.save(update_fields=["struck_at", "struck_by", "struck_why"])


def _free_key(tracker: Tracker, key: str) -> str:
    """The key, or the next that nothing here has had."""
    taken = set(tracker.evidence.filter(key__startswith=key[:70]).values_list("key", flat=True))
    number = 1
    while (key if number == 1 else f"{key[:70]}-{number}") in taken:
        number += 1
    return key if number == 1 else f"{key[:70]}-{number}"


def _differences(before: Tracker, after: Tracker) -> dict[str, list[str]]:
    pairs = {name: (_written(getattr(before, name)), _written(getattr(after, name))) for name in TOLD_FIELDS}
    return {name: [old, new] for name, (old, new) in pairs.items() if old != new}


def _written(value: Any) -> str:
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, bool):
        return "yes" if value else ""
    return value.isoformat() if isinstance(value, date) else str(value if value is not None else "")


class _Known:
    """A tracker's evidence, and what each row became."""

    def __init__(self, tracker: Tracker, codes: Mapping[int, str]) -> None:
        self._codes = codes
        self.by_key: dict[str, Evidence] = {}
        self._after: dict[int, Evidence] = {}
        self._before: dict[int, int | None] = {}
        for row in tracker.evidence.order_by("pk").iterator(chunk_size=2000):
            self.by_key[row.key] = row
            if row.replaces_id:
                self._after[row.replaces_id] = row

    def line(self, row: Evidence) -> tuple[set[tuple[Any, ...]], Evidence]:
        """What a row and those that took its place have said, and the last of them."""
        said = {self._content(row)}
        while following := self._after.get(row.pk):
            row = following
            said.add(self._content(row))
        return said, row

    def _content(self, row: Evidence) -> tuple[Any, ...]:
        return claim_of(row, self._codes.get(row.party_id or 0, "")).content
