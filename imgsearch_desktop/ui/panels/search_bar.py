"""The top bar: menu, search field with chips and drop slot, preferences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QSize, QStringListModel, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPixmap,
)
from PySide6.QtWidgets import (
    QCompleter,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from imgsearch_desktop.ui.controls.chip import Chip
from imgsearch_desktop.ui.controls.icon_button import IconButton
from imgsearch_desktop.ui.theme.theme import Theme
from imgsearch_desktop.ui.theme.tokens import SIZE, SPACE


@dataclass(frozen=True, slots=True)
class ChipFace:
    """How a chip looks.

    Attributes:
        key: handed back when the chip is removed.
        words: for people.
        warn: it is left out, not looked for.
        picture: photo id whose thumbnail it shows, None for none.
    """

    key: str
    words: str
    warn: bool = False
    picture: int | None = None


class DropSlot(QPushButton):
    """Where a picture is dropped to add it to the search; a click chooses a file."""

    dropped = Signal(object)
    """A QMimeData."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setObjectName("DropSlot")
        self.setIconSize(QSize(14, 14))
        self.setFixedHeight(SIZE.target)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAcceptDrops(True)
        theme.changed.connect(self._draw)
        self.light(False)

    def light(self, lit: bool) -> None:
        """Show that a photo under way can be dropped here."""
        self.setProperty("lit", lit)
        words = self.tr("Add to search") if lit else self.tr("Drop a picture")
        self.setText(words)
        self.setAccessibleName(words)
        self.style().unpolish(self)
        self.style().polish(self)
        self._draw()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Light up."""
        event.acceptProposedAction()
        self.light(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Dim."""
        self.light(False)
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Take it."""
        event.acceptProposedAction()
        self.light(False)
        self.dropped.emit(event.mimeData())

    def _draw(self) -> None:
        self.setIcon(self._theme.icon("image", "accent" if self.property("lit") else "muted"))


class SearchField(QFrame):
    """Text, chips, drop slot and camera.

    Args:
        theme: colours.
        parent: owner.
    """

    edited = Signal(str)
    """The text was changed by the user."""
    submitted = Signal()
    chip_removed = Signal(str)
    picture_wanted = Signal()
    pasted = Signal(object)
    """A QMimeData that is no text."""
    escaped = Signal()
    cleared = Signal()
    left_downwards = Signal()
    """The Down key: on to the photos."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setObjectName("SearchField")
        self.setFixedHeight(SIZE.field)
        self.setMaximumWidth(SIZE.search)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._lens = QLabel(self)
        self.line = QLineEdit(self)
        self.line.setPlaceholderText(self.tr("Search your photos in your own words"))
        self.line.setAccessibleName(self.tr("Search"))
        self.line.setFrame(False)
        self.line.setMaxLength(10_000)
        self.line.installEventFilter(self)
        self.line.textEdited.connect(self.edited)
        self.line.textChanged.connect(self._fit_line)
        self.line.returnPressed.connect(self.submitted)
        self.slot = DropSlot(theme, self)
        self.slot.clicked.connect(self.picture_wanted)
        self.clear = IconButton(theme, "x", self.tr("Clear the search"), self, size=14)
        self.clear.clicked.connect(self.cleared)
        self.camera = IconButton(theme, "camera", self.tr("Search with a picture (Ctrl+O)"), self, size=20)
        self.camera.clicked.connect(self.picture_wanted)
        self._chips: list[Chip] = []
        self._faces: tuple[ChipFace, ...] = ()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(SPACE.m, 0, SPACE.xs, 0)
        self._row.setSpacing(SPACE.s)
        self._row.addWidget(self._lens)
        self._row.addWidget(self.line, 1)
        self._row.addStretch(0)
        for widget in (self.slot, self.clear, self.camera):
            self._row.addWidget(widget)
        self._words = QStringListModel(self)
        self._set_up_completion()
        self._draw()
        self._adapt()
        theme.changed.connect(self._draw)

    @property
    def faces(self) -> tuple[ChipFace, ...]:
        """The chips that are shown."""
        return self._faces

    def set_text(self, text: str) -> None:
        """Show a text without `edited`."""
        if text != self.line.text():
            self.line.setText(text)
        self._adapt()

    def set_chips(self, faces: Sequence[ChipFace]) -> None:
        """Show these chips; those that were there already stay."""
        if tuple(faces) == self._faces:
            return
        for chip in self._chips:
            self._row.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._faces = tuple(faces)
        self._chips = [self._chip(face) for face in faces]
        self._adapt()

    def set_chip_picture(self, photo_id: int, pixmap: QPixmap) -> None:
        """A thumbnail has arrived for the chip of a photo."""
        for face, chip in zip(self._faces, self._chips, strict=True):
            if face.picture == photo_id:
                chip.set_picture(pixmap)

    def set_completions(self, words: Sequence[str]) -> None:
        """What may be offered while typing."""
        self._words.setStringList(list(words))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys that mean something beyond the text."""
        if watched is self.line:
            if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
                self.setProperty("focused", event.type() == QEvent.Type.FocusIn)
                self.style().unpolish(self)
                self.style().polish(self)
            elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
                return self._press(event)
        return super().eventFilter(watched, event)

    def _press(self, event: QKeyEvent) -> bool:
        key = event.key()
        if (
            key == Qt.Key.Key_Backspace
            and self.line.cursorPosition() == 0
            and not self.line.hasSelectedText()
        ):
            if self._faces:
                self.chip_removed.emit(self._faces[-1].key)
                return True
        elif key == Qt.Key.Key_Escape:
            self.escaped.emit()
            return True
        elif key == Qt.Key.Key_Down and not self._completing:
            self.left_downwards.emit()
            return True
        elif event.matches(QKeySequence.StandardKey.Paste):
            return self._paste()
        return False

    def _paste(self) -> bool:
        data = QGuiApplication.clipboard().mimeData()
        if data is None or (data.hasText() and not data.hasUrls()):
            return False
        if data.hasImage() or data.hasUrls():
            self.pasted.emit(data)
            return True
        return False

    def _chip(self, face: ChipFace) -> Chip:
        chip = Chip(self._theme, face.words, "warn" if face.warn else "plain", self)
        chip.removed.connect(lambda: self.chip_removed.emit(face.key))
        self._row.insertWidget(self._row.indexOf(self.slot) - 1, chip)
        chip.show()
        return chip

    def _adapt(self) -> None:
        """The clear button is there when there is something to clear."""
        self.clear.setVisible(bool(self.line.text() or self._faces))
        self._fit_line()

    def _fit_line(self) -> None:
        """Chips stand right behind the words; without chips the words have all the room."""
        words = self.line.fontMetrics().horizontalAdvance(self.line.text() + "  ") + SPACE.s
        self.line.setMaximumWidth(max(48, words) if self._faces else 16_777_215)
        self._row.setStretch(self._row.indexOf(self.slot) - 1, 1 if self._faces else 0)

    @property
    def _completing(self) -> bool:
        popup = self._completer.popup()
        return popup is not None and popup.isVisible()

    def _set_up_completion(self) -> None:
        self._completer = QCompleter(self._words, self)
        self._completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._completer.setFilterMode(Qt.MatchFlag.MatchStartsWith)
        self._completer.setMaxVisibleItems(8)
        self._completer.activated.connect(self.edited)
        if (popup := self._completer.popup()) is not None:
            popup.setObjectName("Completions")
            popup.setMinimumWidth(280)  # the text has little room beside many chips
        self.line.setCompleter(self._completer)

    def _draw(self) -> None:
        self._lens.setPixmap(self._theme.icon("magnifying-glass").pixmap(QSize(18, 18)))


class TopBar(QFrame):
    """Menu button, search field in the middle, preferences button.

    Args:
        theme: colours.
        parent: owner.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("TopBar")
        self.setFixedHeight(SIZE.search_bar)
        self.menu = IconButton(theme, "list", self.tr("Menu"), self, size=20)
        self.menu.setPopupMode(IconButton.ToolButtonPopupMode.InstantPopup)
        self.field = SearchField(theme, self)
        self.preferences = IconButton(theme, "gear-six", self.tr("Preferences"), self, size=20)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(SPACE.l, 0, SPACE.l, 0)
        layout.setSpacing(SPACE.l)
        layout.addWidget(self.menu)
        layout.addStretch(1)
        layout.addWidget(self.field, 100)
        layout.addStretch(1)
        layout.addWidget(self.preferences)
