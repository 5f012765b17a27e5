"""Photos that another program has indexed: searched where they are, and taken over without encoding again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

import numpy as np

from imgsearch_desktop.application.active_model import ModelInUse
from imgsearch_desktop.application.index_library import IndexLibrary
from imgsearch_desktop.application.ports import (
    Catalogue,
    CatalogueWriter,
    ExampleReader,
    ForeignIndex,
    ForeignPhoto,
)
from imgsearch_desktop.application.tasks import Progress, ProgressMeter, TaskControl
from imgsearch_desktop.domain.embedding import WHOLE_PHOTO, ModelId, Vector
from imgsearch_desktop.domain.errors import ModelError, PhotoUnreadableError
from imgsearch_desktop.domain.foreign_paths import places_below
from imgsearch_desktop.domain.photo import PhotoId

TAKING = "taking over"
"""Name of the phase in which embeddings are taken; its units are photos."""

TRIED = 5
"""Photos that are encoded to find out whether the index was made by the same model."""

SAME = 0.95
"""Cosine from which an embedding counts as made by the same model; quantised towers are off by up to 0.03."""

BATCH = 64


@dataclass(frozen=True, slots=True)
class ForeignHit:
    """A photo of such an index that was found.

    Attributes:
        path: where it should lie.
        cosine: to what was searched.
    """

    path: bytes
    cosine: float


@dataclass(slots=True)
class TakenOver:
    """What came of taking an index over.

    Attributes:
        taken: photos whose embedding is that of the index now.
        known: photos that the model knew already; they keep what they have.
        missing: paths as the index has them, with no photo of the library there.
    """

    taken: int = 0
    known: int = 0
    missing: list[str] = field(default_factory=list)


class ForeignLibrary:
    """An index of another program and the folder that its paths belong to.

    Args:
        index: the index; only read.
        base: absolute path of the folder.
        model: made its embeddings, as far as one knows; asked for more of the same kind.
        examples: reads pictures.

    Raises:
        ModelError: the model makes embeddings of another length.
    """

    def __init__(self, index: ForeignIndex, base: bytes, model: ModelInUse, examples: ExampleReader) -> None:
        self._index = index
        self._base = base
        self._model = model
        self._examples = examples
        if index.dims != model.spec.dims:
            raise ModelError(
                f"The index {index.name} holds embeddings of {index.dims} dimensions and {model.spec.name}"
                f" makes {model.spec.dims}. Give the model it was made with: --model ID."
            )

    @property
    def model_id(self) -> ModelId:
        """The model that the index was made with."""
        return self._model.spec.model_id

    def search_text(self, text: str, limit: int) -> list[ForeignHit]:
        """Photos that show what a text says, best first.

        Raises:
            EngineError: the server is away or refuses.
            ModelError: the model cannot be loaded.
        """
        return self._found(self._model.text_encoder.encode([text]).vectors[0], limit)

    def search_picture(self, path: bytes, limit: int) -> list[ForeignHit]:
        """Photos like a picture, nearest first.

        Raises:
            PhotoUnreadableError: the file is no picture.
            EngineError: the server is away or refuses.
            ModelError: the model cannot be loaded.
        """
        return self._found(self._encoded(path), limit)

    def take_over(
        self,
        catalogue: Catalogue,
        indexing: IndexLibrary,
        control: TaskControl,
        report: Callable[[Progress], None],
    ) -> TakenOver:
        """Take embeddings into the catalogue for the photos at the paths that the index names.

        Photos are recognised by where they lie, so equal names in different folders stay apart. What is
        acknowledged is kept, however this ends; doing it again goes on.

        Args:
            catalogue: the truth.
            indexing: adds the folder, with a model other than that of the index.
            control: pauses and cancels.
            report: told how far it is.

        Raises:
            ModelError: the index was made by another model; nothing is taken.
            KnownError: as `IndexLibrary.run`, or the server is away or refuses.
            Cancelled: stopped by the user.
        """
        self._refuse_other_models()
        indexing.run([self._base], control, report)
        meter, total, taken = ProgressMeter(report), self._index.count(), TakenOver()
        for page in self._index.photos():
            for start in range(0, len(page), BATCH):
                control.checkpoint()
                self._take(catalogue, page[start : start + BATCH], taken)
                done = taken.taken + taken.known + len(taken.missing)
                meter.update(TAKING, done, total, failed=len(taken.missing))
        self._model.feed.catch_up(control, settle=True)
        return taken

    def _take(self, catalogue: Catalogue, photos: Sequence[ForeignPhoto], taken: TakenOver) -> None:
        vectors_id = self._model.spec.vectors_id
        found: dict[PhotoId, Vector] = {}
        for photo in photos:
            photo_id = self._photo_at(catalogue, photo)
            if photo_id is None:
                taken.missing.append(photo.relative_path)
            elif photo_id in found or catalogue.has_embedding(photo_id, vectors_id):
                taken.known += 1
            else:
                found[photo_id] = photo.vector
        if not found:
            return

        def store(writer: CatalogueWriter) -> None:
            rows = [(photo_id, WHOLE_PHOTO) for photo_id in found]
            writer.set_embeddings(rows, vectors_id, np.stack(list(found.values())))

        catalogue.write(store)
        taken.taken += len(found)

    def _photo_at(self, catalogue: Catalogue, photo: ForeignPhoto) -> PhotoId | None:
        known = (catalogue.photo_at(place) for place in places_below(self._base, photo.relative_path))
        return next((photo_id for photo_id in known if photo_id is not None), None)

    def _refuse_other_models(self) -> None:
        """Encode a few of the photos; some may have been edited since, most cannot.

        Raises:
            ModelError: they are not what the index has.
        """
        cosines = list(islice(self._compared(), TRIED))
        if cosines and float(np.median(cosines)) < SAME:
            raise ModelError(
                f"The index {self._index.name} was made with another model than {self._model.spec.name}, or"
                f" of another folder (cosine {np.median(cosines):.2f}). Nothing was taken."
            )

    def _compared(self) -> Iterator[float]:
        """Cosines of photos as they are now to what the index has of them."""
        for page in self._index.photos():
            for photo in page:
                for place in places_below(self._base, photo.relative_path):
                    try:
                        yield float(self._encoded(place) @ photo.vector)
                    except PhotoUnreadableError:
                        continue

    def _encoded(self, path: bytes) -> Vector:
        pixels = self._examples.read(path, self._model.spec.encoder_input, None)
        vector: Vector = self._model.image_encoder.encode(np.expand_dims(pixels, 0)).vectors[0]
        return vector

    def _found(self, vector: Vector, limit: int) -> list[ForeignHit]:
        hits = []
        for photo in self._index.search(vector, limit):
            places = places_below(self._base, photo.relative_path)
            if places:
                hits.append(ForeignHit(places[-1], photo.cosine))
        return hits
