"""The `dateline` command as an operator meets it."""

import json
import socket
import sqlite3
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from tests.integration.test_import import folder, item
from tests.running import dateline, environment, free_ports, get, running, start, stop, wait_until

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A newsroom made from a folder of forty stories in two languages."""
    where = tmp_path_factory.mktemp("command")
    lines = [
        item(n, language="en" if n % 2 else "ar", versionCreated=f"2026-03-{n % 27 + 1:02}T10:00:00Z")
        for n in range(1, 41)
    ]
    source = folder(where / "source", *lines)
    done = dateline("init", where / "newsroom", "--from", source)
    assert done.returncode == 0, done.stderr
    assert "40 stories: 40 were made" in done.stdout
    return where / "newsroom"


def test_init_refuses_a_folder_that_is_in_use(made: Path, tmp_path: Path) -> None:
    done = dateline("init", made)
    assert (done.returncode, done.stdout) == (3, "")
    assert "is a newsroom already" in done.stderr
    (tmp_path / "file").write_text("x")
    done = dateline("init", tmp_path)
    assert done.returncode == 3
    assert "is not empty" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["print", "--all"], "is not a newsroom"),
        (["import", "nothing-here"], "is not a newsroom"),
        (["stand"], "is not a newsroom"),
    ],
)
def test_a_folder_that_is_no_newsroom_gets_one_clear_line(tmp_path: Path, arguments: list[str], words: str) -> None:
    done = dateline("-C", tmp_path, *arguments)
    assert done.returncode == 3
    assert words in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_taken_port_gets_one_clear_line(made: Path) -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        done = dateline("-C", made, "run", "--port", holder.getsockname()[1])
    assert done.returncode == 3
    assert "cannot be used" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_wrong_option_says_where_it_stands(made: Path) -> None:
    done = dateline("-C", made, "check", env=environment(port="many"))
    assert done.returncode == 3
    assert "DATELINE_PORT should be a whole number" in done.stderr


def test_check_finds_what_is_wrong_for_a_public_machine(made: Path) -> None:
    assert dateline("-C", made, "check").returncode == 0
    done = dateline("-C", made, "check", "--deploy", "--json")
    assert done.returncode == 1
    assert any("base_url" in finding["what"] for finding in json.loads(done.stdout))


def test_users_are_made_with_a_role_and_a_sound_password(made: Path) -> None:
    assert "no role" in dateline("-C", made, "createuser", "x", "--role", "king", text="a long enough one\n").stderr
    assert dateline("-C", made, "createuser", "short", "--role", "editor", text="abc\n").returncode == 3
    done = dateline("-C", made, "createuser", "ana", "--role", "editor", text="a quite long password\n")
    assert done.returncode == 0, done.stderr
    assert (
        "already"
        in dateline("-C", made, "createuser", "ana", "--role", "editor", text="a quite long password\n").stderr
    )


def test_the_site_runs_and_outlives_desk_and_database(made: Path) -> None:
    """Everything is printed, then the database file is moved away and the desk is killed while requests run."""
    port, desk_port = free_ports()
    env = environment(port=port, desk_port=desk_port, base_url=f"http://127.0.0.1:{port}")
    assert dateline("-C", made, "print", "--all", env=env).returncode == 0
    desk, stand = start("-C", made, "desk", env=env), start("-C", made, "stand", env=env)
    database, away = made / "newsroom.sqlite3", made / "away.sqlite3"
    try:
        wait_until(lambda: get(port, "/desk/login/")[0] == 200, what="the desk")
        paths = ["/en/", "/ar/", "/en/news/", "/en/news/politics/", "/en/rss.xml", "/sitemap.xml", "/en/about/"]
        for number in range(200):
            if number == 60:
                database.rename(away)
            if number == 120:
                desk.kill()
                desk.wait()
            status, headers, body = get(port, paths[number % len(paths)])
            assert status == 200, (number, paths[number % len(paths)])
            assert int(headers["content-length"]) == len(body) > 50
        assert get(port, "/desk/")[0] in {502, 503}
        assert get(port, "/en/never-printed/")[0] in {404, 503}
    finally:
        if away.exists():
            away.rename(database)
        stop(stand)
        if desk.poll() is None:
            stop(desk)


def test_query_strings_by_the_hundred_print_nothing(made: Path) -> None:
    def printed() -> dict[str, str]:
        with sqlite3.connect(made / "newsroom.sqlite3") as database:
            return dict(database.execute("SELECT path, printed_at FROM press_sheet"))

    # Without the worker, which would print all sheets anew for this address.
    port, desk = free_ports()
    env = environment(port=port, desk_port=desk, base_url=f"http://127.0.0.1:{port}")
    parts = [start("-C", made, part, env=env) for part in ("desk", "stand")]
    try:
        wait_until(lambda: get(port, "/en/")[0] == 200, what="the home page")
        before = printed()
        bodies = {get(port, f"/en/?utm_source={n}&x={n * 7}")[2] for n in range(200)}
        assert printed() == before
    finally:
        for part in parts:
            stop(part)
    assert len(bodies) == 1


def test_a_running_site_leads_old_addresses_to_their_story(made: Path, tmp_path: Path) -> None:
    old = ["https://old.example/2019/the-vote", "/archive/vote.html", "/archive/vote.php", "/2019/%D8%AE%D8%A8%D8%B1/"]
    line = item(90, altIds=[{"role": "redirect", "value": value} for value in old])
    (tmp_path / "moved.jsonl").write_text(json.dumps(line) + "\n")
    with running(made) as port:
        assert get(port, "/archive/vote.html")[0] == 404
        env = environment(base_url=f"http://127.0.0.1:{port}")
        assert dateline("-C", made, "import", tmp_path / "moved.jsonl", env=env).returncode == 0
        here = "/en/news/politics/2026/03/headline-90/"
        for path in ("/2019/the-vote/", "/archive/vote.html", "/archive/vote.php", "/2019/%D8%AE%D8%A8%D8%B1/"):
            status, headers, _body = get(port, path)
            assert (status, headers.get("location")) == (301, here), path
        assert get(port, "/2019/the-vote")[:2][1]["location"] == "/2019/the-vote/"
        assert get(port, here)[0] == 200


def test_the_whole_site_as_files(made: Path, tmp_path: Path) -> None:
    done = dateline("-C", made, "export", "--static", tmp_path / "site")
    assert done.returncode == 0, done.stdout + done.stderr
    home = (tmp_path / "site" / "en" / "index.html").read_text()
    assert "Headline 39" in home
    assert (tmp_path / "site" / "404.html").exists()
    assert list((tmp_path / "site" / "static" / "site").glob("*.css"))
    assert list((tmp_path / "site" / "en" / "news" / "politics" / "2026" / "03").iterdir())


def test_a_withdrawal_from_the_command_line(made: Path) -> None:
    assert dateline("-C", made, "withdraw", "urn:test:39", "--reason", "It was wrong.").returncode == 0
    assert "Only a published story" in dateline("-C", made, "withdraw", "urn:test:39", "--reason", "Again.").stderr
    assert "no story" in dateline("-C", made, "withdraw", "urn:none", "--reason", "x").stderr


def test_a_wheel_holds_all_it_needs(tmp_path: Path) -> None:
    """Built, installed into an empty environment beside its libraries, and started from there."""
    done = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path / "dist")],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    wheel = next((tmp_path / "dist").glob("*.whl"))
    assert {"hls.js", "hls.LICENSE"} <= {name.rsplit("/", 1)[-1] for name in zipfile.ZipFile(wheel).namelist()}
    venv.create(tmp_path / "env", with_pip=True)
    python = tmp_path / "env" / "bin" / "python"
    install = [python, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", wheel]
    subprocess.run(install, check=True, capture_output=True)
    site = subprocess.run(
        [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    libraries = next(p for p in sys.path if p.endswith("site-packages"))
    (Path(site) / "libraries.pth").write_text(libraries + "\n")
    program = tmp_path / "env" / "bin" / "dateline"
    newsroom = tmp_path / "newsroom"
    subprocess.run([program, "init", newsroom], check=True, capture_output=True, env=environment(), cwd=tmp_path)
    shown = subprocess.run(
        [python, "-c", "import dateline; print(dateline.__file__)"],
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
    ).stdout
    assert str(tmp_path) in shown
    assert list(Path(site, "dateline", "locale").glob("*/LC_MESSAGES/*.mo"))
    printed = subprocess.run(
        [program, "-C", newsroom, "print", "/en/"],
        capture_output=True,
        text=True,
        env=environment(),
        cwd=tmp_path,
        check=False,
    )
    assert "1 printed" in printed.stdout, printed.stderr
