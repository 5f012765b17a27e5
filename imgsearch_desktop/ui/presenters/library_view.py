"""Sidebar, status bar, Explore row and first drop zone: show the library, say what the user wants of it."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QMenu

from imgsearch_desktop.application.browse_library import FolderNode
from imgsearch_desktop.application.tasks import Progress
from imgsearch_desktop.domain.filters import FolderFilter
from imgsearch_desktop.ui.main_window import MainWindow
from imgsearch_desktop.ui.panels.filter_row import FolderChoice
from imgsearch_desktop.ui.presenters.covers import Covers
from imgsearch_desktop.ui.presenters.library_presenter import LibraryPresenter, Overview
from imgsearch_desktop.ui.presenters.navigator import Navigator
from imgsearch_desktop.ui.state.asked import Section

FOLDER_DEPTH = 2
"""Levels of folders that the filter row offers."""


class LibraryView(QObject):
    """Between the library and the parts that show it.

    Args:
        window: its parts.
        library: reads and indexes.
        navigator: where one is.
        explore_covers: thumbnails of the Explore row.
        pictures_folder: the user's own pictures folder, None if there is none.
    """

    def __init__(
        self,
        window: MainWindow,
        library: LibraryPresenter,
        navigator: Navigator,
        explore_covers: Covers,
        pictures_folder: Path | None,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._library = library
        self._navigator = navigator
        self._covers = explore_covers
        self._pictures = pictures_folder
        self._tell_welcome()
        self._connect()

    def _connect(self) -> None:
        window, library, navigator = self._window, self._library, self._navigator
        library.overview_ready.connect(self._on_overview)
        library.duplicates_counted.connect(
            lambda count: window.sidebar.model.set_counts({Section.DUPLICATES: count})
        )
        library.progressed.connect(self._on_progressed)
        library.job_started.connect(self._on_job)
        library.job_ended.connect(self._on_job_ended)
        library.paused.connect(self._on_paused)
        library.told.connect(lambda text, warn: window.message.tell(text, warn=warn))
        window.sidebar.section_chosen.connect(navigator.go_to_section)
        window.sidebar.folder_chosen.connect(lambda node: navigator.go_to_folder(node.filter))
        window.sidebar.add_clicked.connect(self.choose_folder)
        window.sidebar.menu_requested.connect(self._show_folder_menu)
        window.status.pause_clicked.connect(library.toggle_pause)
        window.status.cancel_clicked.connect(library.job.cancel)
        window.explore.chosen.connect(navigator.search_words)
        window.explore.covers_wanted.connect(lambda ids, _side: self._covers.want(ids))
        self._covers.loaded.connect(window.explore.set_cover)
        window.welcome.primary_clicked.connect(self._take_welcome)
        window.welcome.secondary_clicked.connect(self.choose_folder)

    # --- first minute ----------------------------------------------------------------------------------

    def _tell_welcome(self) -> None:
        name = self._pictures.name if self._pictures else ""
        primary = self.tr("Add “{folder}”").format(folder=name) if name else self.tr("Choose a folder…")
        self._window.welcome.tell(
            "image",
            self.tr("Drop a folder of photos here"),
            self.tr(
                "They stay where they are. Nothing is uploaded, moved or changed. "
                "You can search as soon as the first ones appear."
            ),
            primary,
            self.tr("Choose a folder…") if name else "",
        )

    def _take_welcome(self) -> None:
        if self._pictures is not None:
            self._library.add_folders([os.fsencode(self._pictures)])
        else:
            self.choose_folder()

    def choose_folder(self) -> None:
        """Let the user choose a folder and add it."""
        start = str(self._pictures or Path.home())
        chosen = QFileDialog.getExistingDirectory(self._window, self.tr("Add a folder"), start)
        if chosen:
            self._library.add_folders([os.fsencode(chosen)])

    # --- what there is ---------------------------------------------------------------------------------

    def _on_overview(self, overview: Overview) -> None:
        window = self._window
        window.sidebar.model.set_counts(overview.counts)
        window.sidebar.set_folders(overview.tree, self._states(overview))
        window.sidebar.show_place(self._place())
        window.filter_row.set_folders(_choices(overview.tree))
        window.explore.set_labels(overview.labels)
        window.status.show_state(overview.state, overview.state.model_name)
        self._show_page(overview)

    def _place(self) -> Section | FolderFilter:
        folders = self._navigator.asked.filters.folders
        return folders[0] if len(folders) == 1 else self._navigator.asked.section

    def _show_page(self, overview: Overview | None) -> None:
        empty = overview is None or not (overview.tree or overview.state.photos)
        page = self._window.welcome if empty and not self._library.job.active else self._window.browser
        in_welcome = self._window.welcome.isAncestorOf(self._window.focusWidget())
        self._window.pages.setCurrentWidget(page)
        if in_welcome and page is not self._window.welcome:
            self._window.grid.setFocus()
        self._window.sidebar.set_empty(page is self._window.welcome)
        self._window.top.field.slot.setVisible(page is not self._window.welcome)

    def _states(self, overview: Overview) -> dict[int, str]:
        job = self._library.job
        if not job.active:
            return {}
        words = self.tr("paused") if job.paused else self.tr("indexing")
        named = {os.fsdecode(path) for path in job.folders}
        concerned = [root for root in overview.tree if not named or root.name in named]
        return {int(root.root_id): words for root in concerned if not root.away}

    # --- the job ---------------------------------------------------------------------------------------

    def _on_progressed(self, progress: Progress) -> None:
        self._window.status.show_progress(progress)
        self._window.status.show_paused(self._library.job.paused)

    def _on_job(self) -> None:
        self._show_page(self._library.overview)
        self._show_states()

    def _on_job_ended(self) -> None:
        self._window.status.show_no_job()
        self._show_states()
        self._covers.forget_missing()

    def _on_paused(self, paused: bool) -> None:
        self._window.status.show_paused(paused)
        self._show_states()

    def _show_states(self) -> None:
        if self._library.overview is not None:
            self._window.sidebar.model.set_states(self._states(self._library.overview))

    # --- menu of a root --------------------------------------------------------------------------------

    def _show_folder_menu(self, node: FolderNode, at: QPoint) -> None:
        menu = self.folder_menu(node)
        menu.popup(at)

    def folder_menu(self, node: FolderNode) -> QMenu:
        """What can be done with a root."""
        path = os.fsencode(node.name)
        menu = QMenu(self._window)
        menu.aboutToHide.connect(menu.deleteLater)
        theme = self._window.theme
        look = menu.addAction(theme.icon("arrow-counter-clockwise"), self.tr("Look for new photos"))
        look.triggered.connect(lambda: self._library.rescan([path]))
        look.setEnabled(not node.away)
        show = menu.addAction(theme.icon("folder-open"), self.tr("Show in file manager"))
        show.triggered.connect(lambda: open_path(node.name))
        show.setEnabled(not node.away)
        menu.addSeparator()
        remove = menu.addAction(theme.icon("minus"), self.tr("Remove from the library"))
        remove.triggered.connect(lambda: self._ask_remove(node, path))
        return menu

    def _ask_remove(self, node: FolderNode, path: bytes) -> None:
        self._window.message.tell(
            self.tr("Remove {folder} from the library? Its files stay where they are.").format(
                folder=node.name
            ),
            warn=True,
            action=self.tr("Remove"),
            run=lambda: self._remove(path),
        )

    def _remove(self, path: bytes) -> None:
        self._window.message.tell("")
        self._navigator.go_to_section(Section.ALL)
        self._library.remove_folder(path)


def open_path(path: str) -> None:
    """Open a file or folder with the program that is meant for it."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(path))


def _choices(tree: tuple[FolderNode, ...], depth: int = FOLDER_DEPTH, indent: str = "") -> list[FolderChoice]:
    choices: list[FolderChoice] = []
    for node in tree:
        name = node.name.rstrip("/\\").replace("\\", "/").rpartition("/")[2] or node.name
        choices.append(FolderChoice(indent + name, node.filter))
        if depth > 1:
            choices.extend(_choices(node.children, depth - 1, indent + "    "))
    return choices
