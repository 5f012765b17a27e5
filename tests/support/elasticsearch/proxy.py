"""Stands between a client and a real server: passes on what it gets, and does what a test asks for.

`faults` has what can go wrong, `security` what a server with users and keys says. The one thing that the
server of the tests does not answer, `GET /`, is answered here when a version is set.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import re
import socket
import ssl
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

from tests.support.elasticsearch.exchange import Answer, Fault, Gate, Request

PATIENCE_S = 60.0
HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "content-length"}


@dataclass(slots=True)
class _Rule:
    pattern: re.Pattern[str]
    fault: Fault
    left: int


class Proxy:
    """A proxy on a port of its own; a context manager.

    Args:
        upstream: address of the real server.
        tls: makes it speak HTTPS.
        gate: looks at each request first; what it answers is final.
        version: what the server is said to be, in `GET /` and `_nodes`; None passes everything on.
    """

    def __init__(
        self,
        upstream: str,
        *,
        tls: ssl.SSLContext | None = None,
        gate: Gate | None = None,
        version: str | None = None,
    ) -> None:
        address = urlsplit(upstream)
        assert address.hostname
        assert address.port
        self.upstream, self.tls, self.gate, self.version = (
            (address.hostname, address.port),
            tls,
            gate,
            version,
        )
        self.asked: list[str] = []
        self.let_go = threading.Event()
        self._rules: list[_Rule] = []
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()
        self._bugs: list[BaseException] = []
        self._listener = _Listener(self)
        self._thread = threading.Thread(
            target=self._listener.serve_forever, kwargs={"poll_interval": 0.02}, name="proxy"
        )

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"{'https' if self.tls else 'http'}://127.0.0.1:{self._listener.server_port}"

    def add(self, fault: Fault, on: str = "", times: int = sys.maxsize) -> None:
        """Have a fault happen to the next requests that match; the rule added last comes first.

        Args:
            fault: what happens.
            on: regular expression searched for in "METHOD /path?query".
            times: how many requests it happens to.
        """
        with self._lock:
            self._rules.insert(0, _Rule(re.compile(on), fault, times))

    def mend(self) -> None:
        """Forget all faults; who is kept in silence is cut off."""
        with self._lock:
            self._rules.clear()
        self.let_go.set()
        self.let_go = threading.Event()

    def cut_all(self) -> None:
        """Close every connection that is open now, on both sides."""
        with self._lock:
            connections = list(self._open)
        for connection in connections:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def __enter__(self) -> Proxy:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._listener.shutdown()
        self.let_go.set()
        self.cut_all()
        self._listener.server_close()  # waits for the threads of the connections
        self._thread.join()
        if self._bugs:
            raise self._bugs[0]

    def take(self, request: Request) -> Fault | None:
        """Note a request; the fault that is to happen to it."""
        with self._lock:
            self.asked.append(request.line)
            for rule in self._rules:
                if rule.left and rule.pattern.search(request.line):
                    rule.left -= 1
                    return rule.fault
        return None

    def opened(self, connection: socket.socket) -> None:
        """Remember a connection, to close it at the end."""
        with self._lock:
            self._open.add(connection)

    def closed(self, connection: socket.socket) -> None:
        """Forget it."""
        with self._lock:
            self._open.discard(connection)

    def went_wrong(self, error: BaseException | None) -> None:
        """Keep, for the end, what only a mistake in the proxy explains; connections may always break."""
        if error is not None and not isinstance(error, OSError | http.client.HTTPException | ValueError):
            self._bugs.append(error)


class _Listener(ThreadingHTTPServer):
    daemon_threads = False

    def __init__(self, proxy: Proxy) -> None:
        self.proxy = proxy
        super().__init__(("127.0.0.1", 0), _Connection)

    def handle_error(self, request: Any, client_address: Any) -> None:
        self.proxy.went_wrong(sys.exception())


class _Connection(BaseHTTPRequestHandler):
    """One connection of a client, an `Exchange` at a time."""

    protocol_version = "HTTP/1.1"
    server: _Listener
    asked: Request

    def setup(self) -> None:
        self.proxy = self.server.proxy
        self.request.settimeout(PATIENCE_S)
        if self.proxy.tls:
            self.request = self.proxy.tls.wrap_socket(self.request, server_side=True)
        self.proxy.opened(self.request)
        super().setup()

    def finish(self) -> None:
        super().finish()
        self.proxy.closed(self.connection)
        self.connection.close()  # of TLS: the listener knows the bare socket only

    def do_GET(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        self.asked = Request(self.command, self.path, dict(self.headers), self.rfile.read(length))
        fault = self.proxy.take(self.asked)
        refusal = self.proxy.gate(self.asked) if self.proxy.gate else None
        if refusal:
            self.send(refusal)
        elif fault:
            fault(self)
        else:
            self.send(self.forward())

    do_POST = do_PUT = do_DELETE = do_HEAD = do_GET

    def forward(self, body: bytes | None = None) -> Answer:
        asked = self.asked
        if self.proxy.version and asked.method in ("GET", "HEAD") and asked.path.partition("?")[0] == "/":
            return _root(self.proxy.version)
        kept = {name: value for name, value in asked.headers.items() if name.lower() not in HOP_BY_HOP}
        received = self._ask(asked.method, asked.path, body or asked.body or None, kept)
        if self.proxy.version and asked.path.startswith("/_nodes"):
            return _with_version(received, self.proxy.version)
        return received

    def send(self, answer: Answer) -> None:
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            if name.lower() not in HOP_BY_HOP:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.body)

    def cut(self) -> None:
        self.close_connection = True
        with contextlib.suppress(OSError):
            self.connection.shutdown(socket.SHUT_RDWR)

    def stay_silent(self) -> None:
        self.proxy.let_go.wait(PATIENCE_S)
        self.cut()

    def log_message(self, format: str, *args: object) -> None:
        """Nothing on the screen."""

    def _ask(self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]) -> Answer:
        """Ask the real server, over a connection that no earlier outage can have broken."""
        upstream = http.client.HTTPConnection(*self.proxy.upstream, timeout=PATIENCE_S)
        try:
            upstream.connect()
            self.proxy.opened(upstream.sock)
            upstream.request(method, path, body, headers)
            answer = upstream.getresponse()
            return Answer(answer.status, answer.read(), dict(answer.getheaders()))
        finally:
            if upstream.sock:
                self.proxy.closed(upstream.sock)
            upstream.close()


def _root(version: str) -> Answer:
    """`GET /` as Elasticsearch answers it."""
    told = {
        "number": version,
        "build_flavor": "default",
        "build_type": "tar",
        "build_hash": "0" * 40,
        "build_date": "2025-10-21T15:27:11.140Z",
        "build_snapshot": False,
        "lucene_version": "10.3.1",
        "minimum_wire_compatibility_version": "8.19.0",
        "minimum_index_compatibility_version": "8.0.0",
    }
    name = {"name": "node", "cluster_name": "elasticsearch", "cluster_uuid": "_proxy_"}
    return Answer.of(200, name | {"version": told, "tagline": "You Know, for Search"})


def _with_version(answer: Answer, version: str) -> Answer:
    document = json.loads(answer.body)
    for node in document.get("nodes", {}).values():
        node["version"] = version
    return Answer(answer.status, json.dumps(document).encode(), answer.headers)
