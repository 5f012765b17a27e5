"""Tells in the log when the GUI thread was blocked, and by what; for development."""

from __future__ import annotations

import logging
import os
import sys
import threading
import time
import traceback

from PySide6.QtCore import QObject, Qt, QTimer

LIMIT_S = 0.1
"""A GUI thread that answers nothing for longer than this is felt as a stutter."""

BEAT_MS = 20

_log = logging.getLogger(__name__)


def wanted() -> bool:
    """Whether the program runs in development mode: `python -X dev`, or `IMGSEARCH_LOG=debug`."""
    return sys.flags.dev_mode or os.environ.get("IMGSEARCH_LOG", "").lower() == "debug"


class GuiWatchdog(QObject):
    """Logs a WARNING with the GUI thread's stack for every time it was blocked for longer than a limit.

    A timer of the GUI thread sets a time stamp; a thread of its own looks how old it is. To be made and
    started on the GUI thread.

    Args:
        parent: owner; the watching ends with it, or with `stop`.
        limit_s: how long is too long, seconds.
    """

    def __init__(self, parent: QObject | None = None, limit_s: float = LIMIT_S) -> None:
        super().__init__(parent)
        self._limit = limit_s
        self._watched = threading.get_ident()
        self._stopped = threading.Event()
        self._beat_at = time.monotonic()
        self._timer = QTimer(self, interval=BEAT_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._thread = threading.Thread(target=self._watch, name="gui watchdog", daemon=True)

    def start(self) -> None:
        """Begin to watch, as soon as events are processed."""
        QTimer.singleShot(0, self, self._begin)

    def stop(self) -> None:
        """Watch no more; safe to call twice, and without `start`."""
        self._timer.stop()
        self._stopped.set()
        if self._thread.is_alive():
            self._thread.join()

    def _begin(self) -> None:
        if self._stopped.is_set() or self._thread.is_alive():
            return
        self._beat()
        self._timer.start()
        self._thread.start()

    def _beat(self) -> None:
        self._beat_at = time.monotonic()

    def _watch(self) -> None:
        told_of = 0.0
        while not self._stopped.wait(self._limit / 4):
            beat = self._beat_at
            blocked = time.monotonic() - beat
            if blocked > self._limit and beat != told_of:
                told_of = beat
                _log.warning("the GUI thread is blocked for %.0f ms:\n%s", blocked * 1000, self._stack())

    def _stack(self) -> str:
        frame = sys._current_frames().get(self._watched)
        return "".join(traceback.format_stack(frame)) if frame is not None else "no Python code"
