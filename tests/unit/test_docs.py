"""The documentation says what the code has: options, commands, files; no less, and nothing that is gone."""

import argparse
import json
import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from dateline.cli import OK, PROBLEMS, REFUSED, USAGE, parser
from dateline.conf.options import OPTIONS, Option

ROOT = Path(__file__).resolve().parent.parent.parent
DOCS = ROOT / "docs"
PACKAGE = ROOT / "src" / "dateline"
PAGES = sorted([ROOT / "README.md", ROOT / "CHANGELOG.md", *DOCS.rglob("*.md")])
#: Pages whose code spans name files of the project; the others name files of a newsroom.
MAPS = [DOCS / "architecture.md", DOCS / "where-things-go.md", *sorted((DOCS / "decisions").glob("*.md"))]

_TYPES = {str: "text", int: "number", bool: "true or false", list: "list"}
_SPAN = re.compile(r"`([^`\n]+)`")
_FLAG = re.compile(r"(?<![\w-])--?[A-Za-z][\w-]*")
_LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")


def option_row(option: Option) -> str:
    default = json.dumps(option.default, ensure_ascii=False)
    return f"| `{option.name}` | {_TYPES[option.type]} | `{default}` | {option.help} |"


def table_rows(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith("| `")]


def commands_of(top: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    return {
        name: command
        for action in top._actions
        if isinstance(action, argparse._SubParsersAction)
        for name, command in action.choices.items()
    }


def flags_of(command: argparse.ArgumentParser) -> set[str]:
    return {flag for action in command._actions for flag in action.option_strings} - {"-h", "--help"}


def sections(text: str) -> dict[str, str]:
    """The parts of docs/commands.md by command; what stands before the first, under ""."""
    parts = re.split(r"^## `dateline ([\w-]+)`$", text, flags=re.MULTILINE)
    return {"": parts[0], **dict(zip(parts[1::2], parts[2::2], strict=True))}


def disagreements(top: argparse.ArgumentParser, text: str) -> list[str]:
    """What the parser has and the text has not, and the reverse; flags count in the rows of a command's table."""
    written, commands = sections(text), commands_of(top)
    found = [f"{name} has no section" for name in commands if name not in written]
    found += [f"there is no command {name}" for name in written if name and name not in commands]
    for name, command in [("", top), *commands.items()]:
        rows = " ".join(row.split("|")[1] for row in table_rows(written.get(name, "")))
        named = set(_FLAG.findall(rows)) - {"-h", "--help"}
        found += [f"{name or 'dateline'}: {flag} is not described" for flag in sorted(flags_of(command) - named)]
        found += [f"{name or 'dateline'}: {flag} does not exist" for flag in sorted(named - flags_of(command))]
    return found


def files_named(text: str, tops: Iterable[str]) -> set[str]:
    """The code spans that name a file or folder below one of `tops`; a span with a star or a space names none."""
    spans = {span for span in _SPAN.findall(text) if re.fullmatch(r"[\w.-]+(/[\w.-]+)*/?", span) and "/" in span}
    return {span for span in spans if span.split("/")[0] in set(tops)}


def test_every_option_stands_in_the_table_as_the_code_has_it() -> None:
    text = (DOCS / "options.md").read_text("utf-8")
    assert table_rows(text) == [option_row(option) for option in OPTIONS]


def test_an_option_row_tells_name_type_default_and_help() -> None:
    assert option_row(Option("hosts", list, [], "Names.")) == "| `hosts` | list | `[]` | Names. |"


def test_every_command_and_flag_is_described_and_none_that_is_gone() -> None:
    assert disagreements(parser(), (DOCS / "commands.md").read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("## `dateline go`\n| `--fast` | quickly |\n", []),
        ("## `dateline go`\nIt has `--fast`, in passing.\n", ["go: --fast is not described"]),
        ("## `dateline go`\n| `--fast`, `--slow` | both |\n", ["go: --slow does not exist"]),
        ("", ["go has no section", "go: --fast is not described"]),
        ("## `dateline go`\n| `--fast` | x |\n## `dateline stop`\n", ["there is no command stop"]),
    ],
)
def test_a_flag_or_command_on_one_side_alone_is_found(text: str, wanted: list[str]) -> None:
    top = argparse.ArgumentParser(prog="dateline")
    top.add_subparsers().add_parser("go").add_argument("--fast")
    assert disagreements(top, text) == wanted


def test_the_exit_statuses_are_the_command_line_s() -> None:
    text = (DOCS / "commands.md").read_text("utf-8")
    told = dict(re.findall(r"^\| (\d+) \| (\w[\w ]*\w)", text, flags=re.MULTILINE))
    assert told == {str(OK): "done", str(PROBLEMS): "done", str(USAGE): "wrong usage", str(REFUSED): "refused"}


@pytest.mark.parametrize("page", MAPS, ids=lambda page: page.name)
def test_every_file_a_map_names_is_there(page: Path) -> None:
    inside = {path.name for path in PACKAGE.iterdir() if path.is_dir()}
    named = files_named(page.read_text("utf-8"), inside | {"docs", "src", "tests", "tools", "requirements"})
    missing = [name for name in sorted(named) if not (PACKAGE / name).exists() and not (ROOT / name).exists()]
    assert missing == []


def test_what_is_a_file_s_name_and_what_is_not() -> None:
    text = "`press/outbox.py` `press/` `press` `story:42` `/press/x/` `press/*.py` `media/a.jpg`\n"
    assert files_named(text, {"press"}) == {"press/outbox.py", "press/"}


def test_every_room_stands_on_the_map() -> None:
    text = (DOCS / "architecture.md").read_text("utf-8")
    rooms = [p for p in [*PACKAGE.iterdir(), *(PACKAGE / "newsroom").iterdir()] if (p / "__init__.py").exists()]
    missing = [str(room.relative_to(PACKAGE)) for room in rooms if f"`{room.relative_to(PACKAGE)}/`" not in text]
    assert sorted(missing) == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_between_pages_leads_somewhere(page: Path) -> None:
    links = [link for link in _LINK.findall(page.read_text("utf-8")) if "://" not in link]
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_every_page_can_be_reached_from_the_readme() -> None:
    linked = {(ROOT / link).resolve() for link in _LINK.findall((ROOT / "README.md").read_text("utf-8"))}
    assert sorted(str(page.relative_to(ROOT)) for page in PAGES if page not in linked | {ROOT / "README.md"}) == []
