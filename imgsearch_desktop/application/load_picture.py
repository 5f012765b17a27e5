"""The full picture of a photo, for the viewer."""

from __future__ import annotations

from imgsearch_desktop.application.ports import CatalogueReader, PictureReader
from imgsearch_desktop.domain.embedding import Pixels
from imgsearch_desktop.domain.errors import PhotoUnreadableError
from imgsearch_desktop.domain.photo import PhotoFile, PhotoId

LONGEST_SIDE = 8192
"""Larger pictures are scaled down to this: beyond it memory grows and no screen shows more."""


class LoadPicture:
    """Reads a photo from whichever of its files can be read."""

    def __init__(self, catalogue: CatalogueReader, pictures: PictureReader) -> None:
        self._catalogue = catalogue
        self._pictures = pictures

    def load(self, photo_id: PhotoId, longest_side: int = LONGEST_SIDE) -> Pixels:
        """Read the picture.

        Returns:
            uint8 (height, width, 3), RGB, upright.

        Raises:
            PhotoUnreadableError: none of the photo's files can be read; the message says why.
        """
        files = self._present_files(photo_id)
        reason = "The photo is not at its place any more. Rescan its folder to find it again."
        for file in files:
            try:
                return self._pictures.read_whole(file.path, longest_side)
            except PhotoUnreadableError as error:
                reason = str(error)
        raise PhotoUnreadableError(reason)

    def _present_files(self, photo_id: PhotoId) -> list[PhotoFile]:
        photos = self._catalogue.photos([photo_id])
        return [file for photo in photos for file in photo.files if not file.missing]
