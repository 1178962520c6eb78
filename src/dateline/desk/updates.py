"""The writing screen of live coverage: post with one key, edit and withdraw in place, with others at the same time."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.shortcuts import render as draw
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin.widgets import Button

from dateline.newsroom.live.actions.updates import (
    UpdateConflict,
    UpdateError,
    Words,
    change_coverage,
    edit_update,
    pin_update,
    post_update,
    restore_update,
    withdraw_update,
)
from dateline.newsroom.live.models import CLOSED, ORDERS, STATES, LiveStory, TypedUpdate, Update, UpdateNote
from dateline.newsroom.stories.body import bodies_view
from dateline.newsroom.stories.models import Person, Story

PERMISSION = "live.post_update"

#: Updates that the screen lists at a time.
LISTED = 30
#: Closed coverages that are still listed.
CLOSED_LISTED = 20
#: Characters of a form that are kept while it is being written.
LONGEST_TYPED = 200_000


class UpdateForm(forms.ModelForm):  # type: ignore[type-arg]
    """What an update says, in the story's language."""

    class Meta:
        model = Update
        fields = ("title", "body", "author", "source", "is_key")

    def __init__(self, story: Story, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("title", "source"):
            self.fields[name].widget.attrs |= {"dir": story.edition.direction, "lang": story.edition.code}
        self.fields["author"].queryset = Person.objects.filter(edition=story.edition_id).order_by("name")  # type: ignore[attr-defined]

    def words(self) -> Words:
        said = self.cleaned_data
        body = [(block.block_type, block.value) for block in said["body"] if not _is_blank(block)]
        return Words(said["title"], body, said["author"], said["source"], said["is_key"])


def _is_blank(block: Any) -> bool:
    return block.block_type == "text" and not strip_tags(block.value.source).strip()


def _one_text() -> Any:
    """A body that waits to be written."""
    return Update._meta.get_field("body").stream_block.to_python([{"type": "text", "value": ""}])  # type: ignore[union-attr]


@dataclass(frozen=True, slots=True)
class Row:
    """An update as the screen lists it."""

    update: Update
    body: tuple[Any, ...]
    history: list[UpdateNote]
    pinned: bool


def may_write(user: Any, story: Story) -> bool:
    """Whoever may write stories in this edition, and updates at all."""
    return bool(user.has_perm(PERMISSION)) and bool(story.edition.permissions_for_user(user).can_add_subpage())


def _story(request: HttpRequest, pk: int) -> Story:
    story = get_object_or_404(Story.objects.select_related("edition", "edition__locale"), pk=pk, form="live")
    if not may_write(request.user, story):
        raise PermissionDenied
    return story


def index(request: HttpRequest) -> HttpResponse:
    """All coverage that goes on, and what was closed last."""
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied
    rows = LiveStory.objects.select_related("story__edition").order_by("-opened_at")
    context = {
        "going_on": rows.exclude(state=CLOSED)[:100],
        "closed": rows.filter(state=CLOSED).order_by("-closed_at")[:CLOSED_LISTED],
    }
    return draw(request, "desk/live_index.html", context)


def write(request: HttpRequest, pk: int) -> HttpResponse:
    """Write, and see what all have written. With `edit`, the form holds that update."""
    story = _story(request, pk)
    asked = request.POST.get("number") or request.GET.get("edit") or "0"
    editing = get_object_or_404(Update, live=pk, number=int(asked)) if asked.isdecimal() and int(asked) else None
    if request.method == "POST":
        return _sent(request, story, editing)
    number = editing.number if editing else 0
    typed = TypedUpdate.objects.filter(live=pk, by=request.user, number=number).first()  # type: ignore[misc]
    data = QueryDict(typed.data, encoding="utf-8") if typed else None
    usual = {} if editing else {"body": _one_text(), **_usual(request, story)}
    form = UpdateForm(story, data, instance=editing or Update(), initial=usual)
    # What was typed was typed over a version that may have been another one.
    seen = (data and data.get("seen")) or (editing.version if editing else 0)
    return _screen(request, story, form, editing, seen=seen, typed=bool(typed))


def _sent(request: HttpRequest, story: Story, editing: Update | None) -> HttpResponse:
    """Post a new update or change one. Scripts are answered in JSON, and may send the same again."""
    form = UpdateForm(story, request.POST, instance=Update())
    theirs, status = None, 400
    said = request.POST.get("seen", "")
    seen = int(said) if said.isdecimal() else 0
    if form.is_valid():
        try:
            if editing:
                done = edit_update(editing, form.words(), by=_user(request), seen=seen)
            else:
                done = post_update(story, form.words(), by=_user(request), key=_key(request))
        except UpdateConflict as conflict:
            form.add_error(None, str(conflict))
            theirs, seen, status = conflict.theirs, conflict.theirs.version, 409
        except UpdateError as refused:
            form.add_error(None, str(refused))
        else:
            TypedUpdate.objects.filter(
                live=story.pk, by=_user(request), number=editing.number if editing else 0
            ).delete()
            if _wants_json(request):
                return JsonResponse({"number": done.number})
            messages.success(request, _("Changed everywhere.") if editing else _("Posted."))
            return redirect("dateline_live", story.pk)
    if _wants_json(request) and not theirs:
        return JsonResponse({"errors": _errors(form)}, status=status)
    return _screen(request, story, form, editing, seen=seen, theirs=theirs, status=status)


@require_POST
def act(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw, put back or pin an update; open, pause, close or turn round the coverage."""
    story = _story(request, pk)
    what, number = request.POST.get("do", ""), request.POST.get("number", "")
    update = Update.objects.filter(live=pk, number=int(number)).first() if number.isdecimal() else None
    by = _user(request)
    try:
        match what:
            case "withdraw" | "restore" | "pin":
                _act_on(update, what, story, by)
            case "unpin":
                pin_update(story, None, by=by)
            case "arrange" if may_arrange(by, story):
                change_coverage(story, by=by, state=request.POST.get("state"), order=request.POST.get("order"))
            case "forget":
                _forget(request, story, int(number) if number.isdecimal() else 0)
            case _:
                raise PermissionDenied
    except UpdateError as refused:
        messages.error(request, str(refused))
    return redirect("dateline_live", pk)


def _act_on(update: Update | None, what: str, story: Story, by: Any) -> None:
    if update is None:
        raise UpdateError(_("There is no such update."))
    if what == "withdraw":
        withdraw_update(update, by=by)
    elif what == "restore":
        restore_update(update, by=by)
    else:
        pin_update(story, update, by=by)


def _forget(request: HttpRequest, story: Story, number: int) -> None:
    TypedUpdate.objects.filter(live=story.pk, by=_user(request), number=number).delete()


def may_arrange(user: Any, story: Story) -> bool:
    return bool(story.permissions_for_user(user).can_publish())


@require_POST
def keep(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what is being typed, as it is."""
    story = _story(request, pk)
    number = request.POST.get("number", "")
    data = request.POST.copy()
    for name in ("csrfmiddlewaretoken", "key"):
        data.pop(name, None)
    whole = data.urlencode()
    if len(whole) > LONGEST_TYPED:
        return HttpResponse(status=413)
    live = LiveStory.objects.filter(story=story).first()
    if live is not None:
        TypedUpdate.objects.update_or_create(
            live=live, by=_user(request), number=int(number) if number.isdecimal() else 0, defaults={"data": whole}
        )
    return HttpResponse(status=204)


@require_GET
def listed(request: HttpRequest, pk: int) -> HttpResponse:
    """The list alone, for a screen that is open; 204 while nothing has changed."""
    story = _story(request, pk)
    live = LiveStory.objects.filter(story=story).first()
    if live is None or request.GET.get("changes") == str(live.changes):
        return HttpResponse(status=204)
    return draw(request, "desk/live_list.html", _list(request, story, live))


def _screen(
    request: HttpRequest,
    story: Story,
    form: UpdateForm,
    editing: Update | None,
    *,
    seen: Any,
    typed: bool = False,
    theirs: Update | None = None,
    status: int = 200,
) -> HttpResponse:
    live = LiveStory.objects.filter(story=story).first()
    context = {
        "story": story,
        "live": live,
        "form": form,
        "media": form.media,
        "editing": editing,
        "seen": seen,
        "typed": typed,
        "theirs": theirs,
        "their_body": bodies_view([theirs.body.raw_data])[0] if theirs else (),
        "key": uuid4(),
        "states": STATES,
        "orders": ORDERS,
        "may_arrange": may_arrange(request.user, story),
        "old": request.GET.get("before", ""),
        **_list(request, story, live),
    }
    return draw(request, "desk/live.html", context, status=status)


def _list(request: HttpRequest, story: Story, live: LiveStory | None) -> dict[str, Any]:
    """The newest updates, or those before one, with their history; in six queries, whatever their number."""
    rows = Update.objects.filter(live=story.pk).select_related("author").order_by("-number")
    before = request.GET.get("before", "")
    if before.isdecimal():
        rows = rows.filter(number__lt=int(before))
    found = list(rows[: LISTED + 1])
    shown, more = found[:LISTED], len(found) > LISTED
    notes: dict[int, list[UpdateNote]] = {}
    for note in UpdateNote.objects.filter(update__in=[row.pk for row in shown]).order_by("pk"):
        notes.setdefault(note.update_id, []).append(note)
    bodies = bodies_view(row.body.raw_data for row in shown)
    return {
        "story": story,
        "live": live,
        "rows": [
            Row(row, body, notes.get(row.pk, []), bool(live and live.pinned_id == row.pk))
            for row, body in zip(shown, bodies, strict=True)
        ],
        "older": shown[-1].number if more else 0,
    }


def _usual(request: HttpRequest, story: Story) -> dict[str, Any]:
    """Who signed what this editor wrote last."""
    last = (
        UpdateNote.objects.filter(update__live=story.pk, by=_user(request), action="posted")
        .order_by("-pk")
        .values_list("update__author", flat=True)
        .first()
    )
    return {"author": last} if last else {}


def _key(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return None


def _errors(form: UpdateForm) -> list[str]:
    found = []
    for name, errors in form.errors.items():
        label = form.fields[name].label if name in form.fields else ""
        found += [f"{label}: {error}" if label else str(error) for error in errors]
    return found


def _wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")


def _user(request: HttpRequest) -> Any:
    return request.user


def button(story: Story, user: Any, address: str) -> Button | None:
    """The way from the story to its updates."""
    if story.form != "live" or not may_write(user, story):
        return None
    return Button(_("Write updates"), address, icon_name="edit", priority=4)
