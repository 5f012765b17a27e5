"""Which folders (roots) an indexing run is about: adding, nesting, volumes that are not connected."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from imgsearch_desktop.application.ports import (
    Catalogue,
    CatalogueWriter,
    FileRecord,
    FileScanner,
    KnownFile,
    Volumes,
)
from imgsearch_desktop.domain.library import Root
from imgsearch_desktop.domain.photo import Fingerprint, RootId

TRANSACTION = 64
"""Photos touched by one transaction at most, so that the window never waits long for the writer."""


@dataclass(frozen=True, slots=True)
class RootsToScan:
    """The roots of a run.

    Attributes:
        connected: roots whose volume is there.
        notes: one sentence each about what was decided for the user.
    """

    connected: tuple[Root, ...]
    notes: tuple[str, ...]


class LibraryRoots:
    """Finds the roots that given folders mean and adds those that are not in the library.

    A folder inside a root belongs to that root, which is scanned whole; only a hidden one, which a scan of
    the root passes by, becomes a root of its own.

    Args:
        catalogue: where roots are kept.
        scanner: tells whether a folder can be read.
        volumes: tells what is connected.
    """

    def __init__(self, catalogue: Catalogue, scanner: FileScanner, volumes: Volumes) -> None:
        self._catalogue = catalogue
        self._scanner = scanner
        self._volumes = volumes

    def take(self, folders: Sequence[bytes]) -> RootsToScan:
        """The roots to scan; no folders means every root.

        Takes the library's writer lock, so that a second process is told at once.

        Raises:
            FolderError: a folder does not exist, is a file or cannot be read.
            LibraryBusyError: another process writes to this library.
        """
        notes: list[str] = []
        if folders:
            paths = dict.fromkeys(os.path.realpath(folder) for folder in folders)
            wanted = {self._root_for(path, notes) for path in paths}
        else:
            wanted = {root.root_id for root in self._catalogue.roots()}
        self._note_away(notes, wanted)
        roots = [root for root in self._catalogue.roots() if root.root_id in wanted]
        return RootsToScan(tuple(root for root in roots if not root.away), tuple(notes))

    def is_away(self, root: Root) -> bool:
        """Whether a root's volume is not connected now."""
        return self._volumes.is_away(root)

    def roots_below(self, root: Root) -> list[tuple[bytes, Root]]:
        """Other roots below a root, each with its path relative to it."""
        prefix = _prefix(root.path)
        below = [other for other in self._catalogue.roots() if other.path.startswith(prefix)]
        return [(other.path[len(prefix) :], other) for other in below if other.root_id != root.root_id]

    def take_over(self, outer: Root, below: bytes, inner: Root) -> bool:
        """Let a root take over the files of a root below it, without reading them.

        Args:
            outer: the root that stays.
            below: path of the other one, relative to it.
            inner: the root that is merged and forgotten.

        Returns:
            False when they lie on different volumes, so that either can be away alone; nothing is done then.
        """
        if inner.away or inner.volume_id != outer.volume_id:
            return False
        files = [file for file in self._catalogue.known_files(inner.root_id) if file.file_id is not None]
        for at in range(0, len(files), TRANSACTION):
            move = partial(_move_rows, files=files[at : at + TRANSACTION], root_id=outer.root_id, below=below)
            self._catalogue.write(move)
        self._catalogue.write(lambda writer: writer.remove_root(inner.root_id))
        return True

    def _root_for(self, path: bytes, notes: list[str]) -> RootId:
        around = [root for root in self._catalogue.roots() if _belongs(path, root)]
        if around:
            root = max(around, key=lambda r: len(r.path))
            if path != root.path and not self._volumes.is_away(root):
                self._check_readable(path)
                notes.append(
                    f"{os.fsdecode(path)} lies in {root.display_path}, which is in the library already; "
                    "all of it was looked through."
                )
            return root.root_id
        self._check_readable(path)
        volume = self._volumes.volume_of(path)
        return self._catalogue.write(lambda writer: writer.add_root(path, volume))

    def _check_readable(self, path: bytes) -> None:
        """Look into a folder for its first entry; raises FolderError where that fails."""
        entries = self._scanner.scan(path, ())
        next(iter(entries), None)
        close = getattr(entries, "close", None)
        if close is not None:
            close()

    def _note_away(self, notes: list[str], wanted: set[RootId]) -> None:
        """Note in the catalogue which volumes are connected now."""
        states = [(root, self._volumes.is_away(root)) for root in self._catalogue.roots()]

        def work(writer: CatalogueWriter) -> None:
            for root, away in states:
                if away != root.away:
                    writer.set_root_state(root.root_id, away=away, videos=None)

        self._catalogue.write(work)
        notes.extend(
            f"The drive with {root.display_path} is not connected; its photos stay as they are."
            for root, away in states
            if away and root.root_id in wanted
        )


def _move_rows(writer: CatalogueWriter, files: Sequence[KnownFile], root_id: RootId, below: bytes) -> None:
    for file in files:
        record = record_of(file)
        if record is None or file.file_id is None:
            continue
        path = below + b"/" + file.relative_path
        writer.move_file(file.file_id, FileRecord(root_id, path, record.fingerprint, record.sidecar_stamp))
        if file.missing:
            writer.mark_missing([file.file_id])


def record_of(file: KnownFile) -> FileRecord | None:
    """What the catalogue knows of a file, as a record to be written again; None for a failed one."""
    if file.file_hash is None or file.picture_hash is None:
        return None
    fingerprint = Fingerprint(file.size, file.mtime_ns, file.file_hash, file.picture_hash)
    return FileRecord(file.root_id, file.relative_path, fingerprint, file.sidecar_stamp)


def _belongs(path: bytes, root: Root) -> bool:
    """Whether a scan of the root comes by a path."""
    if path == root.path:
        return True
    prefix = _prefix(root.path)
    return path.startswith(prefix) and not any(p.startswith(b".") for p in path[len(prefix) :].split(b"/"))


def _prefix(path: bytes) -> bytes:
    return path.rstrip(b"/") + b"/"
