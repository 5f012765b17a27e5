"""Photos that lie in several files, and photos that are nearly the same picture."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from imgsearch_desktop.application.ports import CatalogueReader
from imgsearch_desktop.domain.duplicates import near_duplicates
from imgsearch_desktop.domain.photo import PhotoFile, PhotoId

CHUNK = 512
"""Photos looked up in one go."""


class DuplicateKind(StrEnum):
    """How alike the files of a group are."""

    EXACT = "exact"
    NEAR = "near"


@dataclass(frozen=True, slots=True)
class DuplicateGroup:
    """Files that hold the same picture.

    Attributes:
        kind: "exact" for copies of one photo (whatever their metadata), "near" for photos that look the same.
        photo_ids: one photo if exact, else two or more.
        files: the present files, in the order of the photos.
    """

    kind: DuplicateKind
    photo_ids: tuple[PhotoId, ...]
    files: tuple[PhotoFile, ...]


class FindDuplicates:
    """Finds duplicates by picture hash and perceptual hash, never by embedding: alike is not the same.

    Args:
        catalogue: the truth.
    """

    def __init__(self, catalogue: CatalogueReader) -> None:
        self._catalogue = catalogue

    def copied(self) -> NDArray[np.int64]:
        """Ids of the photos that lie in several files, ascending; int64 (n,). Fast for any library."""
        return self._catalogue.photos_in_several_files()

    def groups(self) -> list[DuplicateGroup]:
        """Exact groups first, then near ones, each in the order of photo ids."""
        known = self._catalogue.perceptual_hashes()
        ids = [PhotoId(photo_id) for photo_id in known.photo_ids.tolist()]
        near = [[ids[row] for row in rows] for rows in near_duplicates(known.hashes)]
        return [*self._exact(), *self._near(near)]

    def _exact(self) -> list[DuplicateGroup]:
        """Photos with more than one present file; only these are loaded whole."""
        several = [PhotoId(photo_id) for photo_id in self.copied().tolist()]
        present = self._present_files(several)
        return [
            DuplicateGroup(DuplicateKind.EXACT, (photo_id,), present[photo_id])
            for photo_id in several
            if photo_id in present
        ]

    def _near(self, found: list[list[PhotoId]]) -> list[DuplicateGroup]:
        files = self._present_files([photo_id for group in found for photo_id in group])
        return [
            DuplicateGroup(
                DuplicateKind.NEAR,
                tuple(group),
                tuple(file for photo_id in group for file in files.get(photo_id, ())),
            )
            for group in found
        ]

    def _present_files(self, photo_ids: list[PhotoId]) -> dict[PhotoId, tuple[PhotoFile, ...]]:
        files: dict[PhotoId, tuple[PhotoFile, ...]] = {}
        for at in range(0, len(photo_ids), CHUNK):
            for photo in self._catalogue.photos(photo_ids[at : at + CHUNK]):
                files[photo.photo_id] = tuple(file for file in photo.files if not file.missing)
        return files
