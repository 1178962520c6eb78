"""Review at the desk: reporters hand in, editors and chiefs pass or send back, and passing publishes."""

from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone
from wagtail.models import GroupApprovalTask, Page, Task, Workflow, WorkflowPage, WorkflowTask

from dateline.desk.roles import make_roles
from dateline.newsroom.editions.models import Address
from dateline.newsroom.stories.actions import shelf_for
from dateline.newsroom.stories.models import Story
from tests.factories import TestNewsroom, body_of
from tests.integration.desk import editor, story_form


def hand_in(newsroom: TestNewsroom, reporter: Client) -> Story:
    shelf = shelf_for(newsroom.sections["en/news/politics"], timezone.now())
    form = story_form("Handed in", section=shelf.get_parent().pk, **{"action-submit": "1"})
    done = reporter.post(f"/desk/pages/add/stories/story/{shelf.pk}/", form)
    assert done.status_code == 302, done.context["form"].errors
    return Story.objects.get(title="Handed in")


def state_of(story: Story) -> str:
    return str(Page.objects.get(pk=story.pk).current_workflow_state.status)


def action(story: Story, name: str) -> str:
    task = Page.objects.get(pk=story.pk).current_workflow_task_state
    return f"/desk/pages/workflow/action/{story.pk}/{name}/{task.pk}/"


def test_a_reporter_hands_in_and_an_editor_publishes(newsroom: TestNewsroom) -> None:
    reporter, one = editor("reporter"), editor("editor")
    story = hand_in(newsroom, reporter)
    assert state_of(story) == "in_progress"
    assert not story.live
    assert "Handed in" in one.get("/desk/").content.decode()
    assert one.post(action(story, "approve"), {"comment": ""}).status_code == 302
    path = Address.objects.get(page=story, current=True).path
    assert "Handed in" in body_of(path)
    assert "Handed in" in body_of("/en/news/politics/")


def test_reporters_and_translators_do_not_pass_what_was_handed_in(newsroom: TestNewsroom) -> None:
    reporter, translator, producer = editor("reporter"), editor("translator"), editor("producer")
    story = hand_in(newsroom, reporter)
    for somebody in (reporter, translator, producer):
        somebody.post(action(story, "approve"), {"comment": ""})
        assert state_of(story) == "in_progress"
    assert not Address.objects.filter(page=story).exists()
    assert editor("chief").post(action(story, "reject"), {"comment": "Two sources, please."}).status_code == 302
    assert state_of(story) == "needs_changes"


def test_a_reporter_cannot_publish(newsroom: TestNewsroom) -> None:
    shelf = shelf_for(newsroom.sections["en/news/politics"], timezone.now())
    reporter = editor("reporter")
    reporter.post(f"/desk/pages/add/stories/story/{shelf.pk}/", story_form("Straight out", **{"action-publish": "1"}))
    assert not Story.objects.get(title="Straight out").live


def wagtails_own() -> GroupApprovalTask:
    """What Wagtail's migrations leave in a new database."""
    moderators, _ = Group.objects.get_or_create(name="Moderators")
    Group.objects.get_or_create(name="Editors")
    Workflow.objects.all().delete()
    Task.objects.all().delete()
    task = GroupApprovalTask.objects.create(name="Moderators approval")
    task.groups.set([moderators])
    workflow = Workflow.objects.create(name="Moderators approval")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.create(workflow=workflow, page=Page.objects.get(depth=1))
    return task


def test_wagtails_own_review_becomes_the_editors_and_chiefs(newsroom: TestNewsroom) -> None:
    task = wagtails_own()
    make_roles()
    assert sorted(task.groups.values_list("name", flat=True)) == ["chief", "editor"]
    assert (Task.objects.get().name, Workflow.objects.get().name) == ("Review", "Review")
    assert not Group.objects.filter(name__in=["Moderators", "Editors"]).exists()


def test_what_a_chief_arranged_outlives_the_next_version(newsroom: TestNewsroom) -> None:
    task = wagtails_own()
    make_roles()
    task.groups.set(Group.objects.filter(name="producer"))
    Workflow.objects.update(active=False)
    make_roles()
    assert list(task.groups.values_list("name", flat=True)) == ["producer"]
    assert not Workflow.objects.filter(active=True).exists()


def test_groups_with_people_in_them_stay(newsroom: TestNewsroom) -> None:
    task = wagtails_own()
    editor("reporter")
    moderators, _ = Group.objects.get_or_create(name="Moderators")
    moderators.user_set.add(*Group.objects.get(name="reporter").user_set.all())
    task.groups.set([moderators])
    make_roles()
    assert list(task.groups.values_list("name", flat=True)) == ["Moderators"]
