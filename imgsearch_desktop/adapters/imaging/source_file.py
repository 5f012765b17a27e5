"""Reading a picture file without changing, blocking on or trusting it.

A file is read once, whole, into memory (large ones are mapped) and looked at before and after: one that is
still being written is left for later.
"""

from __future__ import annotations

import mmap
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from imgsearch_desktop.domain.errors import PhotoUnreadableError

LARGEST_FILE = 2 * 1024**3
"""Bytes; more is no photo, and would not fit the memory of a worker."""

MAPPED_FROM = 64 * 1024**2
"""Bytes from which a file is mapped instead of read: a RAW of 200 MB must not cost 200 MB."""

# O_NONBLOCK: opening a FIFO must not wait for its writer. O_NOATIME: looking at a photo leaves no trace.
_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_BINARY", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_NONBLOCK", 0)
)
_NO_ACCESS_TIME = getattr(os, "O_NOATIME", 0)


class SourceFileError(PhotoUnreadableError):
    """A file that cannot be read as it is now.

    Attributes:
        retry: the cause may pass.
        vanished: the file is not there (any more).
    """

    def __init__(self, reason: str, *, retry: bool = False, vanished: bool = False) -> None:
        super().__init__(reason)
        self.retry = retry
        self.vanished = vanished


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file as it was read.

    Attributes:
        data: every byte of it.
        size: bytes.
        mtime_ns: modification time, nanoseconds since 1970.
    """

    data: bytes | mmap.mmap
    size: int
    mtime_ns: int


@contextmanager
def source_file(path: bytes) -> Iterator[SourceFile]:
    """Read a file and hold it for as long as the context lasts.

    Raises:
        SourceFileError: it is gone, no regular file, empty, too large, not permitted or still being written.
    """
    try:
        source = _source(path)
    except OSError as error:
        raise _explained(error) from None
    try:
        yield source
    finally:
        if isinstance(source.data, mmap.mmap):
            with suppress(BufferError):  # a traceback may still look at it: then it closes with its last user
                source.data.close()


def _source(path: bytes) -> SourceFile:
    descriptor = _open(path)
    try:
        before = os.fstat(descriptor)
        _check_kind(before)
        data = _contents(descriptor, before.st_size)
        _check_unchanged(before, os.fstat(descriptor), len(data))
        return SourceFile(data, before.st_size, before.st_mtime_ns)
    finally:
        os.close(descriptor)


def _open(path: bytes) -> int:
    if _NO_ACCESS_TIME:
        try:
            return os.open(path, _FLAGS | _NO_ACCESS_TIME)
        except PermissionError:
            pass  # only the owner of a file may ask for this
    return os.open(path, _FLAGS)


def _check_kind(status: os.stat_result) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise SourceFileError("This is a folder, not a picture.")
    if not stat.S_ISREG(status.st_mode):
        raise SourceFileError("This is not a regular file but a device, pipe or socket.")
    if status.st_size == 0:
        raise SourceFileError("The file is empty.")
    if status.st_size > LARGEST_FILE:
        raise SourceFileError("The file is larger than 2 GB, too large for a picture.")


def _contents(descriptor: int, size: int) -> bytes | mmap.mmap:
    if size < MAPPED_FROM:
        return _read(descriptor, size)
    return mmap.mmap(descriptor, size, access=mmap.ACCESS_READ)


def _read(descriptor: int, size: int) -> bytes:
    """Read to the end, one byte further than expected so that growth shows."""
    data = os.read(descriptor, size + 1)
    if len(data) >= size:
        return data
    parts = [data]
    while parts[-1]:
        parts.append(os.read(descriptor, MAPPED_FROM))
    return b"".join(parts)


def _check_unchanged(before: os.stat_result, after: os.stat_result, length: int) -> None:
    same = (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns)
    if not same or length != before.st_size:
        raise SourceFileError("The file is still being written.", retry=True)


def _explained(error: OSError) -> SourceFileError:
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return SourceFileError("The file is not there any more.", retry=True, vanished=True)
    if isinstance(error, PermissionError):
        return SourceFileError("There is no permission to read the file.", retry=True)
    reason = error.strerror or type(error).__name__
    return SourceFileError(f"The file cannot be read: {reason}.", retry=True)
