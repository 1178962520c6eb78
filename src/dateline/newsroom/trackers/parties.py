"""Who promised and who keeps it; where parties stand."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from dateline.newsroom.editions.voice import Voice
from dateline.newsroom.trackers.figures.facts import Amount, Facts, Party, Stand
from dateline.newsroom.trackers.figures.filled import Filled
from dateline.newsroom.trackers.figures.keeping import Concentration, PartyStatus, Status, predictability, statuses
from dateline.newsroom.trackers.figures.standing import Held, Standings
from dateline.newsroom.trackers.timeline import mark_of
from dateline.newsroom.trackers.words import stand_word
from dateline.newsroom.trackers.writing import amount, share, short_day, span
from dateline.theme import components as c
from dateline.theme import trackers as t

#: Parties that a page shows; and of each camp, and of a party's history.
MOST, MOST_MOVES = 100, 12

_STATUS = {
    Status.ON_TIME: (pgettext_lazy("promise", "Not due yet"), "ontime", False),
    Status.KEPT: (pgettext_lazy("promise", "Kept"), "ontime", True),
    Status.LATE: (pgettext_lazy("promise", "Late"), "late", True),
    Status.BROKEN: (pgettext_lazy("promise", "Broken"), "close", False),
    Status.WITHDRAWN: (pgettext_lazy("promise", "Taken back"), "back", False),
    Status.UNKNOWN: (pgettext_lazy("promise", "Not known"), "minus", False),
}


def table(facts: Facts, filled: Filled, voice: Voice) -> t.PartyTable | None:
    """The parties of a goal, those who promised most first."""
    if not facts.parties:
        return None
    stand, kept = statuses(facts), predictability(facts)
    ordered = sorted(facts.parties, key=lambda party: (-_size(party, filled), party.name))
    rows = tuple(_row(party, filled, stand[party.code], voice) for party in ordered[:MOST])
    rows = tuple(
        _with_kept(row, kept[party.code].in_time, kept[party.code].due, voice)
        for row, party in zip(rows, ordered, strict=False)
    )
    return t.PartyTable(rows, filled.unit, rest_of(len(facts.parties), voice))


def rest_of(count: int, voice: Voice) -> str:
    """That there are more than are shown, and how to get all."""
    if count <= MOST:
        return ""
    figures = {"shown": voice.number(MOST), "all": voice.number(count)}
    return _("The %(shown)s largest of %(all)s are shown; the downloads below have all.") % figures


def _promised(party: Party, filled: Filled) -> Amount | None:
    funnels = filled.party_funnels.get(party.code, ())
    return next((funnel.pledged for funnel in funnels if funnel.unit == filled.unit), None)


def _size(party: Party, filled: Filled) -> Decimal:
    promised, there = _promised(party, filled), filled.parties.get(party.code)
    return max(promised.high if promised else Decimal(-1), there.amount.high if there else Decimal(-1))


def _row(party: Party, filled: Filled, status: PartyStatus, voice: Voice) -> t.PartyRow:
    promised = _promised(party, filled)
    level = filled.parties.get(party.code)
    there = level.amount if level else None
    word, icon, solid = _STATUS[status.status]
    text = str(word)
    if status.status is Status.KEPT and status.days_late:
        text, icon, solid = pgettext("promise", "Kept late"), "check", False
    return t.PartyRow(
        name=party.name,
        group=party.group,
        promised=_range(promised, voice),
        there=_range(there, voice),
        mark=c.Mark(text, icon, solid),
        due=short_day(voice, status.due) if status.due else "",
        kept="",
        keys=(
            party.name,
            str(promised.high if promised else -1),
            str(there.high if there else -1),
            text,
            status.due.isoformat() if status.due else "9999",
        ),
    )


def _with_kept(row: t.PartyRow, in_time: int, due: int, voice: Voice) -> t.PartyRow:
    said = _("%(number)s of %(all)s") % {"number": voice.number(in_time), "all": voice.number(due)} if due else ""
    return replace(row, kept=said, keys=(*row.keys, f"{in_time / due:.4f}" if due else "-1"))


def _range(found: Amount | None, voice: Voice) -> str:
    return span(voice, found.low, found.high) if found else "–"


def insights(facts: Facts, found: Concentration | None, voice: Voice) -> tuple[t.Insight, ...]:
    """How reliable promises were so far, and how much hangs on a few."""
    said = []
    due = [one for one in predictability(facts).values() if one.due]
    if due:
        in_time, all_due = sum(one.in_time for one in due), sum(one.due for one in due)
        figures = {"number": amount(voice, in_time), "all": amount(voice, all_due)}
        text = _("of the promises that were due were kept in time: %(number)s of %(all)s.") % figures
        said.append(t.Insight(share(voice, in_time / all_due), text))
    if found:
        said += _concentrated(facts, found, voice)
    return tuple(said)


def _concentrated(facts: Facts, found: Concentration, voice: Voice) -> Sequence[t.Insight]:
    name = next((party.name for party in facts.parties if party.code == found.largest_party), found.largest_party)
    largest = t.Insight(
        share(voice, float(found.largest.middle)),
        _("of what is there comes from one party: %(party)s.") % {"party": name},
    )
    if found.parties <= 3:
        return [largest]
    return [largest, t.Insight(share(voice, float(found.largest_three.middle)), _("comes from the largest three."))]


# ── Positions ──


def camps(facts: Facts, held: Standings, voice: Voice) -> tuple[t.Camp, ...]:
    """Who stands where, in the order of positions; those of whom nothing is known stand with the silent last."""
    by_stand: dict[Stand | None, list[Party]] = {}
    for party in sorted(facts.parties, key=lambda party: (-party.members, party.name)):
        by_stand.setdefault(held.parties[party.code].stand, []).append(party)
    counts = {count.stand: count.members for count in held.counts}
    return tuple(
        _camp(stand, by_stand[stand], counts[stand], held, voice) for stand in (*Stand, None) if by_stand.get(stand)
    )


def _camp(stand: Stand | None, parties: list[Party], count: int, held: Standings, voice: Voice) -> t.Camp:
    mark = mark_of(stand.value) if stand else c.Mark(pgettext("position", "nothing known"), "minus")
    holders = tuple(_holder(party, held.parties[party.code], voice) for party in parties[:MOST])
    return t.Camp(mark, stand.value if stand else "silent", voice.number(count), holders, rest_of(len(parties), voice))


def _holder(party: Party, held: Held, voice: Voice) -> t.Holder:
    notes = [party.group] if party.group else []
    if party.members > 1:
        notes.append(_("counts as %(number)s") % {"number": voice.number(party.members)})
    since = _("since %(day)s") % {"day": short_day(voice, held.since)} if held.since else ""
    moves = tuple(
        t.Move(stance.on.isoformat(), short_day(voice, stance.on), mark_of(stance.stand.value))
        for stance in reversed(held.history[-MOST_MOVES:])
    )
    return t.Holder(party.name, voice.comma.join(notes), since, moves if len(moves) > 1 else ())


def turns(facts: Facts, held: Standings, voice: Voice) -> tuple[t.Turn, ...]:
    """Who moved since a week ago, the newest first."""
    names = {party.code: party.name for party in facts.parties}
    return tuple(
        t.Turn(
            names[change.party],
            stand_word(change.before.value) if change.before else "",
            mark_of(change.after.value),
            short_day(voice, change.on),
        )
        for change in held.changed[:MOST]
    )
