"""Writing photos, their embeddings and labels, and how far projections have come."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from datetime import UTC, datetime

import numpy as np

from imgsearch_desktop.adapters.catalogue.model_writer import ModelWriter
from imgsearch_desktop.adapters.catalogue.rows import fact_columns, metadata_columns, micros
from imgsearch_desktop.application.ports import NewPhoto
from imgsearch_desktop.domain.embedding import WHOLE_PHOTO, ModelId, Vectors
from imgsearch_desktop.domain.photo import DateTaken, Label, PhotoId, PhotoMetadata, PictureFacts

_ADD_PHOTO = """
    INSERT INTO photos (
        uid, picture_hash, added, format, width, height, orientation, perceptual_hash, average_colour,
        palette, derived_version, date_taken, date_offset, date_source, camera, lens, exposure_s, f_number,
        iso, focal_length_mm, latitude, longitude, altitude_m, keywords, title, description, rating)
    VALUES (
        :uid, :picture_hash, :added, :format, :width, :height, :orientation, :perceptual_hash,
        :average_colour, :palette, :derived_version, :date_taken, :date_offset, :date_source, :camera, :lens,
        :exposure_s, :f_number, :iso, :focal_length_mm, :latitude, :longitude, :altitude_m, :keywords, :title,
        :description, :rating)
    RETURNING photo_id
"""

_REPLACE_PICTURE = """
    UPDATE photos SET picture_hash = :picture_hash, format = :format, width = :width, height = :height,
        orientation = :orientation, perceptual_hash = :perceptual_hash, average_colour = :average_colour,
        palette = :palette, derived_version = :derived_version, encoded_by = 0
    WHERE photo_id = :photo_id
"""

_SET_METADATA = """
    UPDATE photos SET date_taken = :date_taken, date_offset = :date_offset, date_source = :date_source,
        camera = :camera, lens = :lens, exposure_s = :exposure_s, f_number = :f_number, iso = :iso,
        focal_length_mm = :focal_length_mm, latitude = :latitude, longitude = :longitude,
        altitude_m = :altitude_m, keywords = :keywords, title = :title, description = :description,
        rating = :rating
    WHERE photo_id = :photo_id
"""

# Photos that were removed while they were being encoded are passed over, not mourned.
_SET_EMBEDDING = """
    INSERT INTO embeddings (photo_id, model_no, region, vector)
    SELECT photo_id, ?, ?, ? FROM photos WHERE photo_id = ?
    ON CONFLICT (photo_id, model_no, region) DO UPDATE SET vector = excluded.vector
"""

_CLEAR_FAILURE = "DELETE FROM encode_failures WHERE photo_id = ? AND model_no = ?"

_SET_LABEL = """
    INSERT OR REPLACE INTO labels (photo_id, model_no, name_id, probability)
    SELECT photo_id, ?, ?, ? FROM photos WHERE photo_id = ?
"""


class SqliteWriter(ModelWriter):
    """Fulfils `CatalogueWriter` inside one transaction."""

    def add_photo(self, photo: NewPhoto) -> PhotoId:
        """Add a photo."""
        row = self._connection.execute(
            _ADD_PHOTO,
            {
                "uid": bytes.fromhex(photo.uid),
                "picture_hash": photo.picture_hash,
                "added": micros(datetime.now(UTC)),
                **fact_columns(photo.facts),
                **metadata_columns(photo.metadata, self._transaction.name_id),
            },
        ).fetchone()
        photo_id = PhotoId(row[0])
        self._transaction.touch(photo_id)
        return photo_id

    def replace_picture(self, photo_id: PhotoId, picture_hash: bytes, facts: PictureFacts) -> None:
        """The photo's picture payload or orientation changed; its embeddings and labels are dropped."""
        self._connection.execute(
            _REPLACE_PICTURE, {"photo_id": photo_id, "picture_hash": picture_hash, **fact_columns(facts)}
        )
        self._connection.execute("DELETE FROM embeddings WHERE photo_id = ?", (photo_id,))
        self._connection.execute("DELETE FROM labels WHERE photo_id = ?", (photo_id,))
        self._transaction.touch(photo_id)

    def set_metadata(self, photo_id: PhotoId, metadata: PhotoMetadata) -> None:
        """Replace what the files say; a date corrected by the user stays."""
        self._connection.execute(
            _SET_METADATA,
            {"photo_id": photo_id, **metadata_columns(metadata, self._transaction.name_id)},
        )
        self._transaction.touch(photo_id)

    def correct_date(self, photo_id: PhotoId, date: DateTaken | None) -> None:
        """The user says when the photo was taken; None takes back an earlier correction."""
        local, offset = (micros(date.local), date.utc_offset_minutes) if date else (None, None)
        self._connection.execute(
            "UPDATE photos SET user_date = ?, user_offset = ? WHERE photo_id = ?", (local, offset, photo_id)
        )
        self._transaction.touch(photo_id)

    def set_embeddings(
        self, rows: Sequence[tuple[PhotoId, int]], model_id: ModelId, vectors: Vectors
    ) -> None:
        """Store embeddings as float16; photos removed meanwhile are passed over.

        Args:
            rows: (photo, region) of each vector.
            model_id: who made them.
            vectors: (n, dims).

        Raises:
            ModelError: the library holds embeddings of this model with other dimensions.
        """
        stored = np.ascontiguousarray(vectors, dtype="<f2")
        model_no = self._transaction.model_no(model_id, stored.shape[1])
        for (photo_id, region), vector in zip(rows, stored, strict=True):
            self._connection.execute(_SET_EMBEDDING, (model_no, region, vector.tobytes(), photo_id))
            if region == WHOLE_PHOTO:
                self._connection.execute(
                    "UPDATE photos SET encoded_by = encoded_by | ? WHERE photo_id = ?",
                    (1 << model_no, photo_id),
                )
                self._connection.execute(_CLEAR_FAILURE, (photo_id, model_no))
            self._transaction.touch(photo_id)

    def set_labels(self, photo_id: PhotoId, model_id: ModelId, labels: Sequence[Label]) -> None:
        """Replace the labels a model gave; a photo removed meanwhile is passed over."""
        model_no = self._transaction.model_no(model_id, 0)
        self._connection.execute(
            "DELETE FROM labels WHERE photo_id = ? AND model_no = ?", (photo_id, model_no)
        )
        self._connection.executemany(
            _SET_LABEL,
            [
                (model_no, self._transaction.name_id(label.name), float(label.probability), photo_id)
                for label in labels
            ],
        )
        self._transaction.touch(photo_id)

    def set_cursor(self, projection: str, model_id: ModelId, change_id: int) -> None:
        """Note how far a projection has come and trim the change log behind the slowest.

        A cursor at 0 holds nothing back: its projection is to be rebuilt from the photos, not from the log.
        """
        self._connection.execute(
            "INSERT OR REPLACE INTO cursors (projection, model_id, change_id) VALUES (?, ?, ?)",
            (projection, model_id, change_id),
        )
        self._trim()

    def keep_cursors(self, projections: Collection[str]) -> None:
        """Forget the cursors of all other projections: nobody feeds them, the log is not kept for them."""
        self._connection.execute(
            "DELETE FROM cursors WHERE projection NOT IN (SELECT value FROM json_each(?))",
            (json.dumps(sorted(projections)),),
        )
        self._trim()

    def _trim(self) -> None:
        """Drop what every projection has seen from the change log."""
        slowest = self._connection.execute(
            "SELECT COALESCE(MIN(change_id), 0) FROM cursors WHERE change_id > 0"
        ).fetchone()[0]
        trimmed = self._connection.execute("DELETE FROM changes WHERE change_id <= ?", (slowest,)).rowcount
        if trimmed:
            self._connection.execute("UPDATE library SET trimmed_change = MAX(trimmed_change, ?)", (slowest,))
