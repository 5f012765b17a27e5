"""Opens the viewer over what is shown, and leads back to the same place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QWidget

from imgsearch_desktop.domain.photo import Photo, PhotoId
from imgsearch_desktop.ui.grid.grid import PhotoGrid
from imgsearch_desktop.ui.main_window import MainWindow
from imgsearch_desktop.ui.presenters.covers import Covers
from imgsearch_desktop.ui.presenters.gather import Gatherer
from imgsearch_desktop.ui.presenters.navigator import Navigator
from imgsearch_desktop.ui.use_cases import UseCases
from imgsearch_desktop.ui.viewer.viewer import Viewer
from imgsearch_desktop.workers.background import Background
from imgsearch_desktop.workers.pictures import PictureLoader


class ViewerPresenter(QObject):
    """Between grids, panel and viewer.

    Args:
        window: its parts.
        navigator: where "similar" leads.
        use_cases: whole pictures.
        covers: the anchor's thumbnail.
    """

    def __init__(self, window: MainWindow, navigator: Navigator, use_cases: UseCases, covers: Covers) -> None:
        super().__init__(window)
        self._window = window
        self._navigator = navigator
        self._gatherer = Gatherer(use_cases)
        self._grid: PhotoGrid = window.grid
        self._from_anchor = False
        self._covers: dict[int, QPixmap] = {}
        covers.loaded.connect(self._keep_cover)
        self._loader = PictureLoader(lambda photo_id: use_cases.picture.load(PhotoId(photo_id)), self)
        self._details = Background("viewer details", self)
        self.viewer = Viewer(window.theme, self._loader, self._thumbnail_of, window.content)
        self._connect()

    def _connect(self) -> None:
        window, viewer = self._window, self.viewer
        for grid in (window.grid, window.similar.grid):
            grid.view_requested.connect(lambda row, grid=grid: self.open_row(grid, row))
        window.similar.anchor_clicked.connect(self.open_anchor)
        window.content.installEventFilter(self)
        viewer.shown.connect(self._on_shown)
        viewer.closed.connect(self._on_closed)
        viewer.similar_requested.connect(self._on_similar)
        viewer.full_screen_requested.connect(window.toggle_full_screen)
        window.full_screen_changed.connect(viewer.set_full_screen)
        self._details.succeeded.connect(lambda _generation, photo: self._on_details(photo))
        self._navigator.asked_changed.connect(lambda *_: viewer.close_viewer())
        self._navigator.trail_changed.connect(lambda *_: viewer.close_viewer())

    @property
    def showing(self) -> bool:
        """Whether the viewer covers the window."""
        return not self.viewer.isHidden()

    def close(self) -> None:
        """Let the threads end."""
        self._loader.close()
        self._details.close()

    # --- opening ---------------------------------------------------------------------------------------

    def open_row(self, grid: PhotoGrid, row: int) -> None:
        """Look at a photo of a grid; next and previous are the grid's."""
        self._from_anchor = False
        ids = cast("Sequence[int]", grid.photos.ids)  # an array: a million ids are not turned into a list
        self._open(grid, ids, row)

    def open_anchor(self) -> None:
        """Look at the anchor of the similar panel; next are the photos similar to it."""
        anchor = self._navigator.trail.anchor
        if anchor is not None:
            grid = self._window.similar.grid
            self._from_anchor = True
            self._open(grid, [anchor, *(int(one) for one in grid.photos.ids)], 0)

    def _open(self, grid: PhotoGrid, photo_ids: Sequence[int], index: int) -> None:
        self._grid = grid
        self._enable_rest(False)
        self.viewer.setGeometry(self._window.content.rect())
        self.viewer.open(photo_ids, index)

    def _enable_rest(self, enable: bool) -> None:
        """What lies under the viewer takes no keys."""
        window = self._window
        rest: tuple[QWidget, ...] = (window.top, window.sidebar, window.pages, window.similar, window.status)
        for part in rest:
            part.setEnabled(enable)

    # --- what comes up ---------------------------------------------------------------------------------

    def _on_shown(self, photo_id: int) -> None:
        gatherer = self._gatherer
        if not self._details.closed:
            self._details.submit(lambda _context: gatherer.photo(photo_id))

    def _on_details(self, photo: Photo | None) -> None:
        if photo is not None:
            self.viewer.set_photo(photo)

    def _thumbnail_of(self, photo_id: int) -> QImage | None:
        """A thumbnail that is in memory and shows the whole picture."""
        for grid in (self._window.grid, self._window.similar.grid):
            tile = grid.cache.get(photo_id)
            if tile is not None and tile.pixmap is not None and not tile.size.fill:
                return _plain(tile.pixmap)
        cover = self._covers.get(photo_id)
        return _plain(cover) if cover is not None else None

    def _keep_cover(self, photo_id: int, pixmap: QPixmap) -> None:
        """The anchor's cover is larger than its tile."""
        if photo_id == self._navigator.trail.anchor:
            self._covers = {photo_id: pixmap}

    # --- leaving ---------------------------------------------------------------------------------------

    def _on_closed(self, photo_id: int) -> None:
        self._details.cancel()
        self._enable_rest(True)
        if self._grid.choose_photo(photo_id) or not self._from_anchor:
            self._grid.setFocus()
        else:
            self._window.similar.anchor.setFocus()

    def _on_similar(self, photo_id: int) -> None:
        self.viewer.close_viewer()
        if self._grid is self._window.similar.grid:
            self._navigator.walk_on(photo_id)
        else:
            self._navigator.walk_from(photo_id)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The viewer covers the window whatever its size."""
        if watched is self._window.content and event.type() == QEvent.Type.Resize:
            self.viewer.setGeometry(self._window.content.rect())
        return super().eventFilter(watched, event)


def _plain(pixmap: QPixmap) -> QImage:
    image = pixmap.toImage()
    image.setDevicePixelRatio(1)
    return image
