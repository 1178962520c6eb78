"""What stands on every page of an edition, and the tree that every other page looks its sections up in.

Built once for each generation of the edition's shell and kept in the process: pages read it without a query.
"""

import threading
from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.core.files.storage import default_storage
from django.db.models import QuerySet
from django.utils.translation import gettext, override

from dateline.newsroom.editions.addresses import Address
from dateline.newsroom.editions.models import Edition, InfoPage, Newsroom, Region, Section, the_newsroom
from dateline.newsroom.editions.voice import Voice
from dateline.press.ingredients import wear
from dateline.press.printing import store
from dateline.theme.bundle import css_bundle, icon_bundle, js_bundle
from dateline.theme.components import BarItem, Branch, LanguageLink, Link, Shell


@dataclass(frozen=True)
class SectionNode:
    id: int
    title: str
    path: str
    slug_path: str
    description: str
    form: str
    group: str
    parent: int | None
    children: tuple[int, ...] = ()


@dataclass(frozen=True)
class EditionNode:
    """An edition without its database row: everything a page needs to know of where it stands."""

    id: int
    code: str
    slug: str
    name: str
    direction: str
    voice: Voice
    default: bool
    sections: dict[int, SectionNode]
    regions: dict[int, tuple[str, str]]
    shell: Shell
    organisation: str
    public_versions: bool = False

    @property
    def home(self) -> str:
        return f"/{self.slug}/"

    @cached_property
    def by_path(self) -> dict[str, SectionNode]:
        return {node.path: node for node in self.sections.values()}

    def section(self, pk: int | None) -> SectionNode | None:
        return self.sections.get(pk) if pk else None


@dataclass(frozen=True)
class Press:
    """All editions at one moment, in the order of their tree."""

    mark: tuple[object, ...]
    editions: dict[str, EditionNode]

    @cached_property
    def by_id(self) -> dict[int, EditionNode]:
        return {edition.id: edition for edition in self.editions.values()}

    @property
    def default(self) -> EditionNode | None:
        """Where / leads."""
        for edition in self.editions.values():
            if edition.default:
                return edition
        return next(iter(self.editions.values()), None)


_lock = threading.Lock()
_kept: Press | None = None


def forget_shells() -> None:
    global _kept
    _kept = None


def editions() -> Press:
    """Every live edition. A change of anything in one announces shells, which moves the generations this is kept by."""
    global _kept
    mark = (str(settings.STORE_ROOT), tuple(sorted(store().state().shells.items())))
    kept = _kept
    if kept is None or kept.mark != mark:
        with _lock:
            kept = _kept
            if kept is None or kept.mark != mark:
                kept = _kept = Press(mark, _build())
    return kept


def edition_named(slug: str) -> EditionNode | None:
    """The edition at this path; the page being rendered wears its shell from here on."""
    edition = editions().editions.get(slug)
    if edition is not None:
        wear(edition.slug)
    return edition


def languages(edition: EditionNode, urls: dict[str, str] | None = None) -> tuple[LanguageLink, ...]:
    """The language switch: this page's translation in each edition (`urls`, by its slug), else that edition's home."""
    from dateline.newsroom.editions.languages import own_name

    found = urls or {}
    return tuple(
        LanguageLink(
            other.code,
            own_name(other.code),
            found.get(other.slug, other.home),
            "rtl" if other.direction == "rtl" else "ltr",
            other.slug == edition.slug,
        )
        for other in editions().editions.values()
    )


def _build() -> dict[str, EditionNode]:
    organisation = the_newsroom()
    bundle = (
        css_bundle(accent=organisation.accent).url,
        js_bundle().url,
        icon_bundle(accent=organisation.accent).url,
    )
    addresses = dict(
        Address.objects.filter(current=True, page__content_type__app_label="editions").values_list("page_id", "path")
    )
    rows: QuerySet[Edition] = Edition.objects.live().select_related("locale").order_by("path")
    return {row.slug: _edition(row, organisation, addresses, bundle) for row in rows}


def _edition(
    row: Edition, organisation: Newsroom, addresses: dict[int, str], bundle: tuple[str, str, str]
) -> EditionNode:
    sections = _sections(row, addresses)
    regions = {region.pk: (region.slug, region.title) for region in row.regions.order_by("sort_order", "pk")}
    voice = Voice(row.code, row.timezone, row.digits)
    with override(row.code):
        shell = Shell(
            code=row.code,
            direction="rtl" if row.direction == "rtl" else "ltr",
            name=row.title,
            home_url=f"/{row.slug}/",
            search_url=f"/{row.slug}/search/",
            timezone=row.timezone,
            locale=str(voice.locale).replace("_", "-"),
            slogan=row.slogan,
            digits=row.digits,
            logo=_logo(organisation),
            about=row.about or organisation.about,
            legal=row.legal or organisation.legal,
            tree=_tree(row, sections, regions),
            bar=_bar(row, sections, regions, addresses),
            pages=tuple(
                Link(page.title, addresses[page.pk])
                for page in InfoPage.objects.child_of(row).live().order_by("path").defer("body")
                if page.pk in addresses
            ),
            social=tuple(Link(block.value["name"], block.value["url"]) for block in row.social),
            apps=tuple(Link(block.value["name"], block.value["url"]) for block in row.apps),
            css=bundle[0],
            js=bundle[1],
            icon=bundle[2],
        )
    return EditionNode(
        row.pk,
        row.code,
        row.slug,
        row.title,
        row.direction,
        voice,
        row.is_default,
        sections,
        regions,
        shell,
        organisation.name,
        row.public_versions,
    )


def _logo(organisation: Newsroom) -> str:
    """Where the logo is served; "" without one that is there, and the name is set in type."""
    name = organisation.logo
    public = name.startswith("images/") and ".." not in name and default_storage.exists(name)
    return f"{settings.MEDIA_URL}{name}" if public else ""


def _sections(row: Edition, addresses: dict[int, str]) -> dict[int, SectionNode]:
    pages = [page for page in Section.objects.descendant_of(row).live().order_by("path") if page.pk in addresses]
    by_path = {page.path: page.pk for page in pages}
    nodes: dict[int, SectionNode] = {}
    for page in pages:
        parent = by_path.get(page.path[: -page.steplen])
        address = addresses[page.pk]
        nodes[page.pk] = SectionNode(
            page.pk,
            page.title,
            address,
            address.strip("/").split("/", 1)[1],
            page.description,
            page.form,
            str(page.translation_key),
            parent,
            tuple(by_path[p.path] for p in pages if p.path[: -p.steplen] == page.path),
        )
    return nodes


def _tree(row: Edition, sections: dict[int, SectionNode], regions: dict[int, tuple[str, str]]) -> tuple[Branch, ...]:
    tops = [node for node in sections.values() if node.parent is None]
    branches = [
        Branch(top.title, top.path, tuple(Link(sections[c].title, sections[c].path) for c in top.children))
        for top in tops
        if top.children
    ]
    alone = tuple(Link(top.title, top.path) for top in tops if not top.children)
    if alone:
        branches.append(Branch(gettext("More"), "", alone))
    if regions:
        links = tuple(Link(title, f"/{row.slug}/region/{slug}/") for slug, title in regions.values())
        branches.append(Branch(gettext("Regions"), "", links))
    branches.append(Branch(gettext("Follow"), "", (Link("RSS", f"/{row.slug}/rss.xml"),)))
    return tuple(branches)


def _bar(
    row: Edition, sections: dict[int, SectionNode], regions: dict[int, tuple[str, str]], addresses: dict[int, str]
) -> tuple[BarItem, ...]:
    items: list[BarItem] = []
    apart = False
    for block in row.navigation:
        if block.block_type == "rule":
            apart = bool(items)
            continue
        link = _bar_link(row, block, regions, addresses)
        if link:
            items.append(BarItem(link.title, link.url, apart))
            apart = False
    if items:
        return tuple(items)
    for top in (node for node in sections.values() if node.parent is None):
        row_of_top = [sections[child] for child in top.children] or [top]
        items += [BarItem(node.title, node.path, bool(items) and i == 0) for i, node in enumerate(row_of_top)]
    return tuple(items)


def _bar_link(
    row: Edition, block: object, regions: dict[int, tuple[str, str]], addresses: dict[int, str]
) -> Link | None:
    kind, value = block.block_type, block.value  # type: ignore[attr-defined]
    if value is None:
        return None
    if kind == "page":
        return Link(value.title, addresses[value.pk]) if value.pk in addresses and value.live else None
    if kind == "region":
        mine = isinstance(value, Region) and value.edition_id == row.pk
        return Link(value.title, f"/{row.slug}/region/{value.slug}/") if mine else None
    return Link(value["name"], value["url"])
