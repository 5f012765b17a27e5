"""The user knows better when a photo was taken; files stay as they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime

from imgsearch_desktop.application.ports import Catalogue, CatalogueWriter
from imgsearch_desktop.application.sync_engine import EngineFeed
from imgsearch_desktop.domain.errors import EngineError
from imgsearch_desktop.domain.photo import DateSource, DateTaken, PhotoId

Corrections = Mapping[PhotoId, DateTaken | None]
"""What the user said for each photo; None for nothing."""


class CorrectDate:
    """Sets the date taken of photos in the catalogue.

    Args:
        catalogue: the truth.
        sync: tells the engine.
    """

    def __init__(self, catalogue: Catalogue, sync: EngineFeed) -> None:
        self._catalogue = catalogue
        self._sync = sync

    def set(self, photo_ids: Sequence[PhotoId], local: datetime) -> Corrections:
        """Say when photos were taken, by the clock on the wall.

        Returns:
            What the user had said before; `restore` takes it for undo.

        Raises:
            LibraryBusyError: another process writes to this library.
        """
        before = self._said(photo_ids)
        date = DateTaken(local.replace(tzinfo=None), None, DateSource.USER)
        self.restore(dict.fromkeys(photo_ids, date))
        return before

    def take_back(self, photo_ids: Sequence[PhotoId]) -> Corrections:
        """Let the files say it again. Returns what the user had said before."""
        before = self._said(photo_ids)
        self.restore(dict.fromkeys(photo_ids))
        return before

    def restore(self, corrections: Corrections) -> None:
        """Put corrections in force, as they were returned before."""

        def write(writer: CatalogueWriter) -> None:
            for photo_id, date in corrections.items():
                writer.correct_date(photo_id, date)

        self._catalogue.write(write)
        with suppress(EngineError):  # the engine follows when it can be reached again
            self._sync.catch_up()

    def _said(self, photo_ids: Sequence[PhotoId]) -> dict[PhotoId, DateTaken | None]:
        dates = {photo.photo_id: photo.metadata.date_taken for photo in self._catalogue.photos(photo_ids)}
        return {
            photo_id: date if date is not None and date.source is DateSource.USER else None
            for photo_id, date in dates.items()
        }
