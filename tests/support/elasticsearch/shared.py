"""One server for all processes of a test run: the first that asks starts it, it ends with the last."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.elasticsearch import lifeline
from tests.support.elasticsearch.server import RealServer, launch_node, wait_until_ready


@contextmanager
def shared_server(folder: Path) -> Iterator[str]:
    """Join the server of a folder, starting it where there is none.

    Args:
        folder: the same for all processes of a run.

    Yields:
        The address.
    """
    folder.mkdir(exist_ok=True)
    with lifeline.locked(folder):
        held = lifeline.join(folder)
        if held is None:
            held = _start(folder)
        address = (folder / "url").read_text(encoding="utf-8")
    try:
        yield address
    finally:
        os.close(held)


def _start(folder: Path) -> int:
    """Start a server; its lifeline."""
    reading, held = lifeline.make(folder)
    server = RealServer(Path(tempfile.mkdtemp(dir=folder, prefix="node-")), name="shared")
    try:
        launch_node(server.orders(discard=True, shared=folder), reading).wait()
        os.close(reading)
        wait_until_ready(server.port, server.folder, lambda: _is_read(folder))
    except BaseException:
        os.close(held)
        raise
    (folder / "url").write_text(server.url, encoding="utf-8")
    return held


def _is_read(folder: Path) -> bool:
    """Whether the process that reads the lifeline lives."""
    end = lifeline.join(folder)
    if end is None:
        return False
    os.close(end)
    return True
