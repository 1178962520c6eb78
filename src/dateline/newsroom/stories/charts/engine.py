"""Drawings made by the process of `painter`, one for all that is asked at once."""

import json
import subprocess
import sys
from collections.abc import Sequence
from typing import Any

#: Seconds that a process may take to start and to draw; each drawing takes some hundredths of one.
PATIENCE = 15


class EngineError(Exception):
    """Nothing was drawn; the message says why."""


def paint(specs: Sequence[dict[str, Any]]) -> list[str]:
    """The SVG of each drawing.

    Raises:
        EngineError: the library is not there, or it failed, or it took too long.
    """
    try:
        done = subprocess.run(
            [sys.executable, "-m", "dateline.newsroom.stories.charts.painter"],
            input=json.dumps(list(specs)).encode(),
            capture_output=True,
            timeout=PATIENCE,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise EngineError(f"the process that draws: {error}") from error
    if done.returncode:
        told = done.stderr.decode(errors="replace").strip().splitlines()
        raise EngineError(told[-1] if told else f"the process that draws ended with {done.returncode}")
    try:
        drawn = json.loads(done.stdout)
    except ValueError as error:
        raise EngineError("the process that draws answered with something else") from error
    if not isinstance(drawn, list) or len(drawn) != len(specs):
        raise EngineError("the process that draws answered with something else")
    return [str(svg) for svg in drawn]
