"""Walking a folder: which pictures, sidecars and videos lie in it, and what could not be read."""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from imgsearch_desktop.adapters.filesystem.file_kinds import FileKind, holds_picture, kind_of
from imgsearch_desktop.adapters.filesystem.left_out import (
    Exclusions,
    bundle_note,
    is_bundle,
    is_system_folder,
)
from imgsearch_desktop.adapters.filesystem.sidecar_files import SidecarFiles, stamp_of
from imgsearch_desktop.application.ports import ScanEntry, ScannedFile, ScanProblem, SkippedVideo
from imgsearch_desktop.domain.errors import FolderError, FolderGoneError

_Entry = os.DirEntry[bytes]
_Identity = tuple[int, int]

_REASONS = {
    errno.EACCES: "It may not be read: its permissions do not allow it.",
    errno.EPERM: "It may not be read: the system does not allow it.",
    errno.ENAMETOOLONG: "Its path is longer than the system allows; move it to a folder nearer to the top.",
    errno.ELOOP: "It is a link that leads back to itself.",
    errno.EIO: "The drive could not read it; the drive may be failing or may have been disconnected.",
    errno.ESTALE: "The network drive it lies on has lost track of it; connect the drive again.",
}
_NOT_REGULAR = "It is named like a picture and is not a regular file, so it was not opened."


class FolderScanner:
    """Walks folders; fulfils `FileScanner`.

    Links to folders are followed after all real folders, each real folder once, so that loops end and what
    can be reached without a link keeps its plain path; a link to a folder around the root is not followed. A
    link to a file is followed where the file is not met by itself. Links that lead nowhere are passed by.
    """

    def scan(self, root_path: bytes, exclude: Sequence[str]) -> Iterator[ScanEntry]:
        """Yield what lies below a root, in no particular order, without changing anything.

        Args:
            root_path: absolute path of the folder.
            exclude: glob patterns of names, or with "/" of paths below the root, that are left out.

        Raises:
            FolderGoneError: there is nothing at the root's path.
            FolderError: the root is no folder or cannot be read.
        """
        return _Walk(root_path, Exclusions(exclude)).entries()


class _Walk:
    """One walk through one root; `entries` is called once."""

    def __init__(self, root: bytes, exclusions: Exclusions) -> None:
        self._root = root
        self._prefix = root if root.endswith(b"/") else root + b"/"
        self._walked: list[bytes] = []
        self._exclusions = exclusions
        self._waiting: list[bytes] = []
        self._links: list[bytes] = []
        self._file_links: list[tuple[_Entry, bytes, SidecarFiles | None]] = []
        self._visited: set[_Identity] = set()

    def entries(self) -> Iterator[ScanEntry]:
        listing = self._list_root()
        self._walked.append(_real_prefix(self._root))
        yield from self._folder(b"", listing)
        yield from self._waiting_folders(linked=False)
        yield from self._linked_folders()
        for entry, relative_path, sidecars in self._file_links:
            if not self._is_met(os.path.realpath(entry.path)):
                yield from _one(partial(self._file, entry, relative_path, sidecars), relative_path)

    def _linked_folders(self) -> Iterator[ScanEntry]:
        """Follow the links to folders, then those met on the way."""
        around = _identities_around(self._root)
        while self._links:
            links, self._links = sorted(self._links), []
            for link in links:
                identity = _identity(self._prefix + link)
                if identity is not None and identity not in self._visited and identity not in around:
                    self._waiting.append(link)
                    self._walked.append(_real_prefix(self._prefix + link))
                    yield from self._waiting_folders(linked=True)

    def _waiting_folders(self, *, linked: bool) -> Iterator[ScanEntry]:
        """Walk the waiting folders; below a link, pass by those already walked."""
        while self._waiting:
            folder = self._waiting.pop()
            path = self._prefix + folder
            identity = _identity(path)
            if linked and identity in self._visited:
                continue
            if identity is not None:
                self._visited.add(identity)
            try:
                listing = _listing(path)
            except FileNotFoundError:
                continue
            except OSError as error:
                yield ScanProblem(folder, _reason(error))
            else:
                yield from self._folder(folder + b"/", listing)

    def _list_root(self) -> list[_Entry]:
        shown = os.fsdecode(self._root).encode("utf-8", "replace").decode()
        try:
            listing = _listing(self._root)
        except FileNotFoundError as error:
            raise FolderGoneError(
                f"There is no folder {shown}. Check how it is written and whether its drive is connected."
            ) from error
        except NotADirectoryError as error:
            raise FolderError(f"{shown} is a file; choose the folder it lies in.") from error
        except OSError as error:
            raise FolderError(f"The folder {shown} cannot be read. {_reason(error)}") from error
        identity = _identity(self._root)
        if identity is not None:
            self._visited.add(identity)
        return listing

    def _folder(self, above: bytes, listing: list[_Entry]) -> Iterator[ScanEntry]:
        """Yield the files of one folder and note its sub-folders and links.

        Args:
            above: the folder's path below the root with "/" at its end, b"" for the root.
            listing: its entries.
        """
        sidecars = _sidecars(listing)
        for entry in listing:
            relative_path = above + entry.name
            if _is_hidden(entry) or self._exclusions.match(entry.name, relative_path):
                continue
            yield from _one(partial(self._entry, entry, relative_path, sidecars), relative_path)

    def _entry(self, entry: _Entry, relative_path: bytes, sidecars: SidecarFiles | None) -> ScanEntry | None:
        if _is_link(entry):
            return self._link(entry, relative_path, sidecars)
        if entry.is_dir(follow_symlinks=False):
            return self._sub_folder(entry.name, relative_path, self._waiting)
        if entry.is_file(follow_symlinks=False):
            return self._file(entry, relative_path, sidecars)
        return ScanProblem(relative_path, _NOT_REGULAR) if kind_of(entry.name) is FileKind.PICTURE else None

    def _sub_folder(self, name: bytes, relative_path: bytes, into: list[bytes]) -> ScanProblem | None:
        if is_bundle(name):
            note = bundle_note(name)
            return ScanProblem(relative_path, note) if note else None
        if not is_system_folder(name):
            into.append(relative_path)
        return None

    def _file(self, entry: _Entry, relative_path: bytes, sidecars: SidecarFiles | None) -> ScanEntry | None:
        kind = kind_of(entry.name)
        if kind is FileKind.OTHER:
            return None
        if kind is FileKind.VIDEO:
            return SkippedVideo(relative_path)
        status = entry.stat()
        if kind is FileKind.UNKNOWN and not holds_picture(entry.path, status.st_size):
            return None
        beside = sidecars.of(entry.name) if sidecars else ()
        return ScannedFile(
            relative_path,
            status.st_size,
            status.st_mtime_ns,
            tuple(sidecar.path for sidecar in beside),
            stamp_of(beside),
        )

    def _link(self, entry: _Entry, relative_path: bytes, sidecars: SidecarFiles | None) -> ScanProblem | None:
        """Note where a link leads; it is followed when everything else has been walked."""
        try:
            mode = entry.stat().st_mode
        except OSError:
            return None
        if stat.S_ISDIR(mode):
            return self._sub_folder(entry.name, relative_path, self._links)
        if stat.S_ISREG(mode):
            self._file_links.append((entry, relative_path, sidecars))
        return None

    def _is_met(self, path: bytes) -> bool:
        """Whether the walk meets a file by itself: then a link to it must not make it look like two."""
        return any(path.startswith(prefix) and _is_plain(path[len(prefix) :]) for prefix in self._walked)


def _is_plain(relative_path: bytes) -> bool:
    """Whether neither a file nor any folder above it is one that a walk passes by."""
    *folders, name = relative_path.split(b"/")
    passed_by = (f.startswith(b".") or is_system_folder(f) or is_bundle(f) for f in folders)
    return not name.startswith(b".") and not any(passed_by)


def _real_prefix(folder: bytes) -> bytes:
    return os.path.realpath(folder).rstrip(b"/") + b"/"


def _one(look: Callable[[], ScanEntry | None], relative_path: bytes) -> Iterator[ScanEntry]:
    """What there is to say of one entry, should it still be there."""
    try:
        found = look()
    except FileNotFoundError:
        return
    except OSError as error:
        found = ScanProblem(relative_path, _reason(error))
    if found is not None:
        yield found


def _listing(path: bytes) -> list[_Entry]:
    with os.scandir(path) as entries:
        return list(entries)


def _sidecars(listing: list[_Entry]) -> SidecarFiles | None:
    named = [entry for entry in listing if entry.name[-5:].lower().endswith((b".xmp", b".json"))]
    files = [entry for entry in named if entry.is_file(follow_symlinks=False)]
    return SidecarFiles(files) if files else None


def _identity(path: bytes) -> _Identity | None:
    """Which folder a path leads to; None where that cannot be told."""
    try:
        status = os.stat(path)  # noqa: PTH116 - pathlib knows no bytes
    except OSError:
        return None
    return (status.st_dev, status.st_ino) if status.st_ino else None


def _identities_around(root: bytes) -> set[_Identity | None]:
    """The folders that the root lies in."""
    found: set[_Identity | None] = set()
    path = os.path.realpath(root)
    while (parent := os.path.split(path)[0]) != path:
        path = parent
        found.add(_identity(path))
    return found


def _is_hidden(entry: _Entry) -> bool:
    if entry.name.startswith(b"."):
        return True
    if sys.platform == "win32":
        attributes = entry.stat(follow_symlinks=False).st_file_attributes
        return bool(attributes & stat.FILE_ATTRIBUTE_HIDDEN)
    return False


def _is_link(entry: _Entry) -> bool:
    if sys.platform == "win32":
        tag = entry.stat(follow_symlinks=False).st_reparse_tag
        return tag in (stat.IO_REPARSE_TAG_SYMLINK, stat.IO_REPARSE_TAG_MOUNT_POINT)
    return entry.is_symlink()


def _reason(error: OSError) -> str:
    """One sentence for people on why an entry could not be read."""
    known = _REASONS.get(error.errno or 0)
    return known or f"The system could not read it ({error.strerror or error})."
