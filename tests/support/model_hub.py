"""A local server that behaves like the model hub: file lists, redirects, ranges; and its troubles."""

from __future__ import annotations

import hashlib
import json
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote, urlsplit
from urllib.request import ProxyHandler, Request, build_opener

COMMIT = "0123456789abcdef0123456789abcdef01234567"
LFS_FROM = 1024
"""Files of this size and more are stored apart, with a SHA-256, and reached by a redirect."""


@dataclass
class Trouble:
    """What goes wrong with a file; the server does it so often and then serves as it should.

    Attributes:
        status: answer with this instead of the content.
        headers: with that answer.
        cut_after: close the connection after so many bytes.
        wrong: send other bytes of the same number.
        times: how often.
    """

    status: int = 0
    headers: Mapping[str, str] = field(default_factory=dict)
    cut_after: int | None = None
    wrong: bool = False
    times: int = 10_000


@dataclass(frozen=True)
class Asked:
    """A request that came."""

    method: str
    path: str
    range: str | None
    host: str
    authorization: str | None


class ModelHub:
    """The server's contents, its troubles, and what it was asked.

    Attributes:
        repos: files by repository.
        troubles: by path within a repository, or by the beginning of a request's path.
        asked: every request, in order.
        bytes_per_s: how fast contents are sent, None for as fast as it goes.
        ranges: whether a part of a file can be asked for.
        at_most: let through so many bytes of contents and then wait until `go_on` is set.
    """

    def __init__(self, repos: Mapping[str, Mapping[str, bytes]]) -> None:
        self.repos = {name: dict(files) for name, files in repos.items()}
        self.troubles: dict[str, Trouble] = {}
        self.asked: list[Asked] = []
        self.bytes_per_s: float | None = None
        self.ranges = True
        self.at_most: int | None = None
        self.go_on = threading.Event()
        self.sent = 0
        self.address = ""
        self.store_address = ""
        self._lock = threading.Lock()

    def contents_asked(self, path: str) -> list[Asked]:
        """The requests that asked for the content of a file."""
        return [asked for asked in self.asked if asked.method == "GET" and asked.path.endswith(path)]

    def take_trouble(self, path: str) -> Trouble | None:
        """The trouble to make now for a request."""
        with self._lock:
            for key, trouble in self.troubles.items():
                if (path.endswith(key) or path.startswith(key)) and trouble.times > 0:
                    trouble.times -= 1
                    return trouble
        return None

    def model_info(self, repo: str) -> dict[str, object] | None:
        """What `GET /api/models/<repo>?blobs=true` answers."""
        if repo not in self.repos:
            return None
        siblings = []
        for path, content in self.repos[repo].items():
            sibling: dict[str, object] = {"rfilename": path, "size": len(content), "blobId": _git_id(content)}
            if len(content) >= LFS_FROM:
                sibling["lfs"] = {
                    "sha256": hashlib.sha256(content).hexdigest(),
                    "size": len(content),
                    "pointerSize": 134,
                }
            siblings.append(sibling)
        return {"_id": "1", "id": repo, "modelId": repo, "sha": COMMIT, "tags": [], "siblings": siblings}


def _git_id(content: bytes) -> str:
    return hashlib.sha1(b"blob %d\x00" % len(content) + content).hexdigest()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    hub: ModelHub

    def do_GET(self) -> None:
        self._answer()

    def do_HEAD(self) -> None:
        self._answer()

    def log_message(self, format: str, *args: object) -> None:
        """Nothing on the screen."""

    def _answer(self) -> None:
        path = unquote(urlsplit(self.path).path)
        headers = self.headers
        self.hub.asked.append(
            Asked(
                self.command,
                path,
                headers.get("Range"),
                headers.get("Host", ""),
                headers.get("Authorization"),
            )
        )
        if path.startswith("/api/models/"):
            self._tell_repo(path)
        else:
            self._give(path)

    def _tell_repo(self, path: str) -> None:
        trouble = self.hub.take_trouble(path)
        if trouble is not None:
            self._send(trouble.status, b"{}", trouble.headers)
            return
        repo = "/".join(path.removeprefix("/api/models/").split("/")[:2])
        told = self.hub.model_info(repo)
        if told is None:
            self._send(401, b'{"error":"Invalid username or password."}', {"X-Error-Code": "RepoNotFound"})
        else:
            self._send(200, json.dumps(told).encode(), {"Content-Type": "application/json"})

    def _give(self, path: str) -> None:
        owner, name, kind, revision, *parts = path.removeprefix("/").split("/")
        file = "/".join(parts)
        content = self.hub.repos.get(f"{owner}/{name}", {}).get(file)
        if content is None or revision not in (COMMIT, "main"):
            self._send(404, b"Entry not found", {"X-Error-Code": "EntryNotFound"})
            return
        if kind == "resolve" and len(content) >= LFS_FROM:
            stored = f"{self.hub.store_address}/{owner}/{name}/stored/{revision}/{file}?signature=1"
            self._send(302, b"", {"Location": stored, "X-Repo-Commit": COMMIT})
            return
        trouble = self.hub.take_trouble(path)
        if trouble is not None and trouble.status:
            self._send(trouble.status, b"", trouble.headers)
            return
        self._send_content(content, trouble or Trouble())

    def _send_content(self, content: bytes, trouble: Trouble) -> None:
        start, asked = 0, self.headers.get("Range")
        if asked and self.hub.ranges:
            start = int(asked.removeprefix("bytes=").split("-")[0])
            if start >= len(content):
                self._send(416, b"", {})
                return
        if trouble.wrong:
            content = bytes(byte ^ 0xFF for byte in content)
        body = content[start:]
        self.send_response(206 if start else 200)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("X-Repo-Commit", COMMIT)
        if start:
            self.send_header("Content-Range", f"bytes {start}-{len(content) - 1}/{len(content)}")
        self.end_headers()
        if self.command == "GET":
            self._send_slowly(body if trouble.cut_after is None else body[: trouble.cut_after])
        if trouble.cut_after is not None:
            self.close_connection = True

    def _send_slowly(self, body: bytes) -> None:
        hub, piece = self.hub, 4096
        try:
            for begin in range(0, len(body), piece):
                if hub.at_most is not None and hub.sent >= hub.at_most:
                    hub.go_on.wait(30)
                self.wfile.write(body[begin : begin + piece])
                hub.sent += len(body[begin : begin + piece])
                if hub.bytes_per_s:
                    time.sleep(piece / hub.bytes_per_s)
        except OSError:  # the other side has gone
            self.close_connection = True

    def _send(self, status: int, body: bytes, headers: Mapping[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False


@contextmanager
def _listening(handler: type[BaseHTTPRequestHandler]) -> Iterator[str]:
    server = _Server(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def serving_hub(repos: Mapping[str, Mapping[str, bytes]]) -> Iterator[ModelHub]:
    """Serve repositories; large files lie on a second server, as at the hub."""
    hub = ModelHub(repos)
    handler = type("Handler", (_Handler,), {"hub": hub})
    with _listening(handler) as hub.address, _listening(handler) as hub.store_address:
        try:
            yield hub
        finally:
            hub.go_on.set()


@contextmanager
def serving_proxy(target: str, seen: list[str]) -> Iterator[str]:
    """A proxy that reaches one server, whatever name it is asked for.

    Args:
        target: address of that server.
        seen: takes the addresses that were asked for.
    """
    opener = build_opener(ProxyHandler({}))

    class Proxy(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            seen.append(self.path)
            asked = urlsplit(self.path)
            address = f"{target}{asked.path}" + (f"?{asked.query}" if asked.query else "")
            headers = {name: value for name, value in self.headers.items() if name in ("Range", "Accept")}
            with opener.open(Request(address, headers=headers)) as answer:
                body = answer.read()
                self.send_response(answer.status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Nothing on the screen."""

    with _listening(Proxy) as address:
        yield address
