"""How far copying is, and a way to stop it."""

from __future__ import annotations

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QVBoxLayout, QWidget

from imgsearch_desktop.application.tasks import Progress
from imgsearch_desktop.ui.controls.icon_button import IconButton
from imgsearch_desktop.ui.theme.theme import Theme
from imgsearch_desktop.ui.theme.tokens import SPACE


class CopyingBar(QFrame):
    """Hidden while nothing is copied."""

    cancelled = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("UndoBar")
        self.words = QLabel(self)
        self.cross = IconButton(theme, "x", self.tr("Stop copying"), self, size=14)
        self.cross.clicked.connect(self.cancelled)
        self.bar = QProgressBar(self, textVisible=False)
        self.bar.setAccessibleName(self.tr("Copying"))
        row = QHBoxLayout()
        row.setContentsMargins(SPACE.m, SPACE.xs, SPACE.xs, SPACE.xs)
        row.addWidget(self.words, 1)
        row.addWidget(self.cross)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(row)
        layout.addWidget(self.bar)
        self.hide()

    def show_progress(self, progress: Progress | None) -> None:
        """Show how far it is; None hides the bar."""
        self.setVisible(progress is not None)
        if progress is None:
            return
        locale = QLocale()
        total = progress.total or 0
        self.bar.setRange(0, total)
        self.bar.setValue(progress.done)
        self.words.setText(
            self.tr("Copying {done} of {total}").format(
                done=locale.toString(min(progress.done + 1, total)), total=locale.toString(total)
            )
        )
