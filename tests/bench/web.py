"""nginx beside us: serving the same bytes, and serving the store as docs/operating.md configures it."""

import os
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bench.load import program
from tests.running import get, wait_until

OPERATING = Path(__file__).resolve().parents[2] / "docs" / "operating.md"

_FRAME = """\
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log warn;
{user}
events {{ worker_connections 2048; }}
http {{
    types {{ text/html html; application/xml xml; text/css css; text/javascript js; image/webp webp; image/avif avif; }}
    default_type application/octet-stream;
    access_log off;
    sendfile on;
    tcp_nopush on;
    keepalive_requests 1000000;
    open_file_cache max=1000 inactive=60s;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
{inside}
}}
"""


@dataclass(frozen=True, slots=True)
class Server:
    port: int
    pid: int


def nginx_program() -> str:
    return program("nginx", "nginx-light", "/usr/sbin/nginx", "/usr/local/sbin/nginx")


@contextmanager
def nginx(folder: Path, inside: str, port: int) -> Iterator[Server]:
    """One worker of nginx with these server blocks, until the block ends."""
    folder.mkdir(parents=True)
    # Started as root it would hand its files to another user, who may not read a temporary folder.
    user = "user root;" if os.getuid() == 0 else ""
    config = folder / "nginx.conf"
    config.write_text(_FRAME.format(folder=folder, inside=inside, user=user))
    log = (folder / "start.log").open("wb")
    process = subprocess.Popen([nginx_program(), "-c", config, "-p", folder, "-e", folder / "error.log"], stderr=log)
    try:
        wait_until(lambda: process.poll() is not None or get(port, "/")[0] > 0, what="nginx")
        if process.poll() is not None:
            raise RuntimeError(f"nginx did not start: {(folder / 'start.log').read_text()}")
        yield Server(port, process.pid)
    finally:
        process.terminate()
        process.wait(10)
        log.close()


def static_server(root: Path, port: int) -> str:
    """Compressed bodies as plain files: nothing but open, headers, sendfile."""
    return f"""
    server {{
        listen 127.0.0.1:{port} backlog=2048;
        location / {{
            root {root};
            default_type "text/html; charset=utf-8";
            add_header Content-Encoding br;
            add_header Cache-Control "public, max-age=0, must-revalidate";
            add_header Vary Accept-Encoding;
        }}
    }}"""


def lay_out(root: Path, bodies: dict[str, bytes]) -> dict[str, str]:
    """Write bodies as files below `root`; returns for each name the path nginx serves it at."""
    root.mkdir(parents=True)
    served = {}
    for number, (name, body) in enumerate(bodies.items()):
        (root / f"page-{number}").write_bytes(body)
        served[name] = f"/page-{number}"
    return served


def store_server(newsroom: Path, host: str, stand: int, port: int, *, text: str | None = None) -> str:
    """The configuration of docs/operating.md, with this newsroom's places and without TLS."""
    found = re.search(r"```nginx\n(.*?)```", text if text is not None else OPERATING.read_text("utf-8"), re.DOTALL)
    if found is None:
        raise RuntimeError(f"{OPERATING.name} has no nginx configuration any more")
    config = found[1]
    config = re.sub(r"listen [^;]+;", f"listen 127.0.0.1:{port} backlog=2048;", config)
    config = re.sub(r"^\s*(?:ssl_|http2 ).*\n", "", config, flags=re.MULTILINE)
    config = config.replace("/srv/harbour/store/news.example", str(newsroom / "store" / host))
    return config.replace("/srv/harbour", str(newsroom)).replace("127.0.0.1:8000", f"127.0.0.1:{stand}")
