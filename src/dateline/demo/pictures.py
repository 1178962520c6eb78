"""The demo's pictures, drawn by code: every scene under its name, the same bytes at every drawing."""

import io
import os
import sys
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from pathlib import Path

from PIL import Image

from dateline.demo import (  # noqa: F401 - each enters its drawings as it is imported
    scenes_bread,
    scenes_coast,
    scenes_columnists,
    scenes_country,
    scenes_people,
    scenes_river,
    scenes_rooms,
    scenes_science,
    scenes_services,
    scenes_town,
    scenes_water,
)
from dateline.demo.scenes import SCENES, pull

#: Width and height of each picture, in pixels.
SIZES: dict[str, tuple[int, int]] = {name: size for name, (size, _paper, _draw) in SCENES.items()}

#: No file is larger; a print whose grain would make it so is saved a little coarser.
LARGEST = 300_000
QUALITIES = (82, 76, 70, 64, 58)


def draw(name: str, folder: Path) -> Path:
    """Draw one picture into `folder` as NAME.jpg; KeyError for a name that is none of ours."""
    file = folder / f"{name}.jpg"
    file.write_bytes(_jpeg(pull(name)))
    return file


def _jpeg(image: Image.Image) -> bytes:
    saved = b""
    for quality in QUALITIES:
        buffer = io.BytesIO()
        image.save(buffer, "JPEG", quality=quality, optimize=True, progressive=True)
        saved = buffer.getvalue()
        if len(saved) <= LARGEST:
            break
    return saved


def draw_all(
    folder: Path, *, names: Iterable[str] | None = None, progress: Callable[[str], None] | None = None
) -> None:
    """Draw all pictures, or those named, into `folder`, on every processor there is.

    ValueError, before anything is drawn, for names that are none of ours.
    """
    folder.mkdir(parents=True, exist_ok=True)
    wanted = sorted(set(names) if names is not None else SIZES)
    unknown = [name for name in wanted if name not in SIZES]
    if unknown:
        raise ValueError(f"no picture is called {', '.join(unknown)}; there are: {', '.join(sorted(SIZES))}")
    for count, _ in enumerate(_drawn(wanted, folder), 1):
        if progress and (count % 8 == 0 or count == len(wanted)):
            progress(f"{count} of {len(wanted)} pictures drawn")


def _drawn(names: list[str], folder: Path) -> Iterable[Path]:
    """The files as they are finished."""
    # A fresh process starts by reading the main module again, which a script read from standard input does not allow.
    main = getattr(sys.modules["__main__"], "__file__", None)
    if len(names) < 4 or (os.cpu_count() or 1) == 1 or (main is not None and not Path(main).is_file()):
        for name in names:
            yield draw(name, folder)
        return
    with ProcessPoolExecutor(max_workers=min(len(names), os.cpu_count() or 1), mp_context=get_context("spawn")) as pool:
        for done in as_completed([pool.submit(draw, name, folder) for name in names]):
            yield done.result()
