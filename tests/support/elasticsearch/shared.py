"""One server for all processes of a test run: the first that asks starts it, it ends with the last."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.elasticsearch import lifeline
from tests.support.elasticsearch.server import RealServer, launch_node, wait_until_ready

MEMORY = Path("/dev/shm")
"""A folder that lies in memory, on Linux. Each index of a test is made, written durably and deleted: on a
disk that takes 5 ms for a write that is 1.0 s in all, here 0.25 s."""

ROOM = 2 * 2**30
"""Bytes that have to be free there; a run takes a tenth of it at a time. Docker gives 64 MB."""


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


def data_place(folder: Path, memory: Path = MEMORY, room: int = ROOM) -> Path:
    """Where a node that is thrown away keeps its data: in memory where there is room, else in `folder`."""
    try:
        found = os.statvfs(memory)
    except OSError:
        return folder
    roomy = found.f_bavail * found.f_frsize >= room
    # Java wants to run what it unpacks there.
    fit = roomy and not found.f_flag & os.ST_NOEXEC and os.access(memory, os.W_OK | os.X_OK)
    return memory if fit else folder


def _start(folder: Path) -> int:
    """Start a server; its lifeline."""
    reading, held = lifeline.make(folder)
    server = RealServer(Path(tempfile.mkdtemp(dir=data_place(folder), prefix="node-")), name="shared")
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
