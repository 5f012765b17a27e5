"""Makes a faster version of a model and holds it to the library's own photos."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from imgsearch_desktop.application.ports import (
    CatalogueReader,
    ExampleReader,
    FasterModel,
    FasterModels,
    ModelStore,
    SortOrder,
    ThumbnailStore,
)
from imgsearch_desktop.application.tasks import Progress, ProgressMeter, TaskControl
from imgsearch_desktop.domain.embedding import EncoderInput, ModelId, Pixels
from imgsearch_desktop.domain.errors import ModelError, PhotoUnreadableError
from imgsearch_desktop.domain.filters import NO_FILTERS
from imgsearch_desktop.domain.photo import PhotoId

PHOTOS = 64
"""Photos that are compared: enough to see whether the faster version can be trusted, read in some seconds."""

READING, CONVERTING = "reading", "converting"
"""Phases of the progress; the first one counts photos, the second one cannot be counted."""


class MakeFaster:
    """The use case.

    Args:
        catalogue: knows the photos.
        store: opens the model.
        faster: makes the faster version.
        thumbnails: what the photos look like.
        examples: reads thumbnails as the model wants them.
    """

    def __init__(
        self,
        catalogue: CatalogueReader,
        store: ModelStore,
        faster: FasterModels,
        thumbnails: ThumbnailStore,
        examples: ExampleReader,
    ) -> None:
        self._catalogue = catalogue
        self._store = store
        self._faster = faster
        self._thumbnails = thumbnails
        self._examples = examples

    def possible(self, model_id: ModelId) -> bool:
        """Whether a model can be made faster and has not been yet."""
        return self._faster.possible(model_id)

    def run(self, model_id: ModelId, control: TaskControl, report: Callable[[Progress], None]) -> FasterModel:
        """Make the faster version of a model.

        Raises:
            ModelError: the model is not ready or cannot be made faster, or the library has too few photos.
            DiskFullError: no room.
            Cancelled: the user stopped it; nothing was made.
        """
        cut = self._store.open(model_id).spec.encoder_input
        meter = ProgressMeter(report)
        read: list[Pixels] = []
        for pixels in self._photos(cut, control):
            read.append(pixels)
            meter.update(READING, len(read), PHOTOS)
            if len(read) == PHOTOS:
                break
        if not read:
            raise ModelError(
                "A faster version is compared with the original on photos of the library, and none can be "
                "read now. Index a folder first."
            )
        meter.update(CONVERTING, 0, force=True)
        return self._faster.make(model_id, np.stack(read), control)

    def _photos(self, cut: EncoderInput, control: TaskControl) -> Iterator[Pixels]:
        """Photos from all over the library, as their thumbnails show them: those are always here."""
        ids = self._catalogue.browse(NO_FILTERS, SortOrder.ADDED)
        order = np.random.default_rng(0).permutation(ids)
        for photo_id in order.tolist():
            control.checkpoint()
            for photo in self._catalogue.photos([PhotoId(photo_id)]):
                thumbnail = self._thumbnails.get(photo.uid)
                if thumbnail is None:
                    continue
                try:
                    yield self._examples.read_data(thumbnail, cut, None)
                except PhotoUnreadableError:
                    continue
