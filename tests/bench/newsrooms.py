"""Newsrooms to measure: their folders, a process inside each, and their parts as processes."""

import contextlib
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.bench.material import write_folder
from tests.running import dateline, environment, free_ports, get, start, wait_until

ROOT = Path(__file__).resolve().parents[2]

USER, PASSWORD = "bench", "how long did that take"


@dataclass
class Newsroom:
    """A newsroom's folder, and the ports its parts are given; `host` is the name of its store's folder, `database` the
    address of its PostgreSQL ("" for SQLite)."""

    folder: Path
    port: int
    desk_port: int
    database: str = ""

    @property
    def host(self) -> str:
        return f"127.0.0.1_{self.port}"

    @property
    def env(self) -> dict[str, str]:
        base = f"http://127.0.0.1:{self.port}"
        return environment(port=self.port, desk_port=self.desk_port, base_url=base, database=self.database)

    @contextlib.contextmanager
    def part(self, name: str, **options: str) -> Iterator["subprocess.Popen[bytes]"]:
        """`stand`, `desk` or `worker` as a process, with these options, until the block ends."""
        env = self.env | {f"DATELINE_{option.upper()}": value for option, value in options.items()}
        process = start("-C", self.folder, name, env=env)
        try:
            if name == "stand":
                wait_until(lambda: get(self.port, "/-/health")[0] == 200, what="the stand")
            elif name == "desk":
                wait_until(lambda: get(self.desk_port, "/desk/login/")[0] == 200, what="the desk")
            yield process
        finally:
            process.terminate()
            process.wait(30)

    @contextlib.contextmanager
    def inside(self) -> Iterator["Inside"]:
        """A process with this newsroom's Django that does what it is told."""
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.bench.inside", str(self.folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=self.env,
            cwd=ROOT,
            text=True,
        )
        try:
            yield Inside(process)
        finally:
            if process.stdin:
                process.stdin.close()
            process.wait(60)


class Inside:
    """Calls functions of `tests.bench.measures` in a process that lives inside a newsroom."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    @property
    def pid(self) -> int:
        return self._process.pid

    def call(self, name: str, **arguments: Any) -> Any:
        """What the function gives; raises RuntimeError with its traceback if it fails."""
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(json.dumps({"name": name, "arguments": arguments}) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        if not answer:
            raise RuntimeError(f"The process inside the newsroom ended during {name}")
        said = json.loads(answer)
        if "error" in said:
            raise RuntimeError(said["error"])
        return said["value"]


def make(folder: Path, *, stories: int) -> Newsroom:
    """A newsroom with this many stories (at least those of the base) and a chief who may sign in."""
    source = folder.with_name(f"{folder.name}-source")
    write_folder(source, datetime.now(UTC))
    newsroom = Newsroom(folder, *free_ports())
    done = dateline("init", folder, "--from", source, env=newsroom.env)
    if done.returncode:
        raise RuntimeError(f"dateline init ended with {done.returncode}: {done.stdout}{done.stderr}")
    user = dateline("-C", folder, "createuser", USER, "--role", "chief", text=PASSWORD + "\n", env=newsroom.env)
    if user.returncode:
        raise RuntimeError(user.stderr)
    with newsroom.inside() as process:
        process.call("grow", stories=stories)
        process.call("print_round_about")
    return newsroom
