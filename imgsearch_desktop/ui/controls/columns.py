"""Parts of the window side by side, with borders that can be dragged."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QWidget

BORDER = 1
"""Width of a border; Qt makes one so thin easier to grasp than it looks."""


class Columns(QSplitter):
    """One part takes the room that the others leave; these have the width they are given, or dragged to.

    Args:
        parts: from the leading to the trailing one.
        main: the part that takes the rest.
        parent: owner.
    """

    def __init__(self, parts: Sequence[QWidget], main: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setHandleWidth(BORDER)
        self.setChildrenCollapsible(False)
        for part in parts:
            self.addWidget(part)
        self._main = self.indexOf(main)
        self.setStretchFactor(self._main, 1)

    def give(self, part: QWidget, width: int) -> None:
        """Give a part a width, within its own bounds, logical pixels."""
        sizes, place = self.sizes(), self.indexOf(part)
        if part.isHidden() or sizes[place] == width:
            return
        sizes[self._main] = max(1, sizes[self._main] - (width - sizes[place]))
        sizes[place] = width
        self.setSizes(sizes)
