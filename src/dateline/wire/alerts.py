"""Breaking alerts of newsroom.toml, in and out."""

from collections.abc import Callable
from datetime import timedelta

from dateline.newsroom.editions.models import Edition
from dateline.newsroom.live.actions.alerts import AlertError, Draft, bring_alert
from dateline.newsroom.live.models import BREAKING, Alert
from dateline.newsroom.stories.models import Story
from dateline.wire.toml_entries import AlertToml, NewsroomToml

#: How long an alert stands that does not say so.
A_DAY = timedelta(days=1)


def take_alerts(newsroom: NewsroomToml, say: Callable[[str], None]) -> None:
    """Take in the alerts that are not known yet; call it when the stories they lead to are there."""
    for part in newsroom.editions:
        edition = Edition.objects.filter(slug=part.path).first()
        for number, entry in enumerate(part.breaking):
            where = f"editions[{part.path}].breaking[{number}]"
            if edition is None:
                say(f"{where}: there is no edition at {part.path!r}; the alert was left out")
                continue
            story = Story.objects.filter(uri=entry.story, edition=edition).first() if entry.story else None
            if entry.story and story is None:
                say(f"{where}.story: there is no story {entry.story!r} in this edition; the alert leads nowhere")
            until = entry.until or entry.at + A_DAY
            draft = Draft(edition, entry.text, until, entry.attribution, entry.severity or BREAKING, story)
            try:
                bring_alert(draft, at=entry.at)
            except AlertError as error:
                say(f"{where}: {error}")


def alerts_as_toml(edition: Edition) -> tuple[AlertToml, ...]:
    """Every alert that was not withdrawn, oldest first."""
    rows = Alert.objects.filter(edition=edition, withdrawn_at=None).select_related("story").order_by("at", "pk")
    return tuple(
        AlertToml(
            alert.text,
            alert.at,
            alert.until,
            alert.attribution,
            alert.story.uri if alert.story else "",
            "" if alert.severity == BREAKING else alert.severity,
        )
        for alert in rows
    )
