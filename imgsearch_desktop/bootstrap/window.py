"""Adds Qt to the core: the application object and the window over it. Neither runs the event loop."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

from imgsearch_desktop import __version__
from imgsearch_desktop.application.index_library import IndexReport
from imgsearch_desktop.application.tasks import Progress
from imgsearch_desktop.bootstrap.core import Core
from imgsearch_desktop.workers.contract import Problem
from imgsearch_desktop.workers.index_job import IndexJob


def build_application() -> QApplication:
    """The one application object of the process."""
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    application.setApplicationName("ImgSearch Desktop")
    application.setApplicationVersion(__version__)
    application.setDesktopFileName("imgsearch-desktop")
    return application


def build_window(core: Core, paths: Sequence[bytes]) -> QMainWindow:
    """The main window over an open library, not yet shown.

    Args:
        core: the open library; whoever opened it closes it after the window.
        paths: folders to add, absolute or relative to the working directory.
    """
    return PlainWindow(core, [os.path.realpath(path) for path in paths])


class PlainWindow(QMainWindow):
    """Says how far the library is and indexes the folders given."""

    def __init__(self, core: Core, folders: Sequence[bytes]) -> None:
        super().__init__()
        self._core = core
        self._label = QLabel()
        self._label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setWindowTitle(self.tr("ImgSearch Desktop"))
        self.setCentralWidget(self._label)
        self.resize(1200, 800)
        self._show_state()
        self._job = IndexJob(core.index_library().run, self)
        self._job.progressed.connect(self._on_progressed)
        self._job.succeeded.connect(self._on_succeeded)
        self._job.failed.connect(self._on_failed)
        if folders:
            self._job.start(folders)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Stop indexing; what is done is kept."""
        self._job.close()
        super().closeEvent(event)

    def _show_state(self) -> None:
        state = self._core.library_status().read()
        self._label.setText(self.tr("{0} photos, {1} searchable").format(state.photos, state.searchable))

    def _on_progressed(self, _generation: int, progress: Progress) -> None:
        of = "" if progress.total is None else f" / {progress.total:,}"
        self._label.setText(f"{progress.phase} {progress.done:,}{of}")

    def _on_succeeded(self, _generation: int, _report: IndexReport) -> None:
        self._show_state()

    def _on_failed(self, _generation: int, problem: Problem) -> None:
        self._label.setText(problem.message)
