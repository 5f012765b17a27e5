"""What the methods of one write transaction share: the connection and the photos they touched."""

from __future__ import annotations

from sqlite3 import Connection

from imgsearch_desktop.adapters.catalogue.name_key import name_key
from imgsearch_desktop.adapters.catalogue.rows import display_text, storable
from imgsearch_desktop.domain.errors import ModelError
from imgsearch_desktop.domain.photo import PhotoId, PhotoUid

MOST_MODELS = 62
"""As many as `photos.encoded_by` has bits for."""


class Transaction:
    """One write transaction; `settle` must run before it is committed.

    Args:
        connection: inside a transaction.
    """

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._touched: dict[PhotoId, None] = {}
        self._forgotten: dict[PhotoId, bytes] = {}
        self._names: dict[str, int] = {}

    def touch(self, photo_id: PhotoId) -> None:
        """Note that a photo is not what it was."""
        self._touched[photo_id] = None

    def forget(self, photo_id: PhotoId, uid: bytes) -> PhotoUid:
        """Note that a photo was deleted; the change log tells the projections."""
        self._touched.pop(photo_id, None)
        self._forgotten[photo_id] = uid
        return PhotoUid(uid.hex())

    def name_id(self, name: str) -> int:
        """The row of a text that many photos share."""
        text = storable(name)
        if text not in self._names:
            self.connection.execute("INSERT OR IGNORE INTO names (name) VALUES (?)", (text,))
            row = self.connection.execute("SELECT name_id FROM names WHERE name = ?", (text,)).fetchone()
            self._names[text] = row[0]
        return self._names[text]

    def model_no(self, model_id: str, dims: int) -> int:
        """The number of a model, given at its first embeddings or labels.

        Args:
            model_id: which model.
            dims: length of its embeddings, 0 where they are not known yet.

        Raises:
            ModelError: the library has seen too many models.
        """
        row = self.connection.execute(
            "SELECT model_no, dims FROM models WHERE model_id = ?", (model_id,)
        ).fetchone()
        if row is None:
            return self._add_model(model_id, dims)
        if dims and row[1] != dims:
            if row[1]:
                raise ModelError(
                    f"The model {model_id} makes vectors of length {dims}, but the library holds its vectors "
                    f"with length {row[1]}. Choose another model, or the version it was indexed with."
                )
            self.connection.execute("UPDATE models SET dims = ? WHERE model_no = ?", (dims, row[0]))
        return int(row[0])

    def settle(self) -> None:
        """Bring the touched photos' derived columns up to date and log one change for each photo."""
        for photo_id in self._touched:
            self._settle_photo(photo_id)
        self.connection.executemany(
            "INSERT INTO changes (photo_id, uid) VALUES (?, ?)", self._forgotten.items()
        )

    def _add_model(self, model_id: str, dims: int) -> int:
        number = self.connection.execute("SELECT COALESCE(MAX(model_no), 0) + 1 FROM models").fetchone()[0]
        if number > MOST_MODELS:
            raise ModelError(
                f"This library has embeddings of {MOST_MODELS} models, which is as many as it can hold. "
                "Use one of them, or begin a new library."
            )
        self.connection.execute(
            "INSERT INTO models (model_no, model_id, dims) VALUES (?, ?, ?)", (number, model_id, dims)
        )
        return int(number)

    def _settle_photo(self, photo_id: PhotoId) -> None:
        photo = self.connection.execute("SELECT uid FROM photos WHERE photo_id = ?", (photo_id,)).fetchone()
        if photo is None:
            return
        paths = self.connection.execute(
            "SELECT relative_path FROM files WHERE photo_id = ? AND missing = 0 ORDER BY file_id", (photo_id,)
        ).fetchall()
        change = self.connection.execute(
            "INSERT INTO changes (photo_id, uid) VALUES (?, ?)", (photo_id, photo[0])
        ).lastrowid
        self.connection.execute(
            "UPDATE photos SET present_files = ?, name_key = ?, change_id = ?,"
            " sort_date = COALESCE(user_date, date_taken) WHERE photo_id = ?",
            (len(paths), first_name_key([path for (path,) in paths]), change, photo_id),
        )


def first_name_key(relative_paths: list[bytes]) -> str | None:
    """By which name a photo with these present files is sorted, None without any."""
    if not relative_paths:
        return None
    return name_key(display_text(relative_paths[0].rpartition(b"/")[2]))
