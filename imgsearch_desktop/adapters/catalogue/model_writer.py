"""Writing which model searches, and what the library holds of each."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from imgsearch_desktop.adapters.catalogue.file_writer import FileWriter
from imgsearch_desktop.adapters.catalogue.photo_reader import id_list, model_row
from imgsearch_desktop.domain.embedding import ModelId
from imgsearch_desktop.domain.library import ModelChoice, StoredCalibration
from imgsearch_desktop.domain.photo import PhotoId

# Photos that were removed meanwhile are passed over.
_SET_FAILURE = """
    INSERT OR REPLACE INTO encode_failures (photo_id, model_no, reason)
    SELECT photo_id, ?, ? FROM photos WHERE photo_id = ?
"""


class ModelWriter(FileWriter):
    """The part of `CatalogueWriter` about models."""

    def choose_model(self, choice: ModelChoice) -> None:
        """Say which model searches from now on, and which one the library is being encoded for."""
        self._connection.execute(
            "UPDATE library SET active_model = ?, target_model = ?", (choice.active, choice.target)
        )

    def set_calibration(self, model_id: ModelId, stored: StoredCalibration) -> None:
        """Keep where results of a model end in this library, in the place of what was kept before."""
        self._connection.execute(
            "INSERT OR REPLACE INTO calibrations (model_id, photos, figures) VALUES (?, ?, ?)",
            (model_id, stored.photos, json.dumps(dict(stored.calibration.parameters))),
        )

    def set_encode_failures(self, vectors_id: ModelId, reasons: Mapping[PhotoId, str]) -> None:
        """Note why photos could not be encoded; an embedding that is stored later clears it."""
        model_no = self._transaction.model_no(vectors_id, 0)
        self._connection.executemany(
            _SET_FAILURE, [(model_no, reason, photo_id) for photo_id, reason in reasons.items()]
        )

    def drop_vectors(self, vectors_id: ModelId, after: PhotoId, limit: int) -> PhotoId | None:
        """Forget embeddings and labels of an image tower, a slice of photos at a time.

        Projections of other models hold nothing of it: the change log is not concerned.

        Returns:
            The last photo of the slice, None when nothing is left.
        """
        model = model_row(self._connection, vectors_id)
        if model is None:
            return None
        model_no, bit = model[0], 1 << model[0]
        rows = self._connection.execute(
            "SELECT photo_id FROM photos WHERE photo_id > ? AND encoded_by & ? <> 0"
            " ORDER BY photo_id LIMIT ?",
            (after, bit, limit),
        ).fetchall()
        if not rows:
            self._forget_tower(vectors_id, model_no)
            return None
        photos = id_list(photo_id for (photo_id,) in rows)
        for statement in (
            "DELETE FROM embeddings WHERE model_no = ? AND photo_id IN (SELECT value FROM json_each(?))",
            "DELETE FROM labels WHERE model_no = ? AND photo_id IN (SELECT value FROM json_each(?))",
        ):
            self._connection.execute(statement, (model_no, photos))
        self._connection.execute(
            "UPDATE photos SET encoded_by = encoded_by & ~?"
            " WHERE photo_id IN (SELECT value FROM json_each(?))",
            (bit, photos),
        )
        return PhotoId(rows[-1][0])

    def release_cursors(self, fed: Sequence[ModelId]) -> None:
        """Only projections of these models are fed from now on: others hold nothing of the log back."""
        self._connection.execute(
            "UPDATE cursors SET change_id = 0 WHERE model_id NOT IN (SELECT value FROM json_each(?))",
            (json.dumps(fed),),
        )

    def _forget_tower(self, vectors_id: ModelId, model_no: int) -> None:
        for table in ("embeddings", "labels", "encode_failures", "models"):
            self._connection.execute(f"DELETE FROM {table} WHERE model_no = ?", (model_no,))  # noqa: S608 - see above
        self._connection.execute("DELETE FROM cursors WHERE model_id = ?", (vectors_id,))
