"""What speaks the part of OpenSearch's HTTP interface that search uses, by its reference documentation, and no more.

OpenSearch itself is no package that tests could install. Whatever this does not know it refuses as the original
refuses what is not in its grammar, so that a query with a slip in it fails.
"""

import contextlib
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit


class Unknown(Exception):
    """A request that is not in the grammar."""


@dataclass
class Index:
    settings: dict[str, Any]
    properties: dict[str, Any] = field(default_factory=dict)
    documents: dict[str, dict[str, Any]] = field(default_factory=dict)
    #: What searches know of: what was there at the last refresh.
    seen: dict[str, dict[str, Any]] = field(default_factory=dict)


@dataclass
class Engine:
    port: int = 0
    indexes: dict[str, Index] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    #: Answer everything with 503.
    down: bool = False

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def answer(self, method: str, target: str, body: str) -> tuple[int, Any]:
        parts = urlsplit(target)
        steps = [step for step in parts.path.split("/") if step]
        self.asked.append(f"{method} {steps[-1] if steps else ''}")
        if self.down:
            return 503, {"error": "no master", "status": 503}
        match method, steps:
            case "HEAD", [name]:
                return (200 if name in self.indexes else 404), None
            case "PUT", [name]:
                made = json.loads(body)["settings"]
                if made["index"]["sort.field"] != "key" or made["index"]["sort.order"] != "desc":
                    raise Unknown("sort")
                self.indexes[name] = Index(made)
                return 200, {"acknowledged": True}
            case "PUT", [name, "_mapping"]:
                self.indexes[name].properties = json.loads(body)["properties"]
                return 200, {"acknowledged": True}
            case "DELETE", [name]:
                gone = self.indexes.pop(name, None)
                return (200, {"acknowledged": True}) if gone else (404, {"error": "index_not_found_exception"})
            case "POST" | "GET", [name, "_count"]:
                return 200, {"count": len(self.indexes[name].seen)}
            case "POST" | "PUT", [name, "_bulk"]:
                return 200, self._bulk(
                    self.indexes[name], body, refresh=parse_qs(parts.query).get("refresh") == ["true"]
                )
            case "POST" | "GET", ["_msearch"]:
                lines = [json.loads(line) for line in body.splitlines() if line]
                pairs = zip(lines[::2], lines[1::2], strict=True)
                return 200, {"responses": [self._search(self.indexes[head["index"]], said) for head, said in pairs]}
        raise Unknown(f"{method} {target}")

    def _bulk(self, index: Index, body: str, *, refresh: bool) -> Any:
        items, lines = [], iter([line for line in body.splitlines() if line])
        for line in lines:
            [(what, of)] = json.loads(line).items()
            if what == "delete":
                there = index.documents.pop(of["_id"], None)
                items.append({"delete": {"_id": of["_id"], "status": 200 if there else 404}})
            elif what == "index":
                index.documents[of["_id"]] = json.loads(next(lines))
                items.append({"index": {"_id": of["_id"], "status": 201}})
            else:
                raise Unknown(what)
        if refresh:
            index.seen = dict(index.documents)
        return {"errors": any(s["status"] > 299 for item in items for s in item.values()), "items": items}

    def _search(self, index: Index, said: dict[str, Any]) -> Any:
        if set(said) != {"query", "sort", "size", "track_total_hits", "_source"} or said["sort"] != [{"key": "desc"}]:
            raise Unknown(f"search: {sorted(said)}")
        found = [name for name, document in index.seen.items() if self._holds(index, said["query"], document)]
        found.sort(key=lambda name: -index.seen[name]["key"])
        return {"hits": {"hits": [{"_id": name, "sort": [index.seen[name]["key"]]} for name in found[: said["size"]]]}}

    def _holds(self, index: Index, query: dict[str, Any], document: dict[str, Any]) -> bool:
        [(kind, of)] = query.items()
        match kind:
            case "bool":
                if not set(of) <= {"filter", "must", "should", "minimum_should_match"}:
                    raise Unknown(str(of))
                every = [*of.get("filter", []), *of.get("must", [])]
                some = of.get("should", [])
                return all(self._holds(index, each, document) for each in every) and (
                    not some or any(self._holds(index, each, document) for each in some)
                )
            case "range":
                [(name, bounds)] = of.items()
                return bool(bounds["gte"] <= document[name] <= bounds["lte"])
            case "multi_match":
                if of["type"] != "phrase":
                    raise Unknown(of["type"])
                return any(self._says(index, name, of["query"], document) for name in of["fields"])
            case "match":
                [(name, said)] = of.items()
                return self._says(index, name, said["query"], document)
            case "prefix":
                [(name, said)] = of.items()
                return any(word.startswith(said["value"]) for word in document[name].split())
        raise Unknown(kind)

    @staticmethod
    def _says(index: Index, name: str, phrase: str, document: dict[str, Any]) -> bool:
        if index.properties[name]["analyzer"] != "whitespace":
            raise Unknown(name)
        return f" {' '.join(phrase.split())} " in f" {' '.join(document[name].split())} "


@contextlib.contextmanager
def engine() -> Iterator[Engine]:
    """One that runs on a free port until the block ends."""
    running = Engine()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _any(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
            try:
                status, said = running.answer(self.command, self.path, body)
            except (Unknown, KeyError, ValueError) as error:
                status, said = 400, {"error": {"type": "parsing_exception", "reason": repr(error)}, "status": 400}
            out = b"" if said is None else json.dumps(said).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(out)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(out)

        do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = _any

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    running.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield running
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
