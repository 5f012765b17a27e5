"""The details of the photo one is at: the selected one, else the anchor of the similar panel."""

from __future__ import annotations

import os
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from imgsearch_desktop.domain.photo import Photo
from imgsearch_desktop.domain.result import Hit
from imgsearch_desktop.ui.grid.grid import PhotoGrid
from imgsearch_desktop.ui.main_window import MainWindow
from imgsearch_desktop.ui.panels.details_panel import DetailsPanel
from imgsearch_desktop.ui.presenters.acting_presenter import ActingPresenter
from imgsearch_desktop.ui.presenters.gather import Gatherer
from imgsearch_desktop.ui.presenters.library_view import open_path
from imgsearch_desktop.ui.presenters.navigator import Navigator
from imgsearch_desktop.workers.background import Background

SETTLE_MS = 60
"""Walking through photos with a key held down reads the details of the last one only."""


class DetailsPresenter(QObject):
    """Fills one panel of details.

    Args:
        panel: what it fills.
        grid: whose selected photo counts.
        gatherer: reads photos.
        acting: what the panel's buttons do.
        hit_of: why a photo was found, None if it was not.
        fallback: the photo to show when none is selected, None for none.
        parent: owner.
    """

    def __init__(
        self,
        panel: DetailsPanel,
        grid: PhotoGrid,
        gatherer: Gatherer,
        acting: ActingPresenter,
        hit_of: Callable[[int], Hit | None],
        fallback: Callable[[], int | None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._panel = panel
        self._grid = grid
        self._gatherer = gatherer
        self._hit_of = hit_of
        self._fallback = fallback
        self._shown: int | None = None
        self._reader = Background("details", self)
        self._reader.succeeded.connect(lambda _generation, photo: self._on_read(photo))
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self._read)
        grid.selection_changed.connect(self.refresh)
        self._connect(acting)

    def _connect(self, acting: ActingPresenter) -> None:
        panel, doing = self._panel, acting.acting
        panel.reveal_requested.connect(lambda path: doing.reveal_paths([path]))
        panel.open_requested.connect(lambda path: open_path(os.fsdecode(path)))
        panel.date_requested.connect(lambda: doing.ask_date([] if self._shown is None else [self._shown]))
        panel.copied.connect(lambda: acting.overlay.undo_bar.tell(self.tr("Copied")))
        doing.photos_changed.connect(self.refresh)

    def close(self) -> None:
        """Let the thread end."""
        self._settle.stop()
        self._reader.close()

    def refresh(self) -> None:
        """Look anew which photo one is at, and read it."""
        if self._panel.isVisible() and not self._reader.closed:
            self._settle.start()

    def _wanted(self) -> int | None:
        selected = self._grid.selected_ids()
        return int(selected[0]) if len(selected) == 1 else self._fallback()

    def _read(self) -> None:
        wanted, gatherer = self._wanted(), self._gatherer
        if wanted is None:
            self._reader.cancel()
            self._show(None)
        else:
            self._reader.submit(lambda _context: gatherer.photo(wanted))

    def _on_read(self, photo: Photo | None) -> None:
        self._show(photo)

    def _show(self, photo: Photo | None) -> None:
        self._shown = None if photo is None else int(photo.photo_id)
        if photo is None:
            self._panel.clear()
        else:
            self._panel.set_photo(photo, self._hit_of(int(photo.photo_id)))


def details_presenters(
    window: MainWindow,
    navigator: Navigator,
    gatherer: Gatherer,
    acting: ActingPresenter,
    hit_of: Callable[[int], Hit | None],
    similar_hit_of: Callable[[int], Hit | None],
) -> tuple[DetailsPresenter, DetailsPresenter]:
    """The details in the similar panel, and those of the photo selected in the main grid."""
    in_panel = DetailsPresenter(
        window.similar.details,
        window.similar.grid,
        gatherer,
        acting,
        similar_hit_of,
        lambda: navigator.trail.anchor,
        window,
    )
    beside = DetailsPresenter(
        window.details_side.area.panel, window.grid, gatherer, acting, hit_of, lambda: None, window
    )
    navigator.trail_changed.connect(lambda _trail: in_panel.refresh())
    window.details_shown.connect(beside.refresh)
    return in_panel, beside
