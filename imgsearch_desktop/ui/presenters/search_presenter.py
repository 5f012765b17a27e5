"""Turns what is asked into what is shown: debounced, in the background, the latest wins."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer, Signal

from imgsearch_desktop.domain.photo import PhotoId
from imgsearch_desktop.domain.query import LibraryExample
from imgsearch_desktop.ui.presenters.gather import Gathered, Gatherer
from imgsearch_desktop.ui.state.asked import Asked
from imgsearch_desktop.workers.background import Background
from imgsearch_desktop.workers.contract import Problem

TYPING_MS = 90
"""A word is searched when no key has been pressed for this long."""


class SearchPresenter(QObject):
    """Gathers what the grid shows.

    Args:
        gatherer: asks the use cases.
        parent: owner.
    """

    gathered = Signal(object)
    """`Gathered`."""
    failed = Signal(object)
    """`Problem`."""

    def __init__(self, gatherer: Gatherer, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._gatherer = gatherer
        self._background = Background("search", self)
        self._asked = Asked()
        self._cameras: tuple[str, ...] = ()
        self._again = False
        self._delay = QTimer(self, singleShot=True, interval=TYPING_MS)
        self._delay.timeout.connect(self._submit)
        self._background.succeeded.connect(self._on_gathered)
        self._background.failed.connect(self._on_failed)
        self._background.finished.connect(self._on_finished)

    @property
    def cameras(self) -> tuple[str, ...]:
        """Cameras that can be named in a query."""
        return self._cameras

    def set_cameras(self, cameras: Sequence[str]) -> None:
        """Cameras that can be named in a query."""
        self._cameras = tuple(cameras)

    def ask(self, asked: Asked, *, typing: bool = False) -> None:
        """Gather this, at once or when typing pauses; earlier questions are dropped."""
        self._asked = asked
        self._again = False
        if typing:
            self._delay.start()
        else:
            self._delay.stop()
            self._submit()

    def ask_again(self) -> None:
        """Gather the same anew because the library has changed; waits for a question under way."""
        if self._background.busy or self._delay.isActive():
            self._again = True
        else:
            self._submit()

    def close(self) -> None:
        """Let the thread end."""
        self._delay.stop()
        self._again = False
        self._background.close()

    def _submit(self) -> None:
        if self._background.closed:
            return
        asked, cameras = self._asked, self._cameras
        self._background.submit(lambda context: self._gatherer.gather(asked, cameras, context.control))

    def _on_gathered(self, _generation: int, gathered: Gathered) -> None:
        self.gathered.emit(gathered)

    def _on_failed(self, _generation: int, problem: Problem) -> None:
        self.failed.emit(problem)

    def _on_finished(self, _generation: int) -> None:
        if self._again and not self._background.busy:
            self._again = False
            self._submit()


class SimilarPresenter(QObject):
    """Gathers photos similar to one of the library.

    Args:
        gatherer: asks the use cases.
        parent: owner.
    """

    gathered = Signal(int, object, object)
    """The anchor's id, its `Photo` (None if it is gone), and `Gathered`."""
    failed = Signal(int, object)
    """The anchor's id and a `Problem`."""

    def __init__(self, gatherer: Gatherer, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._gatherer = gatherer
        self._anchor = -1
        self._background = Background("similar", self)
        self._background.succeeded.connect(self._on_gathered)
        self._background.failed.connect(self._on_failed)

    def ask(self, photo_id: int) -> None:
        """Gather what is similar to this photo."""
        if self._background.closed:
            return
        self._anchor = photo_id
        asked = Asked(examples=(LibraryExample(PhotoId(photo_id)),))
        gatherer = self._gatherer
        self._background.submit(
            lambda context: (gatherer.photo(photo_id), gatherer.similar(asked, context.control))
        )

    def stop(self) -> None:
        """Nothing is wanted any more."""
        self._background.cancel()

    def close(self) -> None:
        """Let the thread end."""
        self._background.close()

    def _on_gathered(self, _generation: int, answer: tuple[object, Gathered]) -> None:
        self.gathered.emit(self._anchor, *answer)

    def _on_failed(self, _generation: int, problem: Problem) -> None:
        self.failed.emit(self._anchor, problem)
