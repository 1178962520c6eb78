"""The pattern page: every component in every state, so that one look tells what a change did."""

from dataclasses import replace

from dateline.theme.components import (
    Alert,
    Head,
    Latest,
    Lead,
    Link,
    Moment,
    Opinions,
    Pair,
    PatternGroup,
    PatternsView,
    River,
    Screening,
    Shell,
    Strip,
    TickerView,
)
from dateline.theme.samples import blocks, trackers
from dateline.theme.samples.charts import charts
from dateline.theme.samples.pages import body_parts, compare_view, story_views
from dateline.theme.samples.texts import Words


def patterns_page(shell: Shell, head: Head) -> PatternsView:
    """The page for an edition: its shell and head, the samples in its language (English where there are none)."""
    words = blocks.words_for(shell.code)
    code = words.code
    stories = tuple(
        PatternGroup(f"story, {name}", stories=(replace(story, shell=shell, body=()),))
        for name, story in story_views(code).items()
    )
    return PatternsView(head, shell, "Patterns", (*_tickers(words, shell), *_groups(words), *stories))


def _tickers(words: Words, shell: Shell) -> tuple[PatternGroup, ...]:
    empty = TickerView(shell, "", latest=Latest(0, shell.home_url, words.main.title))
    moment = Moment("2026-11-22T13:40:00+02:00", words.river[0].time)
    severities = (("breaking", words.alert_labels[0]), ("developing", words.alert_labels[1]))
    alerts = tuple(
        Alert(
            number, text, *severities[number % 2], moment, "2099-01-01T00:00:00+00:00", by, shell.home_url if by else ""
        )
        for number, (text, by) in enumerate(words.alerts)
    )
    return (
        PatternGroup("ticker, nothing breaking", tickers=(empty,)),
        *(
            PatternGroup(
                f"ticker, {severity}",
                tickers=tuple(replace(empty, alerts=(one,)) for one in alerts if one.severity == severity),
            )
            for severity, _label in severities
        ),
        PatternGroup("ticker, on air", tickers=(replace(empty, alerts=alerts, on_air=Link(words.name, "/")),)),
    )


def _groups(words: Words) -> tuple[PatternGroup, ...]:
    lead, led, even = blocks.lead(words), blocks.led_strip(words), blocks.even_strip(words)
    opinions, screening = blocks.opinions(words), blocks.screening(words)
    plain = replace(lead.main, picture=None, related=())
    tall = replace(lead.main, picture=blocks.portrait(words, alt=words.alt))
    states = tuple(
        replace(lead.main, title=title, picture=None, related=())
        for title in (words.long_title, words.short_title, words.mixed_title, words.huge_title)
    )
    return (
        PatternGroup("lead", (lead,)),
        PatternGroup("lead, alone", (Lead(lead.main),)),
        PatternGroup("lead, no picture", (Lead(plain, lead.side[:1], lead.lines[:2]),)),
        PatternGroup("lead, portrait picture", (Lead(tall, lead.side[1:]),)),
        PatternGroup("strip, led", (led,)),
        PatternGroup("strip, even", (even,)),
        *(PatternGroup(f"strip, {count}", (replace(even, teasers=even.teasers[:count]),)) for count in (1, 2, 3)),
        PatternGroup("strip, states of a headline", (Strip(words.sections[0], states),)),
        PatternGroup("strip, empty", (Strip(words.sections[0], ()),)),
        PatternGroup("river", (blocks.river(words),)),
        PatternGroup("river, empty", (River(words.sections[5], ()),)),
        PatternGroup("in five", (blocks.in_five(words),)),
        PatternGroup("most read", (blocks.most_read(words),)),
        PatternGroup("pair", (Pair(led, blocks.river(words)),)),
        PatternGroup("opinions", (opinions,)),
        PatternGroup("opinions, two", (Opinions(opinions.title, opinions.items[:2]),)),
        PatternGroup("screening", (screening,)),
        PatternGroup("screening, one film", (Screening(screening.title, screening.main),)),
        *(PatternGroup(f"light table, {count}", (blocks.light_table(words, count),)) for count in range(1, 8)),
        PatternGroup("dossier", (blocks.dossier(words),)),
        PatternGroup("pair, dossier", (Pair(blocks.dossier(words), even),)),
        *(PatternGroup(f"trackers, {count}", (trackers.row(words.code, count),)) for count in range(1, 5)),
        PatternGroup("body", body=body_parts(words)),
        PatternGroup("trackers in a body", body=trackers.cards(words.code)),
        PatternGroup("versions compared", compared=(compare_view(words.code),)),
        PatternGroup("charts", body=charts(words.code)),
    )
