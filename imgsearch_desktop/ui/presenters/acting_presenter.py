"""What is done with photos, in the window: messages, tiles that go at once, the rest looked at anew."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import PurePath

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from imgsearch_desktop.ui.acting.acting_overlay import ActingOverlay
from imgsearch_desktop.ui.acting.photo_acting import PhotoActing
from imgsearch_desktop.ui.grid.contents import Contents
from imgsearch_desktop.ui.grid.grid import PhotoGrid
from imgsearch_desktop.ui.main_window import MainWindow
from imgsearch_desktop.ui.presenters.library_presenter import LibraryPresenter
from imgsearch_desktop.ui.presenters.navigator import Navigator
from imgsearch_desktop.ui.presenters.panel_presenter import PanelPresenter
from imgsearch_desktop.ui.presenters.viewer_presenter import ViewerPresenter
from imgsearch_desktop.ui.use_cases import UseCases


class ActingPresenter(QObject):
    """Between acting on photos and the views of them.

    Args:
        window: its parts.
        use_cases: what can be done.
        navigator: the trail, which a photo may leave.
        library: looked at anew after changes.
        panel: gathered anew after changes.
        viewer: shows the next photo when one has gone.
    """

    def __init__(
        self,
        window: MainWindow,
        use_cases: UseCases,
        navigator: Navigator,
        library: LibraryPresenter,
        panel: PanelPresenter,
        viewer: ViewerPresenter,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._navigator = navigator
        self._viewer = viewer
        self.acting = PhotoActing(use_cases.acting, parent=self)
        self.overlay = ActingOverlay(window.theme, self.acting, window.content)
        self.acting.removed.connect(self._on_removed)
        self.acting.photos_changed.connect(library.note_change)
        self.acting.photos_changed.connect(panel.refresh)
        self.acting.rescan_requested.connect(library.rescan)

    def start(self) -> None:
        """Carry out what an earlier run left in the journal of the trash."""
        self.acting.start()

    def close(self) -> None:
        """Let the threads end."""
        self.acting.close()

    def finish(self) -> None:
        """Carry out the journal of the trash; the threads have ended and no window is shown."""
        self.acting.finish()

    def _on_removed(self, photo_ids: Sequence[int]) -> None:
        gone = [int(one) for one in photo_ids]
        for grid in (self._window.grid, self._window.similar.grid):
            contents = grid.photos.contents.without(gone)
            if len(contents.ids) < len(grid.photos.ids):
                _show_beside(grid, contents)
        for one in gone:
            if self._viewer.showing:
                self._viewer.viewer.remove(one)
        if self._navigator.trail.anchor in gone:
            self._navigator.close_trail()

    # --- where to --------------------------------------------------------------------------------------

    def copy_files(self, photo_ids: Sequence[int]) -> None:
        """Let the user choose a folder and copy files there."""
        folder = QFileDialog.getExistingDirectory(self._window, self.tr("Copy the photos to a folder"))
        if folder:
            self.acting.copy_to_folder(photo_ids, os.fsencode(folder))

    def export_list(self, photo_ids: Sequence[int]) -> None:
        """Let the user choose a file and write where the photos lie."""
        patterns = ";;".join([self.tr("Table (*.csv)"), self.tr("Paths, one per line (*.txt)")])
        name, chosen = QFileDialog.getSaveFileName(
            self._window, self.tr("Export the list of photos"), self.tr("photos") + ".csv", patterns
        )
        if name:
            ending = ".txt" if "*.txt" in chosen else ".csv"
            path = name if PurePath(name).suffix else name + ending
            self.acting.export_list(photo_ids, os.fsencode(path))


def _show_beside(grid: PhotoGrid, contents: Contents) -> None:
    """Show what is left; where the current photo has gone, the one that takes its place becomes current."""
    row = grid.currentIndex().row()
    grid.show_contents(contents)
    if row >= 0 and not grid.currentIndex().isValid() and len(contents.ids):
        grid.choose_photo(int(contents.ids[min(row, len(contents.ids) - 1)]))
