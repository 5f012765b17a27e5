"""The preferences: pages at the left, every change takes effect at once."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from imgsearch_desktop.application.settings import Settings
from imgsearch_desktop.ui.dialogs.preferences_pages import PreferencesPage

SETTLE_MS = 300
"""Typing and sliding are put together for this long before they are told as one change."""


class PreferencesDialog(QDialog):
    """Shows pages and tells the whole settings after each change.

    Args:
        pages: later issues add theirs.
        settings: what holds now.
        parent: main window.
    """

    settings_changed = Signal(object)

    def __init__(
        self, pages: Sequence[PreferencesPage], settings: Settings, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Preferences"))
        self.setModal(False)
        self.resize(720, 480)
        self._pages = tuple(pages)
        self._settings = settings
        self._settle = QTimer(self, interval=SETTLE_MS, singleShot=True)
        self._settle.timeout.connect(self._tell)
        self._build()
        for page in self._pages:
            page.show_settings(settings)
            page.changed.connect(self._settle.start)

    def _build(self) -> None:
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Pages of the preferences"))
        self.list.setFixedWidth(176)
        stack = QStackedWidget()
        for page in self._pages:
            self.list.addItem(page.title())
            stack.addWidget(self._framed(page))
        self.list.currentRowChanged.connect(stack.setCurrentIndex)
        self.list.setCurrentRow(0)
        close = QPushButton(self.tr("Close"))
        close.setProperty("kind", "primary")
        close.clicked.connect(self.close)
        body = QHBoxLayout()
        body.setSpacing(16)
        body.addWidget(self.list)
        body.addWidget(stack, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        layout.addLayout(body, 1)
        layout.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)

    def _framed(self, page: PreferencesPage) -> QWidget:
        frame = QWidget()
        title = QLabel(page.title())
        title.setProperty("role", "title")
        layout = QVBoxLayout(frame)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(title)
        layout.addWidget(page, 1)
        return frame

    @property
    def settings(self) -> Settings:
        """What the controls say."""
        settings = self._settings
        for page in self._pages:
            settings = page.applied_to(settings)
        return settings

    def done(self, result: int) -> None:
        """Tell a change that has not settled yet before closing."""
        if self._settle.isActive():
            self._settle.stop()
            self._tell()
        super().done(result)

    def _tell(self) -> None:
        changed = self.settings
        if changed != self._settings:
            self._settings = changed
            self.settings_changed.emit(changed)
