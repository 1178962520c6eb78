"""What the desk adds to Wagtail's own: stories filed by month, withdrawing, and a word when a page would not print."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse, reverse_lazy
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.ui.components import Component
from wagtail.admin.widgets import Button, ListingButton
from wagtail.models import Page

from dateline.desk import (
    breaking,
    channels,
    checking,
    drafting,
    listening,
    merging,
    preparing,
    reading,
    rights,
    topics,
    tracker_due,
    tracker_files,
    tracker_lists,
    trackers,
    updates,
)
from dateline.desk.schedule import late_ones
from dateline.desk.translations import TRANSLATED, may_see, translations
from dateline.desk.versions import versions
from dateline.desk.views import withdraw
from dateline.newsroom.broadcast.models import Channel
from dateline.newsroom.editions.models import Edition, InfoPage, Section
from dateline.newsroom.stories.actions import shelf_for
from dateline.newsroom.stories.models import Coverage, Shelf, Story, Topic
from dateline.newsroom.stories.versions import has_versions
from dateline.newsroom.trackers.models import Tracker
from dateline.press.outbox import last_report


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern]:
    return [
        path("stories/<int:pk>/withdraw/", withdraw, name="dateline_withdraw"),
        path("stories/<int:pk>/checks/", checking.checks, name="dateline_checks"),
        path("stories/new/<int:section>/", new_story, name="dateline_new_story"),
        path("stories/<int:pk>/versions/", versions, name="dateline_versions"),
        path("translations/<int:pk>/", translations, name="dateline_translations"),
        path("breaking/", breaking.breaking, name="dateline_breaking"),
        path("breaking/undo/", breaking.take_back, name="dateline_breaking_undo"),
        path("breaking/<int:pk>/", breaking.edit, name="dateline_breaking_edit"),
        path("breaking/<int:pk>/withdraw/", breaking.withdraw, name="dateline_breaking_withdraw"),
        path("channels/<int:pk>/", channels.today, name="dateline_schedule_today"),
        path("channels/<int:pk>/<str:day>/", channels.schedule, name="dateline_schedule"),
        path("listening/<int:pk>/again/", listening.again, name="dateline_speak_again"),
        path("listening/cards/<int:pk>/again/", listening.cards_again, name="dateline_speak_cards_again"),
        path("coverage/<int:pk>/in-five/", drafting.draft, name="dateline_draft_five"),
        path("topics/of/<int:edition>/find/", topics.find, name="dateline_topics_find"),
        path("topics/of/<int:edition>/name/", topics.name, name="dateline_topics_name"),
        path("topics/of/<int:edition>/make/", topics.make, name="dateline_topics_make"),
        path("topics/<int:pk>/merge/", merging.merge, name="dateline_merge"),
        path("reads/", reading.index, name="dateline_reads"),
        path("trackers/<int:pk>/", trackers.evidence, name="dateline_tracker"),
        path("trackers/<int:pk>/<int:row>/replace/", trackers.replace, name="dateline_tracker_replace"),
        path("trackers/<int:pk>/<int:row>/strike/", trackers.strike, name="dateline_tracker_strike"),
        path("trackers/<int:pk>/parties/", tracker_lists.parties, name="dateline_tracker_parties"),
        path("trackers/<int:pk>/places/", tracker_lists.places, name="dateline_tracker_places"),
        path("trackers/<int:pk>/history/", tracker_lists.history, name="dateline_tracker_history"),
        path("trackers/<int:pk>/table/", tracker_files.upload, name="dateline_tracker_import"),
        path("trackers/<int:pk>/table/<int:file>/", tracker_files.preview, name="dateline_tracker_preview"),
        path("trackers/<int:pk>/table/<int:file>/take/", tracker_files.take, name="dateline_tracker_take"),
        path("trackers/<int:pk>/table/template.csv", tracker_files.example, name="dateline_tracker_template"),
        path("trackers/<int:pk>/table/evidence.csv", tracker_files.download, name="dateline_tracker_export"),
        path("trackers/<int:pk>/story/", tracker_due.write_story, name="dateline_tracker_story"),
        path("live/", updates.index, name="dateline_live_index"),
        path("live/<int:pk>/", updates.write, name="dateline_live"),
        path("live/<int:pk>/act/", updates.act, name="dateline_live_act"),
        path("live/<int:pk>/keep/", updates.keep, name="dateline_live_keep"),
        path("live/<int:pk>/list/", updates.listed, name="dateline_live_list"),
    ]


hooks.register("before_publish_page", checking.ask_first)
hooks.register("before_bulk_action", checking.ask_before_many)


@hooks.register("register_admin_viewset")
def story_views() -> checking.StoryViewSet:
    return checking.StoryViewSet()


class BreakingMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return breaking.may_post(request.user)


@hooks.register("register_admin_menu_item")
def breaking_menu_item() -> MenuItem:
    """At the top, so that an alert is two clicks away from wherever one is."""
    return BreakingMenuItem(_lazy("Breaking"), reverse_lazy("dateline_breaking"), icon_name="warning", order=1)


class LiveMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(updates.PERMISSION))


@hooks.register("register_admin_menu_item")
def live_menu_item() -> MenuItem:
    return LiveMenuItem(_lazy("Live coverage"), reverse_lazy("dateline_live_index"), icon_name="edit", order=2)


class ReadsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(settings.OPTIONS["count_reads"])


@hooks.register("register_admin_menu_item")
def reads_menu_item() -> MenuItem:
    return ReadsMenuItem(_lazy("Reads now"), reverse_lazy("dateline_reads"), icon_name="view", order=3)


@hooks.register("register_permissions")
def permissions() -> QuerySet[Permission]:
    names = ["post_alert", "post_update", "add_evidence"]
    return Permission.objects.filter(content_type__app_label__in=["live", "trackers"], codename__in=names)


def new_story(request: HttpRequest, section: int) -> HttpResponse:
    """Write a story in a section: it opens on the section's shelf of this month, made when it is the first."""
    place = get_object_or_404(Section, pk=section)
    if not place.permissions_for_user(request.user).can_add_subpage():
        messages.error(request, _("You may not write in this section."))
        return redirect("wagtailadmin_explore", place.pk)
    shelf = shelf_for(place, timezone.now())
    return redirect("wagtailadmin_pages:add", "stories", "story", shelf.pk)


@hooks.register("register_snippet_listing_buttons")
def snippet_buttons(snippet: Any, user: Any, next_url: str | None = None) -> Iterator[Button]:
    if isinstance(snippet, Channel) and user.has_perm(channels.PERMISSION):
        yield ListingButton(_("Schedule"), reverse("dateline_schedule_today", args=[snippet.pk]), icon_name="calendar")
    if isinstance(snippet, Coverage) and user.has_perm(drafting.PERMISSION):
        yield ListingButton(_("Draft In five"), reverse("dateline_draft_five", args=[snippet.pk]), icon_name="form")
    if isinstance(snippet, Tracker) and user.has_perm(trackers.VIEW):
        yield ListingButton(_("Evidence"), reverse("dateline_tracker", args=[snippet.pk]), icon_name="list-ul")
    if isinstance(snippet, Topic) and user.has_perm(merging.PERMISSION):
        yield ListingButton(_("Merge…"), reverse("dateline_merge", args=[snippet.pk]), icon_name="collapse-down")


@hooks.register("register_page_header_buttons")
@hooks.register("register_page_listing_buttons")
def buttons(page: Page, user: Any, *args: Any, **kwargs: Any) -> Iterator[Button]:
    if isinstance(page, Section) and page.permissions_for_user(user).can_add_subpage():
        yield Button(
            _("Write a story here"), reverse("dateline_new_story", args=[page.pk]), icon_name="edit", priority=5
        )
    if isinstance(page, Story) and (way := updates.button(page, user, reverse("dateline_live", args=[page.pk]))):
        yield way
    if isinstance(page, Story) and page.is_public and page.permissions_for_user(user).can_unpublish():
        yield Button(_("Withdraw…"), reverse("dateline_withdraw", args=[page.pk]), icon_name="warning", priority=70)


@hooks.register("register_page_header_buttons")
@hooks.register("register_page_listing_more_buttons")
def translation_button(page: Page, user: Any, *args: Any, **kwargs: Any) -> Iterator[Button]:
    if isinstance(page, TRANSLATED) and may_see(page, user):
        yield Button(
            _("Translations"), reverse("dateline_translations", args=[page.pk]), icon_name="globe", priority=60
        )


@hooks.register("register_page_header_buttons")
def versions_button(page: Page, user: Any, *args: Any, **kwargs: Any) -> Iterator[Button]:
    if isinstance(page, Story) and page.permissions_for_user(user).can_edit() and has_versions(page):
        yield Button(_("Versions"), reverse("dateline_versions", args=[page.pk]), icon_name="history", priority=65)


@hooks.register("before_create_page")
def file_by_month(request: HttpRequest, parent: Page, page_class: type[Page]) -> HttpResponse | None:
    """A story asked for on an old shelf is written on this month's."""
    if page_class is not Story or request.method != "GET" or not isinstance(parent.specific, Shelf):
        return None
    section = parent.get_parent().specific
    shelf = shelf_for(section, timezone.now())
    return None if shelf.pk == parent.pk else redirect("wagtailadmin_pages:add", "stories", "story", shelf.pk)


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
@hooks.register("after_publish_page")
@hooks.register("after_unpublish_page")
@hooks.register("after_delete_page")
@hooks.register("after_move_page")
@hooks.register("after_edit_snippet")
@hooks.register("after_create_snippet")
def tell_what_would_not_print(request: HttpRequest, *args: Any) -> None:
    """The change is made whatever happens to its pages; the editor hears which still show what was before."""
    report = last_report()
    if report and report.failed:
        text = _("Saved, but these pages could not be printed and still show what they showed before: %(pages)s")
        messages.error(request, text % {"pages": ", ".join(sorted(report.failed))})


@hooks.register("after_create_page")
def editions_belong_together(request: HttpRequest, page: Page) -> None:
    """A new edition is a translation of the others, as one made from newsroom.toml is."""
    if isinstance(page, Edition):
        first = Edition.objects.exclude(pk=page.pk).order_by("path").first()
        if first:
            Page.objects.filter(pk=page.pk).update(translation_key=first.translation_key)


@hooks.register("before_copy_page")
def stories_alone_are_copied(request: HttpRequest, page: Page) -> HttpResponse | None:
    """A copied section would bring a second copy of an archive; an alias would be public without a page of its own."""
    if issubclass(page.specific_class, Story | InfoPage) and not request.POST.get("alias"):
        return None
    messages.error(request, _("Only stories and footer pages can be copied, each as a page of its own."))
    return redirect("wagtailadmin_explore", page.get_parent().pk)


@hooks.register("after_copy_page")
def copy_is_published_like_any_other(request: HttpRequest, page: Page, copy: Page) -> None:
    """A copy belongs where it was put; one that is to be public gets its address, its lists and its sheets."""
    section_follows_place(request, copy)
    if copy.live:
        copy.get_latest_revision().publish(user=request.user)
        tell_what_would_not_print(request)


@hooks.register("after_move_page")
def section_follows_place(request: HttpRequest, page: Page) -> None:
    """A story that was moved in the tree belongs to the section it now stands in."""
    story = page.specific
    if not isinstance(story, Story):
        return
    place = Section.objects.ancestor_of(story).order_by("-depth").first()
    if place and place.pk != story.section_id:
        from dateline.newsroom.stories.actions import change_section

        change_section(story, place)


@hooks.register("insert_editor_js")
def sent_after_what_is_saved() -> str:
    """Wagtail saves drafts while an editor types, and does not wait for that when the form is sent."""
    return format_html('<script src="{}"></script>', versioned_static("desk/autosave.js"))


@hooks.register("construct_homepage_summary_items", order=1000)
def nothing_is_counted(request: HttpRequest, items: list[Any]) -> None:
    """The overview does not count all that was ever made: that takes the longer the older a newsroom is."""
    items.clear()


class LatePanel(Component):
    """What was scheduled and went out, or came off, later than it should have, because nothing was running."""

    name = "late"
    order = 10
    template_name = "desk/late.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        entries = late_ones()
        return {"late": [(entry.label, timedelta(seconds=entry.data["seconds"]), entry.timestamp) for entry in entries]}


@hooks.register("construct_homepage_panels")
def own_panels(request: HttpRequest, panels: list[Component]) -> None:
    panels[:0] = [
        LatePanel(),
        tracker_due.DuePanel(),
        listening.SilentPanel(),
        preparing.PreparingPanel(),
        rights.RightsPanel(),
        reading.ReadsPanel(),
    ]
