"""Reading photos: one by one, in the order of the grid, and by their embeddings."""

# ruff: noqa: S608 - conditions are put together in filter_sql.py, values are always parameters

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from sqlite3 import Connection, Row

import numpy as np
from numpy.typing import NDArray

from imgsearch_desktop.adapters.catalogue.file_reader import FileReader
from imgsearch_desktop.adapters.catalogue.filter_sql import filter_condition, membership_queries
from imgsearch_desktop.adapters.catalogue.rows import PHOTO_QUERY, file_of, photo_of
from imgsearch_desktop.adapters.catalogue.sqlite_errors import making_sense
from imgsearch_desktop.application.ports import EmbeddingBlock, LabelCount, PerceptualHashes, SortOrder
from imgsearch_desktop.domain.embedding import ModelId, Vector, normalise
from imgsearch_desktop.domain.filters import Filters
from imgsearch_desktop.domain.photo import Label, Photo, PhotoFile, PhotoId, PhotoUid

_LABELS = """
    SELECT photo_id, name, MAX(probability) AS probability
    FROM json_each(?) AS wanted
    JOIN labels ON labels.photo_id = wanted.value
    JOIN names USING (name_id)
    GROUP BY photo_id, name
    ORDER BY photo_id, probability DESC, name
"""

_FILES = """
    SELECT files.*, roots.path AS root_path
    FROM json_each(?) AS wanted
    JOIN files ON files.photo_id = wanted.value
    JOIN roots USING (root_id)
    ORDER BY photo_id, missing, file_id
"""

_LABEL_COUNTS = """
    WITH given AS MATERIALIZED (SELECT key, value FROM json_each(?)),
    words AS MATERIALIZED (
        SELECT name_id, COALESCE(value, name) AS word FROM names LEFT JOIN given ON key = name
    )
    SELECT word, COUNT(DISTINCT photo_id) AS photos, photo_id AS cover, MAX(probability)
    FROM labels JOIN words USING (name_id)
    WHERE photo_id NOT IN (SELECT photo_id FROM photos WHERE present_files = 0)
    GROUP BY word ORDER BY photos DESC, word LIMIT ?
"""
"""SQLite takes `photo_id` from the row that has the largest probability."""

COPIED = "SELECT photo_id FROM photos WHERE present_files > 0 AND present_files > 1"
"""The first condition lets SQLite read an index of present photos instead of the whole table."""

_KEYWORDS = """
    SELECT value, COUNT(*) AS photos FROM photos, json_each(photos.keywords)
    WHERE present_files > 0 AND keywords IS NOT NULL
    GROUP BY value ORDER BY photos DESC, value LIMIT ?
"""


class PhotoReader(FileReader):
    """The part of `CatalogueReader` about photos."""

    def photo_with_picture(self, picture_hash: bytes) -> PhotoId | None:
        """The photo with this compressed picture payload; one that is present before one that is not."""
        rows = self._rows(
            "SELECT photo_id FROM photos WHERE picture_hash = ? ORDER BY present_files = 0, photo_id LIMIT 1",
            picture_hash,
        )
        return PhotoId(rows[0][0]) if rows else None

    def photos(self, photo_ids: Sequence[PhotoId]) -> list[Photo]:
        """Photos in the order asked for; unknown ids are left out."""
        wanted = id_list(photo_ids)
        with self._readers.snapshot() as connection:
            rows = named_rows(connection, PHOTO_QUERY, wanted)
            label_rows = named_rows(connection, _LABELS, wanted)
            file_rows = named_rows(connection, _FILES, wanted)
            with making_sense():
                found = _assembled(rows, label_rows, file_rows)
        return [found[photo_id] for photo_id in photo_ids if photo_id in found]

    def browse(self, filters: Filters, order: SortOrder) -> NDArray[np.int64]:
        """Ids of the present photos that pass, in order; photos without a date come last. int64 (n,)."""
        with self._readers.snapshot() as connection:
            condition, values = filter_condition(connection, filters)
            ids = _ordered_ids(connection, condition, values, order)
            for query, parameters in membership_queries(connection, filters):
                members = _id_array(connection, query, parameters)
                ids = ids[np.isin(ids, members, kind="table")]
        return ids

    def labels(self, limit: int, words: Mapping[str, str] = {}) -> list[LabelCount]:
        """The most frequent labels, or the words they are counted under, most frequent first."""
        counted = self._rows(_LABEL_COUNTS, json.dumps(dict(words)), limit)
        return [LabelCount(word, photos, PhotoId(cover)) for word, photos, cover, _ in counted]

    def photos_in_several_files(self) -> NDArray[np.int64]:
        """Ids of the photos with more than one present file, ascending; int64 (n,)."""
        with self._readers.snapshot() as connection:
            return np.sort(_id_array(connection, COPIED, ()))

    def keywords(self, limit: int) -> list[str]:
        """The most frequent keywords of present photos, most frequent first."""
        return [keyword for keyword, _ in self._rows(_KEYWORDS, limit)]

    def perceptual_hashes(self) -> PerceptualHashes:
        """Of every present photo, to look for near duplicates."""
        rows = self._rows(
            "SELECT photo_id, perceptual_hash FROM photos WHERE present_files > 0 ORDER BY +photo_id"
        )
        table = np.fromiter(chain.from_iterable(rows), np.int64, 2 * len(rows)).reshape(-1, 2)
        return PerceptualHashes(table[:, 0].copy(), table[:, 1].copy().view(np.uint64))

    def has_embedding(self, photo_id: PhotoId, model_id: ModelId) -> bool:
        """Whether the whole photo has an embedding of this model."""
        return bool(
            self._rows(
                "SELECT 1 FROM embeddings JOIN models USING (model_no)"
                " WHERE photo_id = ? AND model_id = ? AND region = 0",
                photo_id,
                model_id,
            )
        )

    def embedding(self, photo_id: PhotoId, model_id: ModelId, region: int = 0) -> Vector | None:
        """One stored embedding as float32, unit length."""
        rows = self._rows(
            "SELECT vector FROM embeddings JOIN models USING (model_no)"
            " WHERE photo_id = ? AND model_id = ? AND region = ?",
            photo_id,
            model_id,
            region,
        )
        return normalise(np.frombuffer(rows[0][0], "<f2")) if rows else None

    def embeddings(self, model_id: ModelId, after: PhotoId, limit: int) -> EmbeddingBlock:
        """Whole-photo embeddings of present photos with an id greater than `after`; empty at the end."""
        with self._readers.snapshot() as connection:
            model = model_row(connection, model_id)
            if model is None:
                return EmbeddingBlock(np.empty(0, np.int64), np.empty((0, 0), np.float16))
            model_no, dims = model
            rows = connection.execute(
                """
                SELECT photo_id, vector FROM embeddings
                WHERE photo_id > ? AND model_no = ? AND region = 0
                  AND photo_id NOT IN (SELECT photo_id FROM photos WHERE present_files = 0)
                ORDER BY photo_id LIMIT ?
                """,
                (after, model_no, limit),
            ).fetchall()
        vectors = np.frombuffer(b"".join(vector for _, vector in rows), "<f2").reshape(len(rows), dims)
        ids = np.fromiter((photo_id for photo_id, _ in rows), np.int64, len(rows))
        return EmbeddingBlock(ids, vectors.astype(np.float16, copy=False))

    def photo_count(self) -> int:
        """Number of photos, those without a present file included."""
        with self._readers.snapshot() as connection:
            return int(connection.execute("SELECT COUNT(*) FROM photos").fetchone()[0])

    def uids(self, after: PhotoUid, limit: int) -> list[tuple[PhotoUid, PhotoId]]:
        """Every photo, in the order of the uids, from the first behind `after` on."""
        with self._readers.snapshot() as connection:
            rows = connection.execute(
                "SELECT uid, photo_id FROM photos WHERE uid > ? ORDER BY uid LIMIT ?",
                (bytes.fromhex(after), limit),
            ).fetchall()
        return [(PhotoUid(uid.hex()), PhotoId(photo_id)) for uid, photo_id in rows]

    def photos_without_embedding(self, model_id: ModelId, limit: int) -> list[PhotoId]:
        """Present photos that wait for an embedding of this model, newest first."""
        with self._readers.snapshot() as connection:
            rows = connection.execute(
                "SELECT photo_id FROM photos WHERE present_files > 0 AND encoded_by & ? = 0"
                " ORDER BY sort_date DESC, photo_id DESC LIMIT ?",
                (model_bit(connection, model_id), limit),
            ).fetchall()
        return [PhotoId(photo_id) for (photo_id,) in rows]

    def searchable(self, model_id: ModelId) -> int:
        """Number of present photos with an embedding of this model."""
        with self._readers.snapshot() as connection:
            return int(
                connection.execute(
                    "SELECT COUNT(*) FROM photos WHERE present_files > 0 AND encoded_by & ? <> 0",
                    (model_bit(connection, model_id),),
                ).fetchone()[0]
            )


def id_list(photo_ids: Iterable[int]) -> str:
    """Ids as the JSON array that queries take; any number of them is one parameter."""
    return json.dumps([int(photo_id) for photo_id in photo_ids])


def named_rows(connection: Connection, sql: str, *parameters: object) -> list[Row]:
    """Rows whose columns go by their names."""
    cursor = connection.cursor()
    cursor.row_factory = Row
    return cursor.execute(sql, parameters).fetchall()


def model_row(connection: Connection, model_id: ModelId) -> tuple[int, int] | None:
    """Number and dimensions of a model that has embeddings here."""
    row = connection.execute("SELECT model_no, dims FROM models WHERE model_id = ?", (model_id,)).fetchone()
    return None if row is None else (row[0], row[1])


def model_bit(connection: Connection, model_id: ModelId) -> int:
    """The model's bit in `photos.encoded_by`, 0 for a model without embeddings."""
    model = model_row(connection, model_id)
    return 0 if model is None else 1 << model[0]


def _ordered_ids(
    connection: Connection, condition: str, values: Sequence[object], order: SortOrder
) -> NDArray[np.int64]:
    passing = f"SELECT photo_id FROM photos WHERE present_files > 0 AND {condition}"
    match order:
        case SortOrder.ADDED:
            return np.sort(_id_array(connection, passing, values))[::-1].copy()
        case SortOrder.NAME:
            if condition != "1":
                # The index on names holds nothing to filter by, and whole rows are far apart.
                passing = f"SELECT photo_id FROM photos WHERE present_files > 0 AND photo_id IN ({passing})"
            return _id_array(connection, f"{passing} ORDER BY name_key, photo_id", values)
        case SortOrder.DATE_NEWEST:
            return _id_array(connection, f"{passing} ORDER BY sort_date DESC, photo_id DESC", values)
        case SortOrder.DATE_OLDEST:
            dated = f"{passing} AND sort_date IS NOT NULL ORDER BY sort_date, photo_id"
            undated = f"{passing} AND sort_date IS NULL ORDER BY photo_id"
            return np.concatenate([_id_array(connection, sql, values) for sql in (dated, undated)])


def _id_array(connection: Connection, sql: str, values: Sequence[object]) -> NDArray[np.int64]:
    rows = connection.execute(sql, values).fetchall()
    return np.fromiter(chain.from_iterable(rows), np.int64, len(rows))


def _assembled(
    rows: Iterable[Row], label_rows: Iterable[Row], file_rows: Iterable[Row]
) -> dict[PhotoId, Photo]:
    labels: defaultdict[int, list[Label]] = defaultdict(list)
    for row in label_rows:
        labels[row["photo_id"]].append(Label(row["name"], row["probability"]))
    files: defaultdict[int, list[PhotoFile]] = defaultdict(list)
    for row in file_rows:
        files[row["photo_id"]].append(file_of(row))
    return {row["photo_id"]: photo_of(row, labels[row["photo_id"]], files[row["photo_id"]]) for row in rows}
