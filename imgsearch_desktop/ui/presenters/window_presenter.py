"""Brings the window to life: makes the presenters, starts them, and lets them stop."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from imgsearch_desktop.domain.photo import PhotoId
from imgsearch_desktop.domain.result import Hit
from imgsearch_desktop.ui.grid.feed import GridFeed
from imgsearch_desktop.ui.main_window import MainWindow
from imgsearch_desktop.ui.presenters.acting_presenter import ActingPresenter
from imgsearch_desktop.ui.presenters.browser_presenter import BrowserPresenter
from imgsearch_desktop.ui.presenters.covers import Covers
from imgsearch_desktop.ui.presenters.details_presenter import details_presenters
from imgsearch_desktop.ui.presenters.dialogs_presenter import DialogsPresenter
from imgsearch_desktop.ui.presenters.drop_presenter import DropPresenter
from imgsearch_desktop.ui.presenters.engine_presenter import EnginePresenter
from imgsearch_desktop.ui.presenters.first_look_presenter import FirstLookPresenter
from imgsearch_desktop.ui.presenters.gather import Gatherer
from imgsearch_desktop.ui.presenters.library_presenter import LibraryPresenter, Overview
from imgsearch_desktop.ui.presenters.library_view import LibraryView
from imgsearch_desktop.ui.presenters.model_presenter import ModelPresenter
from imgsearch_desktop.ui.presenters.navigator import Navigator
from imgsearch_desktop.ui.presenters.panel_presenter import PanelPresenter
from imgsearch_desktop.ui.presenters.photo_actions import PhotoActions
from imgsearch_desktop.ui.presenters.search_presenter import SearchPresenter, SimilarPresenter
from imgsearch_desktop.ui.presenters.settings_keeper import SettingsKeeper
from imgsearch_desktop.ui.presenters.viewer_presenter import ViewerPresenter
from imgsearch_desktop.ui.state.history import History
from imgsearch_desktop.ui.use_cases import UseCases
from imgsearch_desktop.workers import threads
from imgsearch_desktop.workers.background import Background
from imgsearch_desktop.workers.thumbnails import TileSize

ANCHOR_SIDE = 640
"""Device pixels of the anchor's longer side; the trail and chips use the same pictures."""

COVER_SIDE = 264


class Closing(Protocol):
    """A part that has threads."""

    def close(self) -> None:
        """Begin to stop, without waiting for it."""


class WindowPresenter(QObject):
    """Everything behind the window.

    Args:
        window: its parts.
        use_cases: what can be asked.
        pictures_folder: the user's own pictures folder, None if there is none.
        history: where one has been, in a former window; None for a new one.
    """

    language_chosen = Signal()
    """The settings name another language: the window is to be built anew."""

    def __init__(
        self,
        window: MainWindow,
        use_cases: UseCases,
        pictures_folder: Path | None,
        history: History | None = None,
    ) -> None:
        super().__init__(window)
        self.window = window
        gatherer = Gatherer(use_cases)

        def thumbnail(photo_id: int) -> bytes | None:
            return use_cases.thumbnail.load(PhotoId(photo_id))

        self.covers = Covers(thumbnail, TileSize(ANCHOR_SIDE, fill=False), self)
        self.explore_covers = Covers(thumbnail, TileSize(COVER_SIDE, fill=True), self)
        self.feeds = [
            GridFeed(grid, gatherer.facts, thumbnail) for grid in (window.grid, window.similar.grid)
        ]
        self.navigator = Navigator(self.covers, history, self)
        self._warm_up = use_cases.warm_up
        self._interrupt = use_cases.interrupt
        self._warmer = Background("warming up", self)
        self.search = SearchPresenter(gatherer, self)
        self.similar = SimilarPresenter(gatherer, self)
        self.library = LibraryPresenter(use_cases, self)
        self.browser = BrowserPresenter(
            window,
            self.navigator,
            self.search,
            self.covers,
            self.feeds[0],
            use_cases.settings.window.searches,
        )
        self.panel = PanelPresenter(window, self.navigator, self.similar, self.covers, self._hit_of)
        self.library_view = LibraryView(
            window,
            self.library,
            self.navigator,
            self.explore_covers,
            pictures_folder,
        )
        self.first_look = FirstLookPresenter(window, use_cases.first_look, self.library, self.navigator)
        self.drops = DropPresenter(window, self.navigator, self.library, use_cases.web)
        self.viewer = ViewerPresenter(window, self.navigator, use_cases, self.covers)
        self.acting = ActingPresenter(
            window, use_cases, self.navigator, self.library, self.panel, self.viewer
        )
        self.details = details_presenters(
            window, self.navigator, gatherer, self.acting, self._hit_of, self.panel.hit_of
        )
        self.keeper = SettingsKeeper(window, use_cases.settings, use_cases.save_settings)
        self.browser.searches_changed.connect(self.keeper.note_searches)
        self.models = ModelPresenter(window, use_cases.models, self.library, self.keeper)
        self.models.switched.connect(self.library.note_change)
        self.browser.beyond_model.connect(self.models.offer_above_results)
        self.dialogs = DialogsPresenter(
            window, use_cases, self.library, self.library_view, self.acting.acting, self.keeper, self.models
        )
        self.engine = EnginePresenter(window.status, use_cases.engine, self)
        self.dialogs.engine_chosen.connect(self.engine.switch)
        self.engine.switched.connect(self.search.ask_again)
        self.actions = PhotoActions(
            window,
            self.navigator,
            self.browser,
            self.library,
            self.library_view,
            self.drops,
            self.viewer,
            self.acting,
            self.dialogs,
        )
        self.dialogs.language_chosen.connect(self.language_chosen)
        self.library.overview_ready.connect(self._on_overview)
        self.library.changed.connect(self.search.ask_again)
        self.library.job_started.connect(lambda: self.keeper.note_unfinished(True))
        self.library.job_ended.connect(lambda: self.keeper.note_unfinished(False))
        self.library.keywords_read.connect(self.browser.offer_keywords)
        window.closing.connect(self.close)

    def _hit_of(self, photo_id: int) -> Hit | None:
        return self.browser.shown.hits.get(photo_id)

    def start(self, paths: Sequence[bytes] = ()) -> None:
        """Read the library and show it; take paths as if they had been dropped."""
        self.library.start()
        self.engine.start()
        if self.keeper.settings.window.unfinished:
            self.library.rescan()
        self.navigator.tell()
        self._warmer.submit(lambda _context: self._warm_up())
        self.acting.start()
        self.models.start()
        if paths:
            self.drops.take_paths(list(paths))

    def close(self) -> None:
        """Begin to stop everything, without waiting for it; what is done is kept. Safe to call twice."""
        self._interrupt()
        parts: tuple[Closing, ...] = (
            self.library,
            self.viewer,
            *self.details,
            self.dialogs,
            self.models,
            self.engine,
            self.keeper,
            self.search,
            self._warmer,
            self.similar,
            self.drops,
            self.first_look,
            *self.feeds,
            self.covers,
            self.explore_covers,
            self.acting,
        )
        for part in parts:
            part.close()

    def finish(self) -> bool:
        """Wait for the end of everything, store and carry out what is left; no window is shown any more.

        Returns:
            Whether every thread ended in time.
        """
        self.close()
        ended = threads.wait()
        self.keeper.finish()
        self.acting.finish()
        return ended

    def _on_overview(self, overview: Overview) -> None:
        self.browser.show_overview(overview)
