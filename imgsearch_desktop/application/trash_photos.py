"""Moving photos to the trash, with a while in which it can be undone.

The system's trash gives nothing back to a program. So a file disappears from every view at once, is written
into a journal in the catalogue, and is moved only when its time has come or the program ends. A program that
is killed in between carries the journal out at its next start.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from imgsearch_desktop.application.ports import Catalogue, CatalogueWriter, TrashBin, TrashEntry
from imgsearch_desktop.application.sync_engine import EngineFeed
from imgsearch_desktop.domain.errors import EngineError, NoTrashError, TrashError
from imgsearch_desktop.domain.photo import FileId

UNDO_S = 10.0
"""How long a move can be undone."""


@dataclass(frozen=True, slots=True)
class TrashReport:
    """What came of carrying out the journal.

    Attributes:
        moved: files that are in the trash now.
        without_trash: files that are back in view because their volume has no trash; ask before deleting.
        failed: files that are back in view, each with a sentence that says why.
    """

    moved: tuple[TrashEntry, ...]
    without_trash: tuple[TrashEntry, ...]
    failed: tuple[tuple[TrashEntry, str], ...]


class TrashPhotos:
    """Takes files out of view, and to the trash when it cannot be undone any more.

    Args:
        catalogue: keeps the journal.
        trash: the system's trash.
        sync: tells the engine.
        now: the time, UTC; replaced in tests.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        trash: TrashBin,
        sync: EngineFeed,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._catalogue = catalogue
        self._trash = trash
        self._sync = sync
        self._now = now

    def move(self, file_ids: Sequence[FileId]) -> tuple[FileId, ...]:
        """Take files out of view; they are moved in `UNDO_S` seconds.

        Returns:
            What `undo` takes.

        Raises:
            LibraryBusyError: another process writes to this library; nothing has changed.
        """
        due = self._now() + timedelta(seconds=UNDO_S)
        self._catalogue.write(lambda writer: writer.journal_trash(file_ids, due))
        self._feed()
        return tuple(file_ids)

    def undo(self, file_ids: Sequence[FileId]) -> int:
        """Bring files back into view whose time has not come.

        Returns:
            How many came back; the others are in the trash already.
        """
        waiting = {entry.file_id for entry in self._catalogue.trash_journal()}
        back = [file_id for file_id in file_ids if file_id in waiting]
        self._catalogue.write(lambda writer: writer.withdraw_trash(back))
        self._feed()
        return len(back)

    def carry_out(self, *, everything: bool = False) -> TrashReport:
        """Move what is due.

        Args:
            everything: also what is not due yet; the program ends.
        """
        now = self._now()
        due = [entry for entry in self._catalogue.trash_journal() if everything or entry.due <= now]
        return self._finish(due, self._trash.send)

    def delete(self, entries: Sequence[TrashEntry]) -> TrashReport:
        """Delete for good, after the user was asked, files whose volume has no trash."""
        return self._finish(entries, self._trash.delete)

    def _finish(self, entries: Sequence[TrashEntry], remove: Callable[[TrashEntry], None]) -> TrashReport:
        moved: list[TrashEntry] = []
        without_trash: list[TrashEntry] = []
        failed: list[tuple[TrashEntry, str]] = []
        for entry in entries:
            try:
                remove(entry)
            except NoTrashError:
                without_trash.append(entry)
            except TrashError as error:
                failed.append((entry, str(error)))
            else:
                moved.append(entry)
        if entries:
            self._settle(moved, [*without_trash, *(entry for entry, _ in failed)])
        return TrashReport(tuple(moved), tuple(without_trash), tuple(failed))

    def _settle(self, moved: Sequence[TrashEntry], staying: Sequence[TrashEntry]) -> None:
        gone, back = [entry.file_id for entry in moved], [entry.file_id for entry in staying]

        def write(writer: CatalogueWriter) -> None:
            writer.journal_trash(gone, self._now())
            writer.settle_trash(gone)
            writer.withdraw_trash(back)

        self._catalogue.write(write)
        self._feed()

    def _feed(self) -> None:
        with suppress(EngineError):  # the engine follows when it can be reached again
            self._sync.catch_up()
