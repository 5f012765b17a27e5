"""What is known about a photo, why it was found, and which files hold it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QIcon, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QStyle,
    QVBoxLayout,
    QWidget,
)

from imgsearch_desktop.domain.photo import Photo, PhotoFile
from imgsearch_desktop.domain.result import Hit
from imgsearch_desktop.ui.controls.icon_button import IconButton
from imgsearch_desktop.ui.theme.theme import Theme
from imgsearch_desktop.ui.theme.tokens import SIZE, SPACE
from imgsearch_desktop.ui.words.photo_details import DetailRow, details_of, facts_of, why_of

LABEL_WIDTH = 92
ICON = 16


class DetailsPanel(QWidget):
    """A few lines, more on demand; every value can be selected and copied.

    Args:
        theme: colours.
        parent: owner; put the panel into a scroll area where room may be short.

    Signals:
        reveal_requested: absolute path (bytes) of a file to show in its folder.
        open_requested: absolute path (bytes) of a file to open with its program.
        date_requested: the date is to be corrected.
        copied: words have been put into the clipboard.
    """

    reveal_requested = Signal(object)
    open_requested = Signal(object)
    date_requested = Signal()
    copied = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._photo: Photo | None = None
        self._hit: Hit | None = None
        self.setObjectName("DetailsPanel")
        self.setAccessibleName(self.tr("Details of the photo"))
        self._empty = QLabel(self.tr("Select a photo to see what is known about it."), self, wordWrap=True)
        self._empty.setProperty("role", "muted")
        self._page = QWidget(self)
        self.copy_all = IconButton(theme, "copy", self.tr("Copy all details"), self, size=ICON)
        self.copy_all.clicked.connect(self._copy_all)
        self.more = QPushButton(self)
        self.more.setCheckable(True)
        self.more.setProperty("kind", "link")
        self.more.toggled.connect(self._show_rows)
        heading = QLabel(self.tr("Details"), self)
        heading.setProperty("role", "heading")
        self._head = QHBoxLayout()
        self._head.addWidget(heading, 1)
        self._head.addWidget(self.copy_all)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addLayout(self._head)
        self._column.addWidget(self._empty)
        self._column.addWidget(self._page)
        self._column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addStretch(1)
        self.clear()

    def set_photo(self, photo: Photo, hit: Hit | None = None) -> None:
        """Show a photo, and why it was found where it was searched for."""
        self._photo, self._hit = photo, hit
        self._show_rows()

    def clear(self) -> None:
        """No photo is chosen."""
        self._photo = self._hit = None
        self._show_rows()

    @property
    def rows(self) -> list[DetailRow]:
        """What is shown, files apart: the first few, or all."""
        if self._photo is None:
            return []
        facts = facts_of(self._photo)
        first = [row for row in facts if row.first]
        if self._hit is not None and (why := why_of(self._hit)):
            first.append(DetailRow(self.tr("Why"), why, first=True))
        return first + [row for row in facts if not row.first] if self.more.isChecked() else first

    def _show_rows(self) -> None:
        there = self._photo is not None
        self._empty.setVisible(not there)
        self.copy_all.setVisible(there)
        self.more.setVisible(there)
        self.more.setText(self.tr("Fewer details") if self.more.isChecked() else self.tr("More details"))
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for row in self.rows:
            column.addWidget(self._row(row))
        if self._photo is not None and self.more.isChecked():
            self._add_files(column, [file for file in self._photo.files if not file.missing])
        self._column.replaceWidget(self._page, page)
        self._page.hide()
        self._page.deleteLater()
        self._page = page
        page.setVisible(there)

    def _row(self, row: DetailRow) -> QWidget:
        line = _Row(self._theme, row, self)
        line.copy_button.clicked.connect(lambda: self._copy(row.value))
        if row.dated:
            line.add_button("pencil-simple", self.tr("Correct the date")).clicked.connect(self.date_requested)
        return line

    def _add_files(self, column: QVBoxLayout, files: Sequence[PhotoFile]) -> None:
        caption = QLabel(self.tr("IN %n FILE(S)", "", len(files)))
        caption.setProperty("role", "caption")
        caption.setContentsMargins(0, SPACE.m, 0, SPACE.xs)
        column.addWidget(caption)
        for file in files:
            line = QWidget()
            layout = QHBoxLayout(line)
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)
            layout.addWidget(_PathLabel(file.display_path), 1)
            show = IconButton(self._theme, "folder-open", self.tr("Show in folder"), line, size=ICON)
            show.clicked.connect(lambda _=False, path=file.path: self.reveal_requested.emit(path))
            launch = IconButton(
                self._theme, "export", self.tr("Open with the default program"), line, size=ICON
            )
            launch.clicked.connect(lambda _=False, path=file.path: self.open_requested.emit(path))
            for button in (show, launch):
                button.setAccessibleDescription(file.display_path)
                layout.addWidget(button)
            column.addWidget(line)

    def _copy_all(self) -> None:
        if self._photo is None:
            return
        rows = details_of(self._photo)
        if self._hit is not None and (why := why_of(self._hit)):
            rows.append(DetailRow(self.tr("Why"), why))
        self._copy("\n".join(f"{row.label}\t{row.value}" for row in rows))

    def _copy(self, words: str) -> None:
        QGuiApplication.clipboard().setText(words)
        self.copied.emit()


class _Row(QFrame):
    """Label and value; its buttons show while the pointer or the focus is on it."""

    def __init__(self, theme: Theme, row: DetailRow, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._quiet: list[_QuietButton] = []
        label = QLabel(row.label, self)
        label.setProperty("role", "muted")
        label.setMinimumWidth(LABEL_WIDTH)
        label.setAlignment(Qt.AlignmentFlag.AlignTop)
        label.setContentsMargins(0, 6, 0, 0)
        self._value = QLabel(row.value, self, wordWrap=True)
        self._value.setProperty("role", "detail")
        self._value.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._value.setTextFormat(Qt.TextFormat.PlainText)
        self._value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._value.setAccessibleName(f"{row.label}: {row.value}")
        self._value.setContentsMargins(0, 6, 0, 6)
        self._value.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(0)
        self._line.addWidget(label)
        self._line.addWidget(self._value, 1)
        self.copy_button = self.add_button("copy", self.tr("Copy {what}").format(what=row.label))

    def add_button(self, icon: str, words: str) -> IconButton:
        """A button at the end of the line."""
        button = _QuietButton(self._theme, icon, words, self)
        self._quiet.append(button)
        self._line.insertWidget(2, button, 0, Qt.AlignmentFlag.AlignTop)
        return button

    def event(self, event: QEvent) -> bool:
        """Show the buttons while the pointer is here."""
        if event.type() in {QEvent.Type.Enter, QEvent.Type.Leave}:
            for button in self._quiet:
                button.show_icon(event.type() == QEvent.Type.Enter)
        return super().event(event)


class _QuietButton(IconButton):
    """Keeps its place and shows its icon only when it is wanted."""

    def __init__(self, theme: Theme, name: str, words: str, parent: QWidget) -> None:
        self._shown = False
        super().__init__(theme, name, words, parent, size=ICON)
        self.setFixedSize(SIZE.target, SIZE.target)

    def show_icon(self, show: bool) -> None:
        """Show or hide the icon; with the focus it stays."""
        self._shown = show
        self._draw()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Whoever comes by keyboard sees it."""
        super().focusInEvent(event)
        self._draw()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Step back again."""
        super().focusOutEvent(event)
        self._draw()

    def _draw(self) -> None:
        if self._shown or self.hasFocus():
            super()._draw()
        else:
            self.setIcon(QIcon())


class _PathLabel(QWidget):
    """A path that loses its beginning, not its end, where it is too long."""

    def __init__(self, path: str) -> None:
        super().__init__()
        self._path = path
        self.setToolTip(path)
        self.setAccessibleName(path)
        self.setMinimumHeight(SIZE.target)
        self.setProperty("role", "detail")

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw what fits."""
        painter = QPainter(self)
        words = self.fontMetrics().elidedText(self._path, Qt.TextElideMode.ElideLeft, self.width() - SPACE.s)
        painter.setPen(self.palette().text().color())
        aligned = QStyle.visualAlignment(self.layoutDirection(), Qt.AlignmentFlag.AlignLeft)
        painter.drawText(self.rect(), aligned | Qt.AlignmentFlag.AlignVCenter, words)
