"""Writing a newsroom's tree: editions, sections, regions, people, pages, from what newsroom.toml says."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Model
from wagtail.blocks import StreamValue
from wagtail.models import Locale, Page, Site

from dateline.newsroom.editions.actions import AddressTaken, path_of_tree_page, settle_tree_page
from dateline.newsroom.editions.models import Edition, InfoPage, Newsroom, Region, Section
from dateline.newsroom.pictures.models import Picture
from dateline.newsroom.stories.coverage_blocks import CARDS
from dateline.newsroom.stories.models import Coverage, Person, Series, Topic
from dateline.wire.bodies import clean_html
from dateline.wire.groups import group_key
from dateline.wire.imagefiles import MediaError
from dateline.wire.kept import to_json
from dateline.wire.logos import take_logo
from dateline.wire.pictures import PictureIntake
from dateline.wire.toml_entries import EditionToml, NewsroomToml, PageToml, SectionToml, SeriesToml, TopicToml

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


def write_newsroom(toml: NewsroomToml, pictures: PictureIntake, *, problems: list[str]) -> None:
    """Bring the tree to what the file says. Nothing that the file does not name is taken away."""
    with transaction.atomic():
        newsroom = Newsroom.load()
        _update(
            newsroom,
            name=toml.name,
            legal=toml.legal,
            about=toml.about,
            accent=toml.accent or newsroom.accent,
            logo=_logo(toml.logo, pictures, problems) or newsroom.logo,
            kept=to_json(toml.kept),
        )
    for part in toml.editions:
        with pictures.tried(), transaction.atomic():
            _write_edition(part, pictures, problems)


def _logo(href: str, pictures: PictureIntake, problems: list[str]) -> str:
    if not href:
        return ""
    try:
        name, left_out = take_logo(pictures.root, href, keep_files=pictures.keep_files)
    except MediaError as error:
        problems.append(f"newsroom.logo: {error}")
        return ""
    if left_out:
        problems.append(f"newsroom.logo: a logo only draws; left out of {href!r}: {', '.join(left_out)}")
    return name


def _write_edition(part: EditionToml, pictures: PictureIntake, problems: list[str]) -> None:
    edition = _edition(part.language, part.name, path=part.path)
    changed = _update(
        edition,
        title=part.name,
        slogan=part.slogan,
        timezone=part.timezone,
        digits=part.digits,
        public_versions=part.public_versions,
        is_default=part.default,
        about=part.about,
        legal=part.legal,
        kept=to_json(part.kept),
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
        changed |= _write_section(edition, edition, section, problems)
    for page in part.pages:
        changed |= _write_page(edition, page, problems)
    # Read again: the tree below it has grown.
    changed |= _update(Edition.objects.get(pk=edition.pk), **_navigation(edition, part, problems))
    if changed:
        settle_tree_page(edition)
    _write_people(edition, part, pictures, problems)


def _write_section(edition: Edition, parent: Page, part: SectionToml, problems: list[str]) -> bool:
    section = Section.objects.child_of(parent).filter(slug=part.slug).first()
    section = section or Section(slug=part.slug, locale=edition.locale)
    values = {"title": part.title, "description": part.description, "form": part.form or section.form}
    changed = _write_tree_page(section, parent, values, part.group, problems)
    if section.pk is None:
        return False
    for child in part.children:
        changed |= _write_section(edition, section, child, problems)
    return changed


def _write_page(edition: Edition, part: PageToml, problems: list[str]) -> bool:
    page = InfoPage.objects.child_of(edition).filter(slug=part.slug).first()
    page = page or InfoPage(slug=part.slug, locale=edition.locale)
    return _write_tree_page(page, edition, {"title": part.title, "body": clean_html(part.body)}, part.group, problems)


def _write_tree_page(page: Any, parent: Page, values: dict[str, Any], group: str, problems: list[str]) -> bool:
    """Make or update one page of the tree; returns whether anything changed. One whose path is taken stays unmade."""
    made = page.pk is None
    try:
        with transaction.atomic():
            key = group_key(group, of=page._meta.model_name) if group else None
            if made:
                for name, value in values.items():
                    setattr(page, name, value)
                twin = None if key else _twin(type(page), parent, page.slug)
                if twin:
                    page.translation_key = twin.translation_key
                parent.add_child(instance=page)
            changed = _update(page, **values) or made
            if key and page.translation_key != key:
                changed |= _join(page, key, group, problems)
            if changed:
                settle_tree_page(page)
    except AddressTaken as refused:
        problems.append(f"{path_of_tree_page(page)}: {refused}")
        if made:
            page.pk = page.id = None
        return False
    return changed


def _join(page: Page, key: UUID, group: str, problems: list[str]) -> bool:
    """Put a page into a group of translations, unless its edition has another page in it."""
    other = Page.objects.filter(translation_key=key, locale=page.locale).exclude(pk=page.pk).first()
    if other:
        problems.append(f"{path_of_tree_page(page)}: {other.title!r} of this edition is in the group {group!r} already")
        return False
    page.translation_key = key
    Page.objects.filter(pk=page.pk).update(translation_key=key)
    return True


def _navigation(edition: Edition, part: EditionToml, problems: list[str]) -> dict[str, Any]:
    """The row under the masthead as the edition holds it; nothing if the file does not say."""
    blocks: list[tuple[str, Any]] = []
    for index, entry in enumerate(part.navigation):
        if entry.rule:
            blocks.append(("rule", None))
        elif entry.url:
            blocks.append(("link", {"name": entry.name, "url": entry.url}))
        elif entry.region:
            region = Region.objects.filter(edition=edition, slug=entry.region).first()
            blocks.append(("region", region)) if region else _missing(problems, part, index, "region", entry.region)
        else:
            page = tree_page(edition, entry.section or entry.page, Section if entry.section else InfoPage)
            what = "section" if entry.section else "page"
            blocks.append(("page", page.page_ptr)) if page else _missing(
                problems, part, index, what, entry.section or entry.page
            )
    return {"navigation": blocks} if blocks else {}


def _missing(problems: list[str], part: EditionToml, index: int, what: str, name: str) -> None:
    problems.append(f"{part.path}.navigation[{index}]: there is no {what} {name!r}; the entry is left out")


def tree_page(edition: Page, path: str, model: Any) -> Any:
    """The section or footer page at a path of slugs below the edition, or None."""
    page: Any = edition
    *above, last = path.split("/")
    for step in above:
        page = page.get_children().filter(slug=step).first()
        if page is None:
            return None
    return model.objects.child_of(page).filter(slug=last).first()


def _twin(model: Any, parent: Page, slug: str) -> Any:
    """The page at the same place in another edition: the two are translations of each other."""
    below = list(
        parent.get_ancestors(inclusive=True).filter(depth__gt=2).order_by("depth").values_list("slug", flat=True)
    )
    for edition in Edition.objects.exclude(locale_id=parent.locale_id).order_by("path"):
        twin = tree_page(edition, "/".join([*below, slug]), model)
        if twin and not Page.objects.filter(translation_key=twin.translation_key, locale_id=parent.locale_id).exists():
            return twin
    return None


def _write_people(edition: Edition, part: EditionToml, pictures: PictureIntake, problems: list[str]) -> None:
    for person in part.people:
        row = Person.objects.filter(edition=edition, slug=person.slug).first()
        row = row or Person(edition=edition, slug=person.slug)
        photo = _picture(pictures, person.photo, person.name, problems)
        _update(row, name=person.name, role=person.role, bio=person.bio, photo=photo or row.photo)
    for coverage in part.coverages:
        found = Coverage.objects.filter(edition=edition, slug=coverage.slug).first()
        found = found or Coverage(edition=edition, slug=coverage.slug)
        picture = _picture(pictures, coverage.picture, coverage.title, problems)
        cards = [("card", {"title": card.title, "text": card.text}) for card in coverage.in_five]
        _update(
            found,
            title=coverage.title,
            summary=coverage.summary,
            picture=picture or found.picture,
            in_five=cards,
            in_five_draft=coverage.in_five_draft or 0 < len(cards) < CARDS,
            closed=coverage.closed,
            people=coverage.people,
            places=coverage.places,
        )
    for topic in part.topics:
        _write_topic(edition, topic, pictures, problems)
    for told in part.series:
        _write_series(edition, told, pictures, problems)


def _write_topic(edition: Edition, told: TopicToml, pictures: PictureIntake, problems: list[str]) -> None:
    topic = Topic.objects.filter(edition=edition, slug=told.slug).first() or Topic(edition=edition, slug=told.slug)
    picture = _picture(pictures, told.picture, told.name, problems)
    _update(
        topic,
        name=told.name,
        stands_for=told.stands_for,
        about=told.about,
        picture=picture or topic.picture,
        other_names=told.other_names,
    )


def _write_series(edition: Edition, told: SeriesToml, pictures: PictureIntake, problems: list[str]) -> None:
    series = Series.objects.filter(edition=edition, slug=told.slug).first() or Series(edition=edition, slug=told.slug)
    picture = _picture(pictures, told.picture, told.title, problems)
    section = tree_page(edition, told.section, Section) if told.section else None
    if told.section and section is None:
        problems.append(f"newsroom.toml: series {told.slug!r}: there is no section {told.section!r}")
    _update(
        series,
        title=told.title,
        summary=told.summary,
        picture=picture or series.picture,
        section=section or series.section,
    )


def _picture(pictures: PictureIntake, href: str, title: str, problems: list[str]) -> Picture | None:
    if not href:
        return None
    try:
        with pictures.tried(), transaction.atomic():
            return pictures.take(href, title=title)
    except ValueError as error:
        problems.append(f"newsroom.toml: {error}")
        return None


def _update(row: Any, **values: Any) -> bool:
    """Set what differs and save only then; returns whether it did."""
    changed = row.pk is None
    for name, value in values.items():
        now: Any = getattr(row, name, _UNSET)
        if isinstance(now, StreamValue):
            same = [(block.block_type, _plain(block.value)) for block in now] == [(k, _plain(v)) for k, v in value]
        else:
            same = now == value
        if not same:
            setattr(row, name, value)
            changed = True
    if changed:
        row.save()
    return changed


def _plain(value: Any) -> Any:
    """What is compared of a block: a page or a region by its key."""
    return value.pk if isinstance(value, Model) else dict(value) if isinstance(value, Mapping) else value
