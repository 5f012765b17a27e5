"""What can be done with the selected photos, and the other actions of the table."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QApplication

from imgsearch_desktop.domain.photo import PhotoId
from imgsearch_desktop.domain.query import LibraryExample
from imgsearch_desktop.ui.grid.grid import ZOOM_STEP, PhotoGrid
from imgsearch_desktop.ui.grid.selection import selected_rows
from imgsearch_desktop.ui.main_window import MainWindow
from imgsearch_desktop.ui.presenters.acting_presenter import ActingPresenter
from imgsearch_desktop.ui.presenters.browser_presenter import BrowserPresenter
from imgsearch_desktop.ui.presenters.dialogs_presenter import DialogsPresenter
from imgsearch_desktop.ui.presenters.drop_presenter import DropPresenter
from imgsearch_desktop.ui.presenters.library_presenter import LibraryPresenter
from imgsearch_desktop.ui.presenters.library_view import LibraryView
from imgsearch_desktop.ui.presenters.navigator import MOST_EXAMPLES, Navigator
from imgsearch_desktop.ui.presenters.viewer_presenter import ViewerPresenter
from imgsearch_desktop.ui.state.asked import Section


class PhotoActions(QObject):
    """Connects the table of actions.

    Args:
        window: its parts.
        navigator: where one is.
        browser: remembers what was searched.
        library: the indexing job.
        library_view: chooses folders.
        drops: pastes and chooses pictures.
        viewer: actions are about its photo while it is open.
        acting: what is done with photos.
        dialogs: windows beside this one.
    """

    def __init__(
        self,
        window: MainWindow,
        navigator: Navigator,
        browser: BrowserPresenter,
        library: LibraryPresenter,
        library_view: LibraryView,
        drops: DropPresenter,
        viewer: ViewerPresenter,
        acting: ActingPresenter,
        dialogs: DialogsPresenter,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._navigator = navigator
        self._grid: PhotoGrid = window.grid
        self._viewer = viewer
        self._acting = acting
        doing = acting.acting
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
            "copy": lambda: doing.copy(self._ids()),
            "copy_path": lambda: doing.copy_paths(self._ids()),
            "copy_files": lambda: acting.copy_files(self._ids()),
            "export_list": lambda: acting.export_list(self._ids()),
            "reveal": lambda: doing.reveal(self._ids()),
            "open_with": lambda: doing.open(self._ids()),
            "correct_date": lambda: doing.ask_date(self._ids()),
            "trash": lambda: doing.trash.move(self._ids()),
            "undo": doing.undo_last,
            "failures": dialogs.show_failures,
            "forget_searches": browser.forget_searches,
            "preferences": dialogs.show_preferences,
            "shortcuts": dialogs.show_shortcuts,
            "select_all": self._select_all,
            "search": self._focus_search,
            "larger": lambda: self._resize(ZOOM_STEP),
            "smaller": lambda: self._resize(-ZOOM_STEP),
            "full_screen": window.toggle_full_screen,
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
        actions["sidebar"].setChecked(not window.sidebar.isHidden())
        actions["sidebar"].toggled.connect(window.show_sidebar)
        actions["fill"].setChecked(window.grid.fill)
        actions["fill"].toggled.connect(window.filter_row.shape.setChecked)
        window.filter_row.shape.toggled.connect(actions["fill"].setChecked)
        actions["details"].toggled.connect(window.show_details)
        window.details_side.closed.connect(lambda: actions["details"].setChecked(False))
        self._acting.acting.undo_changed.connect(self._show_undo)
        window.delete_pressed.connect(self._on_delete)
        for signal in (self._viewer.viewer.shown, self._viewer.viewer.closed):
            signal.connect(lambda _photo_id: self._on_selection())
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
        """One order for everything: question, viewer, panel, search, selection."""
        if self._acting.overlay.leave():
            return
        if self._viewer.showing:
            self._viewer.viewer.close_viewer()
        elif self._navigator.trail.anchor is not None:
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
        chosen = self._viewer.showing or len(selected_rows(self._grid.selectionModel())) > 0
        self._window.actions_table.enable_photos(chosen)

    def _show_menu(self, at: QPoint) -> None:
        sender = self.sender()
        if isinstance(sender, PhotoGrid):
            self._grid = sender
            self._on_selection()
        menu = self._window.actions_table.photo_menu(self._window)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)

    def _ids(self) -> list[int]:
        """The photos that an action is about."""
        if self._viewer.showing:
            return [self._viewer.viewer.photo_id]
        return [int(photo_id) for photo_id in self._grid.selected_ids()]

    def _on_delete(self) -> None:
        """The key counts where photos have the keyboard, not in the sidebar."""
        focus = QApplication.focusWidget()
        places = (self._window.grid, self._window.similar.grid, self._viewer.viewer)
        if focus is not None and any(place is focus or place.isAncestorOf(focus) for place in places):
            self._window.actions_table["trash"].trigger()

    def _show_undo(self) -> None:
        action, words = self._window.actions_table["undo"], self._acting.acting.undo_words
        action.setText(self.tr("Undo: {what}").format(what=words) if words else self.tr("Undo"))

    def _current(self) -> int:
        row = self._grid.currentIndex().row()
        rows = selected_rows(self._grid.selectionModel())
        return row if row >= 0 else int(rows[0]) if len(rows) else -1

    def _view(self) -> None:
        if (row := self._current()) >= 0 and not self._viewer.showing:
            self._grid.view_requested.emit(row)

    def _similar(self) -> None:
        if self._viewer.showing:
            self._viewer.viewer.similar_requested.emit(self._viewer.viewer.photo_id)
        elif (row := self._current()) >= 0:
            self._grid.similar_requested.emit(row)

    def _as_query(self) -> None:
        ids = self._ids()[:MOST_EXAMPLES]
        self._navigator.add_examples([LibraryExample(PhotoId(photo_id)) for photo_id in ids])

    def _select_all(self) -> None:
        self._grid.selectAll()

    # --- window ----------------------------------------------------------------------------------------

    def _focus_search(self) -> None:
        line = self._window.top.field.line
        line.setFocus()
        line.selectAll()

    def _resize(self, by: int) -> None:
        self._window.grid.set_tile_size(self._window.grid.tile_size + by)

    def _show_history(self, back: bool, forward: bool) -> None:
        self._window.actions_table["back"].setEnabled(back)
        self._window.actions_table["forward"].setEnabled(forward)
