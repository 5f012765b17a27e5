"""A first look at folders that have just been added: previews out of the files, before they are indexed."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence

from imgsearch_desktop.application.ports import FileScanner, Preview, PreviewReader, ScannedFile
from imgsearch_desktop.application.tasks import TaskControl
from imgsearch_desktop.domain.errors import FolderError

MOST_SHOWN = 60
"""More than fit into a window at the usual size."""

MOST_TRIED = 240
"""Files that are looked into: where cameras have put no previews, the first photos come from the index."""

LOOK_S = 0.3
"""So long a folder is looked through for its newest files: of a large one, those met by then."""


class FirstLook:
    """Finds the newest pictures of folders and takes the previews out of them.

    Args:
        scanner: walks folders.
        previews: takes previews out of files.
        clock: monotonic seconds, replaced in tests.
    """

    def __init__(
        self,
        scanner: FileScanner,
        previews: PreviewReader,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._scanner = scanner
        self._previews = previews
        self._clock = clock

    def look(
        self, folders: Sequence[bytes], exclude: Sequence[str], control: TaskControl
    ) -> Iterator[Preview]:
        """Previews of the newest files, one by one; none where a folder cannot be read: indexing says so.

        Args:
            folders: absolute paths.
            exclude: glob patterns of names to leave out.
            control: checked between files.

        Raises:
            Cancelled: nobody wants to see them any more.
        """
        met: list[tuple[int, bytes]] = []
        for folder in folders:
            met.extend(self._newest(folder, exclude, control))
        shown = 0
        for _, path in sorted(met, reverse=True)[:MOST_TRIED]:
            control.checkpoint()
            preview = self._previews.read(path)
            if preview is not None:
                yield preview
                shown += 1
            if shown == MOST_SHOWN:
                return

    def _newest(
        self, folder: bytes, exclude: Sequence[str], control: TaskControl
    ) -> Iterator[tuple[int, bytes]]:
        """Modification time and path of the pictures below a folder, as far as there is time."""
        end = self._clock() + LOOK_S
        try:
            for entry in self._scanner.scan(folder, exclude):
                control.checkpoint()
                if isinstance(entry, ScannedFile):
                    yield entry.mtime_ns, os.path.join(folder, entry.relative_path)  # noqa: PTH118 - bytes
                if self._clock() > end:
                    return
        except FolderError:
            return
