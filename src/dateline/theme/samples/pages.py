"""Whole pages made from a language's words: the front, stories in every state, archives, notices."""

from dataclasses import replace

from dateline.theme.components import (
    ArchiveView,
    Author,
    BodyPart,
    Change,
    ComparedRow,
    CompareView,
    Correction,
    Credentials,
    Embed,
    Figure,
    FrontView,
    Gallery,
    Heading,
    IslandView,
    Link,
    Moment,
    NoticeView,
    Prose,
    PullQuote,
    Quote,
    ReadMore,
    StoryView,
    Table,
    TextView,
)
from dateline.theme.samples.blocks import (
    HERE,
    dossier,
    front_blocks,
    landscape,
    more,
    portrait,
    river,
    teaser,
    words_for,
)
from dateline.theme.samples.clips import heard_and_seen
from dateline.theme.samples.shells import sample_head, sample_shell
from dateline.theme.samples.texts import Words

_PATH = "/environment/sarran-flood-centre-opens"


def front_view(code: str, *, home: bool = True) -> FrontView:
    """A front with a block of every kind, or a section's front with its heading and sub-sections."""
    words = words_for(code)
    shell = sample_shell(code)
    if home:
        return FrontView(sample_head(code), shell, words.heading, front_blocks(words), home=True)
    return FrontView(
        sample_head(code, words.sections[0], "/environment"),
        shell,
        words.sections[0],
        (*front_blocks(words)[:1], river(words)),
        description=words.side[0].stand,
        eyebrow=shell.tree[0].children[0],
        children=shell.tree[0].children[:4],
        older=Link(words.older, HERE),
    )


def _note(words: Words, number: int, at: int) -> str:
    """A mark as the newsroom sets it after a passage."""
    place = "٠١٢٣"[number] if words.code == "ar" else str(number)
    said = {"ar": "المصدر", "en": "Source"}[words.code]
    return (
        f'<sup class="note"><a href="#source-{number}" id="noted-{at}" role="doc-noteref" aria-label="{said} {place}">'
        f"{place}</a></sup>"
    )


def body_parts(words: Words) -> tuple[BodyPart, ...]:
    """A body with one part of every kind, in a sensible order."""
    text = [f"<p>{paragraph}</p>" for paragraph in words.paragraphs]
    text[1] = text[1].replace("</p>", f"{_note(words, 1, 1)}{_note(words, 2, 2)}</p>")
    text[2] = text[2].replace("</p>", f"{_note(words, 2, 3)}</p>")
    listed = "".join(f"<li>{item}</li>" for item in words.listed)
    return (
        Prose("".join(text[:3])),
        Heading(words.subheads[0], "promised"),
        Prose("".join(text[3:5])),
        ReadMore(Link(words.more, HERE)),
        Figure(
            replace(landscape(words, alt=words.alt), credentials=Credentials(words.origin[0], words.origin[1:], HERE))
        ),
        Heading(words.subheads[1], "empty"),
        Prose(text[5]),
        Heading(words.sub_subhead, "counts", level=3),
        Prose(f"<ol>{listed}</ol>{text[6]}<ul>{listed}</ul>"),
        PullQuote(words.pull, words.authors[0]),
        Prose(text[7]),
        Quote(f"<p>{words.quote}</p>", words.quoted),
        Table(*words.table, row_heads=True),
        Gallery((landscape(words, alt=words.alt), portrait(words, alt=words.alt), landscape(words)), words.sections[4]),
        Embed(HERE, *words.embed),
        Prose(text[8]),
    )


def story_view(code: str) -> StoryView:
    """A full story: every field is set but `old` and `gallery`."""
    words = words_for(code)
    return StoryView(
        head=replace(
            sample_head(code, words.main.title, _PATH), og_type="article", published="2026-11-19T13:40:00+03:00"
        ),
        shell=sample_shell(code),
        url=f"/{code}{_PATH}",
        form="news",
        headline=words.main.title,
        kicker=words.main.kicker,
        kicker_url=HERE,
        standfirst=words.main.stand,
        authors=tuple(Author(name, f"/{code}/by/{at}") for at, name in enumerate(words.authors)),
        byline=words.byline,
        source=words.source,
        published=Moment("2026-11-19T13:40:00+03:00", *words.published),
        updated=Moment("2026-11-19T14:05:00+03:00", *words.updated),
        minutes=words.minutes,
        place=words.place,
        lead=replace(landscape(words, alt=words.alt), credentials=Credentials(words.made)),
        body=body_parts(words),
        corrections=(
            Correction(Moment("2026-11-19T14:05:00+03:00", *words.published), words.correction, words.correction_label),
        ),
        corrected=words.corrected,
        versions=f"{HERE}versions/",
        known=words.known,
        rights=words.rights,
        topics=tuple(Link(topic, HERE) for topic in words.topics),
        coverage=dossier(words),
        coverage_picture=landscape(words),
        read_next=tuple(
            teaser(line, picture=landscape(words) if at in (0, 2) else None) for at, line in enumerate(words.led)
        ),
        address=f"dateline.example/{code}{_PATH}",
    )


def compare_view(code: str) -> CompareView:
    """Two versions of the sample story: a word replaced, a paragraph gone, a paragraph come."""
    words, full = words_for(code), story_view(code)
    head, _space, tail = words.main.stand.rpartition(" ")
    return CompareView(
        full.head,
        full.shell,
        words.main.title,
        Link(words.main.title, HERE),
        Link(words.main.title, HERE),
        *words.compare[:2],
        old_time=full.published,
        new_time=full.updated,
        rows=(
            ComparedRow((Change(words.main.title),), (Change(words.main.title),), same=True),
            ComparedRow(
                (Change(f"{head} "), Change(tail, "del")), (Change(f"{head} "), Change(words.place, "ins"), Change("."))
            ),
            ComparedRow(skipped=words.compare[2]),
            ComparedRow((Change(words.long_title, "del"),), ()),
            ComparedRow((), (Change(words.correction, "ins"),)),
        ),
    )


def story_views(code: str) -> dict[str, StoryView]:
    """Stories in the states that break a page which was only drawn for the fair case, by the name of the state."""
    words, full = words_for(code), story_view(code)
    bare = replace(
        full,
        lead=None,
        source="",
        updated=None,
        coverage=None,
        coverage_picture=None,
        corrections=(),
        corrected="",
        versions="",
        known=None,
        rights="",
    )
    columnist = Author(words.voices[0].name, HERE, words.role, words.bio, portrait(words))
    return {
        "full": full,
        "no picture": bare,
        "nothing but a headline": StoryView(full.head, full.shell, full.url, "news", words.main.title),
        "portrait picture": replace(full, lead=portrait(words, alt=words.alt)),
        "four-line headline": replace(full, headline=words.long_title),
        "one-word headline": replace(bare, headline=words.short_title),
        "mixed directions": replace(bare, headline=words.mixed_title),
        "huge numbers": replace(bare, headline=words.huge_title),
        "ten bylines": replace(
            bare,
            authors=tuple(Author(name, f"{HERE}{at}") for at, name in enumerate(words.ten)),
            byline=words.ten_byline,
        ),
        "old": replace(full, old=words.old),
        "opinion": replace(
            bare,
            form="opinion",
            kicker=words.sections[2],
            headline=words.voices[0].title,
            authors=(columnist,),
            byline="",
            place="",
        ),
        "opinion without a portrait": replace(
            bare, form="opinion", headline=words.voices[1].title, authors=(replace(columnist, photo=None),)
        ),
        "gallery": replace(
            bare,
            form="gallery",
            headline=words.sections[4],
            gallery=(landscape(words, alt=words.alt), portrait(words), portrait(words), landscape(words)),
            body=(),
        ),
        **heard_and_seen(full, bare, words),
    }


def archive_view(code: str) -> ArchiveView:
    words = words_for(code)
    lines = (*words.led, *words.even)
    return ArchiveView(
        sample_head(code, words.sections[0], "/environment/3"),
        sample_shell(code),
        words.sections[0],
        Link(words.heading, HERE),
        words.page,
        tuple(teaser(line, picture=None if at % 3 else landscape(words)) for at, line in enumerate(lines)),
        newer=Link(words.newer, HERE),
        older=Link(words.older, HERE),
    )


def text_view(code: str) -> TextView:
    words = words_for(code)
    html = f"<p>{words.plain}</p><h2>{words.subheads[0]}</h2><p>{words.paragraphs[3]}</p>"
    return TextView(sample_head(code, words.name, "/privacy"), sample_shell(code), words.name, html)


def notice_views(code: str) -> dict[str, NoticeView]:
    """What a reader sees instead of a story: withdrawn, not found, error."""
    words = words_for(code)
    newest = tuple(teaser(line) for line in words.river)
    time = Moment("2026-11-19T13:40:00+03:00", *words.published)

    def notice(texts: tuple[str, str], time: Moment | None = None) -> NoticeView:
        head = replace(sample_head(code, texts[0]), robots="noindex")
        return NoticeView(head, sample_shell(code), *texts, time=time, newest=newest)

    return {
        "withdrawn": notice(words.withdrawn, time),
        "not found": notice(words.not_found),
        "error": notice(words.failed),
    }


def island_view(code: str) -> IslandView:
    words = words_for(code)
    return IslandView(sample_shell(code), replace(river(words), more=more(words)))
