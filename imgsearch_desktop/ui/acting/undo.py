"""What can be undone, newest first."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

MOST = 50


class Undoable:
    """One thing that can be undone once.

    Args:
        words: what undoing does, for a menu.
        run: does it.
        expires: monotonic time from which on it is too late, None for never.
    """

    def __init__(self, words: str, run: Callable[[], None], expires: float | None = None) -> None:
        self.words = words
        self._run: Callable[[], None] | None = run
        self._expires = expires

    @property
    def possible(self) -> bool:
        """Whether it has not been undone yet and it is not too late."""
        return self._run is not None and (self._expires is None or time.monotonic() < self._expires)

    def __call__(self) -> None:
        """Undo it, unless that has happened before."""
        run, self._run = self._run, None
        if run is not None:
            run()


class UndoStack(QObject):
    """The newest can be undone first; what is too late or done is forgotten."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: list[Undoable] = []

    def push(self, words: str, run: Callable[[], None], seconds: float | None = None) -> Undoable:
        """Note something that can be undone, for some seconds or for good."""
        expires = None if seconds is None else time.monotonic() + seconds
        entry = Undoable(words, run, expires)
        self._entries = [*self._entries[-MOST + 1 :], entry]
        self.changed.emit()
        return entry

    @property
    def next(self) -> Undoable | None:
        """What `undo` would undo, None for nothing."""
        self._entries = [entry for entry in self._entries if entry.possible]
        return self._entries[-1] if self._entries else None

    def undo(self) -> bool:
        """Undo the newest; whether there was anything."""
        entry = self.next
        if entry is None:
            return False
        entry()
        self.changed.emit()
        return True
