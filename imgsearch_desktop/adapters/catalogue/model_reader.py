"""Reading which model searches and what the library holds of each."""

from __future__ import annotations

import json

from imgsearch_desktop.adapters.catalogue.photo_reader import PhotoReader
from imgsearch_desktop.application.ports import EncodeFailure
from imgsearch_desktop.domain.embedding import Calibration, ModelId
from imgsearch_desktop.domain.library import HeldVectors, ModelChoice, StoredCalibration
from imgsearch_desktop.domain.photo import PhotoId

_BYTES_OF_A_NUMBER = 2

_HELD = """
    SELECT model_id, dims,
        (SELECT COUNT(*) FROM photos WHERE encoded_by & (1 << model_no) <> 0) AS photos
    FROM models ORDER BY model_no
"""

_ENCODE_FAILURES = """
    SELECT photo_id, reason FROM encode_failures
    JOIN models USING (model_no) JOIN photos USING (photo_id)
    WHERE model_id = ? AND present_files > 0 ORDER BY photo_id
"""


class ModelReader(PhotoReader):
    """The part of `CatalogueReader` about models."""

    def model_choice(self) -> ModelChoice:
        """Which model searches, and which one the library is being encoded for."""
        active, target = self._rows("SELECT active_model, target_model FROM library")[0]
        return ModelChoice(ModelId(active) if active else None, ModelId(target) if target else None)

    def calibration(self, model_id: ModelId) -> StoredCalibration | None:
        """Where results of a model end in this library, None if that was never estimated."""
        rows = self._rows("SELECT photos, figures FROM calibrations WHERE model_id = ?", model_id)
        if not rows:
            return None
        photos, figures = rows[0]
        return StoredCalibration(Calibration(json.loads(figures)), photos)

    def held_vectors(self) -> list[HeldVectors]:
        """What there is of every image tower, in the order they came."""
        return [
            HeldVectors(ModelId(name), dims, photos, photos * dims * _BYTES_OF_A_NUMBER)
            for name, dims, photos in self._rows(_HELD)
        ]

    def encode_failures(self, vectors_id: ModelId) -> list[EncodeFailure]:
        """Present photos that could not be encoded for a model."""
        return [
            EncodeFailure(PhotoId(photo), reason)
            for photo, reason in self._rows(_ENCODE_FAILURES, vectors_id)
        ]
