"""The preferences: pages at the left, every change takes effect at once."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from imgsearch_desktop.application.settings import Settings
from imgsearch_desktop.ui.dialogs.preferences_page import PreferencesPage
from imgsearch_desktop.ui.theme.theme import Theme
from imgsearch_desktop.ui.theme.tokens import SPACE

LIST_WIDTH = 192

SETTLE_MS = 300
"""Typing and sliding are put together for this long before they are told as one change."""


class PreferencesDialog(QDialog):
    """Shows pages and tells the whole settings after each change.

    Args:
        theme: colours.
        pages: from top to bottom.
        settings: what holds now.
        parent: main window.
    """

    settings_changed = Signal(object)

    def __init__(
        self,
        theme: Theme,
        pages: Sequence[PreferencesPage],
        settings: Settings,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setObjectName("PreferencesDialog")
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
        self.list.setObjectName("PreferencesList")
        self.list.setAccessibleName(self.tr("Pages of the preferences"))
        self.list.setFixedWidth(LIST_WIDTH)
        self.list.setIconSize(QSize(18, 18))
        stack = QStackedWidget()
        for page in self._pages:
            self.list.addItem(QListWidgetItem(page.title()))
            stack.addWidget(self._framed(page))
        self.list.currentRowChanged.connect(stack.setCurrentIndex)
        self.list.setCurrentRow(0)
        self._theme.changed.connect(self._draw)
        self._draw()
        close = QPushButton(self.tr("Close"))
        close.setProperty("kind", "primary")
        close.clicked.connect(self.close)
        content = QVBoxLayout()
        content.setContentsMargins(SPACE.xl, SPACE.l, SPACE.xl, SPACE.l)
        content.setSpacing(SPACE.m)
        content.addWidget(stack, 1)
        content.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.list)
        layout.addLayout(content, 1)

    def _framed(self, page: PreferencesPage) -> QWidget:
        frame = QWidget()
        title = QLabel(page.title())
        title.setProperty("role", "title")
        layout = QVBoxLayout(frame)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE.l)
        layout.addWidget(title)
        layout.addWidget(page, 1)
        return frame

    def _draw(self) -> None:
        for row, page in enumerate(self._pages):
            self.list.item(row).setIcon(self._theme.icon(page.icon))

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
        for page in self._pages:
            page.left.emit()

    def _tell(self) -> None:
        changed = self.settings
        if changed != self._settings:
            self._settings = changed
            self.settings_changed.emit(changed)
