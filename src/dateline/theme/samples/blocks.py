"""Blocks of a front made from a language's words."""

from dataclasses import replace

from dateline.theme.components import (
    Block,
    Card,
    Dossier,
    Frame,
    InFive,
    Lead,
    LightTable,
    Link,
    Listen,
    Moment,
    MostRead,
    Opinion,
    Opinions,
    Pair,
    Picture,
    Ranked,
    River,
    Screening,
    Source,
    Strip,
    Teaser,
)
from dateline.theme.samples.arabic import ARABIC
from dateline.theme.samples.english import ENGLISH
from dateline.theme.samples.texts import Line, Words

HERE = "#"
CAPTIONS = "/static/theme/sample.vtt"


def words_for(code: str) -> Words:
    """The words of a language; English for one that has none of its own."""
    return ARABIC if code.partition("-")[0] == "ar" else ENGLISH


def landscape(words: Words, *, alt: str = "", focus: str = "") -> Picture:
    """A picture of 3 by 2, which says nothing unless told what."""
    return _picture("3x2", 900, 600, words, alt=alt, focus=focus)


def portrait(words: Words, *, alt: str = "", focus: str = "fx-5 fy-3") -> Picture:
    """A picture of 2 by 3."""
    return _picture("2x3", 600, 900, words, alt=alt, focus=focus)


def _picture(name: str, width: int, height: int, words: Words, *, alt: str, focus: str) -> Picture:
    src = f"/static/theme/sample-{name}.webp"
    sources = (Source("image/webp", f"{src} {width}w"),)
    return Picture(src, width, height, alt, sources, focus, words.caption, words.credit)


def teaser(line: Line, *, picture: Picture | None = None, related: tuple[str, ...] = ()) -> Teaser:
    """A story on a front in the words of one line."""
    return Teaser(
        url=HERE,
        title=line.title,
        kicker=line.kicker,
        form=line.form,
        form_label=line.form_label,
        standfirst=line.stand,
        picture=picture,
        byline=line.byline,
        time=Moment("2026-11-19T13:40:00+03:00", line.time) if line.time else None,
        minutes=line.minutes,
        badge=line.badge,
        calm=line.calm,
        related=tuple(Link(title, HERE) for title in related),
    )


def more(words: Words) -> Link:
    return Link(words.all_of, HERE)


def lead(words: Words) -> Lead:
    return Lead(
        teaser(words.main, picture=landscape(words, alt=words.alt), related=words.related),
        (teaser(words.side[0], picture=landscape(words)), teaser(words.side[1], related=words.related[:2])),
        tuple(teaser(line) for line in words.lines),
    )


def led_strip(words: Words) -> Strip:
    first, *others = words.led
    teasers = (teaser(first, picture=landscape(words)), *(teaser(line) for line in others))
    return Strip(words.sections[0], teasers, more(words), led=True)


def even_strip(words: Words) -> Strip:
    pictures = (landscape(words), None, landscape(words, focus="fx-2 fy-6"), portrait(words))
    teasers = tuple(teaser(line, picture=picture) for line, picture in zip(words.even, pictures, strict=True))
    return Strip(words.sections[1], teasers, more(words))


def river(words: Words) -> River:
    return River(words.sections[5], tuple(teaser(line) for line in words.river), more(words))


def opinions(words: Words) -> Opinions:
    portraits = (portrait(words), None, portrait(words), None)
    items = tuple(
        Opinion(HERE, voice.title, voice.name, voice.role, picture)
        for voice, picture in zip(words.voices, portraits, strict=True)
    )
    return Opinions(words.sections[2], items, more(words))


def screening(words: Words) -> Screening:
    main, *others = (teaser(line, picture=landscape(words)) for line in words.films)
    return Screening(words.sections[3], main, tuple(others), more(words))


def light_table(words: Words, count: int = 7) -> LightTable:
    pictures = (portrait(words), *(landscape(words) for _ in range(6)))
    frames = tuple(
        Frame(HERE, Picture(p.src, p.width, p.height, text, p.sources, p.focus, text))
        for p, text in zip(pictures[:count], words.frames[:count], strict=True)
    )
    return LightTable(words.sections[4], frames, words.frames_note, words.credit, more(words))


def dossier(words: Words) -> Dossier:
    title, summary, count = words.coverage
    newest = tuple(teaser(line) for line in words.river[:3])
    return Dossier(words.sections[6], title, HERE, summary, count, newest, more(words))


_MOST_READ = {"en": "Most read", "ar": "الأكثر قراءة", "es": "Lo más leído"}


def most_read(words: Words) -> MostRead:
    digits = "٠١٢٣٤٥٦٧٨٩" if words.code == "ar" else "0123456789"
    ranked = tuple(Ranked(digits[place], teaser(line)) for place, line in enumerate(words.river[:9], 1))
    return MostRead(_MOST_READ[words.code], ranked, more(words))


def in_five(words: Words) -> InFive:
    digits = "٠١٢٣٤٥٦٧٨٩" if words.code == "ar" else "0123456789"
    cards = tuple(
        Card(digits[at], f"{digits[at]}/{digits[5]}", line.title, line.stand, HERE)
        for at, line in enumerate((words.main, *words.river[:4]), 1)
    )
    listen = Listen(words.main.minutes or "4", 240, f"{HERE}a.opus", f"{HERE}a.mp3", CAPTIONS, words.code, "", "")
    heard = replace(listen, title=words.coverage[0], source=words.name)
    return InFive(words.coverage[0], cards, more(words), heard)


def front_blocks(words: Words) -> tuple[Block, ...]:
    """A whole front: one block of every kind, in the order a home page might have."""
    return (
        lead(words),
        Pair(even_strip(words), river(words)),
        led_strip(words),
        opinions(words),
        screening(words),
        even_strip(words),
        light_table(words),
        dossier(words),
        most_read(words),
        in_five(words),
    )
