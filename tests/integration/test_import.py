"""Newsroom folders in and out: nothing lost, nothing half-written, every bad line named."""

import json
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from dateline.newsroom.editions.models import Address, Edition, Section
from dateline.newsroom.pictures.models import Picture, Rendition
from dateline.newsroom.stories.models import Person, Story, StreamEntry
from dateline.press.models import Change
from dateline.press.printing import print_path
from dateline.wire.exporter import export_folder
from dateline.wire.importer import import_paths
from dateline.wire.intake import Intake, IntakeError
from tests.factories import TestNewsroom, edit

TOML = """
[newsroom]
name = "Folder"
accent = "#0b6e4f"

[[editions]]
language = "en"
path = "en"
name = "Folder in English"
timezone = "Europe/London"
default = true
sections = [{ slug = "news", title = "News", children = [{ slug = "politics", title = "Politics" }] }]
regions = [{ slug = "europe", title = "Europe" }]

[[editions.people]]
slug = "ana"
name = "Ana"
role = "Reporter"

[[editions.pages]]
slug = "about"
title = "About us"
body = "<p>We are a folder.</p>"

[[editions.breaking]]
text = "An alert of long ago"
at = 2026-01-01T10:00:00Z

[[editions]]
language = "ar"
path = "ar"
name = "المجلد"
timezone = "Asia/Beirut"
sections = [{ slug = "news", title = "أخبار", children = [{ slug = "politics", title = "سياسة" }] }]
"""


def item(number: int = 1, **values: Any) -> dict[str, Any]:
    base: dict[str, Any] = {
        "uri": f"urn:test:{number}",
        "type": "text",
        "version": "1",
        "versionCreated": "2026-03-04T10:00:00Z",
        "pubStatus": "usable",
        "language": "en",
        "headlines": [{"role": "main", "contentType": "text/plain", "value": f"Headline {number}"}],
        "bodies": [{"role": "main", "contentType": "text/html", "value": f"<p>Body of number {number}.</p>"}],
        "subjects": [{"rel": "section", "literal": "news/politics"}],
    }
    return base | values


def folder(where: Path, *lines: Any, toml: str = TOML) -> Path:
    """A newsroom folder; a line that is text is written as it is."""
    (where / "stories").mkdir(parents=True)
    (where / "media").mkdir()
    (where / "newsroom.toml").write_text(toml, encoding="utf-8")
    text = "\n".join(line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines)
    (where / "stories" / "all.jsonl").write_text(text + "\n", encoding="utf-8")
    return where


def test_a_folder_goes_in_and_every_story_answers(newsroom: TestNewsroom, tmp_path: Path) -> None:
    report = import_paths([folder(tmp_path / "in", item(1), item(2, language="ar"))])
    assert (report.created, report.problems) == (2, [])
    for story in Story.objects.all():
        printed = print_path(Address.objects.get(page=story, current=True).path)
        assert printed.status == 200
        assert story.title in printed.body.decode()
        direction = "rtl" if story.locale.language_code == "ar" else "ltr"
        assert f'dir="{direction}"' in printed.body.decode().split(">", 2)[1]


def test_a_second_import_changes_nothing(newsroom: TestNewsroom, tmp_path: Path) -> None:
    where = folder(tmp_path / "in", item(1), item(2))
    import_paths([where])
    before = list(Story.objects.order_by("pk").values())
    report = import_paths([where])
    assert (report.created, report.updated, report.unchanged) == (0, 0, 2)
    assert list(Story.objects.order_by("pk").values()) == before


def test_a_newer_version_updates_and_an_older_does_not(newsroom: TestNewsroom, tmp_path: Path) -> None:
    import_paths([folder(tmp_path / "a", item(1, version="2"))])
    headline = [{"role": "main", "contentType": "text/plain", "value": "Newer"}]
    newer = item(1, version="3", versionCreated="2026-03-05T10:00:00Z", headlines=headline)
    assert import_paths([folder(tmp_path / "b", newer)]).updated == 1
    assert Story.objects.get().title == "Newer"
    older = item(1, version="1", versionCreated="2026-03-01T10:00:00Z")
    assert import_paths([folder(tmp_path / "c", older)]).updated == 0
    assert Story.objects.get().title == "Newer"


def test_a_canceled_item_withdraws(newsroom: TestNewsroom, tmp_path: Path) -> None:
    import_paths([folder(tmp_path / "a", item(1))])
    report = import_paths([folder(tmp_path / "b", item(1, version="2", pubStatus="canceled"))])
    assert report.withdrawn == 1
    story = Story.objects.get()
    assert story.withdrawn_at
    assert print_path(Address.objects.get(page=story).path).status == 410


BAD = {
    "truncated": '{"uri": "urn:test:9", "headl',
    "an array": "[1, 2]",
    "wrong type": item(9, headlines="text"),
    "no zone": item(9, versionCreated="2026-03-04T10:00:00"),
    "unknown section": item(9, subjects=[{"rel": "section", "literal": "news/nowhere"}]),
    "unknown language": item(9, language="de"),
    "a file that is missing": item(
        9,
        associations=[
            {"rel": "lead", "name": "lead", "type": "picture", "renditions": [{"name": "main", "href": "media/no.jpg"}]}
        ],
    ),
    "a path that climbs": item(
        9,
        associations=[
            {
                "rel": "lead",
                "name": "lead",
                "type": "picture",
                "renditions": [{"name": "main", "href": "../../etc/passwd"}],
            }
        ],
    ),
    "two items with one uri": item(1, headlines=[{"role": "main", "contentType": "text/plain", "value": "Again"}]),
}


@pytest.mark.parametrize("what", BAD)
def test_a_bad_line_is_named_and_the_rest_goes_in(newsroom: TestNewsroom, tmp_path: Path, what: str) -> None:
    report = import_paths([folder(tmp_path / "in", item(1), BAD[what], item(3))])
    assert report.created == 2
    assert [problem.line for problem in report.problems] == [2]
    assert report.problems[0].file.endswith("all.jsonl")
    assert sorted(Story.objects.values_list("uri", flat=True)) == ["urn:test:1", "urn:test:3"]
    assert Story.objects.get(uri="urn:test:1").title == "Headline 1"


def test_a_picture_bomb_is_refused(newsroom: TestNewsroom, tmp_path: Path) -> None:
    lead = [
        {"rel": "lead", "name": "lead", "type": "picture", "renditions": [{"name": "main", "href": "media/bomb.png"}]}
    ]
    where = folder(tmp_path / "in", item(1, associations=lead), item(2))
    Image.new("1", (20_000, 20_000)).save(where / "media" / "bomb.png")
    report = import_paths([where])
    assert report.created == 1
    assert "bomb.png" in str(report.problems[0])


def test_hostile_html_is_made_harmless(newsroom: TestNewsroom, tmp_path: Path) -> None:
    html = (
        '<p onclick="steal()">Words <a href="javascript:steal()">link</a> <b style="position:fixed">styled</b></p>'
        "<script>steal()</script><img src=x onerror=steal()><p>tail \u202egnorw\u202c</p>"
    )
    body = [{"role": "main", "contentType": "text/html", "value": html}]
    head = [{"role": "main", "contentType": "text/plain", "value": "Safe \u202etxt <script>steal()</script>"}]
    import_paths([folder(tmp_path / "in", item(1, bodies=body, headlines=head))])
    page = print_path(Address.objects.get(page=Story.objects.get()).path).body.decode()
    for harm in ("steal()</script>", "<script>steal", "onclick", "onerror", "javascript:", "position:fixed", "\u202e"):
        assert harm not in page, harm
    assert "Words" in page
    assert "tail" in page


def pictured(number: int, file: str = "media/p.jpg", **values: Any) -> dict[str, Any]:
    """An item with a lead picture."""
    lead = {"rel": "lead", "name": "lead", "type": "picture", "renditions": [{"name": "main", "href": file}]}
    return item(number, associations=[lead], **values)


def files_below(*folders: Path) -> dict[str, bytes]:
    return {str(file): file.read_bytes() for top in folders for file in top.rglob("*") if file.is_file()}


def with_photo(where: Path, toml: str = TOML) -> str:
    """The folder gets a picture, its first author a photo."""
    Image.new("RGB", (900, 600), (9, 90, 90)).save(where / "media" / "p.jpg")
    (where / "newsroom.toml").write_text(toml.replace('role = "Reporter"', 'role = "Reporter"\nphoto = "media/p.jpg"'))
    return str(where)


def test_check_leaves_nothing_behind(newsroom: TestNewsroom, tmp_path: Path) -> None:
    where = folder(tmp_path / "in", pictured(1), item(2), item(3, language="fr"))
    french = '\n[[editions]]\nlanguage = "fr"\npath = "fr"\nname = "En français"\n'
    french += 'sections = [{ slug = "news", title = "Actualités", '
    french += 'children = [{ slug = "politics", title = "Politique" }] }]\n'
    with_photo(where, TOML + french)
    roots = (Path(newsroom.settings.MEDIA_ROOT), newsroom.store.root, Path(newsroom.settings.STATIC_ROOT))
    newsroom.story()
    before = files_below(*roots)
    rows = {model: model.objects.count() for model in (Story, Edition, Section, Picture, Person, Change, Address)}
    report = import_paths([where], check=True)
    assert (report.created, [str(p) for p in report.problems if p.line]) == (3, [])
    assert files_below(*roots) == before
    assert {model: model.objects.count() for model in rows} == rows
    assert print_path("/fr/").status == 404
    assert import_paths([where]).created == 3
    assert print_path("/fr/").status == 200


def test_a_gallery_shows_the_pictures_that_its_text_does_not_name(newsroom: TestNewsroom, tmp_path: Path) -> None:
    names = ("p", "q")
    figures = [
        {
            "rel": "figure",
            "name": name,
            "type": "picture",
            "uri": f"urn:test:{name}",
            "descriptions": [{"role": "caption", "value": f"Caption {name}"}],
            "renditions": [{"name": "main", "href": f"media/{name}.jpg"}],
        }
        for name in names
    ]
    gallery = item(1, genres=[{"literal": "gallery"}], associations=figures)
    where = folder(tmp_path / "in", gallery, item(2, associations=figures))
    for name in names:
        Image.new("RGB", (900, 600), (9, 90, ord(name))).save(where / "media" / f"{name}.jpg")
    assert import_paths([where]).problems == []
    story = Story.objects.get(uri="urn:test:1")
    assert [block.block_type for block in story.body] == ["gallery", "text"]
    assert [one["picture"].caption for one in story.body[0].value["pictures"]] == ["Caption p", "Caption q"]
    assert story.frames == 2
    page = print_path(Address.objects.get(page=story, current=True).path).body.decode()
    assert page.count('class="opens"') == 2
    assert 'id="picture-2"' in page
    assert "film__strip" not in page
    assert [block.block_type for block in Story.objects.get(uri="urn:test:2").body] == ["text"]


def test_a_line_that_fails_late_leaves_no_picture_and_no_wrong_one(newsroom: TestNewsroom, tmp_path: Path) -> None:
    missing = {
        "rel": "figure",
        "name": "f",
        "type": "picture",
        "renditions": [{"name": "main", "href": "media/no.jpg"}],
    }
    bad = pictured(1)
    bad["associations"].append(missing)
    where = folder(tmp_path / "in", bad, pictured(2, "media/q.jpg"), pictured(3))
    Image.new("RGB", (900, 600), (9, 90, 90)).save(where / "media" / "p.jpg")
    Image.new("RGB", (700, 500), (200, 0, 0)).save(where / "media" / "q.jpg")
    report = import_paths([where])
    assert (report.created, [problem.line for problem in report.problems]) == (2, [1])
    assert Story.objects.get(uri="urn:test:2").lead_picture.width == 700
    assert Story.objects.get(uri="urn:test:3").lead_picture.width == 900
    known = {one.file.name for model in (Picture, Rendition) for one in model.objects.all()}
    media = Path(newsroom.settings.MEDIA_ROOT)
    assert {str(file.relative_to(media)) for file in media.rglob("*") if file.is_file()} == known


def test_a_line_that_fails_after_it_was_hung_leaves_the_tree_right(
    newsroom: TestNewsroom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    topic = {"rel": "topic", "literal": "harbour", "name": "Harbour"}
    section = {"rel": "section", "literal": "news/politics"}
    lines = [item(n, subjects=[section, topic]) for n in (1, 2)]
    real = Intake.file_under

    def late(self: Intake, story: Story, *args: Any, **kwargs: Any) -> Any:
        done = real(self, story, *args, **kwargs)
        if story.uri == "urn:test:1":
            raise IntakeError("too late")
        return done

    monkeypatch.setattr(Intake, "file_under", late)
    assert import_paths([folder(tmp_path / "in", *lines)]).created == 1
    story = Story.objects.get()
    assert [one.slug for one in story.topics.all()] == ["harbour"]
    assert story.get_parent().numchild == 1


def test_what_goes_out_comes_in_the_same(newsroom: TestNewsroom, tmp_path: Path) -> None:
    lead = [
        {
            "uri": "urn:test:picture",
            "rel": "lead",
            "name": "lead",
            "type": "picture",
            "by": "A photographer",
            "descriptions": [
                {"role": "caption", "contentType": "text/plain", "value": "A caption"},
                {"role": "alt", "contentType": "text/plain", "value": "What it shows"},
            ],
            "renditions": [
                {"name": "main", "href": "media/p.jpg", "contentType": "image/jpeg", "width": 60, "height": 40}
            ],
        }
    ]
    body = (
        '<p>One <em>two</em> <a href="https://example.org/">three</a>.</p><h2>Four</h2><p>Five</p>'
        "<blockquote><p>Six</p><footer>Seven</footer></blockquote><ul><li>Eight</li></ul>"
    )
    rich = item(
        1,
        bodies=[{"role": "main", "contentType": "text/html", "value": body}],
        associations=lead,
        people=[{"rel": "author", "name": "Ana"}],
        infoSources=[{"role": "source", "name": "An agency"}, {"role": "document", "name": "A paper"}],
        located="Maren",
        altIds=[{"role": "slug", "value": "my-slug"}, {"role": "translation-group", "value": "g1"}],
    )
    where = folder(tmp_path / "in", rich, item(2, language="ar", altIds=[{"role": "translation-group", "value": "g1"}]))
    Image.new("RGB", (60, 40), (9, 90, 90)).save(where / "media" / "p.jpg")
    assert import_paths([where]).problems == []
    export_folder(tmp_path / "first", progress=lambda _: None)
    assert import_paths([tmp_path / "first"]).updated == 0
    export_folder(tmp_path / "second", progress=lambda _: None)
    for name in ("newsroom.toml", "stories/en.jsonl", "stories/ar.jsonl"):
        assert (tmp_path / "first" / name).read_text() == (tmp_path / "second" / name).read_text(), name
    text = (tmp_path / "first" / "newsroom.toml").read_text()
    assert "An alert of long ago" in text
    out = json.loads((tmp_path / "first" / "stories" / "en.jsonl").read_text().splitlines()[0])
    assert out["uri"] == "urn:test:1"
    assert {s["name"] for s in out["infoSources"]} == {"An agency", "A paper"}


def test_translation_groups_make_translations(newsroom: TestNewsroom, tmp_path: Path) -> None:
    group = [{"role": "translation-group", "value": "g"}]
    import_paths([folder(tmp_path / "in", item(1, altIds=group), item(2, language="ar", altIds=group))])
    keys = set(Story.objects.values_list("translation_key", flat=True))
    assert len(keys) == 1


def test_pages_of_lists_are_numbered_from_the_oldest(newsroom: TestNewsroom, tmp_path: Path) -> None:
    lines = [item(n, versionCreated=f"2026-03-{n:02}T10:00:00Z") for n in range(1, 29)]
    lines += [item(n + 100, versionCreated=f"2026-02-{n:02}T10:00:00Z") for n in range(1, 20)]
    import_paths([folder(tmp_path / "in", *lines)])
    section = Section.objects.get(slug="politics", locale__language_code="en")
    entries = StreamEntry.objects.filter(stream__key=f"section:{section.pk}").order_by("published")
    assert [e.page for e in entries] == [1] * 30 + [2] * 17


def test_an_author_that_is_known_is_not_made_again(newsroom: TestNewsroom, tmp_path: Path) -> None:
    import_paths([folder(tmp_path / "in", item(1, people=[{"rel": "author", "name": "Ana"}]))])
    assert Person.objects.filter(name="Ana").count() == 1
    assert Person.objects.get(name="Ana").role == "Reporter"


def test_a_headline_of_any_length_is_whole_on_its_page_and_in_the_export(
    newsroom: TestNewsroom, tmp_path: Path
) -> None:
    words = "A headline that goes on " * 20 + "and ends"
    import_paths([folder(tmp_path / "in", item(headlines=[{"role": "main", "value": words}]))])
    story = Story.objects.get()
    assert len(story.title) <= 255
    assert story.title.endswith("…")
    assert words in print_path(Address.objects.get(page=story).path).body.decode()
    export_folder(tmp_path / "out", progress=lambda _: None)
    lines = (tmp_path / "out" / "stories" / "en.jsonl").read_text().splitlines()
    assert [h["value"] for h in json.loads(lines[0])["headlines"] if h["role"] == "main"] == [words]
    story.title = "Another"
    assert story.headline == "Another"


def test_a_withheld_update_takes_a_story_off_and_publishes_no_draft(newsroom: TestNewsroom, tmp_path: Path) -> None:
    import_paths([folder(tmp_path / "a", item(1), item(2, pubStatus="withheld"))])
    later = {"version": "2", "versionCreated": "2026-03-05T10:00:00Z", "pubStatus": "withheld"}
    assert import_paths([folder(tmp_path / "b", item(1, **later), item(2, **later))]).updated == 2
    assert not Story.objects.filter(live=True).exists()
    assert print_path(Address.objects.get(page=Story.objects.get(uri="urn:test:1")).path).status == 404
    assert Story.objects.get(uri="urn:test:2").published is None


def test_terms_of_an_update_outlive_the_next_publishing_at_the_desk(newsroom: TestNewsroom, tmp_path: Path) -> None:
    section = {"rel": "section", "literal": "news/politics"}
    import_paths([folder(tmp_path / "a", item(1))])
    newer = item(
        1,
        version="2",
        versionCreated="2026-03-05T10:00:00Z",
        subjects=[section, {"rel": "topic", "literal": "harbour", "name": "Harbour"}],
        people=[{"rel": "author", "name": "Ana"}],
    )
    import_paths([folder(tmp_path / "b", newer)])
    story = edit(Story.objects.get(), title="Edited at the desk")
    assert [topic.slug for topic in story.topics.all()] == ["harbour"]
    assert [byline.person.name for byline in story.bylines.all()] == ["Ana"]


def test_an_old_export_does_not_undo_what_the_desk_did_since(newsroom: TestNewsroom, tmp_path: Path) -> None:
    import_paths([folder(tmp_path / "in", item(1))])
    own = newsroom.story(title="Written here")
    export_folder(tmp_path / "out", progress=lambda _: None)
    edit(Story.objects.get(uri="urn:test:1"), title="Edited here")
    edit(own, title="Written and edited here")
    assert import_paths([tmp_path / "out"]).updated == 0
    assert {story.title for story in Story.objects.all()} == {"Edited here", "Written and edited here"}


def test_a_translation_that_comes_later_is_on_the_page_that_was_printed(newsroom: TestNewsroom, tmp_path: Path) -> None:
    group = [{"role": "translation-group", "value": "g"}]
    import_paths([folder(tmp_path / "a", item(1, altIds=group), item(3))])
    here = Address.objects.get(page=Story.objects.get(uri="urn:test:1")).path
    alone = Address.objects.get(page=Story.objects.get(uri="urn:test:3")).path
    print_path(here)
    import_paths([folder(tmp_path / "b", item(2, language="ar", altIds=group))])
    there = Address.objects.get(page=Story.objects.get(uri="urn:test:2")).path
    assert newsroom.store.read(here) is None or there in print_path(here).body.decode()
    assert there in print_path(here).body.decode()
    print_path(alone)
    moved = item(2, language="ar", altIds=[{"role": "translation-group", "value": "other"}], version="2")
    joins = item(3, altIds=[{"role": "translation-group", "value": "other"}], version="2")
    later = {"versionCreated": "2026-03-05T10:00:00Z"}
    import_paths([folder(tmp_path / "c", moved | later, joins | later)])
    assert there in print_path(alone).body.decode()
    assert there not in print_path(here).body.decode()


def test_a_section_whose_path_is_taken_is_named_and_the_rest_goes_in(newsroom: TestNewsroom, tmp_path: Path) -> None:
    Section.objects.get(slug="politics", locale__language_code="en").delete()
    report = import_paths([folder(tmp_path / "b", item(2, subjects=[{"rel": "section", "literal": "news"}]))])
    (problem,) = report.problems
    assert "/en/news/politics/" in problem.reason
    assert report.created == 1
