"""Estimates where the results of a model end in this library: when it is complete, and as photos come."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from imgsearch_desktop.application.active_model import ModelInUse
from imgsearch_desktop.application.encode_library import EVERY
from imgsearch_desktop.application.ports import Catalogue, SortOrder
from imgsearch_desktop.application.tasks import ProgressMeter, TaskControl
from imgsearch_desktop.domain.calibration_estimate import (
    LEAST_PHOTOS,
    CosineCounts,
    NearestPhotos,
    calibration_of,
    drop_of,
    small_library_slope,
)
from imgsearch_desktop.domain.embedding import ModelId, Vectors, normalise
from imgsearch_desktop.domain.filters import NO_FILTERS
from imgsearch_desktop.domain.library import StoredCalibration
from imgsearch_desktop.domain.photo import PhotoId
from imgsearch_desktop.domain.ranking import compose

CALIBRATING = "calibrating"
"""Name of the phase; its units are photos."""

SAMPLE = 2000
"""Photos at most that are paired with each other: two million pairs."""

THINGS, LABELLED = 50, 4
"""Labels at most that are looked at, and on how many photos of the sample each must be."""

GROWN = 2
"""A library that has grown by this factor is looked at anew."""

_BLOCK = 4096
_TEXTS = 16
_SEED = 20260301
"""The same photos are drawn each time: an estimate can be made again and compared."""


class CalibrateModel:
    """Estimates the figures of models that bring none, and keeps them in the catalogue.

    Args:
        catalogue: has the embeddings, keeps the figures.
        sentences: neutral ones, that no photo shows, in several languages.
    """

    def __init__(self, catalogue: Catalogue, sentences: Sequence[str]) -> None:
        self._catalogue = catalogue
        self._sentences = sentences

    def bring_up(self, model: ModelInUse, control: TaskControl, meter: ProgressMeter) -> None:
        """Estimate the figures of a model where there are none, or the library has grown since.

        A library of less than `LEAST_PHOTOS` gets none: its results do not end, until photos come.

        Raises:
            ModelError: the model cannot be loaded.
            Cancelled: stopped by the user; nothing is kept.
        """
        stored = self._catalogue.calibration(model.spec.model_id)
        if stored is None and model.spec.calibration.parameters:
            return  # measured where the model was made
        photos = self._catalogue.searchable(model.spec.vectors_id)
        if photos < LEAST_PHOTOS or (stored is not None and photos < GROWN * stored.photos):
            return
        estimated = self._estimate(model, photos, control, meter)
        self._catalogue.write(lambda writer: writer.set_calibration(model.spec.model_id, estimated))

    def _estimate(
        self, model: ModelInUse, photos: int, control: TaskControl, meter: ProgressMeter
    ) -> StoredCalibration:
        meter.update(CALIBRATING, 0, photos, force=True)
        wanted = self._encoded(model, control)
        less = _less(wanted)
        sampled, sample = self._sample(model.spec.vectors_id, control)
        words, words_best, less_best = CosineCounts(), NearestPhotos(len(wanted)), NearestPhotos(len(less))
        done = 0
        for block in self._blocks(model.spec.vectors_id):
            control.checkpoint()
            cosines = wanted @ block.T
            words.add(cosines)
            words_best.add(cosines)
            less_best.add(less @ block.T)
            done += len(block)
            meter.update(CALIBRATING, done, photos)
        pictures, mixed = CosineCounts(), CosineCounts()
        pictures.add(_of_pairs(sample @ sample.T))
        mixed.add(_of_pairs(_together(wanted, sample) @ sample.T))
        figures = calibration_of(
            words=words,
            words_lead=words_best.lead(),
            less_lead=less_best.lead(),
            slope=small_library_slope(wanted @ sample.T),
            drop=drop_of(self._things(model, sampled, sample), words.middle),
            pictures=pictures,
            mixed=mixed,
        )
        return StoredCalibration(figures, photos)

    def _encoded(self, model: ModelInUse, control: TaskControl) -> Vectors:
        """Of the sentences that mean something to the model; (n, dims)."""
        vectors = []
        for at in range(0, len(self._sentences), _TEXTS):
            control.checkpoint()
            vectors.append(model.text_encoder.encode(self._sentences[at : at + _TEXTS]).vectors)
        encoded = normalise(np.concatenate(vectors))
        return encoded[encoded.any(axis=1)]

    def _sample(self, vectors_id: ModelId, control: TaskControl) -> tuple[list[PhotoId], Vectors]:
        """Photos drawn at random, in random order, and their embeddings (n, dims)."""
        every = self._catalogue.browse(NO_FILTERS, SortOrder.ADDED).tolist()
        # A model that searches early knows a few of many: a draw from all could meet none of them.
        lacking = set(self._catalogue.photos_without_embedding(vectors_id, EVERY))
        known = [photo_id for photo_id in every if photo_id not in lacking]
        drawn = random.Random(_SEED).sample(known, min(len(known), SAMPLE))  # noqa: S311 - no secret
        found = {}
        for photo_id in drawn:
            control.checkpoint()
            vector = self._catalogue.embedding(PhotoId(photo_id), vectors_id)
            if vector is not None:
                found[PhotoId(photo_id)] = vector
        return list(found), np.stack(list(found.values()))

    def _things(
        self, model: ModelInUse, sampled: list[PhotoId], sample: Vectors
    ) -> list[tuple[Vectors, NDArray[np.bool_]]]:
        """Of each label that enough photos of the sample have, the cosines of its name, and which have it."""
        labels = [{label.name for label in photo.labels} for photo in self._catalogue.photos(sampled)]
        counted = Counter(name for names in labels for name in names)
        common = [name for name, photos in counted.most_common(THINGS) if photos >= LABELLED]
        if not common or len(labels) != len(sample):  # a photo was removed meanwhile
            return []
        cosines = normalise(model.text_encoder.encode(common).vectors) @ sample.T
        return [
            (row, np.array([name in names for names in labels]))
            for name, row in zip(common, cosines, strict=True)
        ]

    def _blocks(self, vectors_id: ModelId) -> Iterator[Vectors]:
        after = PhotoId(0)
        while len((block := self._catalogue.embeddings(vectors_id, after, _BLOCK)).photo_ids):
            yield normalise(block.vectors)
            after = PhotoId(int(block.photo_ids[-1]))


def _less(wanted: Vectors) -> Vectors:
    """Each sentence less the next one, as a query with minus words is made."""
    pairs = zip(wanted, np.roll(wanted, 1, axis=0), strict=True)
    composed = (compose([(sentence, 1.0)], [other]) for sentence, other in pairs)
    return np.stack([vector for vector in composed if vector is not None])


def _together(wanted: Vectors, sample: Vectors) -> Vectors:
    """Each photo together with a sentence, as a query of both is made."""
    composed = (
        compose([(wanted[row % len(wanted)], 1.0), (photo, 1.0)], []) for row, photo in enumerate(sample)
    )
    return np.stack([np.zeros_like(sample[0]) if vector is None else vector for vector in composed])


def _of_pairs(cosines: Vectors) -> Vectors:
    """Without the cosine of each photo and itself."""
    return cosines[~np.eye(len(cosines), dtype=bool)]
