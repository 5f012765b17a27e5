"""The failures of the library as a table."""

from __future__ import annotations

import os
from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from imgsearch_desktop.domain.library import Failure
from imgsearch_desktop.ui.words.spoken import spoken

AnyIndex = QModelIndex | QPersistentModelIndex

NAME, FOLDER, REASON, ATTEMPTS = range(4)


class FailuresModel(QAbstractTableModel):
    """One row per file that could not be indexed: name, folder, reason, attempts."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._failures: list[Failure] = []

    def set_failures(self, failures: Sequence[Failure]) -> None:
        """Show these instead of the former ones."""
        self.beginResetModel()
        self._failures = list(failures)
        self.endResetModel()

    def failure(self, row: int) -> Failure:
        """The failure in a row."""
        return self._failures[row]

    @property
    def failures(self) -> Sequence[Failure]:
        """All of them, in the order of the rows."""
        return tuple(self._failures)

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """One row per failure."""
        return 0 if parent.isValid() else len(self._failures)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Name, folder, reason and attempts."""
        return 0 if parent.isValid() else 4

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Words of a cell; the whole path as tool tip, a sentence for screen readers."""
        if not index.isValid():
            return None
        failure = self._failures[index.row()]
        folder, name = os.path.split(failure.display_path)
        if role == Qt.ItemDataRole.DisplayRole:
            return (name, folder, spoken(failure.reason), str(failure.attempts))[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return spoken(failure.reason) if index.column() == REASON else failure.display_path
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{name}: {spoken(failure.reason)}"
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Names of the columns."""
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (self.tr("File"), self.tr("Folder"), self.tr("What is wrong"), self.tr("Tries"))[section]
