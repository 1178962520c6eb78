"""Row 15: what it costs to read a story aloud."""

from tests.bench.plan import Run, say
from tests.bench.table import Line, ms, times

#: Seconds of one core for three minutes of sound.
GOALS = {"en": 3.0, "ar": 2.0, "es": 2.0}
THREE_MINUTES = 180


def speech(run: Run) -> list[Line]:
    inside = run.inside("small")
    lines = []
    for language, goal in GOALS.items():
        say(f"reading aloud: {language}")
        found = inside.call("voice_times", language=language, rounds=run.amounts.rounds)
        spent = {part: found[part] * THREE_MINUTES / found["seconds"] for part in ("voice", "loudness", "encoding")}
        whole = sum(spent.values())
        parts = ", ".join(f"{part} {ms(value)}" for part, value in spent.items())
        opus, mp3 = (found[kind] / found["seconds"] * 60 / 1024 for kind in ("opus", "mp3"))
        lines.append(
            Line(
                15,
                f"three minutes of sound, {language}, {found['name']}",
                f"{whole:.2f} s CPU: {parts}",
                f"Opus {opus:.0f}, MP3 {mp3:.0f} KB a minute",
                times(goal / whole),
                f"at most {goal:.0f} s of one core",
                whole <= goal,
                found,
            )
        )
    return lines
