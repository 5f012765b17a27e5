"""A message where it belongs: one sentence, an action or two, never a dialog."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from imgsearch_desktop.ui.controls.icon_button import IconButton
from imgsearch_desktop.ui.theme.theme import Theme


class InlineMessage(QFrame):
    """Hidden until there is something to say.

    Args:
        theme: colours.
        parent: owner.
    """

    dismissed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon_name, self._colour = "info", "muted"
        self.setObjectName("InlineMessage")
        self._icon = QLabel(self)
        self.label = QLabel(self)
        self.label.setWordWrap(True)
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.action = QPushButton(self)
        self.action.setProperty("kind", "link")
        self.cross = IconButton(theme, "x", self.tr("Dismiss"), self, size=14)
        self.cross.clicked.connect(self._dismiss)
        self._run: Callable[[], None] | None = None
        self.action.clicked.connect(lambda: self._run() if self._run else None)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 6, 6, 6)
        layout.setSpacing(12)
        layout.addWidget(self._icon)
        layout.addWidget(self.label, 1)
        layout.addWidget(self.action)
        layout.addWidget(self.cross)
        theme.changed.connect(self._draw)
        self.hide()

    def tell(
        self,
        text: str,
        *,
        warn: bool = False,
        action: str = "",
        run: Callable[[], None] | None = None,
    ) -> None:
        """Show a sentence; "" hides the message.

        Args:
            text: for people.
            warn: something went wrong, as opposed to something worth knowing.
            action: words of the button, "" for none.
            run: what the button does.
        """
        self.label.setText(text)
        self.setAccessibleName(text)
        self._icon_name, self._colour = ("warning", "warn") if warn else ("info", "muted")
        self.setProperty("tone", "warn" if warn else "plain")
        self.style().unpolish(self)
        self.style().polish(self)
        self._run = run
        self.action.setText(action)
        self.action.setVisible(bool(action))
        self._draw()
        self.setVisible(bool(text))

    def offer(self, action: str, run: Callable[[], None]) -> None:
        """Add a button to the sentence that is shown; "" takes it away."""
        self._run = run
        self.action.setText(action)
        self.action.setVisible(bool(action))

    def _dismiss(self) -> None:
        self.hide()
        self.dismissed.emit()

    def _draw(self) -> None:
        self._icon.setPixmap(self._theme.icon(self._icon_name, self._colour).pixmap(QSize(18, 18)))
