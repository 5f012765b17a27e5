"""The one contract that all background work keeps.

Each piece of work gets a generation number and ends with exactly one of `succeeded`, `failed` and
`cancelled`, then `finished`, also when it raises. Only the newest generation may succeed or fail; one that
was overtaken ends as cancelled, however far it came.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot

from imgsearch_desktop.application.tasks import Progress, TaskControl
from imgsearch_desktop.domain.errors import Cancelled, KnownError

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Problem:
    """Why work failed, in words for people.

    Attributes:
        message: one or two clear sentences.
        known: the user can understand and mend it; otherwise it is a bug, and it is in the log.
    """

    message: str
    known: bool


@dataclass(frozen=True, slots=True)
class WorkContext:
    """What work may use while it runs, on the worker's thread.

    Attributes:
        control: pause, resume and cancel; call `control.checkpoint()` between small steps.
        report: takes progress.
        partial: takes a first part of the answer.
    """

    control: TaskControl
    report: Callable[[Progress], None]
    partial: Callable[[object], None]


Work = Callable[[WorkContext], Any]
"""Background work: returns its answer, raises `Cancelled` when stopped, anything else when it failed."""


@dataclass(frozen=True, slots=True)
class Order:
    """A piece of work on its way to the worker's thread."""

    generation: int
    work: Work
    control: TaskControl = field(default_factory=TaskControl)


class Worker(QObject):
    """Performs orders one after the other on the thread it has been moved to."""

    started = Signal(int)
    progressed = Signal(int, object)
    partial = Signal(int, object)
    succeeded = Signal(int, object)
    failed = Signal(int, object)
    cancelled = Signal(int)
    finished = Signal(int)

    @Slot(object)
    def perform(self, order: Order) -> None:
        """Do the work and tell how it ended; never raises."""
        try:
            self._attempt(order)
        finally:
            self.finished.emit(order.generation)

    def _attempt(self, order: Order) -> None:
        generation = order.generation
        if order.control.cancelled:
            self.cancelled.emit(generation)
            return
        self.started.emit(generation)
        context = WorkContext(
            order.control,
            lambda progress: self.progressed.emit(generation, progress),
            lambda value: self.partial.emit(generation, value),
        )
        try:
            answer = order.work(context)
        except Cancelled:
            self.cancelled.emit(generation)
        except Exception as error:
            self.failed.emit(generation, problem_of(error))
        else:
            self.succeeded.emit(generation, answer)


def problem_of(error: Exception) -> Problem:
    """Words for an error; a bug is logged with its traceback and gets general words."""
    if isinstance(error, KnownError):
        return Problem(str(error), known=True)
    log.error("Background work failed", exc_info=error)
    words = QCoreApplication.translate(
        "Problem", "Something went wrong. Your photos are untouched; the details are in the log file."
    )
    return Problem(words, known=False)
