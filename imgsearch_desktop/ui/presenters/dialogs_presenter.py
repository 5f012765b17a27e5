"""The windows beside the main one: failures, preferences, shortcuts. None of them is modal."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtGui import QKeySequence

from imgsearch_desktop.application.settings import Settings
from imgsearch_desktop.domain.library import Failure, Root
from imgsearch_desktop.ui.acting.photo_acting import PhotoActing
from imgsearch_desktop.ui.dialogs.failures_dialog import FailuresDialog
from imgsearch_desktop.ui.dialogs.preferences_controller import PreferencesController
from imgsearch_desktop.ui.dialogs.shortcuts_dialog import ShortcutRow, ShortcutsDialog
from imgsearch_desktop.ui.main_window import MainWindow
from imgsearch_desktop.ui.presenters.library_presenter import LibraryPresenter, Overview
from imgsearch_desktop.ui.presenters.library_view import LibraryView
from imgsearch_desktop.ui.presenters.model_presenter import ModelPresenter
from imgsearch_desktop.ui.presenters.models_page_presenter import ModelWork
from imgsearch_desktop.ui.presenters.preferences_pages import preferences_pages
from imgsearch_desktop.ui.presenters.settings_keeper import SettingsKeeper
from imgsearch_desktop.ui.use_cases import UseCases
from imgsearch_desktop.ui.words.spoken import spoken
from imgsearch_desktop.workers.background import Background
from imgsearch_desktop.workers.contract import Problem


class DialogsPresenter(QObject):
    """Opens them and does what they ask for.

    Args:
        window: whose windows they are.
        use_cases: failures and folders.
        library: looked at anew.
        library_view: chooses folders.
        acting: tries failed files again, shows them.
        keeper: the settings.
        models: prepares and switches models.
    """

    language_chosen = Signal()
    """The settings name another language."""
    engine_chosen = Signal(object)
    """`EngineSettings`: another engine is to search."""

    def __init__(
        self,
        window: MainWindow,
        use_cases: UseCases,
        library: LibraryPresenter,
        library_view: LibraryView,
        acting: PhotoActing,
        keeper: SettingsKeeper,
        models: ModelPresenter,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._use = use_cases
        self._acting = acting
        self._library = library
        self._keeper = keeper
        self._reader = Background("failures and folders", self)
        self._model_work = ModelWork(use_cases.models, self)
        self._model_work.ended.connect(lambda _said: models.start())
        self._failures: FailuresDialog | None = None
        self._shortcuts: ShortcutsDialog | None = None
        self._reader.succeeded.connect(lambda _generation, answer: self._on_read(*answer))
        self._reader.failed.connect(lambda _generation, problem: self._tell(problem))
        self.preferences = PreferencesController(
            window.theme,
            lambda: keeper.settings,
            lambda _settings: keeper.store(),
            lambda: preferences_pages(window.theme, use_cases, self._model_work, models),
            parent=self,
        )
        self.preferences.changed.connect(self._on_preferences)
        self.preferences.add_folder_requested.connect(library_view.choose_folder)
        self.preferences.remove_folder_requested.connect(library.remove_folder)
        for source in (self.preferences.failed, keeper.failed):
            source.connect(self._tell)
        library.overview_ready.connect(self._on_overview)
        window.status.failures_clicked.connect(self.show_failures)
        window.top.preferences.clicked.connect(lambda _checked: self.show_preferences())

    def close(self) -> None:
        """Close the windows and let the threads end."""
        for dialog in (self._failures, self._shortcuts):
            if dialog is not None:
                dialog.close()
        self.preferences.close()
        self._model_work.close()
        self._reader.close()

    # --- opening ---------------------------------------------------------------------------------------

    def show_failures(self) -> None:
        """Which files could not be indexed, and why."""
        if self._failures is None:
            dialog = FailuresDialog(self._window.theme, self._window)
            dialog.retry_requested.connect(self._acting.retry_failures)
            dialog.reveal_requested.connect(lambda path: self._acting.reveal_paths([path]))
            self._failures = dialog
        self._failures.show()
        self._failures.raise_()
        self._failures.activateWindow()
        self._read()

    def show_preferences(self, page: int = 0) -> None:
        """What can be set.

        Args:
            page: which page comes up in front when they are not open yet.
        """
        self.preferences.open(self._window, page)
        self._read()

    def show_shortcuts(self) -> None:
        """Every key."""
        if self._shortcuts is None:
            self._shortcuts = ShortcutsDialog(self._rows(), self._window)
        self._shortcuts.show()
        self._shortcuts.raise_()
        self._shortcuts.activateWindow()

    def _rows(self) -> list[ShortcutRow]:
        translate = QCoreApplication.translate
        table = self._window.actions_table
        rows = [
            ShortcutRow(
                translate("Menu", spec.menu.value),
                translate("Action", spec.words),
                tuple(_native(key) for key in spec.keys),
            )
            for spec in table.specs
            if spec.keys
        ]
        groups = list(dict.fromkeys(row.group for row in rows))
        rows.sort(key=lambda row: groups.index(row.group))
        return [*rows, *self._viewer_rows()]

    def _viewer_rows(self) -> list[ShortcutRow]:
        group = self.tr("While looking at a photo")
        words = (
            (self.tr("Next photo"), ("Right", "PgDown", "Space")),
            (self.tr("Previous photo"), ("Left", "PgUp", "Backspace")),
            (self.tr("Larger and smaller"), ("+", "-")),
            (self.tr("Whole photo, 100 %"), ("0", "1")),
            (self.tr("Details of the photo"), ("I",)),
            (self.tr("Slideshow"), ("F5",)),
            (self.tr("Back to the photos"), ("Esc",)),
        )
        return [ShortcutRow(group, what, tuple(_native(key) for key in keys)) for what, keys in words]

    # --- what they show --------------------------------------------------------------------------------

    def _on_overview(self, overview: Overview) -> None:
        self.preferences.set_roots(overview.roots)
        if self._failures is not None and self._failures.isVisible():
            self._read()

    def _read(self) -> None:
        failures, browse = self._use.failures, self._use.browse
        if not self._reader.closed:
            self._reader.submit(lambda _context: (failures.all(), browse.roots()))

    def _on_read(self, failures: list[Failure], roots: list[Root]) -> None:
        self.preferences.set_roots(roots)
        if self._failures is not None:
            self._failures.set_failures(failures)

    # --- preferences -----------------------------------------------------------------------------------

    def _on_preferences(self, before: Settings, after: Settings) -> None:
        window = self._window
        window.theme.choose(after.window.theme)
        if after.window.tile_fill != before.window.tile_fill:
            window.filter_row.shape.setChecked(after.window.tile_fill)
            window.grid.set_fill(after.window.tile_fill)
        window.grid.cache.resize(after.window.cache_mb << 20)
        self._keeper.take(after)
        self._library.take_settings(after.indexing)
        if before.engine != after.engine:
            self.engine_chosen.emit(after.engine)
        if before.window.language != after.window.language:
            self.language_chosen.emit()

    def _tell(self, problem: Problem) -> None:
        self._window.message.tell(spoken(problem.message), warn=True)


def _native(key: str) -> str:
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
