"""Taking photos out of the library: copies of their files in another folder, a list of where they lie."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from imgsearch_desktop.application.ports import CatalogueReader, OutgoingFiles
from imgsearch_desktop.application.tasks import Progress, ProgressMeter, TaskControl
from imgsearch_desktop.domain.errors import CopyError
from imgsearch_desktop.domain.photo import Photo, PhotoFile, PhotoId

COPYING = "copying"
"""Name of the phase in which files are copied; its units are files."""

CHUNK = 256
"""Photos looked up in one go."""

COLUMNS = ("path", "taken", "camera", "title", "keywords", "width", "height", "other_files")
"""First line of a CSV list; names stay as they are in every language, programs rely on them."""

NOT_THERE = "The photo is not at its place. If its drive is away, connect it and try again."


@dataclass(frozen=True, slots=True)
class CopyReport:
    """What came of copying.

    Attributes:
        copied: absolute paths of the copies.
        failed: what could not be copied: the path or name for people, and a sentence that says why.
    """

    copied: tuple[bytes, ...]
    failed: tuple[tuple[str, str], ...]


class TakeOut:
    """Copies files and writes lists; the originals are only read.

    Args:
        catalogue: knows where photos lie.
        files: writes outside the library.
    """

    def __init__(self, catalogue: CatalogueReader, files: OutgoingFiles) -> None:
        self._catalogue = catalogue
        self._files = files

    def copy_to(
        self,
        photo_ids: Sequence[PhotoId],
        folder: bytes,
        control: TaskControl,
        report: Callable[[Progress], None],
    ) -> CopyReport:
        """Copy one file of each photo into a folder. Files that cannot be read are listed, the rest goes on.

        Args:
            photo_ids: which.
            folder: absolute path of an existing folder.
            control: cancels, also in the middle of a file; what is copied whole stays.
            report: told how far it is.

        Raises:
            FolderError: the folder is not there or cannot be written.
            DiskFullError: there is no room for the rest.
            Cancelled: stopped by the user.
        """
        meter = ProgressMeter(report)
        copied: list[bytes] = []
        failed: list[tuple[str, str]] = []
        for photo in self._photos(photo_ids):
            control.checkpoint()
            done = len(copied) + len(failed)
            meter.update(COPYING, done, len(photo_ids), failed=len(failed), detail=_shown_path(photo))
            try:
                copied.append(self._copy_any_file(photo, folder, control))
            except CopyError as error:
                failed.append((_shown_path(photo), str(error)))
        meter.update(COPYING, len(copied) + len(failed), len(photo_ids), failed=len(failed), force=True)
        return CopyReport(tuple(copied), tuple(failed))

    def write_paths(self, photo_ids: Sequence[PhotoId], path: bytes) -> int:
        """Write the absolute path of one file of each photo, one per line, byte for byte.

        Returns:
            How many photos are in the list; photos without a present file are left out.

        Raises:
            KnownError: the list cannot be written; what was there is still there.
        """
        lines = [files[0].path for photo in self._photos(photo_ids) if (files := _present(photo))]
        self._files.write_list(path, b"".join(line + b"\n" for line in lines))
        return len(lines)

    def write_table(self, photo_ids: Sequence[PhotoId], path: bytes) -> int:
        """Write a CSV table (`COLUMNS`, UTF-8 with the mark spreadsheets look for); else as `write_paths`."""
        text = io.StringIO(newline="")
        table = csv.writer(text)
        table.writerow(COLUMNS)
        rows = [_row(photo) for photo in self._photos(photo_ids) if _present(photo)]
        table.writerows(rows)
        self._files.write_list(path, text.getvalue().encode("utf-8-sig", "replace"))
        return len(rows)

    def _photos(self, photo_ids: Sequence[PhotoId]) -> Iterator[Photo]:
        for at in range(0, len(photo_ids), CHUNK):
            yield from self._catalogue.photos(photo_ids[at : at + CHUNK])

    def _copy_any_file(self, photo: Photo, folder: bytes, control: TaskControl) -> bytes:
        trouble = CopyError(NOT_THERE)
        for file in _present(photo):
            try:
                return self._files.copy(file.path, folder, control.checkpoint)
            except CopyError as error:
                trouble = error
        raise trouble


def _present(photo: Photo) -> list[PhotoFile]:
    return [file for file in photo.files if not file.missing]


def _shown_path(photo: Photo) -> str:
    files = _present(photo) or photo.files
    return files[0].display_path if files else photo.uid


def _row(photo: Photo) -> tuple[object, ...]:
    first, *others = _present(photo)
    taken = photo.metadata.date_taken
    return (
        first.display_path,
        taken.local.isoformat(sep=" ", timespec="seconds") if taken else "",
        photo.metadata.camera or "",
        photo.metadata.title or "",
        "; ".join(photo.metadata.keywords),
        photo.facts.width,
        photo.facts.height,
        "; ".join(file.display_path for file in others),
    )
