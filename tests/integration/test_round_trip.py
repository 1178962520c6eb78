"""What goes out comes in the same: an export of an import of an export is that export, and every page is the same."""

import json
import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Page, Site

from dateline.newsroom.broadcast.actions import set_day
from dateline.newsroom.broadcast.models import Channel
from dateline.newsroom.broadcast.schedule import read_day
from dateline.newsroom.clips.models import Captions, Clip
from dateline.newsroom.editions.models import Address, Edition, InfoPage, Newsroom, Region, Section
from dateline.newsroom.editions.shell import forget_shells
from dateline.newsroom.editions.translations import link_tree_pages
from dateline.newsroom.fronts.models import Front
from dateline.newsroom.live.actions.updates import (
    Words,
    change_coverage,
    edit_update,
    pin_update,
    post_update,
    withdraw_update,
)
from dateline.newsroom.live.models import Update
from dateline.newsroom.pictures.models import Picture
from dateline.newsroom.stories.actions import withdraw_story
from dateline.newsroom.stories.models import Coverage, Series, Story, StoryCorrection
from dateline.newsroom.stories.source_blocks import raw_sources
from dateline.newsroom.stories.sources import Source
from dateline.newsroom.stories.translations import link_stories, translate_story
from dateline.press.printing import print_path
from dateline.wire.exporter import export_folder
from dateline.wire.importer import import_paths
from dateline.wire.static_site import all_paths
from tests.factories import TestNewsroom, edit, settle
from tests.films import film, recording
from tests.integration.test_clips import clip_of
from tests.integration.test_import import folder, item

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 160 32"><path d="M0 0h160v32z"/></svg>'

FIRST, SECOND = "5b1c8f6a-0000-4000-8000-00000000000a", "5b1c8f6a-0000-4000-8000-00000000000b"
#: One of each kind, with everything that a source can say.
SOURCES = [
    Source(
        "outlet",
        id=FIRST,
        outlet="The Delta & Herald",
        url="https://herald.example/a?b=1&c=2",
        archived="https://archive.example/a",
        on=date(2026, 11, 1),
        cites=(Source("outlet", outlet="Radio", cites=(Source("unnamed", name="officials", role="of the <port>"),)),),
    ),
    Source("person", id=SECOND, name="Ana “A.” Ruiz", role="mayor", quote="So it <is>."),
    Source("own"),
    Source("unnamed"),
    Source("document", name="Annex C"),
    Source("official", name="Port authority", on=date(2026, 11, 2)),
    Source("data", name="Tides", url="https://tides.example/"),
]

TOML = """
[newsroom]
name = "The Harbour"
legal = "All rights reserved"
accent = "#0b6e4f"
logo = "media/logo.svg"
founded = 1931-05-04
motto = { latin = "Fluctuat", since = 1931-05-04T10:00:00Z, share = [0.5, inf] }

[[editions]]
language = "en"
path = "en"
name = "The Harbour"
sections = [{ slug = "news", title = "News" }]
"""


def furnish(newsroom: TestNewsroom, tmp_path: Path) -> None:
    """Everything that a newsroom can have and an export can hold."""
    where = folder(tmp_path / "in", item(1, altIds=[{"role": "redirect", "value": "/old/the-vote/"}]), toml=TOML)
    (where / "media" / "logo.svg").write_text(SVG)
    assert len(import_paths([where]).problems) == 2  # the names that are kept
    english, arabic = newsroom.editions["en"], newsroom.editions["ar"]
    picture = newsroom.picture(width=900, height=700, caption="At the quay", credit="A. Photographer")
    Picture.objects.filter(pk=picture.pk).update(
        focal_point_x=450, focal_point_y=60, focal_point_width=40, focal_point_height=40, title="Quay, morning"
    )
    topic, person = newsroom.topic(name="Ferries"), newsroom.person(name="Ana")
    person.photo = newsroom.picture(description="Ana", credit="B. Photographer")
    person.save()
    region = Region.objects.create(edition=english, slug="europe", title="Europe")
    coverage = Coverage.objects.create(
        edition=english,
        slug="strike",
        title="The strike",
        summary="S",
        picture=picture,
        in_five=[("card", {"title": "1", "text": "T"})],
        in_five_draft=True,
        closed=True,
        people="Ana, editor\nBen",
        places="Maren",
        key_dates=[("date", {"when": "2026-03", "text": "It begins", "story": None})],
    )
    block = ("picture", {"picture": picture, "caption": "The same quay, an hour later"})
    first = newsroom.story(
        title="Ferries stand still",
        people=(person,),
        topics=(topic,),
        regions=(region,),
        lead_picture=picture,
        lead_caption="The quay on Monday",
        kicker="Strike",
        standfirst="Nothing moves.",
        urgency=2,
        sources=json.dumps(raw_sources(SOURCES)),
        body=[
            (
                "text",
                f'<p>One <strong><span data-source="{FIRST} {SECOND}">that <a href="https://port.example/">two</a>'
                f' sources</span></strong> bear, and <span data-source="{SECOND}">one</span>.</p>',
            ),
            ("quote", {"text": f'<p><span data-source="{FIRST}">So it is.</span></p>', "attribution": "Ana"}),
            block,
            ("gallery", {"pictures": [block[1], {"picture": picture, "caption": ""}]}),
            (
                "chart",
                {
                    "headline": "Ferries & <boats>",
                    "kind": "bar",
                    "data": "Day;Ferries;Boats\r\n2026-11-01;1,5;\r\n2026-11-02;2;٤\r\n",
                    "unit": "a day",
                    "note": "From the quay.",
                    "source": "Own count",
                    "description": "Few ferries, fewer boats.",
                },
            ),
        ],
    )
    first.coverages.set([coverage])
    series = Series.objects.create(
        edition=english,
        slug="quays",
        title="At the quays",
        summary="Weekly.",
        picture=picture,
        section=newsroom.sections["en/news/politics"],
    )
    clip = clip_of(
        film(), title="The last ferry", description="It leaves.\n\nSlowly.", credit="C. Camera", rights="Ours"
    )
    clip.poster, clip.chapters = picture, "0:00 Quay\n0:02 Sea"
    clip.save()
    Captions.objects.create(clip=clip, language="ar", cues=[[0, 1500, "تغادر <الآن>"], [1500, 2500, "وداعاً\nيا ميناء"]])
    clip_of(recording(), title="Nobody shows this")
    edit(first, slug="ferries", clip=clip, series=series, episode=7)
    notes = [
        StoryCorrection(text="It was <Tuesday>.", at=datetime(2026, 11, 3, 9, 15, tzinfo=UTC)),
        StoryCorrection(
            text="By ferry, not by boat.", kind="clarification", at=datetime(2026, 11, 4, 7, 0, tzinfo=UTC)
        ),
        StoryCorrection(text="The strike is over.", kind="update", at=datetime(2026, 11, 5, 7, 0, tzinfo=UTC)),
    ]
    edit(first, corrections=notes)
    second = newsroom.story(section="opinion", form="opinion", title="What I think")
    sister = newsroom.story("ar")
    link_stories(second, sister, by=None)
    translate_story(first, newsroom.sections["ar/news/politics"], by=None)
    wrong = edit(newsroom.story(title="Never happened"), corrections=[StoryCorrection(text="Nor did this.")])
    withdraw_story(wrong, by=None, reason="The source took it back.")
    newsroom.story(title="A draft", publish=False)
    live = newsroom.story(title="The vote, hour by hour", form="live", published=timezone.now())
    for number in range(23):
        words = Words(
            f"At hour {number}", [("text", f"<p>Hour {number}.</p>"), block], person, "The town", number % 9 == 4
        )
        told = post_update(live, words, by=None)
    withdraw_update(told, by=None)
    edit_update(Update.objects.get(number=2), Words("At hour one", [("text", "<p>One.</p>")]), by=None)
    pin_update(live, Update.objects.get(number=3), by=None)
    change_coverage(live, by=None, state="closed", order="oldest")
    channel = Channel.objects.create(
        edition=english,
        slug="tv",
        title="TV",
        hls="https://tv.example/a.m3u8",
        more_hosts="cdn.example",
        poster=picture,
    )
    today = timezone.now().astimezone(english.zone).date()
    set_day(channel, today, read_day("06:00-07:00 News | Of the day\n07:00 More", today, english.zone), by=None)
    newsroom.add_section("en", "culture")
    newsroom.add_section("ar", "thaqafa")
    link_tree_pages(newsroom.sections["en/culture"], newsroom.sections["ar/thaqafa"])
    for edition, title in ((english, "About us"), (arabic, "من نحن")):
        page = InfoPage(title=title, slug="about", locale=edition.locale, body="<p>We are here.</p>")
        Page.objects.get(pk=edition.pk).add_child(instance=page)
        settle(page)
    spanish = Edition.objects.get(pk=newsroom.editions["es"].pk)
    spanish.public_versions = True
    spanish.save()
    settle(spanish)
    fresh = Edition.objects.get(pk=english.pk)
    about = InfoPage.objects.child_of(english).get()
    fresh.navigation = [
        ("page", newsroom.sections["en/news/politics"].page_ptr),
        ("page", about.page_ptr),
        ("rule", None),
        ("region", region),
        ("link", {"name": "Shop", "url": "https://shop.example/"}),
    ]
    fresh.save()
    settle(fresh)
    Front.objects.create(
        page=english.page_ptr,
        blocks=[
            ("lead", {"stories": [second.page_ptr, first.page_ptr]}),
            ("strip", {"title": "Here", "section": newsroom.sections["en/news"].page_ptr, "stories": [], "led": True}),
            ("form", {"title": "", "look": "opinions", "form": "opinion", "stories": [second.page_ptr]}),
            ("dossier", {"coverage": coverage}),
            ("river", {"title": "Now"}),
        ],
    )
    Front.objects.create(page=newsroom.sections["ar/news"].page_ptr, blocks=[("river", {"title": "الآن"})])


def empty(newsroom: TestNewsroom) -> None:
    """A newsroom as `init` leaves it, before it reads a folder."""
    Front.objects.all().delete()
    for story in Story.objects.all():
        story.delete()
    for edition in Edition.objects.all():
        Site.objects.filter(root_page=edition).delete()
        Page.objects.get(pk=edition.pk).delete()
    Address.objects.all().delete()
    Clip.objects.all().delete()
    Picture.objects.all().delete()
    Newsroom.objects.all().delete()
    call_command("db_worker", "--batch", "--no-startup-delay", verbosity=0)  # files of deleted pictures
    forget_shells()


def files(where: Path) -> dict[str, bytes]:
    return {str(file.relative_to(where)): file.read_bytes() for file in where.rglob("*") if file.is_file()}


def pages() -> dict[str, tuple[int, str]]:
    return {path: (print_path(path).status, shown(print_path(path).body.decode())) for path in all_paths()}


def shown(body: str) -> str:
    """A page without what counts pictures, prints and rows: names of renditions, when an island was printed and at
    which position, and the numbers that open pages know stories and alerts by."""
    import re

    body = re.sub(r"/media/images/[^\"\s,]+", "/media/images/…", body)
    return re.sub(
        r'data-(?:printed|position|story|live-story|alert)="[^"]*"|<lastBuildDate>[^<]*|<lastmod>[^<]*', "", body
    )


def without_next(found: tuple[int, str]) -> tuple[int, str]:
    """A page without what it leads on to: that is chosen when a story goes out, among what there is then."""
    block = r'<div class="front">\s*<section class="block readnext">.*?</section>\s*</div>'
    left = re.sub(block, "", found[1], flags=re.DOTALL)
    return found[0], "\n".join(line for line in left.splitlines() if line.strip())


def test_everything_comes_back(newsroom: TestNewsroom, tmp_path: Path) -> None:
    furnish(newsroom, tmp_path)
    before = pages()
    addresses = sorted(Address.objects.exclude(page=None).values_list("path", "current"))
    export_folder(tmp_path / "first", progress=lambda _: None)
    empty(newsroom)
    report = import_paths([tmp_path / "first"])
    assert [str(p) for p in report.problems if "kept and not used" not in p.reason] == []
    export_folder(tmp_path / "second", progress=lambda _: None)
    first, second = files(tmp_path / "first"), files(tmp_path / "second")
    assert first.keys() == second.keys()
    for name in first:
        assert first[name].split(b"\n") == second[name].split(b"\n"), name
    assert sorted(Address.objects.exclude(page=None).values_list("path", "current")) == addresses
    after = pages()
    assert after.keys() == before.keys()
    for path in before:
        assert without_next(after[path]) == without_next(before[path]), path


def test_a_second_import_of_an_export_changes_nothing(newsroom: TestNewsroom, tmp_path: Path) -> None:
    furnish(newsroom, tmp_path)
    export_folder(tmp_path / "out", progress=lambda _: None)
    report = import_paths([tmp_path / "out"])
    assert (report.created, report.updated) == (0, 0)
    generation = newsroom.store.state().shells
    import_paths([tmp_path / "out"])
    assert newsroom.store.state().shells == generation, "an equal newsroom.toml marks no page as old"


def test_the_logo_stands_in_the_masthead(newsroom: TestNewsroom, tmp_path: Path) -> None:
    where = folder(
        tmp_path / "in", item(1), toml=TOML.replace('name = "The Harbour"\nsections', 'name = "H"\nsections')
    )
    (where / "media" / "logo.svg").write_text(SVG.replace("<path", "<script>alert(1)</script><path"))
    reasons = [problem.reason for problem in import_paths([where]).problems]
    assert any("newsroom.logo" in reason and "<script>" in reason for reason in reasons)
    name = Newsroom.load().logo
    file = Path(newsroom.settings.MEDIA_ROOT) / name
    assert name.startswith("images/logo-")
    assert "alert" not in file.read_text()
    assert f'<img src="/media/{name}"' in print_path("/en/").body.decode()
    file.unlink()
    forget_shells()
    assert "<img src" not in print_path("/en/").body.decode().split("</header>")[0]


@pytest.mark.parametrize(
    ("href", "reason"),
    [("media/no.svg", "no such file"), ("media/text.svg", "can be read"), ("media/text.png", "not a picture")],
)
def test_a_logo_that_cannot_be_is_named_and_the_rest_goes_in(
    newsroom: TestNewsroom, tmp_path: Path, href: str, reason: str
) -> None:
    where = folder(tmp_path / "in", item(1), toml=TOML.replace("media/logo.svg", href))
    for name in ("text.svg", "text.png"):
        (where / "media" / name).write_text("just words")
    report = import_paths([where])
    assert report.created == 1
    assert [p.reason for p in report.problems if "newsroom.logo" in p.reason and reason in p.reason]
    assert Newsroom.load().logo == ""


CURATED: dict[str, Any] = {
    "no such section": ('{ block = "strip", section = "news/nowhere" }', "no section 'news/nowhere'"),
    "no such coverage": ('{ block = "dossier", coverage = "nothing" }', "no coverage 'nothing'"),
    "no such tracker": ('{ block = "trackers", trackers = ["nothing"] }', "no tracker 'nothing'"),
    "no such story": ('{ block = "lead", stories = ["urn:test:nothing"] }', "no story 'urn:test:nothing'"),
}


@pytest.mark.parametrize("what", CURATED)
def test_what_a_front_names_and_is_not_here_is_named(newsroom: TestNewsroom, tmp_path: Path, what: str) -> None:
    block, reason = CURATED[what]
    front = f'\n[[editions.fronts]]\nblocks = [{block}, {{ block = "river", title = "Now" }}]\n'
    where = folder(tmp_path / "in", *map(item, range(1, 9)), toml=TOML.replace("logo", "sign") + front)
    report = import_paths([where])
    (problem,) = [p for p in report.problems if "fronts[0]" in p.reason]
    assert reason in problem.reason
    assert "fronts[0].blocks[0]" in problem.reason
    assert Path(problem.file).name == "newsroom.toml"
    assert "Now" in print_path("/en/").body.decode()


def test_a_withdrawn_story_comes_back_as_its_notice(newsroom: TestNewsroom, tmp_path: Path) -> None:
    story = newsroom.story(title="Never happened")
    path = Address.objects.get(page=story).path
    withdraw_story(story, by=None, reason="The source took it back.")
    when = Story.objects.get().withdrawn_at
    export_folder(tmp_path / "out", progress=lambda _: None)
    empty(newsroom)
    report = import_paths([tmp_path / "out"])
    assert (report.created, report.withdrawn, report.problems) == (0, 1, [])
    printed = print_path(path)
    assert printed.status == 410
    assert "The source took it back." in printed.body.decode()
    assert Story.objects.get().withdrawn_at == when
    assert timezone.now() > when


def test_sections_of_other_slugs_are_still_translations(newsroom: TestNewsroom, tmp_path: Path) -> None:
    newsroom.add_section("en", "culture")
    newsroom.add_section("ar", "thaqafa")
    link_tree_pages(newsroom.sections["en/culture"], newsroom.sections["ar/thaqafa"])
    export_folder(tmp_path / "out", progress=lambda _: None)
    empty(newsroom)
    assert import_paths([tmp_path / "out"]).problems == []
    english, arabic = Section.objects.get(slug="culture"), Section.objects.get(slug="thaqafa")
    assert english.translation_key == arabic.translation_key
