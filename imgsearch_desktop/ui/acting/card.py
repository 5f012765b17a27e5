"""What a question or message at the bottom of the window looks like."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from imgsearch_desktop.ui.theme.theme import Theme
from imgsearch_desktop.ui.theme.tokens import SPACE

ICON = 18


class Card(QFrame):
    """A question in words with what can be answered; hidden until it is asked. Escape leaves it unanswered.

    Args:
        theme: colours.
        icon: Phosphor's name.
        colour: token of the icon.
        parent: owner.

    Signals:
        closed: answered or left.
    """

    closed = Signal()

    def __init__(self, theme: Theme, icon: str, colour: str = "muted", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._icon_name, self._colour = theme, icon, colour
        self.setObjectName("ActingCard")
        self._icon = QLabel(self)
        self.question = QLabel(self)
        self.question.setProperty("role", "heading")
        self.question.setWordWrap(True)
        self.question.setTextFormat(Qt.TextFormat.PlainText)
        head = QHBoxLayout()
        head.setSpacing(SPACE.s)
        head.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.question, 1)
        self.body = QVBoxLayout()
        self.body.setSpacing(SPACE.s)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(SPACE.s)
        self.buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE.l, SPACE.m, SPACE.l, SPACE.m)
        layout.setSpacing(SPACE.m)
        layout.addLayout(head)
        layout.addLayout(self.body)
        layout.addLayout(self.buttons)
        theme.changed.connect(self._draw)
        self._draw()
        self.hide()

    def add_button(self, words: str, kind: str = "") -> QPushButton:
        """A button in the last row."""
        button = QPushButton(words, self)
        button.setAutoDefault(True)
        if kind:
            button.setProperty("kind", kind)
        self.buttons.addWidget(button)
        return button

    def ask(self, question: str) -> None:
        """Show the card; screen readers are told."""
        self.question.setText(question)
        self.setAccessibleName(question)
        self.show()
        announce(self, question)

    def leave(self) -> None:
        """Hide it."""
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
            event.accept()
        else:
            super().keyPressEvent(event)

    def _draw(self) -> None:
        self._icon.setPixmap(self._theme.icon(self._icon_name, self._colour).pixmap(QSize(ICON, ICON)))


def announce(widget: QWidget, words: str) -> None:
    """Have a screen reader say something that came up without the user going there."""
    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, words))
