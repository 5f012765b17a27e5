"""At most one process writes to a library."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from imgsearch_desktop.domain.errors import LibraryBusyError

_POLL_S = 0.05


class LibraryLock:
    """A lock file that the system releases when its holder ends, however it ends.

    Args:
        path: the lock file; it stays when the lock is released.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None

    @property
    def held(self) -> bool:
        """Whether this object holds the lock."""
        return self._descriptor is not None

    def acquire(self, wait_s: float = 0.0) -> None:
        """Take the lock, or find it taken already by this object.

        Args:
            wait_s: how long to wait for another holder.

        Raises:
            LibraryBusyError: another process (or catalogue object) holds it.
            OSError: the lock file cannot be opened for writing.
        """
        if self.held:
            return
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            self._wait_for(descriptor, time.monotonic() + wait_s)
            os.ftruncate(descriptor, 0)
            os.write(descriptor, str(os.getpid()).encode("ascii"))
        except BaseException:
            os.close(descriptor)
            raise
        self._descriptor = descriptor

    def release(self) -> None:
        """Give the lock back; nothing happens when it is not held."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def _wait_for(self, descriptor: int, until: float) -> None:
        while not _try_lock(descriptor):
            if time.monotonic() >= until:
                holder = os.read(descriptor, 32).decode("ascii", "replace").strip()
                raise LibraryBusyError(_busy_message(self._path.parent, holder))
            time.sleep(_POLL_S)


def _busy_message(directory: Path, holder: str) -> str:
    process = f"Another process ({holder})" if holder else "Another process"
    return (
        f"{process} is writing to the library in {directory}. Searching is still possible; "
        "to change the library, wait until that process is done or close it."
    )


if sys.platform == "win32":
    import msvcrt

    _LOCKED_BYTE = 1 << 20
    """Beyond the process id: Windows forbids reading a locked byte."""

    def _try_lock(descriptor: int) -> bool:
        os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        finally:
            os.lseek(descriptor, 0, os.SEEK_SET)
        return True

else:
    import fcntl

    def _try_lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
