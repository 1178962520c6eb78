"""Writing a newsroom's tree: editions, sections, regions, people, pages, from what newsroom.toml says."""

from pathlib import Path
from typing import Any

from django.db import transaction
from wagtail.models import Locale, Page, Site

from dateline.newsroom.editions.actions import settle_tree_page
from dateline.newsroom.editions.models import Edition, InfoPage, Newsroom, Region, Section
from dateline.newsroom.pictures.models import Picture
from dateline.newsroom.stories.models import Coverage, Person
from dateline.wire.bodies import clean_html
from dateline.wire.newsroom_toml import EditionToml, NewsroomToml, SectionToml
from dateline.wire.pictures import take_picture

_UNSET = object()


def make_first_edition() -> Edition:
    """The one empty edition of a newsroom that starts from nothing, in English, at /en/."""
    with transaction.atomic():
        edition = _edition("en", "Dateline", path="en")
        edition.is_default = True
        edition.save()
        settle_tree_page(edition)
    return edition


def _edition(language: str, name: str, *, path: str) -> Edition:
    locale, _ = Locale.objects.get_or_create(language_code=language)
    known = Edition.objects.filter(slug=path).first()
    if known:
        if known.locale_id != locale.pk:
            known.locale = locale
        return known
    root = Page.objects.get(depth=1)
    sister = Edition.objects.order_by("path").first()
    edition = Edition(title=name, slug=path, locale=locale, show_in_menus=True)
    if sister:
        edition.translation_key = sister.translation_key
    _clear_welcome(root)
    root.add_child(instance=edition)
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "localhost", "root_page": sister or edition, "site_name": name}
    )
    return edition


def _clear_welcome(root: Page) -> None:
    """Wagtail's first migration leaves a page that says hello; it is nobody's edition."""
    for page in root.get_children().exclude(content_type__app_label="editions"):
        Site.objects.filter(root_page=page).delete()
        page.delete()


def write_newsroom(toml: NewsroomToml, root: Path, *, problems: list[str]) -> None:
    """Bring the tree to what the file says. Nothing that the file does not name is taken away."""
    with transaction.atomic():
        newsroom = Newsroom.load()
        _update(newsroom, name=toml.name, legal=toml.legal, about=toml.about, accent=toml.accent or newsroom.accent)
    for part in toml.editions:
        with transaction.atomic():
            _write_edition(part, root, problems)


def _write_edition(part: EditionToml, root: Path, problems: list[str]) -> None:
    edition = _edition(part.language, part.name, path=part.path)
    changed = _update(
        edition,
        title=part.name,
        slogan=part.slogan,
        timezone=part.timezone,
        digits=part.digits,
        is_default=part.default,
        about=part.about,
        legal=part.legal,
        kept=_plain(part.kept),
        social=[("link", {"name": link.name, "url": link.url}) for link in part.social],
        apps=[("link", {"name": link.name, "url": link.url}) for link in part.apps],
    )
    for position, region in enumerate(part.regions):
        row = Region.objects.filter(edition=edition, slug=region.slug).first() or Region(
            edition=edition, slug=region.slug
        )
        if row.pk is None or row.title != region.title or row.sort_order != position:
            row.title, row.sort_order = region.title, position
            row.save()
            changed = True
    for section in part.sections:
        changed |= _write_section(edition, edition, section)
    for page in part.pages:
        changed |= _write_page(edition, page.slug, page.title, clean_html(page.body))
    if changed:
        settle_tree_page(edition)
    _write_people(edition, part, root, problems)


def _write_section(edition: Edition, parent: Page, part: SectionToml) -> bool:
    section = Section.objects.child_of(parent).filter(slug=part.slug).first()
    made = section is None
    if section is None:
        section = Section(title=part.title, slug=part.slug, locale=edition.locale)
        twin = _twin(Section, parent, part.slug)
        if twin:
            section.translation_key = twin.translation_key
        parent.add_child(instance=section)
    form = part.form or section.form
    changed = _update(section, title=part.title, description=part.description, form=form) or made
    if changed:
        settle_tree_page(section)
    for child in part.children:
        changed |= _write_section(edition, section, child)
    return changed


def _write_page(edition: Edition, slug: str, title: str, body: str) -> bool:
    page = InfoPage.objects.child_of(edition).filter(slug=slug).first()
    made = page is None
    if page is None:
        page = InfoPage(title=title, slug=slug, locale=edition.locale)
        twin = _twin(InfoPage, edition, slug)
        if twin:
            page.translation_key = twin.translation_key
        edition.add_child(instance=page)
    changed = _update(page, title=title, body=body) or made
    if changed:
        settle_tree_page(page)
    return changed


def _twin(model: Any, parent: Page, slug: str) -> Any:
    """The page at the same place in another edition: the two are translations of each other."""
    below = list(
        parent.get_ancestors(inclusive=True).filter(depth__gt=2).order_by("depth").values_list("slug", flat=True)
    )
    for edition in Edition.objects.exclude(locale_id=parent.locale_id).order_by("path"):
        page: Any = edition
        for step in below:
            page = page.get_children().filter(slug=step).first()
            if page is None:
                break
        if page is not None:
            twin = model.objects.child_of(page).filter(slug=slug).first()
            if twin:
                return twin
    return None


def _write_people(edition: Edition, part: EditionToml, root: Path, problems: list[str]) -> None:
    for person in part.people:
        row = Person.objects.filter(edition=edition, slug=person.slug).first()
        row = row or Person(edition=edition, slug=person.slug)
        photo = _picture(root, person.photo, person.name, problems)
        _update(row, name=person.name, role=person.role, bio=person.bio, photo=photo or row.photo)
    for coverage in part.coverages:
        found = Coverage.objects.filter(edition=edition, slug=coverage.slug).first()
        found = found or Coverage(edition=edition, slug=coverage.slug)
        picture = _picture(root, coverage.picture, coverage.title, problems)
        cards = [{"title": card.title, "text": card.text} for card in coverage.in_five]
        _update(found, title=coverage.title, summary=coverage.summary, picture=picture or found.picture, in_five=cards)


def _picture(root: Path, href: str, title: str, problems: list[str]) -> Picture | None:
    if not href:
        return None
    try:
        return take_picture(root, href, title=title)
    except ValueError as error:
        problems.append(f"newsroom.toml: {error}")
        return None


def _update(row: Any, **values: Any) -> bool:
    """Set what differs and save only then; returns whether it did."""
    changed = row.pk is None
    for name, value in values.items():
        now: Any = getattr(row, name, _UNSET)
        if name in {"social", "apps"}:
            now = [(block.block_type, dict(block.value)) for block in now]
        if now != value:
            setattr(row, name, value)
            changed = True
    if changed:
        row.save()
    return changed


def _plain(value: Any) -> Any:
    """TOML's values as JSON has them: dates become texts."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value if isinstance(value, str | int | float | bool) or value is None else value.isoformat()
