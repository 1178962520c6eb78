"""The demo's live coverage: what was written by hand, and the river's readings between it."""

import html
import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

Json = dict[str, Any]

TEXT = Path(__file__).parent / "texts" / "live.json"

_ARABIC = str.maketrans("0123456789.", "٠١٢٣٤٥٦٧٨٩٫")


def coverage(language: str, now: datetime, *, uri: str, credit: str) -> Json:
    """One edition's line of `live.jsonl`; all times are counted back from `now`."""
    told = json.loads(TEXT.read_text(encoding="utf-8"))
    entries = sorted([*_written(told, language, credit), *_readings(told, language)], key=lambda one: -one[0])
    updates = [
        {"number": number, "at": (now - timedelta(minutes=ago)).isoformat(), **said}
        for number, (ago, said) in enumerate(entries, 1)
    ]
    pinned = next(number for number, (ago, _) in enumerate(entries, 1) if ago == told["pinned_minutes_ago"])
    return {
        "story": uri,
        "state": "open",
        "opened": (now - timedelta(hours=told["hours_ago"])).isoformat(),
        "last": len(updates),
        "pinned": pinned,
        "updates": updates,
    }


def story_key() -> str:
    return str(json.loads(TEXT.read_text(encoding="utf-8"))["key"])


def _written(told: Json, language: str, credit: str) -> Iterator[tuple[int, Json]]:
    for entry in told["updates"]:
        title, body = entry[language]
        if picture := entry.get("picture"):
            alt = html.escape(told["alt"][picture][language])
            body += f'<figure><img src="media/{picture}.jpg" alt="{alt}">'
            body += f"<figcaption><cite>{html.escape(credit)}</cite></figcaption></figure>"
        said: Json = {"title": title, "body": body, "author": entry["by"]}
        if source := entry.get("source"):
            said["source"] = source[language]
        if entry.get("key_point"):
            said["key_point"] = True
        yield entry["minutes_ago"], said


def _readings(told: Json, language: str) -> Iterator[tuple[int, Json]]:
    readings = told["readings"]
    title, rising, same = readings[language]
    ago, before = readings["first_minutes_ago"], None
    for level in readings["levels"]:
        change = 0 if before is None else round(100 * (level - before))
        body = rising.format(change=_number(str(change), language)) if change else same
        yield ago, {"title": title.format(level=_number(f"{level:.2f}", language)), "body": body if before else ""}
        ago, before = ago - readings["every_minutes"], level


def _number(text: str, language: str) -> str:
    if language == "ar":
        return text.translate(_ARABIC)
    return text.replace(".", ",") if language == "es" else text
