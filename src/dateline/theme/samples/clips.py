"""Stories that are heard or seen: a film in each shape, a recording, a series, a story read aloud."""

from dataclasses import replace

from dateline.theme.components import Chapter, Clip, Link, Listen, Serial, StoryView, Track
from dateline.theme.samples.blocks import CAPTIONS, HERE, landscape, teaser
from dateline.theme.samples.texts import Words


def heard_and_seen(full: StoryView, bare: StoryView, words: Words) -> dict[str, StoryView]:
    """By the name of the state, from a story with everything and one without a picture."""
    clip = Clip(
        kind="video",
        title=words.main.title,
        plain=f"{HERE}film.mp4",
        stream=f"{HERE}film.m3u8",
        width=1280,
        height=720,
        length="12:40",
        weight="84 MB",
        poster=landscape(words, alt=""),
        credit=words.name,
        tracks=(Track(CAPTIONS, words.code, words.name, True),),
        chapters=tuple(Chapter(f"{at}:00", 60 * at, line.title) for at, line in enumerate(words.led)),
        transcript=tuple(line.stand or line.title for line in words.led),
    )
    serial = Serial(Link(words.sections[3], HERE), words.older, teaser(words.side[0]), teaser(words.main))
    listen = Listen(words.main.minutes or "4", 240, f"{HERE}a.opus", f"{HERE}a.mp3", CAPTIONS, words.code, "", "")
    return {
        "film": replace(full, form="video", clip=clip, series=serial),
        "film, standing, without a poster": replace(
            bare, form="video", clip=replace(clip, width=720, height=1280, poster=None, chapters=(), transcript=())
        ),
        "recording": replace(bare, clip=replace(clip, kind="audio", stream="", opus=f"{HERE}a.opus", chapters=())),
        "read aloud": replace(full, listen=replace(listen, title=words.main.title, source=words.name)),
    }
