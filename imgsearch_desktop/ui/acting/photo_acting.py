"""What can be done with the photos that are chosen; knows no window, says through signals what came of it."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication, QImage

from imgsearch_desktop.application.correct_date import CorrectDate
from imgsearch_desktop.application.ports import FileManager
from imgsearch_desktop.application.retry_failures import RetryFailures
from imgsearch_desktop.application.take_out import CopyReport, TakeOut
from imgsearch_desktop.application.trash_photos import TrashPhotos
from imgsearch_desktop.domain.errors import KnownError
from imgsearch_desktop.domain.photo import DateTaken, Photo, PhotoId
from imgsearch_desktop.ui.acting.outgoing import first_paths, mime_of, paths_as_text
from imgsearch_desktop.ui.acting.trash_acting import TrashActing
from imgsearch_desktop.ui.acting.undo import UndoStack
from imgsearch_desktop.ui.grid.model import url_of
from imgsearch_desktop.ui.words.spoken import spoken
from imgsearch_desktop.workers.contract import Problem, WorkContext
from imgsearch_desktop.workers.errands import Errands

log = logging.getLogger(__name__)

MOST_OPENED = 20
"""Files that one command opens or shows: nobody wants a thousand windows."""

Ids = Sequence[int]


@dataclass(frozen=True, slots=True)
class ActingUseCases:
    """What acting on photos needs. Everything here is called off the GUI thread only.

    Attributes:
        photos: photos by id.
        pixels: a whole picture, uint8 (height, width, 3).
        trash: moving to the trash.
        dates: correcting dates.
        take_out: copies and lists.
        failures: another try for failed files.
        file_manager: shows files.
    """

    photos: Callable[[Sequence[PhotoId]], list[Photo]]
    pixels: Callable[[PhotoId], NDArray[np.uint8]]
    trash: TrashPhotos
    dates: CorrectDate
    take_out: TakeOut
    failures: RetryFailures
    file_manager: FileManager


class PhotoActing(QObject):
    """Acts on photos, in the background, in the order of the commands.

    Args:
        use_cases: what it can do.
        open_url: opens a file with its default program; replaced in tests.
        parent: owner.
    """

    message = Signal(str, object)
    """Words about what was done, and a callable that undoes it or None."""
    failed = Signal(object)
    """`Problem`."""
    photos_changed = Signal()
    """The catalogue holds something else now: look again."""
    removed = Signal(object)
    """Ids of photos that are out of view at once, before the catalogue is asked again."""
    copies_found = Signal(object)
    """Photos to be moved to the trash, some with several files: which ones? `trash.move_files` takes them."""
    delete_asked = Signal(object)
    """Trash entries on a volume without trash; `trash.delete_for_good` deletes them."""
    date_asked = Signal(object)
    """Photos whose date is to be corrected; `correct_date` or `take_back_date` does it."""
    copying = Signal(object)
    """`Progress` of copying files, None when it has ended."""
    rescan_requested = Signal(object)
    """Absolute paths of folders that have to be indexed."""
    undo_changed = Signal()

    def __init__(
        self,
        use_cases: ActingUseCases,
        open_url: Callable[[QUrl], bool] = QDesktopServices.openUrl,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._use_cases = use_cases
        self._open_url = open_url
        self._errands = Errands("acting", self)
        self._showing = Errands("file manager", self)
        self._copies = Errands("copying", self)
        self._copies.progressed.connect(self.copying)
        self.undo_stack = UndoStack(self)
        self.undo_stack.changed.connect(self.undo_changed)
        self.trash = TrashActing(use_cases.trash, use_cases.photos, self._errands, self.undo_stack, self)
        for name in ("message", "failed", "photos_changed", "removed", "copies_found", "delete_asked"):
            getattr(self.trash, name).connect(getattr(self, name))

    def start(self) -> None:
        """Carry out what an earlier run of the program left in the journal of the trash."""
        self.trash.start()

    def close(self) -> None:
        """Let the threads end; `finish` does the rest."""
        self.trash.close()
        for errands in (self._copies, self._showing, self._errands):
            errands.close()

    def finish(self) -> None:
        """Move everything that waits to the trash; the threads have ended and no window is shown."""
        try:
            self.trash.carry_out_at_quit()
        except KnownError as error:
            log.info("The trash is carried out at the next start: %s", error)

    @property
    def undo_words(self) -> str:
        """What Ctrl+Z would undo, "" for nothing."""
        entry = self.undo_stack.next
        return entry.words if entry else ""

    def undo_last(self) -> None:
        """Undo the newest thing that can be undone."""
        if not self.undo_stack.undo():
            self.message.emit(self.tr("There is nothing to undo."), None)

    # --- show and open ---------------------------------------------------------------------------------

    def reveal(self, ids: Ids) -> None:
        """Show the files in the file manager."""
        wanted = self._few(ids)
        self.reveal_paths(lambda: first_paths(self._use_cases.photos(wanted)))

    def reveal_paths(self, paths: Sequence[bytes] | Callable[[], Sequence[bytes]]) -> None:
        """Show files by absolute path; without a file manager, the folder opens in what the system has."""

        def work(_context: WorkContext) -> tuple[list[bytes], bool]:
            found = _still_there(paths() if callable(paths) else paths)
            try:
                self._use_cases.file_manager.show(found)
            except KnownError:
                return found, False
            return found, True

        def done(answer: tuple[list[bytes], bool]) -> None:
            found, shown = answer
            if not shown and not self._open_url(url_of(found[0].rpartition(b"/")[0] or b"/")):
                self._fail(
                    self.tr("No file manager could be opened. The photo lies at {path}.").format(
                        path=paths_as_text(found[:1])
                    )
                )

        self._showing.run(work, done, self.failed.emit)

    def open(self, ids: Ids) -> None:
        """Open the files with the system's default program."""
        wanted = self._few(ids)

        def done(paths: list[bytes]) -> None:
            refused = [path for path in paths if not self._open_url(url_of(path))]
            if refused:
                words = self.tr("No program is set for this kind of file. Set one in your system's settings.")
                self._fail(words)

        self._showing.run(
            lambda _: _still_there(first_paths(self._use_cases.photos(wanted))), done, self.failed.emit
        )

    # --- copy ------------------------------------------------------------------------------------------

    def copy(self, ids: Ids) -> None:
        """Put the files into the clipboard, for one photo also the picture itself."""
        wanted = _ids(ids)

        def work(_context: WorkContext) -> tuple[list[bytes], QImage | None]:
            photos = self._use_cases.photos(wanted)
            return first_paths(photos), self._picture(wanted[0]) if len(wanted) == 1 else None

        def done(answer: tuple[list[bytes], QImage | None]) -> None:
            paths, picture = answer
            if paths:
                QGuiApplication.clipboard().setMimeData(mime_of(paths, picture))
                self.message.emit(self.tr("%n photo(s) copied", "", len(paths)), None)

        self._errands.run(work, done, self.failed.emit)

    def copy_paths(self, ids: Ids) -> None:
        """Put the paths into the clipboard as text, one per line."""
        wanted = _ids(ids)

        def done(paths: list[bytes]) -> None:
            if paths:
                QGuiApplication.clipboard().setText(paths_as_text(paths))
                self.message.emit(self.tr("%n path(s) copied", "", len(paths)), None)

        self._errands.run(lambda _: first_paths(self._use_cases.photos(wanted)), done, self.failed.emit)

    def copy_to_folder(self, ids: Ids, folder: bytes) -> None:
        """Copy files into a folder, nothing is overwritten; `copying` tells how far it is."""
        wanted = _ids(ids)

        def done(report: CopyReport) -> None:
            self.copying.emit(None)
            name = PurePath(paths_as_text([folder])).name
            words = self.tr("%n photo(s) copied to {folder}", "", len(report.copied)).format(folder=name)
            if not report.failed:
                self.message.emit(words, None)
                return
            path, reason = report.failed[0]
            rest = self.tr("%n could not be copied. {path}: {reason}", "", len(report.failed))
            self._fail(f"{words}. {rest.format(path=path, reason=spoken(reason))}")

        def failed(problem: Problem) -> None:
            self.copying.emit(None)
            self.failed.emit(problem)

        self._copies.run(
            lambda context: self._use_cases.take_out.copy_to(wanted, folder, context.control, context.report),
            done,
            failed,
        )

    def cancel_copying(self) -> None:
        """Stop copying; what is copied whole stays."""
        self._copies.cancel()
        self.copying.emit(None)

    def export_list(self, ids: Ids, path: bytes) -> None:
        """Write where the photos lie: a table for a name that ends in .csv, else one path per line."""
        wanted = _ids(ids)
        take_out = self._use_cases.take_out
        write = take_out.write_table if path.lower().endswith(b".csv") else take_out.write_paths

        def done(count: int) -> None:
            name = PurePath(paths_as_text([path])).name
            self.message.emit(self.tr("%n photo(s) listed in {file}", "", count).format(file=name), None)

        self._errands.run(lambda _: write(wanted, path), done, self.failed.emit)

    # --- dates and failures ----------------------------------------------------------------------------

    def ask_date(self, ids: Ids) -> None:
        """Begin to correct the date of photos: `date_asked` comes with what is known about them."""
        wanted = _ids(ids)
        self._errands.run(lambda _: self._use_cases.photos(wanted), self.date_asked.emit, self.failed.emit)

    def correct_date(self, ids: Ids, local: datetime) -> None:
        """Say when photos were taken, by the clock on the wall."""
        wanted = _ids(ids)
        words = self.tr("Date of %n photo(s) corrected", "", len(wanted))
        self._change_dates(lambda: self._use_cases.dates.set(wanted, local), words)

    def take_back_date(self, ids: Ids) -> None:
        """Let the files say again when photos were taken."""
        wanted = _ids(ids)
        words = self.tr("Correction of %n photo(s) taken back", "", len(wanted))
        self._change_dates(lambda: self._use_cases.dates.take_back(wanted), words)

    def retry_failures(self, paths: Sequence[bytes]) -> None:
        """Try failed files again: `rescan_requested` names the folders that have to be indexed."""

        def done(roots: Sequence[bytes]) -> None:
            if roots:
                self.rescan_requested.emit(roots)
            else:
                words = self.tr("These files cannot be tried again now. Connect their drive and try again.")
                self._fail(words)

        self._errands.run(lambda _: self._use_cases.failures.mark(paths), done, self.failed.emit)

    def _change_dates(self, change: Callable[[], Mapping[PhotoId, DateTaken | None]], words: str) -> None:
        def done(before: Mapping[PhotoId, DateTaken | None]) -> None:
            entry = self.undo_stack.push(words, lambda: self._restore_dates(before))
            self.photos_changed.emit()
            self.message.emit(words, entry)

        self._errands.run(lambda _: change(), done, self.failed.emit)

    def _restore_dates(self, before: Mapping[PhotoId, DateTaken | None]) -> None:
        def done(_nothing: object) -> None:
            self.photos_changed.emit()
            self.message.emit(self.tr("The former date is back."), None)

        self._errands.run(lambda _: self._use_cases.dates.restore(before), done, self.failed.emit)

    def _few(self, ids: Ids) -> list[PhotoId]:
        if len(ids) > MOST_OPENED:
            self.message.emit(self.tr("Only the first {count} are opened.").format(count=MOST_OPENED), None)
        return _ids(ids[:MOST_OPENED])

    def _picture(self, photo_id: PhotoId) -> QImage | None:
        try:
            pixels = np.ascontiguousarray(self._use_cases.pixels(photo_id))
        except KnownError:
            return None  # the file is copied all the same
        height, width = pixels.shape[:2]
        return QImage(pixels.data, width, height, width * 3, QImage.Format.Format_RGB888).copy()

    def _fail(self, words: str) -> None:
        self.failed.emit(Problem(words, known=True))


def _ids(ids: Ids) -> list[PhotoId]:
    return [PhotoId(int(one)) for one in ids]


def _still_there(paths: Sequence[bytes]) -> list[bytes]:
    """Paths that lead somewhere.

    Raises:
        KnownError: none does.
    """
    there = [path for path in paths if os.path.lexists(path)]
    if not there:
        raise KnownError(
            "The file is not at its place any more. Connect its drive, or rescan its folder to find it again."
        )
    return there
