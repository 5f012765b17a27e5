"""Parts of the window side by side, with borders that can be dragged."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
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
        self._main, self._main_part = self.indexOf(main), main
        self._given: dict[QWidget, int] = {}
        self.setContentsMargins(0, 0, BORDER if self.isRightToLeft() else 0, 0)
        self.setStretchFactor(self._main, 1)

    def give(self, part: QWidget, width: int) -> None:
        """Give a part a width, within its own bounds, logical pixels; it keeps it when the window changes."""
        self._given[part] = width
        self._apply(part)

    def event(self, event: QEvent) -> bool:
        """Keep the given widths when there is another room, or when parts have other bounds."""
        done = super().event(event)
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            for part in self._given:
                self._apply(part)
        return done

    def changeEvent(self, event: QEvent) -> None:
        """Follow the direction of reading: from the right, Qt goes one pixel beyond the edge."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self.setContentsMargins(0, 0, BORDER if self.isRightToLeft() else 0, 0)

    def _apply(self, part: QWidget) -> None:
        sizes, place, width = self.sizes(), self.indexOf(part), self._given[part]
        if part.isHidden() or self._main_part.isHidden() or sizes[place] == width:
            return
        sizes[self._main] = max(1, sizes[self._main] - (width - sizes[place]))
        sizes[place] = width
        self.setSizes(sizes)
