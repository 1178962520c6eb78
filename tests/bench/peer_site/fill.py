"""Fills the peer with the stories of a JSON file; prints the path of the one that is measured. Runs in its project."""

import json
import sys
from pathlib import Path
from typing import Any

import django

django.setup()

from django.core.files.images import ImageFile  # noqa: E402 - Django first
from news.models import FrontPage, SectionPage, StoryPage  # noqa: E402
from wagtail.images import get_image_model  # noqa: E402
from wagtail.models import Page, Site  # noqa: E402


def fill(data: dict[str, Any]) -> str:
    front = FrontPage(title="The Bench", slug="bench", teasers=data["teasers"])
    Page.objects.get(depth=1).add_child(instance=front)
    Site.objects.update(root_page=front, site_name="The Bench")
    sections = []
    for name in data["sections"]:
        section = SectionPage(title=name.capitalize(), slug=name, show_in_menus=True)
        sections.append(front.add_child(instance=section))
    pictures = []
    for file in data["pictures"]:
        with Path(file).open("rb") as handle:
            pictures.append(
                get_image_model().objects.create(
                    title=Path(file).stem, description="Ovals", file=ImageFile(handle, name=Path(file).name)
                )
            )
    path = ""
    for number, text in enumerate(data["stories"]):
        story = StoryPage(
            title=text["headline"],
            slug=f"story-{number}",
            standfirst=text["standfirst"],
            byline="Author of the Bench",
            lead_picture=pictures[number % len(pictures)],
            body=[tuple(part) for part in text["parts"]],
        )
        sections[number % len(sections)].add_child(instance=story)
        story.save_revision().publish()
        path = f"/{sections[number % len(sections)].slug}/{story.slug}/"
    return path


print(fill(json.loads(Path(sys.argv[1]).read_text("utf-8"))))
