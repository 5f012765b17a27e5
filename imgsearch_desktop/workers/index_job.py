"""The job that indexes folders: one run at a time, further folders wait for their turn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal

from imgsearch_desktop.application.tasks import Progress, TaskControl
from imgsearch_desktop.workers.background import Background
from imgsearch_desktop.workers.contract import WorkContext

RunIndexing = Callable[[Sequence[bytes], TaskControl, Callable[[Progress], None]], Any]
"""The indexing use case: folders (none = every folder of the library), control, progress -> report."""


class IndexJob(QObject):
    """Indexes folders in the background.

    Folders asked for while a run is under way are indexed after it. The signals keep the contract of
    `workers.contract`, one round per run.

    Args:
        run: the use case.
        parent: owner.
    """

    started = Signal(int)
    progressed = Signal(int, object)
    partial = Signal(int, object)
    succeeded = Signal(int, object)
    failed = Signal(int, object)
    cancelled = Signal(int)
    finished = Signal(int)
    paused_changed = Signal(bool)

    def __init__(self, run: RunIndexing, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._run = run
        self._background = Background("indexing", self)
        self._waiting: list[tuple[bytes, ...]] = []
        for name in ("started", "progressed", "partial", "succeeded", "failed", "cancelled"):
            getattr(self._background, name).connect(getattr(self, name))
        self._background.finished.connect(self._on_finished)
        self._closed = False
        self._pause_next = False
        self._folders: tuple[bytes, ...] = ()

    @property
    def active(self) -> bool:
        """Whether a run is under way."""
        return self._background.busy

    @property
    def folders(self) -> tuple[bytes, ...]:
        """The folders of the run under way; empty for every folder of the library, or without a run."""
        return self._folders

    @property
    def paused(self) -> bool:
        """Whether the run is paused."""
        return self._background.paused

    def start(self, folders: Sequence[bytes] = ()) -> None:
        """Index these folders, now or after the present run; none means every folder of the library."""
        if self._closed:
            return
        wanted = tuple(folders)
        if self.active:
            if wanted not in self._waiting:
                self._waiting.append(wanted)
            return
        self._folders = wanted
        self._background.submit(lambda context: self._work(wanted, context))
        if self._pause_next:
            self._pause_next = False
            self.pause()

    def pause(self) -> None:
        """Pause at the next step."""
        self._background.pause()
        self.paused_changed.emit(self.paused)

    def resume(self) -> None:
        """Go on after a pause."""
        self._background.resume()
        self.paused_changed.emit(self.paused)

    def restart(self) -> None:
        """Begin the run under way anew, before those that wait; what is done stays done, a pause too."""
        if not self.active:
            return
        if self._folders not in self._waiting:
            self._waiting.insert(0, self._folders)
        self._pause_next = self.paused
        self._background.cancel()

    def cancel(self) -> None:
        """Stop this run and forget the waiting ones; what is done stays done."""
        self._waiting.clear()
        self._background.cancel()

    def close(self) -> None:
        """Stop and let the thread end."""
        self._closed = True
        self._waiting.clear()
        self._background.close()

    def _work(self, folders: tuple[bytes, ...], context: WorkContext) -> Any:
        return self._run(folders, context.control, context.report)

    def _on_finished(self, generation: int) -> None:
        self.finished.emit(generation)
        if self._waiting and not self._closed and not self.active:
            self.start(self._waiting.pop(0))
