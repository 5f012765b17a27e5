"""Reading what is known about folders and files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from sqlite3 import Connection
from typing import Any, TypeVar

from imgsearch_desktop.adapters.catalogue.reader_pool import ReaderPool
from imgsearch_desktop.adapters.catalogue.rows import display_text, joined, moment_of, with_slashes
from imgsearch_desktop.application.ports import CatalogueCounts, TrashEntry
from imgsearch_desktop.domain.changes import KnownFile
from imgsearch_desktop.domain.library import Failure, Root
from imgsearch_desktop.domain.photo import FileId, PhotoId, RootId

T = TypeVar("T")

_FOLDERS = """
    SELECT CAST(rtrim(relative_path, replace(relative_path, '/', '')) AS BLOB) AS folder, COUNT(*)
    FROM files WHERE root_id = ? AND missing = 0 GROUP BY folder
"""
"""What stands behind the last slash is trimmed; where bytes are no valid text, some of it may be left."""

_SCAN_FROM = 20
"""From one file in so many on, reading all of them takes less time than going from index to row each time."""

_KNOWN_FILES = """
    SELECT file_id, photo_id, root_id, relative_path, size, mtime_ns, sidecar_stamp, file_hash, picture_hash,
           missing AND NOT EXISTS (SELECT 1 FROM trash_journal WHERE trash_journal.file_id = files.file_id)
    FROM files JOIN photos USING (photo_id)
"""


class FileReader:
    """The part of `CatalogueReader` about folders, files and failures.

    Args:
        readers: where connections come from.
    """

    def __init__(self, readers: ReaderPool) -> None:
        self._readers = readers

    def _read(self, query: Callable[[Connection], T]) -> T:
        with self._readers.snapshot() as connection:
            return query(connection)

    def _rows(self, sql: str, *parameters: object) -> list[Any]:
        return self._read(lambda connection: connection.execute(sql, parameters).fetchall())

    def roots(self) -> list[Root]:
        """Every folder, in the order they were added."""
        rows = self._rows("SELECT root_id, path, volume_id, mount_point, away FROM roots ORDER BY root_id")
        return [
            Root(RootId(root_id), path, display_text(path), volume_id, mount_point, bool(away))
            for root_id, path, volume_id, mount_point, away in rows
        ]

    def known_files(self, root_id: RootId) -> list[KnownFile]:
        """Every file and failed file of a root, missing ones included."""
        with self._readers.snapshot() as connection:
            known = [
                _known_file(row) for row in connection.execute(_files_below(connection, root_id), (root_id,))
            ]
            failures = connection.execute(
                "SELECT relative_path, size, mtime_ns, sidecar_stamp, retry FROM failures WHERE root_id = ?",
                (root_id,),
            ).fetchall()
        known += [
            KnownFile(None, None, root_id, path, size, mtime_ns, stamp, None, None, retry=bool(retry))
            for path, size, mtime_ns, stamp, retry in failures
        ]
        return known

    def folder_counts(self, root_id: RootId) -> dict[bytes, int]:
        """Number of present files directly in each folder of a root that has any, by relative path."""
        counts: Counter[bytes] = Counter()
        for folder, files in self._rows(_FOLDERS, root_id):
            counts[folder.rpartition(b"/")[0]] += files
        return dict(counts)

    def files_with_size(self, size: int) -> list[KnownFile]:
        """Files of any root, present or missing, with this size, as a move or copy has."""
        return [_known_file(row) for row in self._rows(f"{_KNOWN_FILES} WHERE size = ?", size)]

    def files_of(self, photo_id: PhotoId) -> list[KnownFile]:
        """Files of one photo, present or missing."""
        rows = self._rows(f"{_KNOWN_FILES} WHERE files.photo_id = ? ORDER BY file_id", photo_id)
        return [_known_file(row) for row in rows]

    def photo_at(self, path: bytes) -> PhotoId | None:
        """The photo of the file at an absolute path, whatever its state."""
        wanted = with_slashes(path)
        with self._readers.snapshot() as connection:
            for root_id, root_path in connection.execute("SELECT root_id, path FROM roots").fetchall():
                prefix = joined(with_slashes(root_path), b"")
                if not wanted.startswith(prefix):
                    continue
                found = connection.execute(
                    "SELECT photo_id FROM files WHERE root_id = ? AND relative_path = ?",
                    (root_id, wanted[len(prefix) :]),
                ).fetchone()
                if found is not None:
                    return PhotoId(found[0])
        return None

    def failures(self) -> list[Failure]:
        """Files that could not be indexed, in the order of their paths."""
        rows = self._rows(
            "SELECT path, relative_path, reason, attempts, last_tried"
            " FROM failures JOIN roots USING (root_id) ORDER BY root_id, relative_path"
        )
        return [_failure(*row) for row in rows]

    def trash_journal(self) -> list[TrashEntry]:
        """Files on their way to the trash, those due first at the front."""
        rows = self._rows(
            "SELECT file_id, photo_id, path, relative_path, size, mtime_ns, due"
            " FROM trash_journal JOIN files USING (file_id) JOIN roots USING (root_id) ORDER BY due, file_id"
        )
        return [_trash_entry(*row) for row in rows]

    def counts(self) -> CatalogueCounts:
        """How much there is."""
        rows = self._rows(
            """
            SELECT (SELECT COUNT(*) FROM photos WHERE present_files > 0),
                   (SELECT COUNT(*) FROM files),
                   (SELECT COUNT(*) FROM files WHERE missing = 1),
                   (SELECT COUNT(*) FROM failures),
                   (SELECT COALESCE(SUM(videos), 0) FROM roots)
            """
        )
        photos, files, missing, failed, videos = rows[0]
        return CatalogueCounts(photos, files - missing, missing, failed, videos)


def _files_below(connection: Connection, root_id: RootId) -> str:
    """The way through the files that is faster: in the order of their paths, or all of them as they lie."""
    below, everywhere = connection.execute(
        "SELECT (SELECT COUNT(*) FROM files WHERE root_id = ?), (SELECT COUNT(*) FROM files)", (root_id,)
    ).fetchone()
    return f"{_KNOWN_FILES} WHERE {'+' if below * _SCAN_FROM > everywhere else ''}root_id = ?"


def _known_file(row: tuple[Any, ...]) -> KnownFile:
    file_id, photo_id, root_id, relative_path, size, mtime_ns, stamp, file_hash, picture_hash, missing = row
    return KnownFile(
        file_id=file_id,
        photo_id=photo_id,
        root_id=root_id,
        relative_path=relative_path,
        size=size,
        mtime_ns=mtime_ns,
        sidecar_stamp=stamp,
        file_hash=file_hash,
        picture_hash=picture_hash,
        missing=bool(missing),
    )


def _trash_entry(
    file_id: int, photo_id: int, root_path: bytes, relative_path: bytes, size: int, mtime_ns: int, due: int
) -> TrashEntry:
    path = joined(root_path, relative_path)
    return TrashEntry(
        FileId(file_id), PhotoId(photo_id), path, display_text(path), size, mtime_ns, moment_of(due)
    )


def _failure(root_path: bytes, relative_path: bytes, reason: str, attempts: int, last_tried: int) -> Failure:
    path = joined(root_path, relative_path)
    return Failure(path, display_text(path), reason, attempts, moment_of(last_tried))
