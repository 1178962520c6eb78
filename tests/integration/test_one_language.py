"""A printed page speaks its edition's language alone: no word of the interface is English in Arabic or Spanish."""

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from lxml import html as markup

from dateline.newsroom.editions.models import InfoPage, Region, Section, address_of
from dateline.newsroom.editions.shell import forget_shells
from dateline.newsroom.fronts.models import Front
from dateline.newsroom.stories.actions import withdraw_story
from dateline.newsroom.stories.models import Coverage, Story
from dateline.newsroom.stories.source_blocks import raw_sources
from dateline.newsroom.stories.sources import KINDS, Source
from dateline.press.rendering import render
from tests.factories import TestNewsroom, edit, publish_draft, settle
from tests.unit.test_theme import every_view, pieces, rendered
from tests.unit.test_translations import NAMES, compiled, forms_of, key_of, messages, translated

__all__ = ["compiled", "translated"]

#: A newsroom's own words, in each language.
OWN = {"ar": "كلام رقم {}", "es": "Palabras número {}"}


def heard(html: str) -> list[str]:
    """What a page says in its own language, piece by piece: text, and what is read aloud or shown on hovering."""
    page = markup.fromstring(html)
    for element in page.xpath("//script | //style | //head/*[not(self::title)] | //body//*[@lang or @dir='ltr']"):
        element.drop_tree()
    said = [*page.itertext(), *page.xpath("//@aria-label | //@title | //@alt | //@placeholder | //@data-done")]
    return [" ".join(piece.split()) for piece in said if piece.strip()]


def latin(texts: list[str]) -> set[str]:
    return {word for text in texts for word in re.findall(r"[A-Za-z]{2,}", text)} - NAMES


def english(texts: list[str], code: str) -> set[str]:
    """Pieces that are a message of the interface as its source has it, where this language says it otherwise."""
    found = set()
    for message in messages(code):
        for text in filter(None, key_of(message)[1:]):
            if text not in forms_of(message):
                pattern = re.compile(re.sub(r"%\\\(\w+\\\)s", ".+", re.escape(text)))
                found |= {piece for piece in texts if pattern.fullmatch(piece)}
    return found


def own_words(view: Any) -> list[str]:
    """Every text that a view was given, whatever it is."""
    found: list[str] = []

    def gather(value: Any) -> None:
        if isinstance(value, str):
            found.append(value)
        elif isinstance(value, tuple):
            for each in value:
                gather(each)

    for piece in pieces(view):
        for name in piece.__dataclass_fields__:
            gather(getattr(piece, name))
    return found


@pytest.mark.usefixtures("translated")
@pytest.mark.parametrize("view", [pytest.param(view, id=name) for name, view in every_view("ar").items()])
def test_arabic_samples_say_no_english_word_of_their_own(view: Any) -> None:
    given, texts = own_words(view), heard(rendered(view))
    assert texts
    assert latin(texts) <= latin(given)
    assert not english([text for text in texts if text not in given], "ar")


class Told:
    """An edition with a page of every kind, whose every word is in its own language."""

    def __init__(self, newsroom: TestNewsroom, code: str) -> None:
        self.newsroom, self.code, self.numbers = newsroom, code, iter(range(10**6))
        self.edition = newsroom.editions[code]
        self.name_places()
        self.pictures = [newsroom.picture(description=self.say(), caption=self.say(), credit=self.say()) for _ in "123"]
        self.coverage = Coverage.objects.create(
            edition=self.edition, slug="case", title=self.say(), summary=self.say(), picture=self.pictures[0]
        )
        self.person, self.topic = newsroom.person(code, self.say()), newsroom.topic(code, self.say())
        self.tell()
        self.curate()

    def say(self) -> str:
        """A new sentence of the newsroom's own."""
        return OWN[self.code].format(next(self.numbers))

    def name_places(self) -> None:
        for path, section in self.newsroom.sections.items():
            if path.startswith(f"{self.code}/"):
                form = "opinion" if path.endswith("opinion") else ""
                words = {"title": self.say(), "description": self.say(), "form": form}
                Section.objects.filter(pk=section.pk).update(**words)
        self.region = Region.objects.create(edition=self.edition, slug="place", title=self.say())
        self.edition.refresh_from_db()
        about = InfoPage(title=self.say(), slug="about", body=f"<p>{self.say()}</p>", locale=self.edition.locale)
        self.edition.add_child(instance=about)
        settle(about)
        forget_shells()

    def story(self, form: str, section: str = "news/politics", **values: Any) -> Story:
        values.setdefault("body", json.dumps([{"type": "text", "value": f"<p>{self.say()}</p>"}]))
        story = self.newsroom.story(
            self.code,
            section,
            title=self.say(),
            publish=False,
            people=(self.person,),
            topics=(self.topic,),
            regions=(self.region,),
            form=form,
            lead_picture=self.pictures[0],
            standfirst=self.say(),
            **values,
        )
        story.coverages = [self.coverage]
        story.save()
        publish_draft(story)
        return Story.objects.get(pk=story.pk)

    def body(self, other: Story) -> str:
        """A body with one part of every kind."""
        frames = [{"type": "item", "value": {"picture": picture.pk, "caption": ""}} for picture in self.pictures]
        said = {"text": self.say(), "attribution": self.say()}
        parts: list[tuple[str, Any]] = [
            ("text", f"<p>{self.say()}</p>"),
            ("heading", {"text": self.say(), "level": "2"}),
            ("quote", said),
            ("pull_quote", said),
            ("picture", {"picture": self.pictures[1].pk, "caption": ""}),
            ("gallery", {"pictures": frames}),
            ("related", {"story": other.pk, "title": "", "url": "", "uri": ""}),
            ("table", {"data": [[self.say(), "1"], [self.say(), "2"]], "first_row_is_table_header": False}),
            ("embed", {"url": "https://example.org/", "provider": self.say(), "title": self.say()}),
        ]
        return json.dumps([{"type": kind, "value": value} for kind, value in parts])

    def tell(self) -> None:
        first = self.story("news")
        known = [Source(kind, name=self.say(), role=self.say(), cites=(Source("unnamed"),)) for kind, _ in KINDS]
        sources = json.dumps(raw_sources(known))
        full = self.story("explainer", body=self.body(first), source=self.say(), sources=sources)
        self.full = edit(full, standfirst=self.say())
        self.gallery = self.story("gallery", body=self.body(first))
        self.old = self.story("news", published=timezone.now() - timedelta(days=800))
        kinds = ["opinion", "opinion", "video", "video", "video", "feature", "feature", "analysis", "blog", "live"]
        made = [self.story(kind, "opinion" if kind == "opinion" else "news/economy") for kind in kinds]
        self.opinion = made[0]
        withdrawn, deleted, moved = self.story("news"), self.story("news"), self.story("news")
        self.moved = address_of(moved)
        edit(moved, slug="elsewhere")
        self.withdrawn, self.deleted = address_of(withdrawn), address_of(deleted)
        withdraw_story(withdrawn, by=None, reason=self.say())
        deleted.delete()

    def curate(self) -> None:
        def form(look: str, kind: str) -> dict[str, Any]:
            return {"type": "form", "value": {"title": "", "look": look, "form": kind, "stories": []}}

        blocks = [
            form("opinions", "opinion"),
            form("screening", "video"),
            form("light_table", "gallery"),
            form("strip", "feature"),
            {"type": "dossier", "value": {"coverage": self.coverage.pk}},
            {"type": "river", "value": {"title": ""}},
            {"type": "lead", "value": {"stories": []}},
        ]
        Front.objects.create(page_id=self.newsroom.sections[f"{self.code}/news"].pk, blocks=json.dumps(blocks))

    def pages(self) -> Iterator[tuple[str, int]]:
        """Path and expected status of a page of every kind."""
        home = f"/{self.code}/"
        for path in ("", "news/", "news/politics/", "opinion/", "region/place/", "coverage/case/", "about/"):
            yield home + path, 200
        yield f"{home}topic/{self.topic.slug}/", 200
        yield f"{home}author/{self.person.slug}/", 200
        yield f"{home}news/page/1/", 200
        yield f"{home}island/newest.html", 200
        for story in (self.full, self.gallery, self.old, self.opinion):
            yield address_of(story) or "", 200
        yield self.withdrawn or "", 410
        yield self.deleted or "", 410
        yield self.moved or "", 301
        yield f"{home}404.html", 404


#: What some pages must say: page, language, words.
SAID = {
    "ar": {
        "full": ["اقرأ أيضًا", "آخر تحديث", "مشاركة", "كيف نعرف ذلك", "تابع القراءة", "شرح", "تُقرأ في دقيقة"],
        "old": ["مرّ عامان على نشر هذه المادة."],
        "front": ["رأي", "فيديو", "٣ صور", "تقرير", "تغطية", "الأحدث", "انتقل إلى الأخبار"],
        "withdrawn": ["سُحبت هذه المادة", "إلى الصفحة الرئيسية"],
        "moved": ["انتقلت هذه الصفحة"],
        "archive": ["الصفحة ١"],
        "missing": ["لا توجد صفحة على هذا الرابط", "الأحدث"],
    },
    "es": {
        "full": [
            "Lea también",
            "Actualizada",
            "Compartir",
            "Cómo lo sabemos",
            "Siga leyendo",
            "Claves",
            "1 min de lectura",
        ],
        "old": ["Esta nota tiene 2 años."],
        "front": ["Opinión", "Video", "3 imágenes", "Reportaje", "Cobertura", "Lo más reciente", "Ir a las noticias"],
        "withdrawn": ["Esta nota fue retirada", "Ir a la portada"],
        "moved": ["Esta página cambió de lugar"],
        "archive": ["Página 1"],
        "missing": ["No hay ninguna página en esta dirección", "Lo más reciente"],
    },
}


@pytest.mark.usefixtures("translated")
@pytest.mark.parametrize("code", ["ar", "es"])
def test_every_printed_page_speaks_the_language_of_its_edition(newsroom: TestNewsroom, code: str) -> None:
    told = Told(newsroom, code)
    texts: dict[str, list[str]] = {}
    for path, status in told.pages():
        answer = render(path)
        assert answer.status_code == status, path
        texts[path] = heard(answer.content.decode())  # type: ignore[attr-defined]
        assert texts[path], path
        assert not english(texts[path], code), path
        if code == "ar":
            assert not latin(texts[path]), path
    home = f"/{code}/"
    named = {
        "full": address_of(told.full),
        "old": address_of(told.old),
        "front": f"{home}news/",
        "withdrawn": told.withdrawn,
        "moved": told.moved,
        "archive": f"{home}news/page/1/",
        "missing": f"{home}404.html",
    }
    silent = {
        (page, words) for page, said in SAID[code].items() for words in said if words not in texts[named[page] or ""]
    }
    assert not silent


@pytest.mark.usefixtures("translated")
def test_the_same_page_in_english_would_be_noticed(newsroom: TestNewsroom) -> None:
    newsroom.story("en")
    texts = heard(render("/en/").content.decode())  # type: ignore[attr-defined]
    assert {"Skip to the news", "Newest"} & english(texts, "ar")
    assert "news" in latin(texts)
