"""The similar panel: follows the trail."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QPixmap

from imgsearch_desktop.domain.photo import Photo, PhotoId
from imgsearch_desktop.domain.query import LibraryExample
from imgsearch_desktop.domain.result import Hit
from imgsearch_desktop.ui.grid.contents import Contents
from imgsearch_desktop.ui.grid.place import Place
from imgsearch_desktop.ui.main_window import MainWindow
from imgsearch_desktop.ui.presenters.covers import Covers
from imgsearch_desktop.ui.presenters.gather import Gathered
from imgsearch_desktop.ui.presenters.navigator import Navigator
from imgsearch_desktop.ui.presenters.search_presenter import SimilarPresenter
from imgsearch_desktop.ui.state.history import Trail
from imgsearch_desktop.ui.words.photo_details import photo_name
from imgsearch_desktop.ui.words.spoken import spoken
from imgsearch_desktop.workers.contract import Problem


class PanelPresenter(QObject):
    """Between the similar panel and the trail.

    Args:
        window: its parts.
        navigator: the trail.
        similar: gathers.
        covers: thumbnails of trail and anchor.
        hit_of: why the main grid found a photo, None if it did not.
    """

    def __init__(
        self,
        window: MainWindow,
        navigator: Navigator,
        similar: SimilarPresenter,
        covers: Covers,
        hit_of: Callable[[int], Hit | None],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._panel = window.similar
        self._navigator = navigator
        self._similar = similar
        self._covers = covers
        self._hit_of = hit_of
        self._hits: dict[int, Hit] = {}
        self._anchor_hit: Hit | None = None
        self._shown: int | None = None
        self._connect()

    def _connect(self) -> None:
        panel, navigator = self._panel, self._navigator
        navigator.trail_changed.connect(self._on_trail)
        navigator.history_changed.connect(
            lambda back, forward: panel.show_history(back=back, forward=forward)
        )
        panel.closed.connect(navigator.close_trail)
        panel.back_clicked.connect(navigator.back)
        panel.forward_clicked.connect(navigator.forward)
        panel.trail.step_chosen.connect(navigator.go_to_step)
        panel.as_query_clicked.connect(self._use_as_query)
        panel.grid.similar_requested.connect(self._on_similar)
        self._window.grid.similar_requested.connect(self._on_similar_in_grid)
        self._similar.gathered.connect(self._on_gathered)
        self._similar.failed.connect(self._on_failed)
        self._covers.loaded.connect(self._on_cover)

    def hit_of(self, photo_id: int) -> Hit | None:
        """Why a photo of the panel was found, None for nothing."""
        if photo_id == self._shown and self._anchor_hit is not None:
            return self._anchor_hit
        return self._hits.get(photo_id) or self._hit_of(photo_id)

    def refresh(self) -> None:
        """Photos have changed: gather what is similar to the anchor anew."""
        anchor = self._navigator.trail.anchor
        if anchor is not None:
            self._similar.ask(anchor)

    def _on_similar_in_grid(self, row: int) -> None:
        self._navigator.walk_from(int(self._window.grid.photos.ids[row]))

    def _on_similar(self, row: int) -> None:
        self._navigator.walk_on(int(self._panel.grid.photos.ids[row]))

    def _use_as_query(self) -> None:
        anchor = self._navigator.trail.anchor
        if anchor is not None:
            self._navigator.add_examples([LibraryExample(PhotoId(anchor))], alone=True)

    def _on_trail(self, trail: Trail) -> None:
        anchor = trail.anchor
        if anchor is None:
            self._similar.stop()
            self._shown = None
            self._window.show_similar(False)
            self._window.grid.setFocus()
            return
        self._panel.show_trail(trail)
        self._panel.show_message("")
        self._panel.anchor.set_pixmap(None)
        self._window.show_similar(True)
        self._covers.want([anchor, *(step for step in trail.steps if step != anchor)])
        self._similar.ask(anchor)

    def _on_cover(self, photo_id: int, pixmap: QPixmap) -> None:
        self._panel.trail.set_picture(photo_id, pixmap)
        if photo_id == self._navigator.trail.anchor:
            self._panel.anchor.set_pixmap(pixmap)

    def _on_gathered(self, anchor: int, photo: Photo | None, gathered: Gathered) -> None:
        if anchor != self._navigator.trail.anchor:
            return
        same, self._shown = self._shown == anchor, anchor
        self._anchor_hit = self.hit_of(anchor)
        self._hits = dict(gathered.hits)
        self._panel.grid.show_contents(gathered.contents, None if same else Place())
        if photo is None:
            self._panel.show_message(self.tr("This photo is gone. Go back, or choose another one."))
            return
        self._panel.anchor.set_name(photo_name(photo))
        if not len(gathered.contents.ids):
            self._panel.show_message(self.tr("No other photo is similar to this one."))

    def _on_failed(self, anchor: int, problem: Problem) -> None:
        if anchor == self._navigator.trail.anchor:
            self._panel.grid.show_contents(Contents(), Place())
            self._panel.show_message(spoken(problem.message))
