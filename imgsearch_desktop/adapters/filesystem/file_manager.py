"""The system's file manager, through show-in-file-manager."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from imgsearch_desktop.domain.errors import KnownError


class SystemFileManager:
    """Fulfils `FileManager`."""

    def show(self, paths: Sequence[bytes]) -> None:
        """Open it with these files selected; may take seconds.

        Raises:
            KnownError: there is none, or it cannot be started.
        """
        from showinfm.showinfm import show_in_file_manager

        uris = [Path(os.fsdecode(path)).as_uri() for path in paths]
        try:
            show_in_file_manager(uris)
        except Exception as error:  # the library raises whatever its many ways of asking the desktop raise
            raise KnownError(
                "No file manager could be opened on this computer. Copy the path instead and open it by hand."
            ) from error
