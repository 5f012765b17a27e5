"""What was just done, in words, with a while to undo it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from imgsearch_desktop.ui.acting.card import ICON, announce
from imgsearch_desktop.ui.controls.icon_button import IconButton
from imgsearch_desktop.ui.theme.theme import Theme
from imgsearch_desktop.ui.theme.tokens import SPACE

TICK_MS = 200
SHORT_MS = 4000
"""How long words without undo stay."""


class UndoBar(QFrame):
    """Hidden until something was done. A thin line shows how long it can still be undone.

    Args:
        theme: colours.
        undo_ms: how long an undo is offered.
        parent: owner.
    """

    closed = Signal()

    def __init__(self, theme: Theme, undo_ms: int = 10_000, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._undo_ms = theme, undo_ms
        self._undo: Callable[[], None] | None = None
        self._icon_name, self._colour = "check-circle", "ok"
        self.setObjectName("UndoBar")
        self._icon = QLabel(self)
        self.words = QLabel(self)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setWordWrap(True)
        self.undo = QPushButton(self.tr("Undo"), self)
        self.undo.setProperty("kind", "link")
        self.undo.setToolTip(self.tr("Undo (Ctrl+Z)"))
        self.undo.clicked.connect(self._on_undo)
        self.cross = IconButton(theme, "x", self.tr("Dismiss"), self, size=14)
        self.cross.clicked.connect(self.leave)
        self._left = QProgressBar(self, textVisible=False)
        self._left.setAccessibleName(self.tr("Time left to undo"))
        self._lay_out()
        self._tick = QTimer(self, interval=TICK_MS)
        self._tick.timeout.connect(self._on_tick)
        theme.changed.connect(self._draw)
        self.hide()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(SPACE.m, SPACE.xs, SPACE.xs, SPACE.xs)
        row.setSpacing(SPACE.s)
        row.addWidget(self._icon)
        row.addWidget(self.words, 1)
        row.addWidget(self.undo)
        row.addWidget(self.cross)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(row)
        layout.addWidget(self._left)

    def tell(self, words: str, undo: Callable[[], None] | None = None, *, warn: bool = False) -> None:
        """Say what was done, in place of what was said before.

        Args:
            words: for people.
            undo: undoes it; None where nothing can be undone.
            warn: something went wrong: the words stay until they are dismissed.
        """
        self._undo = undo
        self._icon_name, self._colour = ("warning", "warn") if warn else ("check-circle", "ok")
        self.words.setText(words)
        self.setAccessibleName(words)
        self.undo.setVisible(undo is not None)
        time_ms = self._undo_ms if undo is not None else SHORT_MS
        self._left.setRange(0, time_ms)
        self._left.setValue(time_ms)
        self._left.setVisible(undo is not None)
        self._draw()
        self.show()
        announce(self, words)
        if warn:
            self._tick.stop()
        else:
            self._tick.start()

    def leave(self) -> None:
        """Hide it; what was done stays done."""
        self._tick.stop()
        self._undo = None
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Words without undo stay while the pointer is on them; the time to undo runs on."""
        if self._undo is None:
            self._left.setValue(self._left.maximum())
        super().enterEvent(event)

    def _on_undo(self) -> None:
        undo = self._undo
        self.leave()
        if undo is not None:
            undo()

    def _on_tick(self) -> None:
        if self._undo is None and self.underMouse():
            return
        left = self._left.value() - TICK_MS
        if left <= 0:
            self.leave()
        else:
            self._left.setValue(left)

    def _draw(self) -> None:
        self._icon.setPixmap(self._theme.icon(self._icon_name, self._colour).pixmap(QSize(ICON, ICON)))
