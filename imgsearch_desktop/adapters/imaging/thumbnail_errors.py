"""What goes wrong with the store of thumbnails, as sentences a user can act on."""

from __future__ import annotations

import contextlib
import errno
import shutil
import sqlite3
from pathlib import Path

from imgsearch_desktop.domain.errors import (
    DiskFullError,
    KnownError,
    LibraryBusyError,
    LibraryReadOnlyError,
)

_LITTLE_SPACE = 1 << 20
"""Bytes; with less than this left, an I/O error is taken for what it nearly always is: a full disk."""


def explained(error: sqlite3.Error | OSError, where: Path) -> Exception:
    """The error to raise instead; the same error where it is a bug.

    Args:
        error: what SQLite or the system raised.
        where: the library directory, named in the message.
    """
    if isinstance(error, OSError):
        full = error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))
        unwritable, busy, failed = not full, False, False
    else:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        failed = code == sqlite3.SQLITE_IOERR
        unwritable = code in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)
        busy = code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
        full = code == sqlite3.SQLITE_FULL or ((failed or unwritable) and _is_full(where))
    if full:
        return DiskFullError(
            f"The disk that holds the library in {where} is full. Everything found so far is kept; "
            "free some space and start again."
        )
    if busy:
        return LibraryBusyError(
            f"Another process is working on the thumbnails in {where}; try again when it is done."
        )
    if unwritable:
        return LibraryReadOnlyError(
            f"The thumbnails in {where} cannot be written. Make the folder writable, or choose another "
            "one for the library."
        )
    if failed:
        return KnownError(
            f"The thumbnails in {where} could not be read or written ({error}). "
            "Check that the disk is connected and healthy."
        )
    return error


def is_damage(error: sqlite3.Error) -> bool:
    """Whether an error says that the file itself is broken or is none."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def _is_full(directory: Path) -> bool:
    with contextlib.suppress(OSError):
        return shutil.disk_usage(directory).free < _LITTLE_SPACE
    return False
