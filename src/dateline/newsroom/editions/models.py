"""Languages, section trees, regions, footer pages: where things stand in a newsroom."""

from typing import Any, ClassVar
from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.blocks import CharBlock, PageChooserBlock, StaticBlock, StructBlock, URLBlock
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Orderable, Page

from dateline.newsroom.editions.actions import AnnouncingMixin, TreePageMixin
from dateline.newsroom.editions.addresses import Address
from dateline.newsroom.editions.blocks import RegionChooserBlock
from dateline.newsroom.editions.forms import TreePageForm
from dateline.newsroom.editions.languages import direction_of

#: Links an editor may set in running text.
TEXT_FEATURES = ["bold", "italic", "ol", "ul", "link", "h2", "h3"]

FORMS = [
    ("news", _("News")),
    ("opinion", _("Opinion")),
    ("analysis", _("Analysis")),
    ("blog", _("Blog")),
    ("feature", _("Feature")),
    ("explainer", _("Explainer")),
    ("video", _("Video")),
    ("gallery", _("In pictures")),
    ("infographic", _("Infographic")),
    ("live", _("Live coverage")),
]


class LinkBlock(StructBlock):
    name = CharBlock(max_length=80, label=_("Name"))
    url = URLBlock(label=_("Address"))

    class Meta:
        icon = "link"
        label = _("Link")


@register_setting
class Newsroom(AnnouncingMixin, BaseGenericSetting):
    """The organisation behind all editions."""

    name = models.CharField(_("name"), max_length=120, default="Dateline")
    legal = models.CharField(_("legal line"), max_length=500, blank=True)
    about = models.TextField(_("about"), blank=True)
    accent = models.CharField(
        _("accent colour"),
        max_length=7,
        default="#0b4f5c",
        validators=[RegexValidator(r"^#[0-9a-fA-F]{6}$", _("Six hexadecimal digits after a #, such as #0b4f5c."))],
    )
    logo = models.CharField(_("logo"), max_length=250, blank=True, help_text=_("A path below the media folder."))
    #: What newsroom.toml says of it that nothing here models, kept for the export.
    kept = models.JSONField(default=dict, blank=True, editable=False)

    class Meta:
        verbose_name = _("newsroom")

    def __str__(self) -> str:
        return self.name

    def announcement(self) -> dict[str, Any]:
        return {"ingredients": ["newsroom"], "shells": list(Edition.objects.live().values_list("slug", flat=True))}


def the_newsroom() -> Newsroom:
    """The newsroom's settings without writing them when there are none yet: pages are rendered with it."""
    return Newsroom.objects.first() or Newsroom()


class Edition(TreePageMixin, Page):
    """One language's site: its home page, and the root of everything it publishes. Its slug is its URL path."""

    # Named, so that a story can have a field called edition.
    page_ptr = models.OneToOneField(Page, parent_link=True, related_name="as_edition", on_delete=models.CASCADE)
    slogan = models.CharField(_("slogan"), max_length=160, blank=True)
    timezone = models.CharField(_("time zone"), max_length=64, default="UTC")
    digits = models.CharField(
        _("digits"), max_length=4, default="latn", choices=[("latn", "0123456789"), ("arab", "٠١٢٣٤٥٦٧٨٩")]
    )
    is_default = models.BooleanField(_("default edition"), default=False, help_text=_("Where / leads."))
    public_versions = models.BooleanField(
        _("versions are public"),
        default=False,
        help_text=_("Readers may compare the versions of a story that was changed after it went out."),
    )
    about = models.TextField(_("about"), blank=True, help_text=_("Replaces the newsroom's own in this edition."))
    legal = models.CharField(_("legal line"), max_length=500, blank=True)
    social = StreamField([("link", LinkBlock())], verbose_name=_("social links"), blank=True)
    apps = StreamField([("link", LinkBlock())], verbose_name=_("app links"), blank=True)
    navigation = StreamField(
        [
            ("page", PageChooserBlock(["editions.Section", "editions.InfoPage"], label=_("Section"))),
            ("region", RegionChooserBlock(label=_("Region"))),
            ("link", LinkBlock()),
            ("rule", StaticBlock(label=_("Rule"), icon="minus", admin_text=_("A hairline between two groups"))),
        ],
        verbose_name=_("section row"),
        blank=True,
        help_text=_("The row under the masthead. Empty: the second level of the section tree, in its order."),
    )
    #: Parts of newsroom.toml that nothing here models yet, kept for the export.
    kept = models.JSONField(default=dict, blank=True, editable=False)

    parent_page_types: ClassVar = ["wagtailcore.Page"]
    subpage_types: ClassVar = ["editions.Section", "editions.InfoPage"]
    base_form_class: ClassVar = TreePageForm
    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("slogan"),
        MultiFieldPanel([FieldPanel("timezone"), FieldPanel("digits"), FieldPanel("is_default")], _("Language")),
        FieldPanel("navigation"),
        InlinePanel("regions", heading=_("Regions"), label=_("Region")),
        FieldPanel("public_versions"),
        FieldPanel("about"),
        FieldPanel("legal"),
        FieldPanel("social"),
        FieldPanel("apps"),
    ]

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")

    @property
    def code(self) -> str:
        return str(self.locale.language_code)

    @property
    def direction(self) -> str:
        return direction_of(self.code)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    def clean(self) -> None:
        super().clean()
        if self.timezone not in available_timezones():
            raise ValidationError({"timezone": _("No such time zone. Write it as Europe/London or Asia/Beirut.")})

    def get_url_parts(self, request: Any = None) -> tuple[int, str, str] | None:
        return url_parts(self, f"/{self.slug}/")


class Section(TreePageMixin, Page):
    """A section, or a section inside one; the tree has two levels."""

    # Named, so that a story can have a field called section.
    page_ptr = models.OneToOneField(Page, parent_link=True, related_name="as_section", on_delete=models.CASCADE)
    description = models.CharField(_("description"), max_length=300, blank=True)
    form = models.CharField(
        _("form"), max_length=12, choices=FORMS, blank=True, help_text=_("What a new story here starts as.")
    )

    parent_page_types: ClassVar = ["editions.Edition", "editions.Section"]
    subpage_types: ClassVar = ["editions.Section", "stories.Shelf"]
    base_form_class: ClassVar = TreePageForm
    content_panels: ClassVar = [*Page.content_panels, FieldPanel("description"), FieldPanel("form")]

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")

    @classmethod
    def can_create_at(cls, parent: Page) -> bool:
        # Root 1, edition 2, section 3, section inside it 4.
        return bool(super().can_create_at(parent)) and parent.depth <= 3

    def get_url_parts(self, request: Any = None) -> tuple[int, str, str] | None:
        return url_parts(self, address_of(self))


class InfoPage(TreePageMixin, Page):
    """A page of the newsroom about itself, linked in the footer: privacy, about, contact."""

    body = RichTextField(_("text"), features=TEXT_FEATURES, blank=True)

    parent_page_types: ClassVar = ["editions.Edition"]
    subpage_types: ClassVar[list[str]] = []
    base_form_class: ClassVar = TreePageForm
    content_panels: ClassVar = [*Page.content_panels, FieldPanel("body")]

    class Meta:
        verbose_name = _("footer page")
        verbose_name_plural = _("footer pages")

    def get_url_parts(self, request: Any = None) -> tuple[int, str, str] | None:
        return url_parts(self, address_of(self))


class Region(Orderable):
    edition = ParentalKey(Edition, on_delete=models.CASCADE, related_name="regions")
    slug = models.SlugField(_("slug"), max_length=80, allow_unicode=True)
    title = models.CharField(_("title"), max_length=120)

    panels: ClassVar = [FieldPanel("title"), FieldPanel("slug")]

    class Meta(Orderable.Meta):
        verbose_name = _("region")
        verbose_name_plural = _("regions")
        constraints = [models.UniqueConstraint(fields=["edition", "slug"], name="region_slug_once")]

    def __str__(self) -> str:
        return self.title


def with_addresses(pages: QuerySet[Page]) -> QuerySet[Page]:
    """These pages with their current paths, for lists that show a link to each."""
    current = Address.objects.filter(page_id=OuterRef("pk"), current=True).values("path")
    return pages.annotate(current_path=Subquery(current[:1]))


def address_of(page: Page) -> str | None:
    """The current path of a page, or None if it was never published."""
    if "current_path" in page.__dict__:
        return str(page.__dict__["current_path"] or "") or None
    path = Address.objects.filter(page_id=page.pk, current=True).values_list("path", flat=True).first()
    if path:
        page.__dict__["current_path"] = path  # a list asks each of its rows several times
    return path


def url_parts(page: Page, path: str | None) -> tuple[int, str, str] | None:
    """What Wagtail asks of a page: site, origin, path."""
    from django.conf import settings
    from wagtail.models import Site

    if path is None:
        return None
    roots = Site.get_site_root_paths()  # Wagtail keeps them in its cache
    return (roots[0].site_id if roots else 0, settings.BASE_URL, path)
