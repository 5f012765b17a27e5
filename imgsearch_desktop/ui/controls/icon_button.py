"""A button with an icon that follows the theme."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QToolButton, QWidget

from imgsearch_desktop.ui.theme.theme import Theme
from imgsearch_desktop.ui.theme.tokens import SIZE


class IconButton(QToolButton):
    """Shows an icon only; its words are the tool tip and what is read aloud.

    Args:
        theme: colours.
        name: Phosphor's name of the icon.
        words: what it does.
        parent: owner.
        size: of the icon, pixels.
    """

    def __init__(
        self, theme: Theme, name: str, words: str, parent: QWidget | None = None, size: int = 18
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._name = name
        self.setIconSize(QSize(size, size))
        self.setFixedSize(SIZE.target + 4, SIZE.target + 4)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.set_words(words)
        self._draw()
        theme.changed.connect(self._draw)

    def set_words(self, words: str) -> None:
        """Change what it says it does."""
        self.setToolTip(words)
        self.setAccessibleName(words)

    def set_icon(self, name: str) -> None:
        """Show another icon."""
        self._name = name
        self._draw()

    def _draw(self) -> None:
        self.setIcon(self._theme.icon(self._name))
