"""Copies of photos and lists of paths, written where the user says (`ports.OutgoingFiles`)."""

from __future__ import annotations

import errno
import itertools
import os
from collections.abc import Callable
from contextlib import suppress
from typing import BinaryIO

from imgsearch_desktop.domain.errors import CopyError, DiskFullError, FolderError, KnownError

_PIECE = 1024 * 1024
_FULL = frozenset({errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)})
_BAD_FOLDER = frozenset(
    {errno.ENOENT, errno.ENOTDIR, errno.EACCES, errno.EPERM, errno.EROFS, errno.ENODEV, errno.EIO}
)


class DiskOutgoingFiles:
    """Fulfils `OutgoingFiles` on the disks of this computer."""

    def copy(self, source: bytes, folder: bytes, checkpoint: Callable[[], None]) -> bytes:
        """Copy a file with its modification time; a taken name gets a number, as in "name (2).jpg".

        Raises:
            CopyError: this file cannot be read, or its name cannot be used there.
            FolderError: the folder is not there or cannot be written.
            DiskFullError: there is no room in the folder.
        """
        try:
            original = open(source, "rb")  # noqa: PTH123, SIM115 - the path is bytes; closed below
        except OSError as error:
            raise CopyError(_unreadable(error)) from error
        with original:
            target, copy = _new_file(source, folder)
            try:
                with copy:
                    _copy_pieces(original, copy, folder, checkpoint)
                _keep_times(original, target)
            except BaseException:
                with suppress(OSError):
                    os.unlink(target)  # noqa: PTH108 - the path is bytes
                raise
        return target

    def write_list(self, path: bytes, content: bytes) -> None:
        """Write a file whole or not at all, in place of one that may be there.

        Raises:
            KnownError: it cannot be written; what was there is still there.
        """
        partial = path + b".%d.partial" % os.getpid()
        try:
            with open(partial, "wb") as file:  # noqa: PTH123 - the path is bytes
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            os.replace(partial, path)  # noqa: PTH105
        except OSError as error:
            with suppress(OSError):
                os.unlink(partial)  # noqa: PTH108
            shown = os.fsdecode(path).encode("utf-8", "replace").decode()
            raise KnownError(
                f"The list could not be written to {shown} ({error.strerror}). "
                "Choose another folder, or make room in this one."
            ) from error


def _new_file(source: bytes, folder: bytes) -> tuple[bytes, BinaryIO]:
    """A file that was not there before, under the first free name."""
    stem, suffix = os.path.splitext(os.path.basename(source))  # noqa: PTH119, PTH122
    for number in itertools.count(1):
        name = stem + (b" (%d)" % number if number > 1 else b"") + suffix
        target = os.path.join(folder, name)  # noqa: PTH118
        try:
            return target, open(target, "xb")  # noqa: PTH123 - closed by the caller
        except FileExistsError:
            continue
        except OSError as error:
            raise _not_written(error, folder) from error
    raise AssertionError("numbers do not end")


def _copy_pieces(original: BinaryIO, copy: BinaryIO, folder: bytes, checkpoint: Callable[[], None]) -> None:
    while True:
        checkpoint()
        try:
            piece = original.read(_PIECE)
        except OSError as error:
            raise CopyError(_unreadable(error)) from error
        try:
            if not piece:
                copy.flush()
                return
            copy.write(piece)
        except OSError as error:
            raise _not_written(error, folder) from error


def _keep_times(original: BinaryIO, target: bytes) -> None:
    """The copy is as old as the original, as far as the file system can tell."""
    with suppress(OSError):
        found = os.fstat(original.fileno())
        os.utime(target, ns=(found.st_atime_ns, found.st_mtime_ns))


def _unreadable(error: OSError) -> str:
    if error.errno in {errno.ENOENT, errno.ENOTDIR, errno.ENODEV}:
        return "The file is not at its place. If its drive is away, connect it and try again."
    return f"The file could not be read ({error.strerror or error})."


def _not_written(error: OSError, folder: bytes) -> KnownError:
    shown = os.fsdecode(folder).encode("utf-8", "replace").decode()
    if error.errno in _FULL:
        return DiskFullError(
            f"There is no room left in {shown}. What was copied before is there; make room and copy the rest."
        )
    if error.errno in _BAD_FOLDER or not os.path.isdir(folder):  # noqa: PTH112
        return FolderError(
            f"{shown} cannot be written ({error.strerror or error}). Nothing there was changed; choose "
            "another folder."
        )
    return CopyError(f"The file cannot be stored there ({error.strerror or error}).")
