"""The threads of the window: alive until they have ended, whatever becomes of those who started them.

Qt ends the whole process when a `QThread` is deleted that still runs. So a thread that was started is kept
here, with what it works on, until it has ended; nobody has to wait for it on the GUI thread.
"""

from __future__ import annotations

import time

from PySide6.QtCore import QThread

_kept: dict[QThread, tuple[object, ...]] = {}


def start(thread: QThread, *needed: object, priority: QThread.Priority | None = None) -> None:
    """Start a thread unless it runs already, and keep it until it has ended.

    Args:
        thread: the thread.
        needed: what must live as long as it runs.
        priority: how urgent it is; None for that of the thread that starts it.
    """
    _forget_ended()
    if not thread.isRunning():
        _kept[thread] = needed
        thread.start(QThread.Priority.InheritPriority if priority is None else priority)


def running() -> list[str]:
    """Names of the threads that have not ended yet."""
    _forget_ended()
    return [thread.objectName() for thread in _kept]


def wait(timeout_ms: int = 10_000) -> bool:
    """Wait until every thread has ended; not while a window is shown.

    Returns:
        Whether they ended in time.
    """
    deadline = time.monotonic() + timeout_ms / 1000
    for thread in list(_kept):
        thread.wait(max(0, round((deadline - time.monotonic()) * 1000)))
    return not running()


def _forget_ended() -> None:
    for thread in [thread for thread in _kept if thread.isFinished()]:
        del _kept[thread]
