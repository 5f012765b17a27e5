"""A button that opens a menu, as the filters do: words, a caret, and a frame in accent while it narrows."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from imgsearch_desktop.ui.theme.theme import Theme
from imgsearch_desktop.ui.theme.tokens import SIZE


class MenuButton(QToolButton):
    """Opens `menu`.

    Args:
        theme: colours.
        words: what is chosen here; shown while nothing is chosen.
        parent: owner.
    """

    def __init__(self, theme: Theme, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words = words
        self._active = False
        self.menu_shown = QMenu(self)
        self.setMenu(self.menu_shown)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the caret stands after the words
        self.setProperty("kind", "filter")
        self.setIconSize(QSize(12, 12))
        self.setMinimumHeight(SIZE.target)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.set_choice("")
        theme.changed.connect(self._draw)

    def set_choice(self, choice: str, *, narrows: bool = True) -> None:
        """Show what is chosen, "" for nothing.

        Args:
            choice: for people.
            narrows: the choice is shown in accent, as it leaves photos out.
        """
        shown, active = choice or self._words, bool(choice) and narrows
        if (shown, active) == (self.text(), self._active):
            return  # asked with every key that is typed; a new style is dear
        self.setText(shown)
        self.setAccessibleName(f"{self._words}: {choice}" if choice else self._words)
        self._active = active
        self.setProperty("active", self._active)
        self.style().unpolish(self)
        self.style().polish(self)
        self._draw()

    def _draw(self) -> None:
        self.setIcon(self._theme.icon("caret-down", "accent" if self._active else "muted"))
