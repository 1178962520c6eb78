"""Before a story goes out: what its checks found is answered, and then it goes out with one click.

The draft is saved before anything is asked, so that nothing is lost whatever is done next. Asked are those who publish,
schedule or approve at the desk; imports and the clock are not.
"""

import json
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.shortcuts import render as draw
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.admin import messages
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.workflow import WorkflowActionView
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Page

from dateline.newsroom.stories.checking.actions import answer_findings, unanswered
from dateline.newsroom.stories.checking.findings import Finding
from dateline.newsroom.stories.models import CheckAnswer, Story

if TYPE_CHECKING:
    from dateline.desk.models import User

#: Where in the session the words of an approval wait for the answers.
_APPROVAL = "dateline_approval_{}"


def ask_first(request: HttpRequest, page: Page) -> HttpResponse | None:
    """The page that asks, if there is something to ask. For Wagtail's hook before it publishes what it has saved."""
    story = page.specific
    if not isinstance(story, Story) or not unanswered(story):
        return None
    return _asking(request, story)


def _asking(request: HttpRequest, story: Story, approval: dict[str, Any] | None = None) -> HttpResponse:
    key = _APPROVAL.format(story.pk)
    if approval is None:
        request.session.pop(key, None)
    else:
        request.session[key] = approval
    return redirect("dateline_checks", story.pk)


def ask_before_many(request: HttpRequest, kind: str, objects: list[Any], action: Any) -> HttpResponse | None:
    """Several stories are published at once only if nothing is to be asked about any of them."""
    if kind != "publish" or not all(isinstance(one, Page) for one in objects):
        return None
    asked = [story for one in objects if isinstance(story := _latest(one), Story) and unanswered(story)]
    if not asked:
        return None
    titles = ", ".join(f"“{story.title}”" for story in asked[:5])
    text = _("Nothing was published. Publish these one by one, there is something to answer first: %(titles)s")
    messages.error(request, text % {"titles": titles})
    return redirect(action.next_url)


def _latest(page: Page) -> Any:
    return page.get_latest_revision_as_object() if page.specific_class is Story else None


class StoryEditView(EditView):
    """Wagtail's form, that asks before an approval publishes."""

    def perform_workflow_action(self) -> HttpResponse:
        if self.workflow_action != "approve" or not unanswered(self.form.instance):
            answer: HttpResponse = super().perform_workflow_action()
            return answer
        live: bool = self.real_page_record.live
        self.page: Story = self.form.save(commit=not live)
        self.subscription.save()
        if self.has_content_changes:
            revision = self.page.save_revision(user=self.request.user, log_action=True)
            if "comments" in self.form.formsets:
                changes = self.get_commenting_changes()
                self.log_commenting_changes(changes, revision)
                self.send_commenting_notifications(changes)
        return _asking(self.request, self.page, _extra(self.request))


class StoryApprovalView(WorkflowActionView):
    """The same, from the overview and from lists."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        story = self.object.get_latest_revision_as_object()
        if self.action_name != "approve" or not unanswered(story):
            answer: HttpResponse = super().post(request, *args, **kwargs)
            return answer
        asking = _asking(request, story, {"comment": request.POST.get("comment", "")})
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            modal: HttpResponse = self.render_modal_json(request, {"step": "success", "redirect": asking["Location"]})
            return modal
        return asking


class StoryViewSet(PageViewSet):
    model = Story
    name = "dateline_story_pages"
    edit_view_class = StoryEditView
    workflow_action_view_class = StoryApprovalView


def _extra(request: HttpRequest) -> dict[str, Any]:
    try:
        said = json.loads(request.POST.get("workflow-action-extra-data") or "{}")
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


# ── The page that asks ──


def checks(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Story, pk=pk)
    story: Story = row.get_latest_revision_as_object()
    revision = row.get_latest_revision()
    approval = request.session.get(_APPROVAL.format(pk))
    user = _allowed(request, row, approving=approval is not None)
    if revision is None:
        return redirect("wagtailadmin_pages:edit", pk)
    found = unanswered(story)
    given: dict[str, str] = {}
    error = ""
    if request.method == "POST":
        given = {finding.digest: request.POST.get(f"answer-{finding.digest}", "") for finding in found}
        answer_findings(story, given, found, by=user)
        found = [finding for finding in found if not given[finding.digest].strip()]
        stamp = f"{revision.pk} {revision.created_at.isoformat()}"
        if found:
            error = _("Say of each why it stands, or mend it.")
        elif request.POST.get("revision") != stamp:
            error = _("The draft was changed meanwhile. Look at it, and publish once more.")
        else:
            return _go(request, story, approval)
    return draw(
        request,
        "desk/checks.html",
        {
            "story": story,
            "findings": [(finding, given.get(finding.digest, ""), _way(story, finding)) for finding in found],
            "answered": CheckAnswer.objects.filter(story=row).select_related("by").order_by("at"),
            "revision": f"{revision.pk} {revision.created_at.isoformat()}",
            "planned": bool(story.go_live_at and story.go_live_at > timezone.now()),
            "approving": approval is not None,
            "error": error,
        },
        status=400 if error else 200,
    )


def _way(story: Story, finding: Finding) -> str:
    """To the part of the form in which a finding is mended."""
    return f"{reverse('wagtailadmin_pages:edit', args=[story.pk])}#panel-child-content-{finding.where}-section"


def _allowed(request: HttpRequest, story: Story, *, approving: bool) -> "User":
    """Who asks, if that is somebody who may publish or approve the story.

    Raises:
        PermissionDenied: it is not.
    """
    user = request.user
    lock = story.get_lock()
    if not user.is_authenticated or (lock is not None and lock.for_user(user)):
        raise PermissionDenied
    if approving:
        task = story.current_workflow_task
        allowed = task is not None and any(name == "approve" for name, *_rest in task.get_actions(story, user))
    else:
        allowed = story.permissions_for_user(user).can_publish()
    if not allowed:
        raise PermissionDenied
    return user


def _go(request: HttpRequest, story: Story, approval: dict[str, Any] | None) -> HttpResponse:
    """Publish, schedule or approve what was last saved, as the button that led here would have."""
    try:
        _whole(story)
    except ValidationError:
        messages.error(request, _("The draft is not whole yet. Publish it from its form, which says what it lacks."))
        return redirect("wagtailadmin_pages:edit", story.pk)
    revision = story.latest_revision
    if approval is not None:
        request.session.pop(_APPROVAL.format(story.pk), None)
        state = story.current_workflow_task_state
        state.task.specific.on_action(state, request.user, "approve", **approval)
    else:
        action = PublishPageRevisionAction(revision, user=request.user, changed=True)
        action.execute(skip_permission_checks=True)
    row = Story.objects.get(pk=story.pk)
    for hook in hooks.get_hooks("after_publish_page"):
        if answer := hook(request, row):
            return answer
    if row.live and not row.has_unpublished_changes:
        text = _("“%(headline)s” has been published.")
    elif approval is not None:
        text = _("“%(headline)s” has been approved.")
    else:
        text = _("“%(headline)s” has been scheduled to be published.")
    ways = [messages.button(reverse("wagtailadmin_pages:edit", args=[story.pk]), _("Edit"))]
    if row.live and (url := row.get_url(request)):
        ways.insert(0, messages.button(url, _("View live"), new_window=False))
    messages.success(request, text % {"headline": story.title}, buttons=ways)
    return redirect("wagtailadmin_explore", row.get_parent().pk)


def _whole(story: Story) -> None:
    """A draft may lack what a published story must have.

    Raises:
        ValidationError: it does.
    """
    story.full_clean()
    for name in ("body", "sources"):
        value = getattr(story, name)
        value.stream_block.clean(value)
