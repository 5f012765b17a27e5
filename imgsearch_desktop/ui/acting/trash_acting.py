"""Moving photos to the trash, with a while in which it can be undone."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer, Signal

from imgsearch_desktop.application.ports import TrashEntry
from imgsearch_desktop.application.trash_photos import UNDO_S, TrashPhotos, TrashReport
from imgsearch_desktop.domain.errors import KnownError
from imgsearch_desktop.domain.photo import FileId, Photo, PhotoFile, PhotoId
from imgsearch_desktop.ui.acting.outgoing import present_files
from imgsearch_desktop.ui.acting.undo import UndoStack
from imgsearch_desktop.workers.contract import Problem, WorkContext
from imgsearch_desktop.workers.errands import Errands

GRACE_MS = 200
"""So much later than the undo time the journal is looked at: what was due must be due by then."""


class TrashActing(QObject):
    """The trash as the window sees it.

    Args:
        trash: the use case.
        photos: photos by id; off the GUI thread.
        errands: where it is done.
        undo_stack: where it can be undone.
        parent: owner.
    """

    message = Signal(str, object)
    failed = Signal(object)
    photos_changed = Signal()
    removed = Signal(object)
    copies_found = Signal(object)
    delete_asked = Signal(object)

    def __init__(
        self,
        trash: TrashPhotos,
        photos: Callable[[Sequence[PhotoId]], list[Photo]],
        errands: Errands,
        undo_stack: UndoStack,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._trash = trash
        self._photos = photos
        self._errands = errands
        self._undo_stack = undo_stack
        self._due = QTimer(self, singleShot=True, interval=int(UNDO_S * 1000) + GRACE_MS)
        self._due.timeout.connect(self.carry_out)

    def move(self, ids: Sequence[int]) -> None:
        """Move photos to the trash; for those in several files, ask which (`copies_found`)."""
        wanted = [PhotoId(int(one)) for one in ids]

        def done(photos: list[Photo]) -> None:
            if any(len(present_files(photo)) > 1 for photo in photos):
                self.copies_found.emit(photos)
            else:
                self.move_files(photos, [file.file_id for photo in photos for file in photo.files])

        self._errands.run(lambda _: self._photos(wanted), done, self.failed.emit)

    def move_files(self, photos: Sequence[Photo], file_ids: Sequence[FileId]) -> None:
        """Move some of these photos' files; a photo whose last file goes is out of view at once."""
        chosen = set(file_ids)
        files = [f for photo in photos for f in present_files(photo) if f.file_id in chosen]
        gone = [p.photo_id for p in photos if all(f.file_id in chosen for f in present_files(p))]

        def work(_context: WorkContext) -> tuple[FileId, ...]:
            return self._trash.move([file.file_id for file in _reachable(files)])

        def done(moved: tuple[FileId, ...]) -> None:
            words = self._words(len(gone), len(moved))
            entry = self._undo_stack.push(words, lambda: self._bring_back(moved), UNDO_S)
            self._due.start()
            self.photos_changed.emit()
            self.message.emit(words, entry)

        def failed(problem: Problem) -> None:
            self.photos_changed.emit()
            self.failed.emit(problem)

        self.removed.emit(gone)
        self._errands.run(work, done, failed)

    def start(self) -> None:
        """Carry out what was left in the journal: what is due now, and later what is due soon."""
        self.carry_out()
        self._due.start()

    def carry_out(self) -> None:
        """Move what is due; what cannot be moved comes back into view."""
        self._errands.run(lambda _: self._trash.carry_out(), self._tell, self.failed.emit)

    def close(self) -> None:
        """What is due from now on is carried out at quit."""
        self._due.stop()

    def carry_out_at_quit(self) -> None:
        """Move everything that waits, in the calling thread; the program ends.

        Raises:
            LibraryBusyError: another process writes to this library; the journal waits for the next start.
        """
        self._trash.carry_out(everything=True)

    def delete_for_good(self, entries: Sequence[TrashEntry]) -> None:
        """Delete files whose volume has no trash; the user was asked."""

        def done(report: TrashReport) -> None:
            if report.moved:
                self.photos_changed.emit()
                self.message.emit(self.tr("%n file(s) deleted for good", "", len(report.moved)), None)
            self._tell(report)

        self._errands.run(lambda _: self._trash.delete(entries), done, self.failed.emit)

    def _bring_back(self, file_ids: Sequence[FileId]) -> None:
        def done(count: int) -> None:
            self.photos_changed.emit()
            if count:
                self.message.emit(self.tr("%n file(s) brought back", "", count), None)
            else:
                words = self.tr(
                    "It was too late: the files are in the system's trash. Bring them back there."
                )
                self.failed.emit(Problem(words, known=True))

        self._errands.run(lambda _: self._trash.undo(file_ids), done, self.failed.emit)

    def _tell(self, report: TrashReport) -> None:
        if report.without_trash or report.failed:
            self.photos_changed.emit()
        if report.failed:
            _, reason = report.failed[0]
            more = len(report.failed) - 1
            words = (
                reason
                if not more
                else reason + " " + self.tr("The same holds for %n more file(s).", "", more)
            )
            self.failed.emit(Problem(words, known=True))
        if report.without_trash:
            self.delete_asked.emit(report.without_trash)

    def _words(self, photos: int, files: int) -> str:
        if photos:
            return self.tr("%n photo(s) moved to the trash", "", photos)
        return self.tr("%n file(s) moved to the trash", "", files)


def _reachable(files: Sequence[PhotoFile]) -> list[PhotoFile]:
    """Files that are at their places: nothing can be said about those on a drive that is away.

    Raises:
        KnownError: none is.
    """
    there = [file for file in files if os.path.lexists(file.path)]
    if not there:
        raise KnownError(
            "The files are not at their places, so nothing was moved. Connect their drive, or rescan their "
            "folder."
        )
    return there
