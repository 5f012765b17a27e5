"""Photos in several files: which of them go to the trash?"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QLabel, QScrollArea, QVBoxLayout, QWidget

from imgsearch_desktop.domain.photo import FileId, Photo
from imgsearch_desktop.ui.acting.card import Card
from imgsearch_desktop.ui.acting.outgoing import file_name, present_files
from imgsearch_desktop.ui.theme.theme import Theme
from imgsearch_desktop.ui.theme.tokens import SIZE, SPACE

MOST_LISTED = 200
"""Photos with copies that are listed one by one; of more, all files go or none."""
TALLEST = 240


class CopiesChooser(Card):
    """Lists the files of photos that lie in several, each with a box to tick.

    Signals:
        chosen: the photos, and ids of the files that go; photos with one file go as they are.
    """

    chosen = Signal(object, object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "copy", parent=parent)
        self._photos: Sequence[Photo] = ()
        self.boxes: dict[FileId, QCheckBox] = {}
        self._single: list[FileId] = []
        self._area = QScrollArea(self, widgetResizable=True)
        self._area.setFrameShape(QScrollArea.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.body.addWidget(self._area)
        self._keep = self.add_button(self.tr("Cancel"))
        self.move_button = self.add_button("", "primary")
        self._keep.clicked.connect(self.leave)
        self.move_button.clicked.connect(self._choose)

    def ask_which(self, photos: Sequence[Photo]) -> None:
        """List the copies; every file is ticked at first."""
        self._photos = photos
        several = [photo for photo in photos if len(present_files(photo)) > 1]
        self._single = [f.file_id for photo in photos if photo not in several for f in present_files(photo)]
        self.boxes = {}
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for photo in several[:MOST_LISTED]:
            self._list(photo, column)
        for photo in several[MOST_LISTED:]:
            self._single += [file.file_id for file in present_files(photo)]
        column.addStretch(1)
        self._area.setWidget(page)
        self._area.setFixedHeight(min(page.sizeHint().height(), TALLEST))
        self._count()
        if len(several) == 1:
            self.ask(self.tr("This photo lies in several files. Which of them go to the trash?"))
        else:
            words = self.tr(
                "%n photo(s) lie in several files each. Which of them go to the trash?", "", len(several)
            )
            self.ask(words)
        next(iter(self.boxes.values())).setFocus(Qt.FocusReason.OtherFocusReason)

    def _list(self, photo: Photo, column: QVBoxLayout) -> None:
        name = QLabel(file_name(photo))
        name.setTextFormat(Qt.TextFormat.PlainText)
        name.setProperty("role", "muted")
        name.setContentsMargins(0, SPACE.xs, 0, 0)
        column.addWidget(name)
        for file in present_files(photo):
            box = QCheckBox()
            box.setText(_elided_in_the_middle(box, file.display_path))
            box.setToolTip(file.display_path)
            box.setAccessibleName(file.display_path)
            box.setMinimumHeight(SIZE.target)
            box.setChecked(True)
            box.toggled.connect(self._count)
            self.boxes[file.file_id] = box
            column.addWidget(box)

    def _count(self) -> None:
        count = len(self._ticked())
        self.move_button.setEnabled(count > 0)
        self.move_button.setText(self.tr("Move %n file(s) to the trash", "", count))

    def _ticked(self) -> list[FileId]:
        return [*self._single, *(file_id for file_id, box in self.boxes.items() if box.isChecked())]

    def _choose(self) -> None:
        photos, ticked = self._photos, self._ticked()
        self.leave()
        self.chosen.emit(photos, ticked)


def _elided_in_the_middle(box: QCheckBox, path: str) -> str:
    """A long path with its beginning and its end; "&" is no shortcut in it."""
    shown = box.fontMetrics().elidedText(path, Qt.TextElideMode.ElideMiddle, 420)
    return shown.replace("&", "&&")
