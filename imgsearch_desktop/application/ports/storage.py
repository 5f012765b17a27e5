"""Folders, volumes, the trash and other programs: what use cases need of the file system.

Paths are the file system's bytes throughout: a name that is no valid UTF-8 is still a photo.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from imgsearch_desktop.domain import changes
from imgsearch_desktop.domain.library import Root
from imgsearch_desktop.domain.photo import FileId, PhotoId

ScannedFile = changes.ScannedFile
KnownFile = changes.KnownFile


@dataclass(frozen=True, slots=True)
class ScanProblem:
    """A folder or entry that could not be read, with the reason for people."""

    relative_path: bytes
    reason: str


@dataclass(frozen=True, slots=True)
class SkippedVideo:
    """A video met by a scan: counted, not indexed."""

    relative_path: bytes


ScanEntry = ScannedFile | ScanProblem | SkippedVideo


class FileScanner(Protocol):
    """Walks a folder, following links once and never into loops, without changing anything."""

    def scan(self, root_path: bytes, exclude: Sequence[str]) -> Iterator[ScanEntry]:
        """Yield what lies below a root, in no particular order.

        Raises:
            FolderGoneError: there is nothing at the root's path.
            FolderError: the root is no folder or cannot be read.
        """
        ...


@dataclass(frozen=True, slots=True)
class Volume:
    """Where a folder is mounted."""

    volume_id: str
    mount_point: bytes


class Volumes(Protocol):
    """Knows which volumes are connected."""

    def volume_of(self, path: bytes) -> Volume:
        """The volume that holds an existing path."""
        ...

    def is_away(self, root: Root) -> bool:
        """Whether the root's volume is not connected (as opposed to: the folder was deleted)."""
        ...


@dataclass(frozen=True, slots=True)
class TrashEntry:
    """A file on its way to the trash, as the catalogue's journal holds it.

    Attributes:
        due: when it is to be moved, UTC; until then it can be had back.
        size: bytes, as the catalogue knows the file.
        mtime_ns: modification time, as the catalogue knows the file.
    """

    file_id: FileId
    photo_id: PhotoId
    path: bytes
    display_path: str
    size: int
    mtime_ns: int
    due: datetime


class TrashBin(Protocol):
    """The system's trash, from which a program gets nothing back. A file that is gone already is no error."""

    def send(self, entry: TrashEntry) -> None:
        """Move a file to the trash.

        Raises:
            NoTrashError: its volume has no trash; the file is where it was.
            TrashError: it is another file by now, or may not be moved.
        """
        ...

    def delete(self, entry: TrashEntry) -> None:
        """Delete a file for good.

        Raises:
            TrashError: it is another file by now, or may not be deleted.
        """
        ...


class FileManager(Protocol):
    """The system's file manager."""

    def show(self, paths: Sequence[bytes]) -> None:
        """Open it with these files selected; may take seconds.

        Raises:
            KnownError: there is none, or it cannot be started.
        """
        ...


class OutgoingFiles(Protocol):
    """Writes outside the library, where the user says; nothing is ever overwritten unasked. Thread-safe."""

    def copy(self, source: bytes, folder: bytes, checkpoint: Callable[[], None]) -> bytes:
        """Copy a file with its modification time; a taken name gets a number, as in "name (2).jpg".

        Args:
            source: absolute path; it is only read.
            folder: absolute path of an existing folder.
            checkpoint: called between pieces of a file; whatever it raises ends the copy and leaves no piece.

        Returns:
            Absolute path of the copy.

        Raises:
            CopyError: this file cannot be read, or its name cannot be used there.
            FolderError: the folder is not there or cannot be written.
            DiskFullError: there is no room in the folder.
        """
        ...

    def write_list(self, path: bytes, content: bytes) -> None:
        """Write a file whole or not at all, in place of one that may be there.

        Raises:
            KnownError: it cannot be written; what was there is still there.
        """
        ...
