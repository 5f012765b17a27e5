"""A first look at the first folder: shown within a second, gone when the index has caught up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from PySide6.QtCore import QObject
from PySide6.QtGui import QImage

from imgsearch_desktop.application.first_look import FirstLook
from imgsearch_desktop.application.ports import Preview
from imgsearch_desktop.ui.main_window import MainWindow
from imgsearch_desktop.ui.presenters.library_presenter import LibraryPresenter, Overview
from imgsearch_desktop.ui.presenters.navigator import Navigator
from imgsearch_desktop.workers.background import Background
from imgsearch_desktop.workers.contract import WorkContext
from imgsearch_desktop.workers.previews import upright

ENOUGH = 24
"""When so many photos can be looked at, or all that were previewed, the real ones are shown."""

AT_ONCE = 12
"""Pictures that are handed to the window together."""


class FirstLookPresenter(QObject):
    """Shows previews of folders while the library has no photo yet.

    Args:
        window: its parts.
        first_look: the use case.
        library: adds folders and indexes them.
        navigator: whoever asks for something wants to see that.
    """

    def __init__(
        self, window: MainWindow, first_look: FirstLook, library: LibraryPresenter, navigator: Navigator
    ) -> None:
        super().__init__(window)
        self._window, self._panel = window, window.first_look
        self._first_look = first_look
        self._library = library
        self._background = Background("first look", self)
        self._background.partial.connect(self._on_pictures)
        library.adding.connect(self._look)
        library.overview_ready.connect(self._on_overview)
        library.job_ended.connect(self._end)
        navigator.asked_changed.connect(lambda *_: self._end())

    def close(self) -> None:
        """Let the thread end."""
        self._background.close()

    def _look(self, folders: Sequence[bytes], exclude: Sequence[str]) -> None:
        overview = self._library.overview
        if self._background.closed or (overview is not None and overview.state.photos):
            return

        def work(context: WorkContext) -> None:
            for previews in _together(self._first_look.look(folders, exclude, context.control)):
                images = [upright(preview) for preview in previews]
                context.partial([image for image in images if not image.isNull()])

        self._background.submit(work)

    def _on_pictures(self, _generation: int, images: list[QImage]) -> None:
        grid = self._window.grid
        self._panel.set_tiles(grid.tile_size, fill=grid.fill)
        self._panel.add(images)

    def _on_overview(self, overview: Overview) -> None:
        if overview.state.photos >= min(ENOUGH, max(1, self._panel.count)):
            self._end()

    def _end(self) -> None:
        self._background.cancel()
        self._panel.clear()


def _together(previews: Iterator[Preview]) -> Iterator[list[Preview]]:
    while some := list(islice(previews, AT_ONCE)):
        yield some
