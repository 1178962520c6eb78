"""Who may do what: five roles, each a Wagtail group, the same in every edition."""

from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Task,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

ROLES: dict[str, tuple[str, ...]] = {
    "reporter": ("add_page",),
    "translator": ("add_page", "change_page"),
    "producer": ("add_page", "change_page"),
    "editor": ("add_page", "change_page", "publish_page"),
    "chief": ("add_page", "change_page", "publish_page", "bulk_delete_page", "lock_page", "unlock_page"),
}

#: Roles that pass what reporters hand in.
REVIEWERS = ("editor", "chief")

#: Groups and a review that Wagtail's own migrations make, for roles that Dateline does not have.
_WAGTAILS_GROUPS = ("Moderators", "Editors")
_WAGTAILS_REVIEW = "Moderators approval"

#: Terms and fronts, by role: (app label, model), actions.
_MODELS: dict[str, list[tuple[str, str, tuple[str, ...]]]] = {
    "reporter": [
        ("stories", "topic", ("add", "view")),
        ("clips", "clip", ("add", "view")),
        ("live", "update", ("post",)),
        ("trackers", "tracker", ("view",)),
        ("trackers", "evidence", ("add",)),
    ],
    "translator": [
        ("stories", "topic", ("add", "view")),
        ("clips", "clip", ("view",)),
        ("live", "update", ("post",)),
        ("trackers", "tracker", ("view",)),
    ],
    "producer": [
        ("trackers", "tracker", ("view",)),
        ("clips", "clip", ("add", "change", "view")),
        ("stories", "series", ("add", "change", "view")),
        ("stories", "topic", ("add", "change", "view")),
        ("fronts", "front", ("add", "change", "view")),
        ("live", "alert", ("post",)),
        ("live", "update", ("post",)),
        ("broadcast", "channel", ("add", "change", "view")),
    ],
    "editor": [
        ("clips", "clip", ("add", "change", "view")),
        ("stories", "series", ("add", "change", "view")),
        ("listen", "narrator", ("add", "change", "view")),
        ("broadcast", "channel", ("add", "change", "view")),
        ("live", "alert", ("post",)),
        ("live", "update", ("post",)),
        ("stories", "topic", ("add", "change", "view")),
        ("stories", "person", ("add", "change", "view")),
        ("stories", "coverage", ("add", "change", "view")),
        ("fronts", "front", ("add", "change", "view")),
        ("trackers", "tracker", ("add", "change", "view")),
        ("trackers", "evidence", ("add",)),
    ],
    "chief": [
        ("clips", "clip", ("add", "change", "delete", "view")),
        ("stories", "series", ("add", "change", "delete", "view")),
        ("broadcast", "channel", ("add", "change", "delete", "view")),
        ("live", "alert", ("post",)),
        ("live", "update", ("post",)),
        ("stories", "topic", ("add", "change", "delete", "view")),
        ("stories", "person", ("add", "change", "delete", "view")),
        ("stories", "coverage", ("add", "change", "delete", "view")),
        ("fronts", "front", ("add", "change", "delete", "view")),
        ("editions", "newsroom", ("change",)),
        ("listen", "narrator", ("add", "change", "delete", "view")),
        ("trackers", "tracker", ("add", "change", "delete", "view")),
        ("trackers", "evidence", ("add",)),
    ],
}


@transaction.atomic
def make_roles() -> None:
    """Make the groups of all roles, or give them what this version says they have."""
    root = Page.objects.get(depth=1)
    pictures = Collection.get_first_root_node()
    for role, allowed in ROLES.items():
        group, _ = Group.objects.get_or_create(name=role)
        wanted = [Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")]
        for app, model, actions in _MODELS[role]:
            wanted += _permissions(app, [f"{action}_{model}" for action in actions])
        group.permissions.set(wanted)
        for permission in Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=allowed):
            GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)
        names = [
            "add_picture",
            "choose_image",
            *(["change_picture"] if role in {"editor", "chief", "producer"} else []),
        ]
        for permission in _permissions("pictures", names):
            GroupCollectionPermission.objects.get_or_create(group=group, collection=pictures, permission=permission)
    _give_review(root)
    Group.objects.filter(name__in=_WAGTAILS_GROUPS, user=None).delete()


def _give_review(root: Page) -> None:
    """Let the reviewers review, unless a chief has arranged that otherwise.

    A review that asks nobody but empty groups of Wagtail's own is nobody's: it becomes the reviewers'. A newsroom
    without any gets one for all its pages.
    """
    reviewers = Group.objects.filter(name__in=REVIEWERS)
    for task in GroupApprovalTask.objects.filter(active=True):
        asked = task.groups.all()
        if asked and not asked.exclude(name__in=_WAGTAILS_GROUPS, user=None).exists():
            task.groups.set(reviewers)
    for model in (Task, Workflow):
        model.objects.filter(name=_WAGTAILS_REVIEW).update(name="Review")
    if not Workflow.objects.exists():
        task = GroupApprovalTask.objects.create(name="Review")
        task.groups.set(reviewers)
        workflow = Workflow.objects.create(name="Review")
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
        WorkflowPage.objects.create(workflow=workflow, page=root)


def _permissions(app: str, names: Iterable[str]) -> list[Permission]:
    return list(Permission.objects.filter(content_type__app_label=app, codename__in=list(names)))


class RoleError(ValueError):
    """A role that is not one, or a user that cannot be made."""


def create_user(name: str, *, role: str, password: str, validate: bool = True) -> None:
    """Make an editor.

    Raises:
        RoleError: no such role, the name is taken, or the password is too weak.
    """
    from django.contrib.auth import get_user_model
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    if role not in ROLES:
        raise RoleError(f"There is no role {role!r}. Roles: {', '.join(ROLES)}.")
    model = get_user_model()
    if model.objects.filter(username=name).exists():
        raise RoleError(f"There is a user {name!r} already.")
    if validate:
        try:
            validate_password(password, model(username=name))
        except ValidationError as error:
            raise RoleError(" ".join(error.messages)) from error
    with transaction.atomic():
        user = model.objects.create_user(name, password=password)
        user.groups.set([Group.objects.get(name=role)])
        if role == "chief":
            # The one who answers for the newsroom makes editions and users as well.
            user.is_superuser = True
            user.save(update_fields=["is_superuser"])
