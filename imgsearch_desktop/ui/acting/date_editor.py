"""When was this photo taken? The user knows better than the file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QDate, QDateTime, QLocale, Qt, QTime, Signal
from PySide6.QtWidgets import QDateTimeEdit, QLabel, QWidget

from imgsearch_desktop.domain.date_from_name import EARLIEST_PHOTO
from imgsearch_desktop.domain.photo import DateSource, DateTaken, Photo
from imgsearch_desktop.ui.acting.card import Card
from imgsearch_desktop.ui.acting.outgoing import file_name
from imgsearch_desktop.ui.controls.caret import DateTimeField
from imgsearch_desktop.ui.theme.theme import Theme


class DateEditor(Card):
    """Asks for a date and time by the clock on the wall; the files stay as they are.

    Signals:
        corrected: photo ids and a datetime without a zone.
        taken_back: photo ids.
    """

    corrected = Signal(object, object)
    taken_back = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "calendar-blank", parent=parent)
        self._photos: Sequence[Photo] = ()
        self.edit = DateTimeField(theme, self)
        self.edit.setMinimumDate(QDate(EARLIEST_PHOTO.year, 1, 1))
        self.edit.setAccessibleName(self.tr("Date and time of the photo"))
        self._hint = QLabel(self.tr("The files stay as they are; only your library remembers this."), self)
        self._hint.setProperty("role", "muted")
        self._hint.setWordWrap(True)
        self.body.addWidget(self.edit)
        self.body.addWidget(self._hint)
        self.back = self.add_button(self.tr("Take back"))
        self.back.setToolTip(self.tr("Let the file say it again"))
        self.cancel = self.add_button(self.tr("Cancel"))
        self.save = self.add_button(self.tr("Correct"), "primary")
        self.back.clicked.connect(self._take_back)
        self.cancel.clicked.connect(self.leave)
        self.save.clicked.connect(self._correct)

    def ask_about(self, photos: Sequence[Photo]) -> None:
        """Ask about these photos, beginning with what is known about the first; they all get one date."""
        if not photos:
            return
        self._photos = photos
        dates = [photo.metadata.date_taken for photo in photos]
        self.edit.setDisplayFormat(_format())
        self.edit.setDateTime(_moment(next((date for date in dates if date is not None), None)))
        self.back.setVisible(any(date is not None and date.source is DateSource.USER for date in dates))
        if len(photos) == 1:
            self.ask(self.tr("When was {name} taken?").format(name=file_name(photos[0])))
        else:
            self.ask(self.tr("When were these %n photo(s) taken? All get the same date.", "", len(photos)))
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edit.setSelectedSection(QDateTimeEdit.Section.DaySection)

    def _ids(self) -> list[int]:
        return [int(photo.photo_id) for photo in self._photos]

    def _correct(self) -> None:
        local = self.edit.dateTime().toPython()
        assert isinstance(local, datetime)
        self.leave()
        self.corrected.emit(self._ids(), local)

    def _take_back(self) -> None:
        self.leave()
        self.taken_back.emit(self._ids())


def _format() -> str:
    """Date and time as the language writes them, with a year of four digits."""
    short = QLocale().dateFormat(QLocale.FormatType.ShortFormat)
    date = short if "yyyy" in short else short.replace("yy", "yyyy")
    return f"{date}  HH:mm"


def _moment(taken: DateTaken | None) -> QDateTime:
    if taken is None:
        return QDateTime.currentDateTime()
    local = taken.local
    return QDateTime(QDate(local.year, local.month, local.day), QTime(local.hour, local.minute, local.second))
