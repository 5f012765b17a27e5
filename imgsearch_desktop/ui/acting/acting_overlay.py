"""Messages and questions about what is done with photos, at the bottom of the window."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from imgsearch_desktop.application.tasks import Progress
from imgsearch_desktop.ui.acting.copies_chooser import CopiesChooser
from imgsearch_desktop.ui.acting.copying_bar import CopyingBar
from imgsearch_desktop.ui.acting.date_editor import DateEditor
from imgsearch_desktop.ui.acting.delete_question import DeleteQuestion
from imgsearch_desktop.ui.acting.photo_acting import PhotoActing
from imgsearch_desktop.ui.acting.undo_bar import UndoBar
from imgsearch_desktop.ui.theme.theme import Theme
from imgsearch_desktop.ui.theme.tokens import SIZE, SPACE
from imgsearch_desktop.ui.words.spoken import spoken
from imgsearch_desktop.workers.contract import Problem

WIDTH = 520


class ActingOverlay(QWidget):
    """Lies over the bottom of its parent and is only as large as what it shows; nothing in it is modal.

    Args:
        theme: colours.
        acting: what it speaks for.
        parent: the window's content.
    """

    def __init__(self, theme: Theme, acting: PhotoActing, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent
        self._came_from: QWidget | None = None
        self.undo_bar = UndoBar(theme, parent=self)
        self.copying = CopyingBar(theme, self)
        self.copies = CopiesChooser(theme, self)
        self.question = DeleteQuestion(theme, self)
        self.date = DateEditor(theme, self)
        self._cards = (self.date, self.copies, self.question)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACE.s)
        for part in (*self._cards, self.copying, self.undo_bar):
            self._column.addWidget(part)
            part.installEventFilter(self)
        for card in self._cards:
            card.closed.connect(self._give_focus_back)
        self._connect(acting)
        parent.installEventFilter(self)
        self.hide()

    def _connect(self, acting: PhotoActing) -> None:
        acting.message.connect(self.undo_bar.tell)
        acting.failed.connect(self._warn)
        acting.copies_found.connect(lambda photos: self._ask(lambda: self.copies.ask_which(photos)))
        acting.delete_asked.connect(lambda entries: self._ask(lambda: self.question.ask_about(entries)))
        acting.date_asked.connect(lambda photos: self._ask(lambda: self.date.ask_about(photos)))
        acting.copying.connect(self._show_copying)
        self.copies.chosen.connect(acting.trash.move_files)
        self.question.confirmed.connect(acting.trash.delete_for_good)
        self.date.corrected.connect(acting.correct_date)
        self.date.taken_back.connect(acting.take_back_date)
        self.copying.cancelled.connect(acting.cancel_copying)

    @property
    def asking(self) -> bool:
        """Whether a question waits for an answer; Escape leaves it."""
        return any(not card.isHidden() for card in self._cards)

    def leave(self) -> bool:
        """Leave the question that waits, as Escape does anywhere in the window; whether there was one."""
        for card in self._cards:
            if not card.isHidden():
                card.leave()
                return True
        return False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the bottom of the window, as large as what is shown."""
        if event.type() in {
            QEvent.Type.Resize, QEvent.Type.ShowToParent, QEvent.Type.HideToParent, QEvent.Type.LayoutRequest,
        }:  # fmt: skip
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        shown = [part for part in (*self._cards, self.copying, self.undo_bar) if not part.isHidden()]
        self.setVisible(bool(shown))
        if not shown:
            return
        width = min(WIDTH, self._window.width() - 2 * SPACE.l)
        height = self._column.minimumSize().height()
        if self._column.hasHeightForWidth():
            height = max(height, self._column.totalHeightForWidth(width))
        bottom = self._window.height() - SIZE.status_bar - SPACE.l
        self.setGeometry((self._window.width() - width) // 2, max(bottom - height, 0), width, height)
        for part in shown:  # those that came up together with the overlay have not heard of their size yet
            layout = part.layout()
            if layout is not None:
                layout.setGeometry(part.contentsRect())
        self.raise_()

    def _ask(self, ask: Callable[[], None]) -> None:
        focus = QApplication.focusWidget()
        if focus is not None and not self.isAncestorOf(focus):
            self._came_from = focus
        ask()
        self._place()

    def _give_focus_back(self) -> None:
        came_from, self._came_from = self._came_from, None
        if came_from is not None and not self.asking:
            came_from.setFocus(Qt.FocusReason.OtherFocusReason)

    def _warn(self, problem: Problem) -> None:
        self.undo_bar.tell(spoken(problem.message), warn=True)

    def _show_copying(self, progress: Progress | None) -> None:
        self.copying.show_progress(progress)
