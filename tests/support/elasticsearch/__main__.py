"""`make elasticsearch`: one node to try the engine on, until Ctrl-C; its data stay for the next time."""

from __future__ import annotations

import contextlib
import fcntl
import sys

from rich.console import Console

from tests.support.elasticsearch.distribution import CACHE, MavenMissingError
from tests.support.elasticsearch.server import LONG_RUN, RealServer, free_port, is_free

USUAL_PORT = 9200
SETTINGS = {"discovery.type": "single-node"}

console = Console(highlight=False, soft_wrap=True)


def main() -> int:
    """Run the server; the exit code is 0 when it was ended by Ctrl-C."""
    CACHE.mkdir(parents=True, exist_ok=True)
    with (CACHE / "running.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return _fail("It runs already, in another terminal, and two cannot share their data.")
        try:
            return serve()
        except (MavenMissingError, RuntimeError) as error:
            return _fail(str(error))
        except KeyboardInterrupt:
            return 0


def serve() -> int:
    """Start, say where, wait for Ctrl-C, stop."""
    port = USUAL_PORT if is_free(USUAL_PORT) else free_port()
    server = RealServer(CACHE / "data", SETTINGS, java=LONG_RUN, port=port)
    console.print("Starting Elasticsearch ...")
    try:
        server.start()
        console.print(
            f"Elasticsearch answers at {server.url}. Use it, in another terminal:\n"
            f"  .venv/bin/imgsearch engine use elasticsearch --url {server.url}\n"
            f"Ctrl-C stops it; what is in it stays in {server.folder}."
        )
        server.hold()
        return _fail(f"Elasticsearch has ended by itself; {server.folder / 'logs'} says why.")
    finally:
        with contextlib.suppress(KeyboardInterrupt):  # who presses it twice wants it to stop, too
            server.stop()


def _fail(sentence: str) -> int:
    Console(stderr=True, soft_wrap=True).print(sentence, style="red", markup=False)
    return 1


if __name__ == "__main__":
    sys.exit(main())
