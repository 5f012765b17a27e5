"""Reading what projections are fed with: the change log and the current state of photos."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from sqlite3 import Row

import numpy as np
from numpy.typing import NDArray

from imgsearch_desktop.adapters.catalogue.model_reader import ModelReader
from imgsearch_desktop.adapters.catalogue.photo_reader import id_list, model_row, named_rows
from imgsearch_desktop.adapters.catalogue.rows import (
    PHOTO_QUERY,
    date_of,
    keywords_of,
    uid_text,
    with_slashes,
)
from imgsearch_desktop.adapters.catalogue.sqlite_errors import making_sense
from imgsearch_desktop.application.ports import Change, FolderPlace, IndexDocument
from imgsearch_desktop.domain.embedding import WHOLE_PHOTO, ModelId
from imgsearch_desktop.domain.photo import RAW_FORMATS, PhotoId, RootId

_CHANGES = """
    SELECT MAX(change_id) AS newest, photo_id, uid
    FROM (SELECT * FROM changes WHERE change_id > ? ORDER BY change_id LIMIT ?)
    GROUP BY uid ORDER BY newest
"""

_PLACES = """
    SELECT photo_id, root_id, roots.path AS root_path, relative_path
    FROM json_each(?) AS wanted
    JOIN files ON files.photo_id = wanted.value
    JOIN roots USING (root_id)
    WHERE missing = 0
    ORDER BY photo_id, file_id
"""

_VECTORS = """
    SELECT photo_id, region, vector
    FROM json_each(?) AS wanted
    JOIN embeddings ON embeddings.photo_id = wanted.value
    WHERE model_no = ?
    ORDER BY photo_id, region
"""


class ProjectionReader(ModelReader):
    """The part of `CatalogueReader` about projections."""

    @property
    def library_id(self) -> str:
        """Random id of the library, made once."""
        return str(self._rows("SELECT library_id FROM library")[0][0])

    @property
    def epoch(self) -> str:
        """New after a restore or repair; a projection of another epoch is rebuilt."""
        return str(self._rows("SELECT epoch FROM library")[0][0])

    def latest_change(self) -> int:
        """The newest change id, 0 for none; ids of trimmed rows count."""
        rows = self._rows("SELECT seq FROM sqlite_sequence WHERE name = 'changes'")
        return int(rows[0][0]) if rows else 0

    def trimmed_change(self) -> int:
        """The newest change id trimmed from the log, 0 for none; a projection behind it is rebuilt."""
        return int(self._rows("SELECT trimmed_change FROM library")[0][0])

    def changes_since(self, change_id: int, limit: int) -> list[Change]:
        """At most `limit` rows after a change id, oldest first, merged to the newest of each photo."""
        rows = self._rows(_CHANGES, change_id, limit)
        return [Change(newest, PhotoId(photo_id), uid_text(uid)) for newest, photo_id, uid in rows]

    def count_changes(self, change_id: int) -> int:
        """Number of photos with a change after a change id."""
        return int(self._rows("SELECT COUNT(DISTINCT uid) FROM changes WHERE change_id > ?", change_id)[0][0])

    def cursor(self, projection: str, model_id: ModelId) -> int | None:
        """Up to which change the log is known to be applied to a projection, None for one not heard of."""
        rows = self._rows(
            "SELECT change_id FROM cursors WHERE projection = ? AND model_id = ?", projection, model_id
        )
        return int(rows[0][0]) if rows else None

    def projections(self) -> frozenset[str]:
        """Names of the projections that have a cursor."""
        return frozenset(name for (name,) in self._rows("SELECT DISTINCT projection FROM cursors"))

    def documents(self, photo_ids: Sequence[PhotoId], model_id: ModelId) -> list[IndexDocument]:
        """Current state of the photos as a projection needs it, in the order asked for."""
        wanted = id_list(photo_ids)
        with self._readers.snapshot() as connection:
            model = model_row(connection, model_id)
            if model is None:
                return []
            photo_rows = named_rows(connection, PHOTO_QUERY, wanted)
            place_rows = connection.execute(_PLACES, (wanted,)).fetchall()
            vector_rows = connection.execute(_VECTORS, (wanted, model[0])).fetchall()
            with making_sense():
                found = _assembled(photo_rows, place_rows, vector_rows)
        return [found[photo_id] for photo_id in dict.fromkeys(photo_ids) if photo_id in found]


def _assembled(
    photo_rows: Iterable[Row],
    place_rows: Iterable[tuple[int, int, bytes, bytes]],
    vector_rows: Iterable[tuple[int, int, bytes]],
) -> dict[PhotoId, IndexDocument]:
    """Documents of the photos that have both a present file and an embedding of the whole photo."""
    paths: defaultdict[int, list[tuple[RootId, bytes, bytes]]] = defaultdict(list)
    for photo_id, root_id, root_path, relative_path in place_rows:
        paths[photo_id].append((RootId(root_id), root_path, relative_path))
    vectors: defaultdict[int, dict[int, NDArray[np.float16]]] = defaultdict(dict)
    for photo_id, region, vector in vector_rows:
        vectors[photo_id][region] = np.frombuffer(vector, "<f2").astype(np.float16, copy=False)
    return {
        row["photo_id"]: _document(row, paths[row["photo_id"]], vectors[row["photo_id"]])
        for row in photo_rows
        if row["photo_id"] in paths and WHOLE_PHOTO in vectors[row["photo_id"]]
    }


def _document(
    row: Row, paths: Sequence[tuple[RootId, bytes, bytes]], vectors: dict[int, NDArray[np.float16]]
) -> IndexDocument:
    taken = date_of(row)
    return IndexDocument(
        photo_id=PhotoId(row["photo_id"]),
        uid=uid_text(row["uid"]),
        change_id=row["change_id"],
        file_names=tuple(dict.fromkeys(_text(path.rpartition(b"/")[2]) for _, _, path in paths)),
        places=tuple(dict.fromkeys(_place(*path) for path in paths)),
        keywords=keywords_of(row["keywords"]),
        title=row["title"],
        description=row["description"],
        camera=row["camera_name"],
        date_key=taken.sort_key if taken else None,
        latitude=row["latitude"],
        longitude=row["longitude"],
        format=row["format"],
        raw=row["format"] in RAW_FORMATS,
        vectors=vectors,
    )


def _place(root_id: RootId, root_path: bytes, relative_path: bytes) -> FolderPlace:
    folder = relative_path.rpartition(b"/")[0]
    root_name = with_slashes(root_path).rstrip(b"/").rpartition(b"/")[2]
    names = [root_name, *folder.split(b"/")]
    return FolderPlace(root_id, folder, tuple(_text(name) for name in names if name))


def _text(name: bytes) -> str:
    return name.decode("utf-8", "replace")
