"""Options: where a value comes from, and what a wrong one says."""

import itertools
from pathlib import Path

import pytest

from dateline.conf.options import OPTIONS, OptionError, ask_token, load_options, newsroom_folder


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for option in OPTIONS:
        monkeypatch.delenv(f"DATELINE_{option.name.upper()}", raising=False)
    return tmp_path


def write(folder: Path, text: str) -> None:
    (folder / "dateline.toml").write_text(text, encoding="utf-8")


def test_an_empty_folder_has_every_default(folder: Path) -> None:
    assert load_options(folder) == {option.name: option.default for option in OPTIONS}


def test_the_environment_comes_before_the_file_and_the_file_before_the_default(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(folder, 'port = 8123\nhost = "0.0.0.0"\nbase_url = "https://news.example/"')
    monkeypatch.setenv("DATELINE_PORT", "8456")
    values = load_options(folder)
    assert (values["port"], values["host"], values["desk_threads"]) == (8456, "0.0.0.0", 4)
    assert values["base_url"] == "https://news.example"


def test_lists_and_switches_are_read_from_the_environment(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_ALLOWED_HOSTS", "a.example, b.example,")
    monkeypatch.setenv("DATELINE_DEBUG", "yes")
    values = load_options(folder)
    assert (values["allowed_hosts"], values["debug"]) == (["a.example", "b.example"], True)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("prot = 8000\n", "no option 'prot'"),
        ('port = "8000"\n', "port should be a whole number, not '8000'"),
        ("port = true\n", "port should be a whole number, not True"),
        ("host = 5\n", "host should be a text in quotes"),
        ("allowed_hosts = [1]\n", "allowed_hosts should be a list of texts"),
        ("port = \n", "not valid TOML"),
    ],
)
def test_a_wrong_file_is_named_with_what_to_mend(folder: Path, text: str, told: str) -> None:
    write(folder, text)
    with pytest.raises(OptionError, match="dateline.toml") as refused:
        load_options(folder)
    assert told in str(refused.value)


def test_a_wrong_variable_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_PORT", "eighty")
    with pytest.raises(OptionError, match="DATELINE_PORT should be a whole number, not 'eighty'"):
        load_options(folder)


def test_the_folder_is_the_one_named_or_the_current_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_HOME", str(tmp_path))
    assert newsroom_folder() == tmp_path.resolve()
    monkeypatch.delenv("DATELINE_HOME")
    monkeypatch.chdir(tmp_path.parent)
    assert newsroom_folder() == tmp_path.parent.resolve()


def test_the_asking_token_is_the_keys_own_and_does_not_hold_it() -> None:
    keys = ("a key of one newsroom", "a key of another", "")
    assert all(ask_token(a) != ask_token(b) for a, b in itertools.combinations(keys, 2))
    assert ask_token(keys[0]) == ask_token(keys[0])
    assert keys[0] not in ask_token(keys[0])
