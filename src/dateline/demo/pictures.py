"""The demo's pictures, drawn by code: every scene under its name, the same bytes at every drawing."""

from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from pathlib import Path

from dateline.demo import (  # noqa: F401 - each enters its drawings as it is imported
    scenes_bread,
    scenes_coast,
    scenes_country,
    scenes_portraits,
    scenes_rooms,
    scenes_science,
    scenes_town,
    scenes_water,
)
from dateline.demo.scenes import SCENES, pull

#: Width and height of each picture, in pixels.
SIZES: dict[str, tuple[int, int]] = {name: size for name, (size, _paper, _draw) in SCENES.items()}

QUALITY = 82


def draw(name: str, folder: Path) -> Path:
    """Draw one picture into `folder` as NAME.jpg; KeyError for a name that is none of ours."""
    file = folder / f"{name}.jpg"
    pull(name).convert("RGB").save(file, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return file


def draw_all(
    folder: Path, *, names: Iterable[str] | None = None, progress: Callable[[str], None] | None = None
) -> None:
    """Draw all pictures, or those named, into `folder`, on every processor there is."""
    folder.mkdir(parents=True, exist_ok=True)
    wanted = sorted(set(names) if names is not None else SIZES)
    unknown = [name for name in wanted if name not in SIZES]
    if unknown:
        raise ValueError(f"no picture is called {', '.join(unknown)}; there are: {', '.join(sorted(SIZES))}")
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        waiting = [pool.submit(draw, name, folder) for name in wanted]
        for count, done in enumerate(as_completed(waiting), 1):
            done.result()
            if progress and (count % 8 == 0 or count == len(wanted)):
                progress(f"{count} of {len(wanted)} pictures drawn")
