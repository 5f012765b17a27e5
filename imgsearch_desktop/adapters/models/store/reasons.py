"""Why a model that lies here cannot be used, and what cannot be written, in words."""

from __future__ import annotations

import errno
from collections.abc import Sequence
from pathlib import Path

from imgsearch_desktop.application.ports import ModelState, StoredModel
from imgsearch_desktop.domain.errors import DiskFullError, ModelError


def unwritable(error: OSError, root: Path) -> DiskFullError | ModelError:
    """Words for a file of a model that cannot be written."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return DiskFullError(f"The disk that holds the models ({root}) is full. Make room and try again.")
    return ModelError(
        f"The model's files in {root} cannot be written ({error.strerror or error}). "
        "Make the folder writable, or name another place in IMGSEARCH_MODELS."
    )


def why_not(stored: StoredModel) -> str:
    """Why a model is not usable, and what to do."""
    name = stored.entry.name
    match stored.state:
        case ModelState.DAMAGED if stored.elsewhere:
            return (
                f"The model {name} cannot be used: {stored.reason}. "
                "Bring its two models' folders back as they were, or add the pair again."
            )
        case ModelState.DAMAGED:
            mend = "Download it again" if stored.entry.downloadable else "Import its folder again"
            return f"The model {name} cannot be used: {stored.reason}. {mend} to mend it."
        case ModelState.REFUSED:
            return f"The model {name} is not used: {stored.reason}."
        case ModelState.PARTIAL:
            return f"The model {name} is not complete yet. Go on with its download first."
        case _:
            return f"The model {name} is not on this computer yet. Download it first."


def damaged_files(paths: Sequence[str]) -> str:
    """Which files of a model are missing or no longer what they were."""
    shown = ", ".join(paths[:3])
    listed = f"{shown} and {len(paths) - 3} more" if len(paths) > 3 else shown
    return f"{listed} {'is' if len(paths) == 1 else 'are'} damaged"
