"""Which files could not be indexed, why, and what can be done about it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QItemSelection, QLocale, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QStackedLayout,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from imgsearch_desktop.domain.library import Failure
from imgsearch_desktop.ui.dialogs.failure_delegate import ROW, FailureDelegate
from imgsearch_desktop.ui.dialogs.failures_model import ATTEMPTS, FOLDER, NAME, REASON, FailuresModel
from imgsearch_desktop.ui.theme.theme import Theme
from imgsearch_desktop.ui.words.spoken import spoken


class FailuresDialog(QDialog):
    """Lists failures; stays open beside the main window and is filled anew while indexing goes on.

    Args:
        theme: colours.
        parent: main window.
    """

    retry_requested = Signal(object)
    """Absolute paths (bytes) of the files to try again."""
    reveal_requested = Signal(object)
    """Absolute path (bytes) of the file to show in the file manager."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setObjectName("FailuresDialog")
        self.setWindowTitle(self.tr("Files that could not be indexed"))
        self.setModal(False)
        self.resize(820, 480)
        self.model = FailuresModel(self)
        self._summary = QLabel(wordWrap=True)
        self._table = self._build_table()
        self._empty = self._build_empty()
        self._retry = self._button(self.tr("Try again"), self._retry_selected)
        self._reveal = self._button(self.tr("Show in folder"), self._reveal_selected)
        self._copy = self._button(self.tr("Copy list"), self._copy_selected)
        self._retry.setProperty("kind", "primary")
        close = self._button(self.tr("Close"), self.close)
        self._build_layout(close)
        QShortcut(QKeySequence.StandardKey.Copy, self._table, self._copy_selected)
        self.set_failures(())

    def set_failures(self, failures: Sequence[Failure]) -> None:
        """Show these failures; rows that stay selected are those of the same files."""
        selected = {failure.path for failure in self._selected()}
        self.model.set_failures(failures)
        for row, failure in enumerate(failures):
            if failure.path in selected:
                self._table.selectRow(row)
        self._summary.setText(
            self.tr("%n file(s) could not be indexed. Your files are untouched.", "", len(failures))
        )
        for part in (self._summary, self._retry, self._reveal, self._copy):
            part.setVisible(bool(failures))
        self._pages.setCurrentWidget(self._table if failures else self._empty)
        self._update_buttons()

    def _build_table(self) -> QTableView:
        table = QTableView()
        table.setModel(self.model)
        table.setAccessibleName(self.windowTitle())
        table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QTableView.SelectionMode.ExtendedSelection)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(ROW)
        table.setItemDelegate(FailureDelegate(self._theme, table))
        table.setColumnHidden(FOLDER, True)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(REASON, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(ATTEMPTS, QHeaderView.ResizeMode.ResizeToContents)
        header.resizeSection(NAME, 300)
        table.doubleClicked.connect(self._reveal_selected)
        table.selectionModel().selectionChanged.connect(self._on_selection)
        return table

    def _build_empty(self) -> QWidget:
        page = QWidget()
        icon = self._empty_icon = QLabel()
        words = QLabel(self.tr("Nothing failed. Every picture in your folders could be read."))
        words.setProperty("role", "muted")
        words.setWordWrap(True)
        column = QVBoxLayout(page)
        column.addStretch(1)
        for label in (icon, words):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(label)
        column.addStretch(1)
        self._theme.changed.connect(self._draw)
        self._draw()
        return page

    def _draw(self) -> None:
        self._empty_icon.setPixmap(self._theme.icon("check-circle", "ok").pixmap(QSize(40, 40)))

    def _build_layout(self, close: QPushButton) -> None:
        self._pages = QStackedLayout()
        self._pages.addWidget(self._table)
        self._pages.addWidget(self._empty)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self._reveal, self._copy):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(close)
        buttons.addWidget(self._retry)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        layout.addWidget(self._summary)
        layout.addLayout(self._pages, 1)
        layout.addLayout(buttons)

    def _button(self, words: str, clicked: object) -> QPushButton:
        button = QPushButton(words)
        button.setAutoDefault(False)
        button.clicked.connect(clicked)
        return button

    def _selected(self) -> list[Failure]:
        rows = sorted(index.row() for index in self._table.selectionModel().selectedRows())
        return [self.model.failure(row) for row in rows]

    def _chosen(self) -> Sequence[Failure]:
        return self._selected() or self.model.failures

    def _on_selection(self, _selected: QItemSelection, _deselected: QItemSelection) -> None:
        self._update_buttons()

    def _update_buttons(self) -> None:
        count = len(self._selected())
        some = bool(self.model.failures)
        self._retry.setEnabled(some)
        self._copy.setEnabled(some)
        self._reveal.setEnabled(count == 1)
        number = QLocale().toString(count)
        self._retry.setText(
            self.tr("Try {count} again").format(count=number) if count else self.tr("Try all again")
        )

    def _retry_selected(self) -> None:
        self.retry_requested.emit([failure.path for failure in self._chosen()])

    def _reveal_selected(self) -> None:
        if selected := self._selected():
            self.reveal_requested.emit(selected[0].path)

    def _copy_selected(self) -> None:
        lines = [f"{failure.display_path}\t{spoken(failure.reason)}" for failure in self._chosen()]
        QGuiApplication.clipboard().setText("\n".join(lines))
