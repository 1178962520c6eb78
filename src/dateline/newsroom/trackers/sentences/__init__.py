"""The answer to a tracker's question, in one sentence: a module a language, and plain words for all others."""

from collections.abc import Callable
from typing import Any

from dateline.newsroom.editions.voice import Voice
from dateline.newsroom.trackers.sentences import arabic, english, neutral, spanish
from dateline.newsroom.trackers.situation import GoalSituation, Situation

_LANGUAGES: dict[str, Any] = {"ar": arabic, "en": english, "es": spanish}


def answer(situation: Situation, voice: Voice) -> str:
    """The sentence, in the edition's language and digits; it runs in that language for those without a module."""
    module = _LANGUAGES.get(voice.code.split("-")[0], neutral)
    say: Callable[[Any, Voice], str] = module.goal if isinstance(situation, GoalSituation) else module.positions
    return say(situation, voice)
