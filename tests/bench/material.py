"""What the bench's newsrooms are made of: the demo's English texts, a few drawn pictures, and headlines put together.

Everything is the same in every run; only the dates follow the clock.
"""

import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from lxml import html
from PIL import Image, ImageDraw

from dateline.demo.build import TEXTS

#: The story that is measured: about six hundred words, headings and a quotation.
SAMPLE = "olive-names"

#: Stories that are imported; all others are theirs with other headlines and dates.
BASE = 48

#: How far apart stories are: three hundred a day, as a busy edition publishes them.
APART = timedelta(seconds=288)

PICTURES = 8

_NEWS = ("politics", "economy", "sports", "arts-culture", "health", "miscellaneous", "technology", "environment")
_ARTICLES = ("opinion", "analysis", "blog", "features")
_REGIONS = ("africa", "asia", "europe", "latin-america", "mena", "us-canada")
_NOT_TEXT = re.compile(r"<figure\b[^>]*>.*?</figure>|<p><a rel=\"related\".*?</a></p>", re.DOTALL)

_WHO = (
    "Harbour board", "City council", "River authority", "Teachers", "Night buses", "Bakers", "Observatory", "Hospital",
    "Farmers", "Court", "Port workers", "Library", "Ministry", "Ferry company", "Engineers", "Swimmers",
)  # fmt: skip
_DOES = (
    "opens", "delays", "doubles", "counts", "defends", "rebuilds", "postpones", "explains", "signs", "questions",
    "moves", "finds", "halves", "repeats", "publishes", "closes",
)  # fmt: skip
_WHAT = (
    "winter timetable", "flood gauge", "bread price", "school meals plan", "new bridge", "census of trees",
    "ice record", "rail link", "reading room", "water tariff", "ballot count", "harbour clock", "night clinic",
    "budget line", "ferry route", "archive of letters",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Text:
    """One of the demo's texts without what only the demo has: its pictures, and links between its stories."""

    key: str
    headline: str
    standfirst: str
    kicker: str
    form: str
    body: str

    @property
    def words(self) -> int:
        return len(re.sub(r"<[^>]+>", " ", self.body).split())

    def parts(self) -> list[tuple[str, str]]:
        """The body as pairs for a plain Wagtail site: ("heading", text), ("quote", text) or ("paragraph", HTML)."""
        found: list[tuple[str, str]] = []
        for element in html.fragment_fromstring(self.body, create_parent=True):
            if element.tag in {"h2", "h3"}:
                found.append(("heading", element.text_content()))
            elif element.tag == "blockquote":
                found.append(("quote", element.text_content()))
            else:
                markup = html.tostring(element, encoding="unicode", with_tail=False)
                if found and found[-1][0] == "paragraph":
                    found[-1] = ("paragraph", found[-1][1] + markup)
                else:
                    found.append(("paragraph", markup))
        return found


def texts() -> list[Text]:
    rows = [json.loads(line) for line in (TEXTS / "en.jsonl").read_text("utf-8").splitlines() if line.strip()]
    return [
        Text(r["key"], r["headline"], r["standfirst"], r.get("kicker", ""), r["form"], _NOT_TEXT.sub("", r["body"]))
        for r in rows
        if r["form"] not in {"gallery", "video", "infographic"}
    ]


def sample() -> Text:
    return next(text for text in texts() if text.key == SAMPLE)


def headlines(seed: int = 1) -> Iterator[str]:
    """Headlines without end, the same ones in the same order for a seed."""
    chance = random.Random(seed)
    while True:
        yield f"{chance.choice(_WHO)} {chance.choice(_DOES)} {chance.choice(_WHAT)} in {chance.randrange(2, 60)} days"


def write_folder(folder: Path, now: datetime) -> None:
    """A newsroom folder to start from: two editions, and `BASE` stories in the first, the newest of them the sample."""
    (folder / "stories").mkdir(parents=True)
    (folder / "media").mkdir()
    (folder / "newsroom.toml").write_text(_toml(), "utf-8")
    for number in range(PICTURES):
        draw_picture(folder / "media" / f"picture-{number}.jpg", number)
    pool = [text for text in texts() if text.key != SAMPLE]
    chosen = [*(pool[i % len(pool)] for i in range(BASE - 1)), sample()]
    lines = (json.dumps(_item(i, text, now - (BASE - i) * APART), ensure_ascii=False) for i, text in enumerate(chosen))
    (folder / "stories" / "base.jsonl").write_text("\n".join(lines) + "\n", "utf-8")


def draw_picture(file: Path, number: int, *, width: int = 1280, height: int = 853) -> None:
    """A plain picture with enough in it that its renditions weigh something."""
    chance = random.Random(number)
    image = Image.new("RGB", (width, height), (40 + 23 * number % 200, 90, 120))
    draw = ImageDraw.Draw(image)
    for _ in range(160):
        x, y, size = chance.randrange(width), chance.randrange(height), chance.randrange(20, 200)
        colour = (chance.randrange(256), chance.randrange(256), chance.randrange(256))
        draw.ellipse((x, y, x + size, y + size // 2), fill=colour)
    image.save(file, "JPEG", quality=80)


def _toml() -> str:
    def sections(slugs: tuple[str, ...]) -> str:
        return ", ".join(f'{{ slug = "{slug}", title = "{_title(slug)}" }}' for slug in slugs)

    regions = ", ".join(f'{{ slug = "{slug}", title = "{_title(slug)}" }}' for slug in _REGIONS)
    tree = (
        f'[{{ slug = "news", title = "News", children = [{sections(_NEWS)}] }},\n'
        f' {{ slug = "articles", title = "Articles", children = [{sections(_ARTICLES)}] }}]'
    )
    return (
        '[newsroom]\nname = "The Bench"\nabout = "A newsroom for measuring."\n\n'
        f'[[editions]]\nlanguage = "en"\npath = "en"\nname = "The Bench"\nslogan = "How long it took"\n'
        f'timezone = "Europe/London"\ndefault = true\nsections = {tree}\nregions = [{regions}]\n\n'
        f'[[editions]]\nlanguage = "ar"\npath = "ar"\nname = "المقعد"\ntimezone = "Asia/Beirut"\nsections = {tree}\n'
    )


def _item(number: int, text: Text, published: datetime) -> dict[str, Any]:
    stamp = published.strftime("%Y-%m-%dT%H:%M:%SZ")
    section = f"news/{_NEWS[number % len(_NEWS)]}" if number % 4 else f"articles/{_ARTICLES[number // 4 % 4]}"
    subjects = [{"rel": "section", "literal": section}, {"rel": "region", "literal": _REGIONS[number % len(_REGIONS)]}]
    subjects += [
        {"rel": "topic", "literal": f"topic-{n}", "name": f"Topic {n}"} for n in {number % 24, (number * 7 + 3) % 24}
    ]
    person = number % 16
    file = f"media/picture-{number % PICTURES}.jpg"
    return {
        "uri": f"urn:bench:base:{number}",
        "language": "en",
        "versionCreated": stamp,
        "firstCreated": stamp,
        "pubStatus": "usable",
        "headlines": [
            {"role": "main", "value": text.headline if number < 40 else f"{text.headline}, {number}"},
            {"role": "kicker", "value": text.kicker},
        ],
        "descriptions": [{"role": "standfirst", "value": text.standfirst}],
        "bodies": [{"contentType": "text/html", "value": text.body}],
        "genres": [{"literal": text.form}],
        "subjects": subjects,
        "people": [{"rel": "author", "name": f"Author {person}", "literal": f"author-{person}"}],
        "altIds": [{"role": "slug", "value": text.key if text.key == SAMPLE else f"{text.key}-{number}"}],
        "urgency": 1 + number % 9,
        "associations": [
            {
                "rel": "lead",
                "name": f"lead-{number}",
                "type": "picture",
                "uri": f"urn:bench:picture:{number % PICTURES}",
                "renditions": [{"name": "main", "href": file}],
                "descriptions": [
                    {"role": "alt", "value": "Ovals of many colours"},
                    {"role": "caption", "value": "Drawn for measuring."},
                ],
                "by": "The Bench",
            }
        ],
    }


def _title(slug: str) -> str:
    return slug.replace("-", " ").capitalize()
