"""The small preview of a photo."""

from __future__ import annotations

from imgsearch_desktop.application.ports import CatalogueReader, ThumbnailStore
from imgsearch_desktop.domain.photo import PhotoId


class LoadThumbnail:
    """Finds the thumbnail of a photo; thread-safe.

    Args:
        catalogue: knows a photo's permanent id.
        thumbnails: keeps the previews.
    """

    def __init__(self, catalogue: CatalogueReader, thumbnails: ThumbnailStore) -> None:
        self._catalogue = catalogue
        self._thumbnails = thumbnails

    def load(self, photo_id: PhotoId) -> bytes | None:
        """JPEG bytes, upright; None where the photo is gone or has no thumbnail."""
        photos = self._catalogue.photos([photo_id])
        return self._thumbnails.get(photos[0].uid) if photos else None
