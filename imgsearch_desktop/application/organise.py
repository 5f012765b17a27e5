"""Changing what belongs to the library; files on disk stay as they are."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass

from imgsearch_desktop.application.ports import Catalogue, ThumbnailStore
from imgsearch_desktop.application.sync_engine import SyncEngine
from imgsearch_desktop.domain.errors import EngineError, FolderError
from imgsearch_desktop.domain.library import Root


@dataclass(frozen=True, slots=True)
class RemoveReport:
    """What came of removing a folder.

    Attributes:
        display_path: the folder.
        photos: photos that lay nowhere else and are forgotten now.
    """

    display_path: str
    photos: int


class OrganiseLibrary:
    """Takes folders out of the library.

    Args:
        catalogue: the truth.
        thumbnails: previews of forgotten photos go with them.
        sync: tells the engine.
    """

    def __init__(self, catalogue: Catalogue, thumbnails: ThumbnailStore, sync: SyncEngine) -> None:
        self._catalogue = catalogue
        self._thumbnails = thumbnails
        self._sync = sync

    def remove_folder(self, path: bytes) -> RemoveReport:
        """Forget a folder (root) of the library. Its files stay untouched; those of other folders stay known.

        Args:
            path: absolute path of the root.

        Raises:
            FolderError: it is no folder of the library.
            LibraryBusyError: another process writes to this library.
        """
        root = self._root_at(path)
        forgotten = self._catalogue.write(lambda writer: writer.remove_root(root.root_id))
        self._thumbnails.delete_many(forgotten)
        with suppress(EngineError):  # the engine forgets the photos when it can be reached again
            self._sync.catch_up(settle=True)
        return RemoveReport(root.display_path, len(forgotten))

    def _root_at(self, path: bytes) -> Root:
        wanted = {os.path.normpath(path), os.path.realpath(path)}
        roots = self._catalogue.roots()
        for root in roots:
            if root.path in wanted:
                return root
        known = ", ".join(root.display_path for root in roots) or "none"
        raise FolderError(
            f"{os.fsdecode(path)} is not a folder of the library, so it cannot be removed. "
            f"Its folders are: {known}."
        )
