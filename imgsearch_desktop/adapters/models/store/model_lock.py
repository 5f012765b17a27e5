"""At most one process works on a model's folder; the system releases the lock however its holder ends."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from imgsearch_desktop.domain.errors import ModelError

_POLL_S = 0.05


class ModelBusyError(ModelError):
    """Somebody else is at work on the model."""


@contextmanager
def model_lock(path: Path, busy: str, wait_s: float = 0.0) -> Iterator[None]:
    """Hold a lock file, also against other threads of this process.

    Args:
        path: the lock file; its directory is there, and it stays when the lock is released.
        busy: what to say when somebody else holds it.
        wait_s: how long to wait for them.

    Raises:
        ModelBusyError: somebody else holds it.
        OSError: the file cannot be written.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        until = time.monotonic() + wait_s
        while not _try_lock(descriptor):
            if time.monotonic() >= until:
                raise ModelBusyError(busy)
            time.sleep(_POLL_S)
        yield
    finally:
        os.close(descriptor)


if sys.platform == "win32":
    import msvcrt

    def _try_lock(descriptor: int) -> bool:
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _try_lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
