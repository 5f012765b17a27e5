"""What keeps a shared server alive: a named pipe that its users hold open and it reads.

When nobody is left, however they ended, the server reads the end of its input and goes. A lock makes joining
and going exclude each other: nobody joins a server that has decided to go.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the lock under which a server is joined, started or left to end."""
    import fcntl  # not on Windows, where these tests are skipped

    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def join(folder: Path) -> int | None:
    """The writing end of the folder's pipe, None when no server reads it; call it `locked`."""
    try:
        return os.open(folder / "lifeline", os.O_WRONLY | os.O_NONBLOCK)
    except OSError:  # no pipe yet, or nobody at its other end
        return None


def make(folder: Path) -> tuple[int, int]:
    """A new pipe for a new server, call it `locked`.

    Returns:
        The reading end, for the server, and the writing end, for its first user.
    """
    pipe = folder / "lifeline"
    pipe.unlink(missing_ok=True)
    os.mkfifo(pipe)
    reading = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    os.set_blocking(reading, True)
    return reading, os.open(pipe, os.O_WRONLY)


def wait_for_the_last(folder: Path, reading: int) -> None:
    """Return when nobody holds the pipe any more and nobody can join."""
    while True:
        while os.read(reading, 1):
            continue
        with locked(folder):
            if _is_alone(reading):
                (folder / "lifeline").unlink(missing_ok=True)
                return


def _is_alone(reading: int) -> bool:
    os.set_blocking(reading, False)
    try:
        return os.read(reading, 1) == b""
    except BlockingIOError:  # somebody has joined in between
        return False
    finally:
        os.set_blocking(reading, True)
