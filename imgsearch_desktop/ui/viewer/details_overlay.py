"""What is known about the photo, over the viewer; every value can be selected and copied."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from imgsearch_desktop.ui.theme.tokens import SPACE
from imgsearch_desktop.ui.words.photo_details import DetailRow


class DetailsOverlay(QFrame):
    """A card with one line per detail."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("detailsOverlay")
        self.setAccessibleName(self.tr("Details of the photo"))
        self._area = QScrollArea(self, widgetResizable=True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE.l, SPACE.l, SPACE.l, SPACE.l)
        layout.addWidget(self._area)

    def wanted_height(self, width: int) -> int:
        """How tall the card has to be to show everything without scrolling, at a width in pixels."""
        page = self._area.widget()
        inside = width - 2 * SPACE.l - 2
        return 2 * SPACE.l + 2 + (max(page.heightForWidth(inside), 0) if page is not None else 0)

    def set_rows(self, rows: Sequence[DetailRow]) -> None:
        """Show these details instead of the former ones."""
        page = QWidget()
        form = QFormLayout(page)
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(SPACE.l)
        form.setVerticalSpacing(SPACE.s)
        for row in rows:
            label = QLabel(row.label)
            label.setProperty("role", "muted")
            label.setAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop)
            value = QLabel(row.value, wordWrap=True)
            value.setProperty("role", "detail")
            value.setTextFormat(Qt.TextFormat.PlainText)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            value.setAccessibleName(f"{row.label}: {row.value}")
            form.addRow(label, value)
        self._area.setWidget(page)
