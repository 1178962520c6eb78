"""A new newsroom's settings follow from the address that readers will use."""

from pathlib import Path

import pytest

from dateline.conf.options import load_options
from dateline.conf.setup import SetupError, make_folder


@pytest.mark.parametrize(
    ("base_url", "port"),
    [
        ("http://127.0.0.1:9123", 9123),
        ("http://news.local:8080", 8080),
        ("http://[::1]:9000", 9000),
        ("http://news.example", 8000),
        ("https://news.example", 8000),
        ("https://news.example:8443", 8000),  # the server that ends TLS has it
    ],
)
def test_the_stand_listens_where_readers_look_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, base_url: str, port: int
) -> None:
    for name in ("BASE_URL", "SECRET_KEY"):
        monkeypatch.delenv(f"DATELINE_{name}", raising=False)
    make_folder(tmp_path / "harbour", base_url=base_url)
    options = load_options(tmp_path / "harbour")
    assert (options["base_url"], options["port"]) == (base_url, port)


def test_a_port_that_is_given_elsewhere_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_PORT", "9999")
    make_folder(tmp_path / "harbour", base_url="http://127.0.0.1:9123")
    assert load_options(tmp_path / "harbour")["port"] == 9999


@pytest.mark.parametrize(
    "base_url",
    [
        "news.example",
        "ftp://news.example",
        "http://",
        "http://news.example/path",
        "http://news.example?x",
        "http://news.example:99999",
        "http://news.example:0",
        "http://news.example:port",
        'http://news"\nsecret_key = "x',
        "http://user@news.example",
    ],
)
def test_what_is_no_address_of_a_site_makes_no_folder(tmp_path: Path, base_url: str) -> None:
    with pytest.raises(SetupError, match="no address of a site"):
        make_folder(tmp_path / "harbour", base_url=base_url)
    assert not (tmp_path / "harbour").exists()
