"""Short pieces of work that must all be done, one after the other, none overtaken."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Signal

from imgsearch_desktop.workers.background import Background
from imgsearch_desktop.workers.contract import Problem, Work


@dataclass(frozen=True, slots=True)
class _Errand:
    work: Work
    done: Callable[[Any], None]
    failed: Callable[[Problem], None]


class Errands(QObject):
    """A queue of work on a thread of its own; answers come on the GUI thread.

    Args:
        name: the thread's name, for debuggers and the log.
        parent: owner.

    Signals:
        progressed: `Progress` of the errand under way.
        idle: the queue has run empty.
    """

    progressed = Signal(object)
    idle = Signal()

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: deque[_Errand] = deque()
        self._current: _Errand | None = None
        self._closed = False
        self._background = Background(name, self)
        self._background.progressed.connect(lambda _, progress: self.progressed.emit(progress))
        self._background.succeeded.connect(self._on_succeeded)
        self._background.failed.connect(self._on_failed)
        self._background.finished.connect(self._on_finished)

    @property
    def busy(self) -> bool:
        """Whether anything is under way or waiting."""
        return self._current is not None or bool(self._waiting)

    def run(self, work: Work, done: Callable[[Any], None], failed: Callable[[Problem], None]) -> None:
        """Do this after everything asked for before.

        Args:
            work: runs on the thread.
            done: takes its answer.
            failed: takes the problem; neither is called for an errand that was cancelled.
        """
        if self._closed:
            return
        self._waiting.append(_Errand(work, done, failed))
        if self._current is None:
            self._next()

    def cancel(self) -> None:
        """Forget what waits and ask what is under way to stop."""
        self._waiting.clear()
        self._background.cancel()

    def close(self) -> None:
        """Ask what is under way to stop, forget the rest, let the thread end."""
        self._closed = True
        self._waiting.clear()
        self._background.close()

    def _next(self) -> None:
        self._current = self._waiting.popleft() if self._waiting else None
        if self._current is None:
            self.idle.emit()
        else:
            self._background.submit(self._current.work)

    def _on_succeeded(self, _generation: int, answer: Any) -> None:
        if self._current is not None:
            self._current.done(answer)

    def _on_failed(self, _generation: int, problem: Problem) -> None:
        if self._current is not None:
            self._current.failed(problem)

    def _on_finished(self, _generation: int) -> None:
        if not self._closed:
            self._next()
