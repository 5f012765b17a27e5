"""A small web server on this machine, for pictures whose address is dropped."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True)
class Answer:
    """What the server sends; `wait` keeps it silent until the server is shut down."""

    body: bytes = b""
    kind: str = "image/jpeg"
    status: int = 200
    location: str = ""
    wait: bool = False
    announce: bool = True


@contextmanager
def serving(answers: Mapping[str, Answer]) -> Iterator[str]:
    """Serve answers by path; gives the address without a path."""
    over = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer = answers.get(self.path, Answer(status=404))
            if answer.wait:
                over.wait(30)
                return
            self.send_response(answer.status)
            self.send_header("Content-Type", answer.kind)
            if answer.announce:
                self.send_header("Content-Length", str(len(answer.body)))
            if answer.location:
                self.send_header("Location", answer.location)
            self.end_headers()
            try:
                self.wfile.write(answer.body)
            except OSError:  # the other side has had enough
                return

        def log_message(self, format: str, *args: object) -> None:
            """Nothing on the screen."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = False
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        over.set()
        server.shutdown()
        server.server_close()
        thread.join()
