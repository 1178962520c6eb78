"""Where the time of a publish goes, part by part: processor time of each part without the parts inside it."""

import re
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from importlib import import_module
from typing import Any

from tests.bench import measures

#: What is told apart: module, attribute there, label. A label ending in a space is followed by what the call is about.
PARTS = (
    ("wagtail.actions.publish_revision", "PublishRevisionAction.execute", "Wagtail's own publish"),
    ("dateline.newsroom.stories.actions", "settle_story", "settle_story, without what follows"),
    ("dateline.newsroom.stories.streams", "place", "streams.place"),
    ("dateline.newsroom.stories.actions", "fronts_of", "fronts_of"),
    ("dateline.press.outbox", "_evict", "evict"),
    ("dateline.press.outbox", "_settle", "mark changes done"),
    ("dateline.press.printing", "render", "view "),
    ("dateline.press.printing", "make_sheet", "compress"),
    ("dateline.press.printing", "_keep", "ledger"),
    ("dateline.store.local", "LocalStore.write", "write files"),
    ("django.template.backends.django", "Template.render", "template "),
    ("dateline.newsroom.stories.teasers", "Desk.load", "load cards"),
    ("dateline.newsroom.stories.teasers", "Desk.teaser", "make teasers"),
    ("dateline.newsroom.fronts.layout", "_candidates", "load candidates"),
    ("dateline.newsroom.stories.streams", "newest", "streams.newest"),
)

_NUMBERED = re.compile(r"/20\d\d/.*")


class _Clock:
    """Charges each part for its own time alone."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = defaultdict(float)
        self.calls: Counter[str] = Counter()
        self._inside: list[float] = []

    def around(self, function: Callable[..., Any], label: str) -> Callable[..., Any]:
        def timed(*arguments: Any, **named: Any) -> Any:
            name = label + _about(arguments[0]) if label.endswith(" ") else label
            start = time.process_time()
            self._inside.append(0.0)
            try:
                return function(*arguments, **named)
            finally:
                taken = time.process_time() - start
                self.spent[name] += taken - self._inside.pop()
                self.calls[name] += 1
                if self._inside:
                    self._inside[-1] += taken

        return timed


def _about(first: Any) -> str:
    if isinstance(first, str):
        return _NUMBERED.sub("/…/", first)
    return str(first.template.name)


@contextmanager
def _timed(clock: _Clock) -> Iterator[None]:
    with ExitStack() as stack:
        for module, attribute, label in PARTS:
            owner: Any = import_module(module)
            *path, name = attribute.split(".")
            for step in path:
                owner = getattr(owner, step)
            function = getattr(owner, name)
            setattr(owner, name, clock.around(function, label))
            stack.callback(setattr, owner, name, function)
        yield


def anatomy(*, kind: str = "new", count: int = 10) -> str:
    """The parts of a publish, dearest first: time and calls for each publish, and how often which SQL runs."""
    publish = measures.publish_new if kind == "new" else measures.publish_edit
    measures.rehearse()
    clock = _Clock()
    with _timed(clock):
        done = publish(count=count)
    with measures.counted() as sql:
        publish(count=1)
    lines = [
        f"{sum(each['cpu'] for each in done) / count * 1000:.0f} ms of CPU, {done[0]['queries']} queries each time"
    ]
    for name, spent in sorted(clock.spent.items(), key=lambda part: -part[1]):
        lines.append(f"{spent / count * 1000:8.1f} ms {clock.calls[name] / count:6.1f} ×  {name}")
    lines.append("writing the story and publishing it, by SQL:")
    lines += [f"{times:8d} ×  {shape}" for shape, times in Counter(map(_shape, sql)).most_common(25)]
    return "\n".join(lines)


def _shape(sql: str) -> str:
    """A statement without its columns and values, so that like ones count as one."""
    short = re.sub(r"\bSELECT .*? FROM\b", "SELECT … FROM", re.sub(r"\s+", " ", sql))
    return re.sub(r"\((?:%s(?:, )?)+\)", "(…)", short)[:140]


FUNCTIONS = {"anatomy": anatomy}
