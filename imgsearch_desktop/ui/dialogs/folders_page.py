"""The page of the preferences about the folders of the library."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from imgsearch_desktop.application.settings import Settings
from imgsearch_desktop.domain.library import Root
from imgsearch_desktop.ui.dialogs.preferences_page import PreferencesPage
from imgsearch_desktop.ui.theme.theme import Theme
from imgsearch_desktop.ui.theme.tokens import SPACE

AWAY = Qt.ItemDataRole.UserRole + 1


class FoldersPage(PreferencesPage):
    """Folders of the library, and what is left out of them."""

    add_requested = Signal()
    remove_requested = Signal(object)
    """Absolute path (bytes) of the folder."""
    icon = "folder"

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.folders = QListWidget()
        self.folders.setProperty("role", "field")
        self.folders.setIconSize(QSize(16, 16))
        self.folders.setAccessibleName(self.tr("Folders of the library"))
        self._add = QPushButton(self.tr("Add a folder…"))
        self._remove = QPushButton(self.tr("Remove from the library"))
        self.exclude = QPlainTextEdit()
        self.exclude.setAccessibleName(self.tr("Names to leave out"))
        self.exclude.setPlaceholderText("*.tmp.jpg\nScreenshots")
        self.exclude.setTabChangesFocus(True)
        buttons = QHBoxLayout()
        buttons.addWidget(self._add)
        buttons.addWidget(self._remove)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE.s)
        layout.addWidget(self.folders, 2)
        layout.addLayout(buttons)
        layout.addWidget(self.hint(self.tr("Removing a folder leaves the photos where they are.")))
        layout.addSpacing(SPACE.s)
        words = QLabel(self.tr("Leave out files and folders named (one per line, * stands for anything)"))
        words.setWordWrap(True)
        layout.addWidget(words)
        layout.addWidget(self.exclude, 1)
        self._add.clicked.connect(self.add_requested)
        self._remove.clicked.connect(self._remove_selected)
        self.folders.itemSelectionChanged.connect(self._update_buttons)
        self.exclude.textChanged.connect(self.changed)
        theme.changed.connect(self._draw)
        self._update_buttons()

    def title(self) -> str:
        """Name of the page."""
        return self.tr("Folders")

    def set_roots(self, roots: Sequence[Root]) -> None:
        """Show the folders of the library."""
        self.folders.clear()
        for root in roots:
            words = self.tr("{folder} (not connected)") if root.away else "{folder}"
            item = QListWidgetItem(words.format(folder=root.display_path))
            item.setData(Qt.ItemDataRole.UserRole, root.path)
            item.setData(AWAY, root.away)
            item.setToolTip(root.display_path)
            self.folders.addItem(item)
        self._draw()
        self._update_buttons()

    def show_settings(self, settings: Settings) -> None:
        """Set the controls."""
        text = "\n".join(settings.indexing.exclude)
        if self._patterns() != settings.indexing.exclude:
            self.exclude.setPlainText(text)

    def applied_to(self, settings: Settings) -> Settings:
        """The settings with what the controls say."""
        return replace(settings, indexing=replace(settings.indexing, exclude=self._patterns()))

    def _patterns(self) -> tuple[str, ...]:
        lines = (line.strip() for line in self.exclude.toPlainText().splitlines())
        return tuple(line for line in lines if line)

    def _draw(self) -> None:
        for row in range(self.folders.count()):
            item = self.folders.item(row)
            away = bool(item.data(AWAY))
            item.setIcon(self._theme.icon("hard-drive" if away else "folder"))
            item.setForeground(self._theme.colour("muted" if away else "text"))

    def _remove_selected(self) -> None:
        for item in self.folders.selectedItems():
            self.remove_requested.emit(item.data(Qt.ItemDataRole.UserRole))

    def _update_buttons(self) -> None:
        self._remove.setEnabled(bool(self.folders.selectedItems()))
