"""The demo's trackers, as newsroom.toml has them: one file each, told in every language, all days counted back.

A file of `texts/trackers` is what newsroom.toml holds of a tracker, but for this: a text is a table of languages where
they differ; `NAME_ago` is a number of days before now, negative for days to come; a party's `group` is a name of
`groups`, and evidence names its sources by their ids in `sources`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from dateline.wire.toml_text import toml_text

Json = dict[str, Any]

TRACKERS = Path(__file__).parent / "texts" / "trackers"

#: Of newsroom.toml, what is a moment; every other `_ago` is a day.
_MOMENTS = frozenset({"struck"})
_EVIDENCE = ("commitments", "observations", "positions")


def read_trackers(folder: Path = TRACKERS) -> list[Json]:
    """The trackers' files, by name."""
    return [json.loads(file.read_text(encoding="utf-8")) for file in sorted(folder.glob("*.json"))]


def trackers_toml(trackers: Sequence[Json], language: str, people: Mapping[str, str], now: datetime) -> str:
    """The trackers of one edition as TOML, to stand after all else of that edition; `people` maps slugs to names."""
    told = [_tracker(tracker, language, people, now) for tracker in trackers]
    return toml_text({"trackers": told}, under=("editions",))


def _tracker(tracker: Json, language: str, people: Mapping[str, str], now: datetime) -> Json:
    told: Json = _told(tracker, language, now)
    groups, sources, author = told.pop("groups", {}), told.pop("sources"), people[told.pop("by")]
    told["uri"] = f"urn:dateline:demo:{language}:tracker:{told['slug']}"
    told["group"] = f"demo:{told['slug']}"
    for party in told["parties"]:
        if "group" in party:
            party["group"] = groups[party["group"]]
    for name in _EVIDENCE:
        for one in told.get(name, ()):
            one["sources"] = [_source(sources, known) for known in one["sources"]]
            one["added"] = _noon(now, (now.date() - one["on"]).days)
            one["by"] = author
            if "struck" in one:
                one["struck_by"] = author
    return told


def _source(sources: Json, known: str) -> Json:
    """A source with what it cites, and that in turn."""
    source: Json = dict(sources[known])
    if "cites" in source:
        source["cites"] = [_source(sources, cited) for cited in source["cites"]]
    return source


def _told(value: Any, language: str, now: datetime) -> Any:
    """A value in one language, its days worked out."""
    if isinstance(value, list):
        return [_told(one, language, now) for one in value]
    if not isinstance(value, dict):
        return value
    if language in value:
        return value[language]
    told = {}
    for name, one in value.items():
        bare = name.removesuffix("_ago")
        if bare == name:
            told[name] = _told(one, language, now)
        else:
            told[bare] = _noon(now, one) if bare in _MOMENTS else now.date() - timedelta(days=one)
    return told


def _noon(now: datetime, days: int) -> datetime:
    return (now - timedelta(days=days)).replace(hour=12, minute=0)
