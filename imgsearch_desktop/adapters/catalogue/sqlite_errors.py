"""SQLite's and the system's errors as sentences a user can act on."""

from __future__ import annotations

import contextlib
import errno
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

from imgsearch_desktop.domain.errors import (
    DiskFullError,
    KnownError,
    LibraryBusyError,
    LibraryDamagedError,
    LibraryReadOnlyError,
)

_LITTLE_SPACE = 1 << 20
"""Bytes; with less than this left, an I/O error is taken for what it nearly always is: a full disk."""


class NonsenseError(sqlite3.DatabaseError):
    """A stored value is none that this program writes: damage where SQLite itself does not look."""

    sqlite_errorcode = sqlite3.SQLITE_CORRUPT


@contextlib.contextmanager
def making_sense() -> Iterator[None]:
    """Stored values are turned into those of the domain in this block; what fails there is damage.

    Raises:
        NonsenseError: a value makes no sense.
    """
    try:
        yield
    except (ValueError, TypeError, OverflowError, AttributeError) as error:
        raise NonsenseError(f"a stored value makes no sense: {error}") from error


def is_damage(error: BaseException) -> bool:
    """Whether an error says that the database file itself is broken or is none."""
    if isinstance(error, sqlite3.OperationalError) and str(error).startswith("Could not decode to UTF-8"):
        return True
    return _primary_code(error) in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def is_unwritable(error: BaseException) -> bool:
    """Whether a file could not be opened or made, as in a read-only directory."""
    if isinstance(error, OSError):
        return error.errno in (errno.EACCES, errno.EPERM, errno.EROFS)
    return _primary_code(error) in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)


def raise_explained(error: sqlite3.Error | OSError, directory: Path) -> NoReturn:
    """Raise what the user can understand instead; the same error where it is a bug.

    Args:
        error: what SQLite or the system raised.
        directory: the library directory, named in the message.
    """
    explained = _explain(error, directory)
    if explained is error:
        raise error
    raise explained from error


def _explain(error: sqlite3.Error | OSError, directory: Path) -> Exception:
    if isinstance(error, OSError):
        return _explain_system_error(error, directory)
    code = _primary_code(error)
    out_of_space = code in (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN) and _is_full(directory)
    explained: Exception = error
    if code == sqlite3.SQLITE_FULL or out_of_space:
        explained = disk_full(directory)
    elif code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        explained = LibraryBusyError(
            f"Another process is working on the library in {directory}; try again when it is done."
        )
    elif is_unwritable(error):
        explained = read_only(directory)
    elif is_damage(error):
        explained = LibraryDamagedError(
            f"The catalogue in {directory} is damaged. Start the program again: it then saves what is intact."
        )
    elif code == sqlite3.SQLITE_IOERR:
        explained = KnownError(
            f"The library in {directory} could not be read or written ({error}). "
            "Check that its disk is connected and healthy."
        )
    return explained


def disk_full(directory: Path) -> DiskFullError:
    """No room: the last batch is not stored, everything before it is."""
    return DiskFullError(
        f"The disk that holds the library in {directory} is full. Everything found so far is kept; "
        "free some space and start again."
    )


def read_only(directory: Path) -> LibraryReadOnlyError:
    """Nothing can be written there."""
    return LibraryReadOnlyError(
        f"The library in {directory} cannot be written. Make the folder writable, or choose another one "
        "for the library."
    )


def _explain_system_error(error: OSError, directory: Path) -> Exception:
    if error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)):
        return disk_full(directory)
    if is_unwritable(error):
        return read_only(directory)
    return KnownError(f"The library in {directory} could not be opened: {error.strerror or error}.")


def _primary_code(error: BaseException) -> int | None:
    code = getattr(error, "sqlite_errorcode", None)
    return None if code is None else code & 0xFF


def _is_full(directory: Path) -> bool:
    with contextlib.suppress(OSError):
        return shutil.disk_usage(directory).free < _LITTLE_SPACE
    return False
