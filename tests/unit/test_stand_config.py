"""The stand's settings on their way to its workers."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from dateline.stand.config import StandConfig

CONFIG = StandConfig(Path("/store/news.example"), Path("/media"), Path("/static"))


def test_settings_survive_the_environment() -> None:
    config = replace(
        CONFIG,
        desk_url="unix:/run/desk.sock",
        public_url="https://news.example",
        ask_token="secret",
        desk_prefixes=("/desk/", "/api/"),
        trusted_fronts=("10.0.0.1",),
        memory_bytes=5,
        ask_wait=0.25,
        security_headers=(("x-frame-options", "DENY"),),
    )
    assert StandConfig.from_env(config.to_env()) == config
    assert StandConfig.from_env(CONFIG.to_env()) == CONFIG
    assert list(config.to_env()) == ["DATELINE_STAND"]


def test_a_missing_or_strange_environment() -> None:
    with pytest.raises(LookupError, match="DATELINE_STAND is not set"):
        StandConfig.from_env({})
    with pytest.raises(ValueError):
        StandConfig.from_env({"DATELINE_STAND": "not json"})
    data = {**json.loads(CONFIG.to_env()["DATELINE_STAND"]), "colour": "blue"}
    with pytest.raises(ValueError, match="unknown settings: colour"):
        StandConfig.from_env({"DATELINE_STAND": json.dumps(data)})


def test_the_token_is_not_shown() -> None:
    assert "secret" not in repr(replace(CONFIG, ask_token="secret"))


@pytest.mark.parametrize(
    ("public_url", "folder", "host", "scheme"),
    [
        ("https://news.example", "x", "news.example", "https"),
        ("http://127.0.0.1:8000", "x", "127.0.0.1:8000", "http"),
        ("", "news.example", "news.example", "http"),
        ("", "127.0.0.1_8000", "127.0.0.1:8000", "http"),
        ("", "my_news.example", "my_news.example", "http"),
    ],
)
def test_the_host_that_is_printed_for(public_url: str, folder: str, host: str, scheme: str) -> None:
    config = replace(CONFIG, public_url=public_url, store_root=Path("/store") / folder)
    assert (config.public_host, config.public_scheme) == (host, scheme)


@pytest.mark.parametrize("prefix", ["desk/", "/desk", "/", ""])
def test_prefixes_are_folders(prefix: str) -> None:
    with pytest.raises(ValueError, match="starts and ends with a slash"):
        replace(CONFIG, desk_prefixes=(prefix,))


@pytest.mark.parametrize("url", ["127.0.0.1:8001", "ftp://desk", "unix:desk.sock"])
def test_the_desk_has_an_address(url: str) -> None:
    with pytest.raises(ValueError, match="desk_url"):
        replace(CONFIG, desk_url=url)
