"""The `dateline` command."""

import argparse
import getpass
import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NoReturn

from dateline import __version__
from dateline.conf.options import OptionError, load_options

#: Exit statuses, as scripts see them.
OK, PROBLEMS, USAGE, REFUSED = 0, 1, 2, 3


class Refused(Exception):
    """The command cannot be done; one line says why and what to do."""


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run one command and exit: 0 done, 1 done with problems, 2 wrong usage, 3 refused."""
    options = parser().parse_args(arguments)
    folder = Path(options.C or os.environ.get("DATELINE_HOME") or Path.cwd()).resolve()
    try:
        sys.exit(options.run(options, folder))
    except (Refused, OptionError) as error:
        print(f"dateline: {error}", file=sys.stderr)
        sys.exit(REFUSED)
    except BrokenPipeError:
        sys.exit(PROBLEMS)
    except KeyboardInterrupt:
        print(file=sys.stderr)
        sys.exit(130)
    except OSError as error:
        print(f"dateline: {error.strerror or error}{f': {error.filename}' if error.filename else ''}", file=sys.stderr)
        sys.exit(REFUSED)


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="dateline", description="A newsroom: desk, press and stand.")
    top.add_argument("-C", metavar="DIR", help="the newsroom's folder (else DATELINE_HOME, else the current folder)")
    top.add_argument("--version", action="version", version=f"dateline {__version__}")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def add(name: str, run: Callable[[argparse.Namespace, Path], int], text: str) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=text, description=text)
        command.set_defaults(run=run)
        return command

    command = add("init", init, "Make a new newsroom, ready to run.")
    command.add_argument("dir", metavar="DIR", help="a folder that does not exist yet")
    command.add_argument("--from", dest="source", metavar="FOLDER", help="a newsroom folder to start from")
    command.add_argument("--demo", action="store_true", help="start with the demo newsroom in three editions")
    command.add_argument("--base-url", help="the site's public address (default http://127.0.0.1:8000)")
    command = add("run", run, "Run stand, desk and worker together; the site is at /, the desk at /desk/.")
    command.add_argument("--host", help="the address to listen on")
    command.add_argument("--port", type=int, help="the port to listen on")
    add("desk", desk, "Run the desk alone, on 127.0.0.1.")
    command = add("stand", stand, "Run the stand alone: it serves what is printed, and asks the desk for the rest.")
    command.add_argument("--host", help="the address to listen on")
    command.add_argument("--port", type=int, help="the port to listen on")
    add("worker", worker, "Run the worker alone: what is due by the clock, the outbox, the queue of tasks.")
    add("studio", studio, "Run the studio alone: it reads stories aloud while nobody waits.")
    command = add("voices", voices_, "List the voices of this machine, or add a Piper voice to the newsroom.")
    command.add_argument("add", metavar="add", nargs="?", choices=["add"], help="take a voice in")
    command.add_argument(
        "voice", metavar="VOICE", nargs="?", help="its file (.onnx, with .onnx.json beside it), or its name to fetch it"
    )
    command = add("speak", speak, "Ask for the sound of published stories that have none; the studio makes it.")
    command.add_argument("--edition", metavar="SLUG", help="of one edition alone")
    command.add_argument("--again", action="store_true", help="of all of them, also where there is a sound")
    add("reindex", reindex, "Enter every public story in the search anew.")
    command = add("import", import_, "Take in newsroom folders, newsroom.toml files or JSON Lines of ninjs.")
    command.add_argument("paths", metavar="PATH", nargs="+")
    command.add_argument("--check", action="store_true", help="report what an import would find, and write nothing")
    command.add_argument("--json", action="store_true", help="print the report as JSON")
    command = add("export", export, "Write the newsroom as a newsroom folder, or the whole site as files.")
    which = command.add_mutually_exclusive_group(required=True)
    which.add_argument("--folder", metavar="OUT", help="a newsroom folder, as `import` reads it")
    which.add_argument("--static", metavar="OUT", help="the site as files that any web server can serve")
    command = add("print", print_, "Print sheets anew.")
    command.add_argument("urls", metavar="URL", nargs="*")
    command.add_argument("--all", action="store_true", help="every page of the site")
    command.add_argument("--json", action="store_true", help="print the report as JSON")
    command = add("withdraw", withdraw, "Withdraw a story, as the desk does it.")
    command.add_argument("uri", metavar="URI")
    command.add_argument("--reason", required=True, help="what the notice tells readers")
    command = add("createuser", createuser, "Make an editor; the password is asked for, or read from standard input.")
    command.add_argument("name", metavar="NAME")
    command.add_argument("--role", required=True, help="reporter, editor, chief, translator or producer")
    command = add("check", check, "Say what is wrong with the newsroom, and how to mend it.")
    command.add_argument("--deploy", action="store_true", help="as for a public machine")
    command.add_argument("--json", action="store_true", help="print the findings as JSON")
    return top


def say(text: str) -> None:
    """Progress, for people: on standard error, so that reports on standard output stay clean."""
    print(text, file=sys.stderr, flush=True)


def enter(folder: Path, **overrides: Any) -> dict[str, Any]:
    """Set Django up for the newsroom in `folder` and return its options."""
    if not (folder / "dateline.toml").exists():
        raise Refused(f"{folder} is not a newsroom. Make one with: dateline init DIR")
    os.environ["DATELINE_HOME"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "dateline.conf.settings"
    for name, value in overrides.items():
        if value is not None:
            os.environ[f"DATELINE_{name.upper()}"] = str(value)
    options = load_options(folder)
    import django

    django.setup()
    return options


def init(options: argparse.Namespace, _folder: Path) -> int:
    from dateline.conf.setup import SetupError, make_folder, prepare

    folder = Path(options.dir).resolve()
    if options.source and options.demo:
        raise Refused("--from and --demo cannot be used together.")
    if options.source and not (Path(options.source) / "newsroom.toml").exists():
        raise Refused(f"{options.source} holds no newsroom.toml. docs/newsroom-folder.md describes the format.")
    try:
        make_folder(folder, base_url=(options.base_url or "http://127.0.0.1:8000").rstrip("/"))
        enter(folder)
        prepare(folder, say=say)
    except SetupError as error:
        raise Refused(str(error)) from error
    status = OK
    if options.demo:
        status = _demo(folder)
    elif options.source:
        status = _import([Path(options.source)], check=False, as_json=False)
    else:
        from dateline.wire.tree import make_first_edition

        make_first_edition()
    say(f"The newsroom is in {folder}. Start it with: dateline -C {options.dir} run")
    return status


def _demo(folder: Path) -> int:
    import tempfile

    from django.utils import timezone

    from dateline.demo.build import build_demo
    from dateline.demo.reads import read_stories

    with tempfile.TemporaryDirectory(prefix="dateline-demo-") as made:
        say("Drawing the demo's pictures")
        build_demo(Path(made), now=timezone.now())
        status = _import([Path(made)], check=False, as_json=False)
    read_stories()
    return status


def run(options: argparse.Namespace, folder: Path) -> int:
    from dateline.conf.processes import PartError, run_all
    from dateline.conf.setup import prepare

    base_url = None
    written = load_options(folder) if (folder / "dateline.toml").exists() else {}
    if (options.port or options.host) and written.get("base_url", "").startswith(
        ("http://127.0.0.1:", "http://localhost:")
    ):
        # A newsroom tried out on one machine moves with its port; a public address stays what it is.
        base_url = f"http://127.0.0.1:{options.port or written['port']}"
    values = enter(folder, host=options.host, port=options.port, base_url=base_url)
    try:
        prepare(folder, say=say)
        return run_all(folder, values, say=say)
    except PartError as error:
        raise Refused(str(error)) from error


def desk(_options: argparse.Namespace, folder: Path) -> int:
    from dateline.conf.processes import PartError, serve_desk

    values = enter(folder)
    try:
        serve_desk(values)
    except PartError as error:
        raise Refused(str(error)) from error
    return OK


def stand(options: argparse.Namespace, folder: Path) -> int:
    from dateline.conf.processes import PartError, serve_stand

    if not (folder / "dateline.toml").exists():
        raise Refused(f"{folder} is not a newsroom. Make one with: dateline init DIR")
    values = load_options(folder)
    values.update({k: v for k, v in (("host", options.host), ("port", options.port)) if v is not None})
    try:
        serve_stand(folder, values)
    except PartError as error:
        raise Refused(str(error)) from error
    return OK


def worker(_options: argparse.Namespace, folder: Path) -> int:
    enter(folder)
    from dateline.desk.worker import run as work

    work()
    return OK


def studio(_options: argparse.Namespace, folder: Path) -> int:
    enter(folder)
    from dateline.desk.studio import run as work

    work()
    return OK


def voices_(options: argparse.Namespace, folder: Path) -> int:
    enter(folder)
    from dateline.newsroom.listen.voices import VoiceError, add_voice, voices

    if options.add and not options.voice:
        raise Refused("Name the voice's file, such as en_GB-alba-medium.onnx, or the voice: en_GB-alba-medium")
    if options.add:
        try:
            added = add_voice(options.voice, say=say)
        except VoiceError as error:
            raise Refused(str(error)) from error
        print(f"{added.id} reads {', '.join(added.languages)}. Editions choose it at the desk, under Reading aloud.")
        return OK
    for voice in voices():
        print(f"{voice.id:32} {', '.join(voice.languages):8} {voice.label}")
    return OK


def speak(options: argparse.Namespace, folder: Path) -> int:
    enter(folder)
    from dateline.newsroom.editions.shell import editions
    from dateline.newsroom.fronts.heard import ask_for_all
    from dateline.newsroom.listen.actions import ask_for_archive

    node = editions().editions.get(options.edition) if options.edition else None
    if options.edition and node is None:
        raise Refused(f"There is no edition {options.edition!r}. Editions: {', '.join(sorted(editions().editions))}.")
    ask_for_all(node.id if node else None)
    print(f"{ask_for_archive(node.id if node else None, again=options.again)} stories wait to be read aloud.")
    return OK


def reindex(options: argparse.Namespace, folder: Path) -> int:
    enter(folder)
    from dateline.newsroom.find.actions import enter_archive, learn_all
    from dateline.newsroom.find.carrying import carry_all, engine
    from dateline.newsroom.find.names import learn_every_name

    count = enter_archive()
    if engine() is not None:
        try:
            carry_all()
        except Exception as error:
            raise Refused(f"The search engine (option search) does not take the archive: {error}") from error
    learn_all()
    learn_every_name()
    print(f"{count} stories can be found.")
    return OK


def import_(options: argparse.Namespace, folder: Path) -> int:
    enter(folder)
    paths = [Path(path) for path in options.paths]
    for path in paths:
        if not path.exists():
            raise Refused(f"{path} does not exist.")
    return _import(paths, check=options.check, as_json=options.json)


def _import(paths: list[Path], *, check: bool, as_json: bool) -> int:
    from dateline.wire.importer import import_paths

    report = import_paths(paths, check=check, progress=say)
    if as_json:
        print(json.dumps(report.as_dict(), ensure_ascii=False, indent=1))
    else:
        for problem in report.problems:
            print(problem)
        print(report.summary())
    return PROBLEMS if report.problems else OK


def export(options: argparse.Namespace, folder: Path) -> int:
    enter(folder)
    out = Path(options.folder or options.static)
    if out.exists() and any(out.iterdir()):
        raise Refused(f"{out} is not empty. Name a folder that does not exist yet.")
    if options.folder:
        from dateline.wire.exporter import export_folder

        count = export_folder(out, progress=say)
        print(f"{count} stories written to {out}")
        return OK
    from dateline.wire.static_site import export_static

    pages, failed = export_static(out, progress=say)
    print(f"{pages} pages written to {out}" + (f", {len(failed)} would not print" if failed else ""))
    for path, error in failed.items():
        print(f"{path}: {error}")
    return PROBLEMS if failed else OK


def print_(options: argparse.Namespace, folder: Path) -> int:
    enter(folder)
    from urllib.parse import unquote, urlsplit

    from dateline.press.printing import print_paths
    from dateline.wire.static_site import all_paths

    if bool(options.urls) == options.all:
        raise Refused("Name the URLs to print, or give --all.")
    paths = all_paths() if options.all else [unquote(urlsplit(url).path) for url in options.urls]
    results = []
    batch: list[str] = []
    for path in paths:
        batch.append(path)
        if len(batch) == 50:
            results += print_paths(batch)
            batch = []
            say(f"{len(results)} printed")
    results += print_paths(batch)
    bad = [r for r in results if r.error or r.stored is None]
    if options.json:
        print(json.dumps([{"path": r.path, "status": r.status, "error": r.error} for r in results], ensure_ascii=False))
    else:
        for r in bad:
            print(f"{r.path}: {r.error or f'answers {r.status}, nothing to print'}")
        print(f"{len(results) - len(bad)} printed")
    return PROBLEMS if bad else OK


def withdraw(options: argparse.Namespace, folder: Path) -> int:
    enter(folder)
    from dateline.newsroom.stories.actions import StoryError, withdraw_story
    from dateline.newsroom.stories.models import Story

    story = Story.objects.filter(uri=options.uri).first()
    if story is None:
        raise Refused(f"There is no story {options.uri!r}.")
    try:
        withdraw_story(story, by=None, reason=options.reason)
    except StoryError as error:
        raise Refused(str(error)) from error
    print(f"Withdrawn: {story.title}")
    return OK


def createuser(options: argparse.Namespace, folder: Path) -> int:
    enter(folder)
    from dateline.desk.roles import RoleError, create_user

    if sys.stdin.isatty():
        password = getpass.getpass("Password: ")
        if getpass.getpass("Again: ") != password:
            raise Refused("The two passwords differ.")
    else:
        password = sys.stdin.readline().rstrip("\n")
    try:
        create_user(options.name, role=options.role, password=password)
    except RoleError as error:
        raise Refused(str(error)) from error
    print(f"{options.name} may sign in at /desk/ as {options.role}.")
    return OK


def check(options: argparse.Namespace, folder: Path) -> int:
    values = enter(folder)
    from dateline.conf.checks import findings

    found = findings(folder, values, deploy=options.deploy)
    if options.json:
        print(json.dumps([f._asdict() for f in found], ensure_ascii=False))
    else:
        for finding in found:
            print(f"{finding.what}\n    {finding.mend}")
        print("Nothing is wrong." if not found else f"{len(found)} findings.")
    return PROBLEMS if found else OK
