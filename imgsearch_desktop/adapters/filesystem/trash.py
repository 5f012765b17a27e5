"""The system's trash, through send2trash."""

from __future__ import annotations

import os
from pathlib import Path

from imgsearch_desktop.application.ports import TrashEntry
from imgsearch_desktop.domain.errors import NoTrashError, TrashError


class SystemTrash:
    """Fulfils `TrashBin`. A file that is gone already needs no removing and is no error."""

    def send(self, entry: TrashEntry) -> None:
        """Move a file to the trash.

        Raises:
            NoTrashError: its volume has no trash; the file is where it was.
            TrashError: it is another file by now, or may not be moved.
        """
        from send2trash import TrashPermissionError, send2trash

        if not _is_there(entry):
            return
        try:
            send2trash(os.fsdecode(entry.path))
        except TrashPermissionError as error:
            raise NoTrashError(
                f"{entry.display_path} lies on a drive without a trash. It was left where it is."
            ) from error
        except OSError as error:
            raise _not_removed(entry, error) from error

    def delete(self, entry: TrashEntry) -> None:
        """Delete a file for good.

        Raises:
            TrashError: it is another file by now, or may not be deleted.
        """
        if not _is_there(entry):
            return
        try:
            Path(os.fsdecode(entry.path)).unlink()
        except OSError as error:
            raise _not_removed(entry, error) from error


def _is_there(entry: TrashEntry) -> bool:
    """Whether there is anything to remove. What the user saw is removed, nothing that has taken its place."""
    try:
        found = Path(os.fsdecode(entry.path)).lstat()
    except FileNotFoundError:
        return False
    except OSError as error:
        raise _not_removed(entry, error) from error
    if (found.st_size, found.st_mtime_ns) != (entry.size, entry.mtime_ns):
        raise TrashError(
            f"{entry.display_path} has changed since it was last looked at, so it was left where it is. "
            "Rescan its folder and look again."
        )
    return True


def _not_removed(entry: TrashEntry, error: OSError) -> TrashError:
    reason = error.strerror or str(error)
    return TrashError(
        f"{entry.display_path} could not be removed ({reason}). It is still where it was; check whether you "
        "may write to its folder."
    )
