"""What keeps pictures from being found: files that cannot be read, photos that the model cannot see."""

from __future__ import annotations

from itertools import islice

from imgsearch_desktop.application.active_model import ModelSource
from imgsearch_desktop.application.ports import CatalogueReader
from imgsearch_desktop.domain.library import Failure


class ListFailures:
    """The use case; thread-safe.

    Args:
        catalogue: keeps both.
        models: says which model searches: what another one cannot see keeps nothing from being found.
    """

    def __init__(self, catalogue: CatalogueReader, models: ModelSource) -> None:
        self._catalogue = catalogue
        self._models = models

    def all(self) -> list[Failure]:
        """Files that cannot be indexed, then one file of each photo that cannot be encoded."""
        failed = self._catalogue.encode_failures(self._models.now().spec.vectors_id)
        reasons = {failure.photo_id: failure.reason for failure in failed}
        unseen = [
            Failure(file.path, file.display_path, reasons[photo.photo_id])
            for photo in self._catalogue.photos(list(reasons))
            for file in islice((file for file in photo.files if not file.missing), 1)
        ]
        return [*self._catalogue.failures(), *unseen]

    def count(self) -> int:
        """How many there are."""
        unseen = self._catalogue.encode_failures(self._models.now().spec.vectors_id)
        return self._catalogue.counts().failed + len(unseen)
