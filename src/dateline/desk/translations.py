"""The desk's page of one page's translations: which editions have it, making one, linking and unlinking."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.shortcuts import render as draw
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminPageChooser
from wagtail.models import Page

from dateline.newsroom.editions.models import Edition, InfoPage, Section
from dateline.newsroom.editions.translations import TranslationError, link_tree_pages, sister_in, unlink_tree_page
from dateline.newsroom.stories.models import Story
from dateline.newsroom.stories.translations import link_stories, translate_story, unlink_story

#: Kinds of pages that have translations an editor may arrange.
TRANSLATED = (Story, Section, InfoPage)


class SectionForm(forms.Form):
    """Where a translation goes: a section of one edition, that of the same name over there to begin with."""

    section = forms.ModelChoiceField(
        Section.objects.none(), label=gettext_lazy("Section"), empty_label=gettext_lazy("Choose a section")
    )

    def __init__(self, edition: Edition, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, auto_id=f"id_{edition.slug}_%s", initial=initial)
        field: Any = self.fields["section"]
        field.queryset = Section.objects.descendant_of(edition).order_by("path")
        field.label_from_instance = lambda section: ("" if section.depth == 3 else "– ") + section.title


class LinkForm(forms.Form):
    """Which page this one is a translation of."""

    def __init__(self, kind: type[Page], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["other"] = forms.ModelChoiceField(
            kind.objects.all(),
            label=_("It is a translation of"),
            widget=AdminPageChooser(target_models=[kind]),
            error_messages={"required": _("Choose a page first.")},
        )


@dataclass(frozen=True)
class Row:
    """One edition: its page of the group, or the form that makes one."""

    edition: Edition
    page: Page | None
    may_edit: bool
    form: SectionForm | None


def translations(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a page's group; POST `action` is translate, link or unlink."""
    page: Page = get_object_or_404(Page, pk=pk).specific
    if not isinstance(page, TRANSLATED):
        raise Http404
    if not may_see(page, request.user):
        raise PermissionDenied
    link = LinkForm(type(page))
    status = 200
    if request.method == "POST":
        done, link = _do(request, page)
        if done is not None:
            return done
        status = 400
    rows = _rows(page, request.user)
    context = {
        "page": page,
        "rows": rows,
        "link": link,
        "media": link.media,
        "linked": any(row.page for row in rows),
        "may_link": may_link(page, request.user),
    }
    return draw(request, "desk/translations.html", context, status=status)


def may_see(page: Page, user: Any) -> bool:
    """Whoever may edit a page sees its translations; a public story is anybody's to translate."""
    if page.permissions_for_user(user).can_edit():
        return True
    return isinstance(page, Story) and page.is_public


def may_link(page: Page, user: Any) -> bool:
    """Linking changes pages that are public at once: it takes the right to publish them."""
    group = Page.objects.filter(translation_key=page.translation_key, live=True)
    return bool(page.permissions_for_user(user).can_edit()) and all(
        one.permissions_for_user(user).can_publish() for one in group
    )


def _rows(page: Page, user: Any) -> list[Row]:
    rows = []
    for edition in Edition.objects.exclude(locale_id=page.locale_id).select_related("locale").order_by("path"):
        sister = sister_in(page, edition.locale)
        form = None
        if sister is None and isinstance(page, Story) and edition.permissions_for_user(user).can_add_subpage():
            twin = sister_in(page.section, edition.locale) if page.section else None
            form = SectionForm(edition, initial={"section": twin})
        may_edit = bool(sister and sister.permissions_for_user(user).can_edit())
        rows.append(Row(edition, sister.specific if sister else None, may_edit, form))
    return rows


def _do(request: HttpRequest, page: Page) -> tuple[HttpResponse | None, LinkForm]:
    """Carry out one action; no response means that the page is shown again with what is wrong."""
    link = LinkForm(type(page))
    try:
        match request.POST.get("action"):
            case "translate":
                return _translate(request, page), link
            case "unlink":
                return _unlink(request, page), link
            case "link":
                link = LinkForm(type(page), request.POST)
                return _link(request, page, link), link
    except TranslationError as refused:
        messages.error(request, str(refused))
    return None, link


def _translate(request: HttpRequest, page: Page) -> HttpResponse | None:
    if not isinstance(page, Story):
        return None
    edition = get_object_or_404(Edition, slug=request.POST.get("edition", ""))
    form = SectionForm(edition, request.POST)
    if not form.is_valid():
        text = _("Choose the section of %(edition)s that the translation belongs to.")
        messages.error(request, text % {"edition": edition.title})
        return None
    section = form.cleaned_data["section"]
    if not section.permissions_for_user(request.user).can_add_subpage():
        raise PermissionDenied
    made = translate_story(page, section, by=_user(request))
    text = _("A draft for %(edition)s is made. Write the translation over it.")
    messages.success(request, text % {"edition": edition.title})
    if made.left_out:
        text = _("Not in this edition yet, and therefore left out: %(names)s")
        messages.warning(request, text % {"names": ", ".join(made.left_out)})
    return redirect("wagtailadmin_pages:edit", made.story.pk)


def _link(request: HttpRequest, page: Page, form: LinkForm) -> HttpResponse | None:
    if not form.is_valid():
        return None
    other: Page = form.cleaned_data["other"]
    if not (may_link(page, request.user) and may_link(other, request.user)):
        raise PermissionDenied
    if isinstance(page, Story) and isinstance(other, Story):
        link_stories(page, other, by=_user(request))
    else:
        link_tree_pages(page, other)
    text = _("“%(one)s” and “%(two)s” are translations of each other now.")
    messages.success(request, text % {"one": page.title, "two": other.title})
    return redirect("dateline_translations", page.pk)


def _unlink(request: HttpRequest, page: Page) -> HttpResponse:
    if not may_link(page, request.user):
        raise PermissionDenied
    if isinstance(page, Story):
        unlink_story(page, by=_user(request))
    else:
        unlink_tree_page(page)
    messages.success(request, _("“%(title)s” stands alone now.") % {"title": page.title})
    return redirect("dateline_translations", page.pk)


def _user(request: HttpRequest) -> Any:
    return request.user
