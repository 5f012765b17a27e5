"""A background thread as the window sees it: hand in work, get signals on the GUI thread."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QThread, Signal
from shiboken6 import isValid

from imgsearch_desktop.workers import threads
from imgsearch_desktop.workers.contract import Order, Problem, Work, Worker


class Background(QObject):
    """Runs work on a thread of its own; the latest generation wins.

    Handing in new work cancels what is under way. Its late answer is dropped: an older generation still ends,
    but only as `cancelled` and `finished`. The thread starts with the first work; `close` lets it end.

    Args:
        name: the thread's name, for debuggers and the log.
        parent: owner.
    """

    started = Signal(int)
    progressed = Signal(int, object)
    partial = Signal(int, object)
    succeeded = Signal(int, object)
    failed = Signal(int, object)
    cancelled = Signal(int)
    finished = Signal(int)

    _ordered = Signal(object)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread = QThread()
        self._thread.setObjectName(name)
        self._worker = Worker()
        self._worker.moveToThread(self._thread)
        self._ordered.connect(self._worker.perform)
        self._worker.started.connect(self._on_started)
        self._worker.progressed.connect(self._on_progressed)
        self._worker.partial.connect(self._on_partial)
        self._worker.succeeded.connect(self._on_succeeded)
        self._worker.failed.connect(self._on_failed)
        self._worker.cancelled.connect(self.cancelled)
        self._worker.finished.connect(self._on_finished)
        self._orders: dict[int, Order] = {}
        self._latest = 0
        self._closed = False
        self.destroyed.connect(partial(_let_go, self._thread, self._orders))

    @property
    def generation(self) -> int:
        """Number of the newest work, 0 before the first."""
        return self._latest

    @property
    def busy(self) -> bool:
        """Whether any work has not finished yet."""
        return bool(self._orders)

    @property
    def closed(self) -> bool:
        """Whether `close` was called: no more work is taken."""
        return self._closed

    def submit(self, work: Work) -> int:
        """Overtake what is under way and start this work; returns its generation.

        Raises:
            RuntimeError: after `close`.
        """
        if self._closed:
            raise RuntimeError(f"{self._thread.objectName()} is closed")
        self.cancel()
        self._latest += 1
        order = Order(self._latest, work)
        self._orders[order.generation] = order
        threads.start(self._thread, self._worker)
        self._ordered.emit(order)
        return order.generation

    def cancel(self) -> None:
        """Ask everything under way to stop; it ends as cancelled."""
        for order in self._orders.values():
            order.control.cancel()

    def pause(self) -> None:
        """Ask the newest work to wait at its next checkpoint."""
        if order := self._orders.get(self._latest):
            order.control.pause()

    def resume(self) -> None:
        """Let paused work go on."""
        if order := self._orders.get(self._latest):
            order.control.resume()

    @property
    def paused(self) -> bool:
        """Whether the newest work is (to be) paused."""
        order = self._orders.get(self._latest)
        return order is not None and order.control.paused

    def close(self) -> None:
        """Cancel everything and let the thread end, without waiting for it; safe to call twice."""
        self._closed = True
        _let_go(self._thread, self._orders)

    def _current(self, generation: int) -> bool:
        order = self._orders.get(generation)
        return generation == self._latest and order is not None and not order.control.cancelled

    def _on_started(self, generation: int) -> None:
        if self._current(generation):
            self.started.emit(generation)

    def _on_progressed(self, generation: int, progress: object) -> None:
        if self._current(generation):
            self.progressed.emit(generation, progress)

    def _on_partial(self, generation: int, value: object) -> None:
        if self._current(generation):
            self.partial.emit(generation, value)

    def _on_succeeded(self, generation: int, answer: object) -> None:
        if self._current(generation):
            self.succeeded.emit(generation, answer)
        else:
            self.cancelled.emit(generation)

    def _on_failed(self, generation: int, problem: Problem) -> None:
        if self._current(generation):
            self.failed.emit(generation, problem)
        else:
            self.cancelled.emit(generation)

    def _on_finished(self, generation: int) -> None:
        self._orders.pop(generation, None)
        self.finished.emit(generation)


def _let_go(thread: QThread, orders: dict[int, Order]) -> None:
    """Ask everything under way to stop, and the thread to end after it."""
    for order in orders.values():
        order.control.cancel()
    if isValid(thread):  # at the very end of the program Qt's part may have gone before
        thread.quit()
