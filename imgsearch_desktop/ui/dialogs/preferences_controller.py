"""The preferences over a settings store: opened once, saved at every change."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from imgsearch_desktop.application.settings import Settings
from imgsearch_desktop.domain.library import Root
from imgsearch_desktop.ui.dialogs.folders_page import FoldersPage
from imgsearch_desktop.ui.dialogs.preferences_dialog import PreferencesDialog
from imgsearch_desktop.ui.dialogs.preferences_page import PreferencesPage
from imgsearch_desktop.ui.theme.theme import Theme
from imgsearch_desktop.workers.contract import Problem
from imgsearch_desktop.workers.errands import Errands


class PreferencesController(QObject):
    """Opens the preferences and tells what changed; what needs a restart is the listener's to know.

    Args:
        theme: colours.
        load: what holds now; called when the preferences are opened, must not read a disk.
        save: stores the settings, off the GUI thread; raises KnownError where it cannot.
        more_pages: makes the pages below the folders; called each time the preferences are opened.
        parent: owner.

    Signals:
        changed: the settings before and after; they hold at once, stored or not.
        failed: `Problem`; they could not be stored.
        add_folder_requested: a folder is to be added.
        remove_folder_requested: absolute path (bytes) of a folder.
    """

    changed = Signal(object, object)
    failed = Signal(object)
    add_folder_requested = Signal()
    remove_folder_requested = Signal(object)

    def __init__(
        self,
        theme: Theme,
        load: Callable[[], Settings],
        save: Callable[[Settings], None],
        more_pages: Callable[[], Sequence[PreferencesPage]],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._load, self._save = theme, load, save
        self._more_pages = more_pages
        self._roots: Sequence[Root] = ()
        self._dialog: PreferencesDialog | None = None
        self._folders: FoldersPage | None = None
        self._held = Settings()
        self._errands = Errands("settings", self)

    @property
    def page(self) -> int | None:
        """Number of the page that is in front, None while the preferences are closed."""
        return self._dialog.list.currentRow() if self._dialog is not None else None

    def open(self, window: QWidget, page: int = 0) -> PreferencesDialog:
        """Show the preferences beside the window at one of their pages, or bring them to the front."""
        if self._dialog is None:
            self._dialog = self._build(window)
            self._dialog.list.setCurrentRow(page)
        self._dialog.show()
        self._dialog.raise_()
        self._dialog.activateWindow()
        return self._dialog

    def set_roots(self, roots: Sequence[Root]) -> None:
        """Tell which folders the library has."""
        self._roots = roots
        if self._folders is not None:
            self._folders.set_roots(roots)

    def close(self) -> None:
        """Close the preferences and let the thread end; `changed` has told what is to be stored."""
        if self._dialog is not None:
            self._dialog.close()
        self._errands.close()

    def _build(self, window: QWidget) -> PreferencesDialog:
        self._held = self._load()
        self._folders = FoldersPage(self._theme)
        self._folders.set_roots(self._roots)
        self._folders.add_requested.connect(self.add_folder_requested)
        self._folders.remove_requested.connect(self.remove_folder_requested)
        pages = (self._folders, *self._more_pages())
        dialog = PreferencesDialog(self._theme, pages, self._held, window)
        dialog.settings_changed.connect(self._take)
        dialog.finished.connect(self._forget)
        return dialog

    def _take(self, settings: Settings) -> None:
        before, self._held = self._held, settings
        self.changed.emit(before, settings)
        self._errands.run(lambda _: self._save(settings), lambda _: None, self._tell)

    def _tell(self, problem: Problem) -> None:
        self.failed.emit(problem)

    def _forget(self) -> None:
        dialog, self._dialog, self._folders = self._dialog, None, None
        if dialog is not None:
            dialog.deleteLater()
