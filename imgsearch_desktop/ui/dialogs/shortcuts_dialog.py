"""Every shortcut in one place, to be searched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from imgsearch_desktop.ui.theme.tokens import SIZE, SPACE


@dataclass(frozen=True, slots=True)
class ShortcutRow:
    """One action and its keys, all for people.

    Attributes:
        group: the heading it stands under; rows of one group follow each other.
        words: what it does.
        shortcuts: the keys as the system writes them ("Ctrl+O"); several mean the same.
    """

    group: str
    words: str
    shortcuts: tuple[str, ...]


class ShortcutsDialog(QDialog):
    """Lists shortcuts; typing narrows the list, arrows scroll it.

    Args:
        rows: what is listed, in its order.
        parent: main window.
    """

    def __init__(self, rows: Sequence[ShortcutRow], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("ShortcutsDialog")
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        self.setModal(False)
        self.resize(560, 560)
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search for an action or a key"))
        self.search.setAccessibleName(self.search.placeholderText())
        self.search.setMinimumHeight(SIZE.target + 8)
        self._nothing = QLabel(self.tr("No shortcut has these words."))
        self._nothing.setProperty("role", "muted")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._area = QScrollArea(widgetResizable=True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._area.setAccessibleName(self.windowTitle())
        self._groups: list[_Group] = []
        self._fill(rows)
        close = QPushButton(self.tr("Close"))
        close.setProperty("kind", "primary")
        close.setAutoDefault(False)
        close.clicked.connect(self.close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE.l, SPACE.l, SPACE.l, SPACE.l)
        layout.setSpacing(SPACE.m)
        layout.addWidget(self.search)
        layout.addWidget(self._nothing)
        layout.addWidget(self._area, 1)
        layout.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        self.search.textChanged.connect(self._narrow)
        self.search.installEventFilter(self)
        self._narrow("")
        self.search.setFocus()

    @property
    def shown(self) -> list[ShortcutRow]:
        """The rows that fit what was typed."""
        return [line.row for group in self._groups for line in group.lines if not line.isHidden()]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrow and page keys scroll while one types."""
        keys = {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in keys:
            bar = self._area.verticalScrollBar()
            step = bar.pageStep() if event.key() in {Qt.Key.Key_PageUp, Qt.Key.Key_PageDown} else SIZE.target
            up = event.key() in {Qt.Key.Key_Up, Qt.Key.Key_PageUp}
            bar.setValue(bar.value() + (-step if up else step))
            return True
        return super().eventFilter(watched, event)

    def _fill(self, rows: Sequence[ShortcutRow]) -> None:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, SPACE.m, 0)
        column.setSpacing(0)
        for row in rows:
            if not self._groups or self._groups[-1].name != row.group:
                self._groups.append(_Group(row.group))
                column.addWidget(self._groups[-1])
            self._groups[-1].add(row)
        column.addStretch(1)
        self._area.setWidget(page)

    def _narrow(self, typed: str) -> None:
        wanted = typed.casefold().split()
        for group in self._groups:
            group.narrow(wanted)
        some = bool(self.shown)
        self._nothing.setVisible(not some)
        self._area.setVisible(some)
        self._area.verticalScrollBar().setValue(0)


class _Line(QFrame):
    """One action with its keys as caps."""

    def __init__(self, row: ShortcutRow) -> None:
        super().__init__()
        self.row = row
        self.setObjectName("ShortcutLine")
        self.setMinimumHeight(SIZE.target + 4)
        self.setAccessibleName(f"{row.words}: {', '.join(row.shortcuts)}")
        words = QLabel(row.words)
        words.setWordWrap(True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, SPACE.xs, 0, SPACE.xs)
        layout.setSpacing(SPACE.xs)
        layout.addWidget(words, 1)
        for shortcut in row.shortcuts:
            cap = QLabel(shortcut)
            cap.setProperty("role", "key")
            cap.setAlignment(Qt.AlignmentFlag.AlignCenter)
            layout.addWidget(cap)
        self._searched = f"{row.words} {row.group} {' '.join(row.shortcuts)}".casefold()

    def has(self, wanted: Sequence[str]) -> bool:
        """Whether every word occurs."""
        return all(word in self._searched for word in wanted)


class _Group(QWidget):
    """A heading and its lines."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name
        self.lines: list[_Line] = []
        heading = QLabel(name)
        heading.setProperty("role", "caption")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, SPACE.s, 0, SPACE.m)
        self._column.setSpacing(0)
        self._column.addWidget(heading)

    def add(self, row: ShortcutRow) -> None:
        """One more line."""
        self.lines.append(_Line(row))
        self._column.addWidget(self.lines[-1])

    def narrow(self, wanted: Sequence[str]) -> None:
        """Show the lines that have the words, and the heading with them."""
        found = [line.has(wanted) for line in self.lines]
        for line, has in zip(self.lines, found, strict=True):
            line.setHidden(not has)
        self.setHidden(not any(found))
