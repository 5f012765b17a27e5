"""One process works something out; the others wait for it."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PATIENCE_S = 60.0
"""How long another process may take, beyond which it is taken for stuck and no longer waited for."""

_POLL_S = 0.05
_TAKEN = {errno.EAGAIN, errno.EACCES, errno.EDEADLK}


@contextmanager
def building_lock(path: Path, patience_s: float = PATIENCE_S) -> Iterator[None]:
    """Hold the lock of a cache file while it is built; ends with its holder, however that ends.

    It saves work and guards nothing: where it cannot be had, the block runs without it.

    Args:
        path: the cache file; the lock lies beside it while it is held.
        patience_s: seconds to wait for another holder.
    """
    lock = path.with_name(f".{path.name}.lock")
    descriptor = _open(lock)
    try:
        held = descriptor is not None and _wait_for(descriptor, time.monotonic() + patience_s)
        try:
            yield
        finally:
            if held:
                with contextlib.suppress(OSError):  # Windows keeps a file that others wait for
                    lock.unlink()
    finally:
        if descriptor is not None:
            os.close(descriptor)


def _open(lock: Path) -> int | None:
    try:
        lock.parent.mkdir(parents=True, exist_ok=True)
        return os.open(lock, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError:
        return None


def _wait_for(descriptor: int, until: float) -> bool:
    """Whether the lock was had; False as well where the file system knows no locks."""
    while time.monotonic() < until:
        try:
            _lock(descriptor)
        except OSError as error:
            if error.errno not in _TAKEN:
                return False
            time.sleep(_POLL_S)
        else:
            return True
    return False


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
