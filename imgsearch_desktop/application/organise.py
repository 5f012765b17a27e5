"""Changing what belongs to the library; files on disk stay as they are."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

from imgsearch_desktop.application.ports import Catalogue, CatalogueWriter, ThumbnailStore
from imgsearch_desktop.application.sync_engine import EngineFeed
from imgsearch_desktop.domain.errors import EngineError, FolderError
from imgsearch_desktop.domain.library import Root
from imgsearch_desktop.domain.photo import FileId, PhotoUid

SLICE = 500
"""Files forgotten by one transaction at most."""


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

    def __init__(self, catalogue: Catalogue, thumbnails: ThumbnailStore, sync: EngineFeed) -> None:
        self._catalogue = catalogue
        self._thumbnails = thumbnails
        self._sync = sync

    def remove_folder(self, path: bytes) -> RemoveReport:
        """Forget a folder (root) of the library. Its files stay untouched; those of other folders stay known.

        It is done slice by slice, so that others can write in between; cut short, the folder is still there
        with what was not yet forgotten, and can be removed again.

        Args:
            path: absolute path of the root.

        Raises:
            FolderError: it is no folder of the library.
            LibraryBusyError: another process writes to this library.
        """
        root = self._root_at(path)
        files = [f.file_id for f in self._catalogue.known_files(root.root_id) if f.file_id is not None]
        photos = 0
        for at in range(0, len(files), SLICE):
            part = files[at : at + SLICE]
            photos += self._forget(partial(_forget_files, file_ids=part))
        photos += self._forget(lambda writer: writer.remove_root(root.root_id))
        with suppress(EngineError):  # the engine forgets the photos when it can be reached again
            self._sync.catch_up(settle=True)
        return RemoveReport(root.display_path, photos)

    def _forget(self, work: Callable[[CatalogueWriter], list[PhotoUid]]) -> int:
        """Number of photos that are forgotten now, with their thumbnails."""
        forgotten = self._catalogue.write(work)
        self._thumbnails.delete_many(forgotten)
        return len(forgotten)

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


def _forget_files(writer: CatalogueWriter, file_ids: Sequence[FileId]) -> list[PhotoUid]:
    return writer.forget_files(file_ids)
