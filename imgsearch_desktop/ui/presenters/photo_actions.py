"""What can be done with the selected photos, and the other actions of the table."""

from __future__ import annotations

import os
from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from imgsearch_desktop.domain.photo import PhotoId
from imgsearch_desktop.domain.query import LibraryExample
from imgsearch_desktop.ui.grid.contents import TileFacts
from imgsearch_desktop.ui.grid.grid import ZOOM_STEP, PhotoGrid
from imgsearch_desktop.ui.grid.model import MOST_DRAGGED
from imgsearch_desktop.ui.grid.selection import selected_rows
from imgsearch_desktop.ui.main_window import MainWindow
from imgsearch_desktop.ui.presenters.drop_presenter import DropPresenter
from imgsearch_desktop.ui.presenters.library_presenter import LibraryPresenter
from imgsearch_desktop.ui.presenters.library_view import LibraryView, open_path
from imgsearch_desktop.ui.presenters.navigator import MOST_EXAMPLES, Navigator
from imgsearch_desktop.ui.state.asked import Section

MOST_OPENED = 10
"""Photos that are opened with another program at once at most."""


class PhotoActions(QObject):
    """Connects the table of actions.

    Args:
        window: its parts.
        navigator: where one is.
        library: the indexing job.
        library_view: chooses folders.
        drops: pastes and chooses pictures.
    """

    def __init__(
        self,
        window: MainWindow,
        navigator: Navigator,
        library: LibraryPresenter,
        library_view: LibraryView,
        drops: DropPresenter,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._navigator = navigator
        self._grid: PhotoGrid = window.grid
        runs: dict[str, Callable[[], object]] = {
            "add_folder": library_view.choose_folder,
            "search_picture": drops.choose_picture,
            "paste": drops.paste,
            "rescan": library.rescan,
            "pause": library.toggle_pause,
            "quit": window.close,
            "view": self._view,
            "similar": self._similar,
            "as_query": self._as_query,
            "copy": self._copy,
            "copy_path": self._copy_paths,
            "reveal": self._reveal,
            "open_with": self._open,
            "select_all": self._select_all,
            "search": self._focus_search,
            "larger": lambda: self._resize(ZOOM_STEP),
            "smaller": lambda: self._resize(-ZOOM_STEP),
            "full_screen": self._toggle_full_screen,
            "back": navigator.back,
            "forward": navigator.forward,
            "all": lambda: navigator.go_to_section(Section.ALL),
            "recent": lambda: navigator.go_to_section(Section.RECENT),
            "duplicates": lambda: navigator.go_to_section(Section.DUPLICATES),
            "away": lambda: navigator.go_to_section(Section.AWAY),
        }
        for key, run in runs.items():
            window.actions_table[key].triggered.connect(lambda _checked=False, run=run: run())
        self._connect()

    def _connect(self) -> None:
        window, actions = self._window, self._window.actions_table
        actions["sidebar"].setChecked(True)
        actions["sidebar"].toggled.connect(window.show_sidebar)
        actions["fill"].setChecked(window.grid.fill)
        actions["fill"].toggled.connect(window.filter_row.shape.setChecked)
        window.filter_row.shape.toggled.connect(actions["fill"].setChecked)
        window.escape_pressed.connect(self.escape)
        window.top.field.escaped.connect(self.escape)
        self._navigator.history_changed.connect(self._show_history)
        for grid in (window.grid, window.similar.grid):
            grid.selection_changed.connect(self._on_selection)
            grid.menu_requested.connect(self._show_menu)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus)
        self._show_history(False, False)
        self._on_selection()

    def escape(self) -> None:
        """One order for everything: panel, search, selection."""
        if self._navigator.trail.anchor is not None:
            self._navigator.close_trail()
        elif self._navigator.asked.searching:
            self._navigator.stop_searching()
        elif len(selected_rows(self._window.grid.selectionModel())):
            self._window.grid.clearSelection()
        else:
            self._window.grid.setFocus()

    # --- photos ----------------------------------------------------------------------------------------

    def _on_focus(self, _before: object, now: object) -> None:
        """Actions on photos are about the grid that had the keyboard last."""
        for grid in (self._window.grid, self._window.similar.grid):
            if now is grid and grid is not self._grid:
                self._grid = grid
                self._on_selection()

    def _on_selection(self) -> None:
        self._window.actions_table.enable_photos(len(selected_rows(self._grid.selectionModel())) > 0)

    def _show_menu(self, at: QPoint) -> None:
        sender = self.sender()
        if isinstance(sender, PhotoGrid):
            self._grid = sender
            self._on_selection()
        menu = self._window.actions_table.photo_menu(self._window)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)

    def _facts(self, most: int = MOST_DRAGGED) -> list[TileFacts]:
        """What is known about the first selected photos."""
        rows = selected_rows(self._grid.selectionModel())[:most]
        return [facts for row in rows if (facts := self._grid.photos.facts(int(row))) is not None]

    def _current(self) -> int:
        row = self._grid.currentIndex().row()
        rows = selected_rows(self._grid.selectionModel())
        return row if row >= 0 else int(rows[0]) if len(rows) else -1

    def _view(self) -> None:
        if (row := self._current()) >= 0:
            self._grid.view_requested.emit(row)

    def _similar(self) -> None:
        if (row := self._current()) >= 0:
            self._grid.similar_requested.emit(row)

    def _as_query(self) -> None:
        ids = self._grid.selected_ids()[:MOST_EXAMPLES]
        self._navigator.add_examples([LibraryExample(PhotoId(int(photo_id))) for photo_id in ids])

    def _select_all(self) -> None:
        self._grid.selectAll()

    def _copy(self) -> None:
        rows = [int(row) for row in selected_rows(self._grid.selectionModel())[:MOST_DRAGGED]]
        if not rows:
            return
        data = self._grid.photos.mime_of_rows(rows)
        pixmap = self._grid.pixmap_of(rows[0])
        if len(rows) == 1 and pixmap is not None:
            data.setImageData(pixmap.toImage())
        QGuiApplication.clipboard().setMimeData(data)

    def _copy_paths(self) -> None:
        paths = [facts.display_path for facts in self._facts() if facts.display_path]
        if paths:
            QGuiApplication.clipboard().setText("\n".join(paths))

    def _reveal(self) -> None:
        for folder in dict.fromkeys(os.path.dirname(facts.display_path) for facts in self._facts(1)):  # noqa: PTH120 - text for Qt
            open_path(folder)

    def _open(self) -> None:
        for facts in self._facts(MOST_OPENED):
            if facts.path is not None:
                open_path(os.fsdecode(facts.path))

    # --- window ----------------------------------------------------------------------------------------

    def _focus_search(self) -> None:
        line = self._window.top.field.line
        line.setFocus()
        line.selectAll()

    def _resize(self, by: int) -> None:
        self._window.grid.set_tile_size(self._window.grid.tile_size + by)

    def _toggle_full_screen(self) -> None:
        window = self._window
        window.showNormal() if window.isFullScreen() else window.showFullScreen()

    def _show_history(self, back: bool, forward: bool) -> None:
        self._window.actions_table["back"].setEnabled(back)
        self._window.actions_table["forward"].setEnabled(forward)
