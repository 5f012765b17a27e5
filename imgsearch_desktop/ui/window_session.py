"""The window from its first showing to the end of the last thread; built anew in another language."""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from imgsearch_desktop.ui.gui_watchdog import GuiWatchdog
from imgsearch_desktop.ui.gui_watchdog import wanted as watching_wanted
from imgsearch_desktop.ui.language import speak
from imgsearch_desktop.ui.main_window import MainWindow
from imgsearch_desktop.ui.presenters.window_presenter import WindowPresenter
from imgsearch_desktop.ui.state.history import History
from imgsearch_desktop.ui.theme.theme import Theme
from imgsearch_desktop.ui.use_cases import UseCases
from imgsearch_desktop.workers import threads

log = logging.getLogger(__name__)

POLL_MS = 15
LONGEST_S = 10.0
"""What goes on in the former window may take so long to stop before the new one is built."""


class WindowSession(QObject):
    """The window and what stands behind it; a context manager that waits for the end of everything.

    Texts are looked up when widgets are made. So another language means another window: in the same place,
    with the same search, trail and history, over the same use cases.

    Args:
        application: whose language it sets.
        theme: colours.
        use_cases: what can be asked.
        pictures_folder: the user's own pictures folder, None if there is none.

    Attributes:
        window: the one that is shown, or about to be.
        presenter: what stands behind it.
    """

    def __init__(
        self,
        application: QApplication,
        theme: Theme,
        use_cases: UseCases,
        pictures_folder: Path | None = None,
    ) -> None:
        super().__init__()
        self._application = application
        self._use_cases = use_cases
        self._pictures_folder = pictures_folder
        self._theme = theme
        self._page: int | None = None
        self._ending = QTimer(self, interval=POLL_MS)
        self._ending.timeout.connect(self._follow_ending)
        self._deadline = 0.0
        speak(application, use_cases.settings.window.language)
        self._build()

    def start(self, paths: Sequence[bytes] = ()) -> None:
        """Read the library; take paths as if they had been dropped."""
        self.presenter.start(paths)

    def close_window(self) -> None:
        """Close the window that is shown."""
        self.window.close()

    def finish(self) -> bool:
        """Wait until everything has ended and store what is left; no window is shown any more.

        Returns:
            Whether every thread ended in time.
        """
        self._ending.stop()
        ended = self.presenter.finish()
        if not ended:
            log.warning("Still running: %s", ", ".join(threads.running()))
        return ended

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.finish()

    def _build(self, history: History | None = None) -> None:
        window = MainWindow(self._theme, self._use_cases.settings.window)
        self.window = window
        self.presenter = WindowPresenter(window, self._use_cases, self._pictures_folder, history)
        self.presenter.language_chosen.connect(self._change_language)
        if watching_wanted():
            watchdog = GuiWatchdog(window)
            window.closing.connect(watchdog.stop)
            watchdog.start()

    # --- another language ------------------------------------------------------------------------------

    def _change_language(self) -> None:
        """Stop what goes on; the new window comes when all of it has ended."""
        self._page = self.presenter.dialogs.preferences.page
        self.window.closing.emit()
        self._deadline = time.monotonic() + LONGEST_S
        self._ending.start()

    def _follow_ending(self) -> None:
        if not threads.running() or time.monotonic() > self._deadline:
            self._ending.stop()
            self._build_anew()

    def _build_anew(self) -> None:
        former, presenter = self.window, self.presenter
        presenter.keeper.finish()
        settings = presenter.keeper.settings
        self._use_cases = replace(self._use_cases, settings=settings)
        speak(self._application, settings.window.language)
        self._build(presenter.navigator.history)
        if not former.windowState():
            self.window.setGeometry(former.geometry())
        self.window.show()
        former.hide()
        former.deleteLater()
        self.presenter.start()
        if self._page is not None:
            self.presenter.dialogs.show_preferences(self._page)
