"""The grid's model: ids in an array, everything else about a photo on demand."""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import (
    QAbstractListModel,
    QByteArray,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QUrl,
)

from imgsearch_desktop.ui.grid.contents import NOTHING, Contents, Ids, TileFacts

PHOTOS_MIME = "application/x-imgsearch-photos"
"""Photo ids of a drag that began in a grid, as int64 bytes."""

MOST_DRAGGED = 1000
"""Files that one drag or copy carries at most."""

Index = QModelIndex | QPersistentModelIndex


class PhotoModel(QAbstractListModel):
    """Photos in order; one row is one photo.

    What a tile shows is kept for the last `keep_facts` photos that were looked at.

    Args:
        parent: owner.
        keep_facts: how many photos' facts are kept.
    """

    PHOTO_ID = Qt.ItemDataRole.UserRole + 1
    FACTS = Qt.ItemDataRole.UserRole + 2

    def __init__(self, parent: QObject | None = None, keep_facts: int = 20_000) -> None:
        super().__init__(parent)
        self._contents = NOTHING
        self._facts: OrderedDict[int, TileFacts] = OrderedDict()
        self._keep = keep_facts

    @property
    def contents(self) -> Contents:
        """What is shown."""
        return self._contents

    @property
    def ids(self) -> Ids:
        """Photo ids in order, int64 (n,)."""
        return self._contents.ids

    def set_contents(self, contents: Contents) -> None:
        """Show other photos, or the same ones in another order; takes the same time for any number."""
        self.beginResetModel()
        self._contents = contents
        self.endResetModel()

    def facts(self, row: int) -> TileFacts | None:
        """What is known about the photo of a row, None while it is not loaded."""
        photo_id = int(self.ids[row])
        found = self._facts.get(photo_id)
        if found is not None:
            self._facts.move_to_end(photo_id)
        return found

    def put_facts(self, facts: Iterable[TileFacts], rows: range) -> None:
        """Take what was loaded for some rows."""
        for one in facts:
            self._facts[one.photo_id] = one
            self._facts.move_to_end(one.photo_id)
        while len(self._facts) > self._keep:
            self._facts.popitem(last=False)
        last = min(rows.stop, self.rowCount()) - 1
        if rows and rows.start <= last:
            self.dataChanged.emit(self.index(rows.start), self.index(last))

    def forget_facts(self) -> None:
        """Load everything anew: the photos themselves may have changed."""
        self._facts.clear()

    def rows_without_facts(self, rows: range) -> list[int]:
        """Rows of a range whose facts are not loaded."""
        return [row for row in rows if row < len(self.ids) and int(self.ids[row]) not in self._facts]

    def rowCount(self, parent: Index | None = None) -> int:
        """Number of photos."""
        return 0 if parent is not None and parent.isValid() else len(self._contents.ids)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Name, accessible text, photo id and facts of a row."""
        if not index.isValid() or not 0 <= index.row() < len(self.ids):
            return None
        if role == self.PHOTO_ID:
            return int(self.ids[index.row()])
        facts = self.facts(index.row())
        return facts if role == self.FACTS else self._words(index.row(), facts, role)

    def _words(self, row: int, facts: TileFacts | None, role: int) -> str | None:
        place = self.tr("Photo {number} of {total}").format(number=row + 1, total=len(self.ids))
        words: dict[int, str] = {
            Qt.ItemDataRole.DisplayRole: facts.name if facts else place,
            Qt.ItemDataRole.AccessibleTextRole: facts.description if facts else place,
            Qt.ItemDataRole.AccessibleDescriptionRole: place,
        }
        return words.get(role)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Every photo can be selected and dragged."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return (
            Qt.ItemFlag.ItemIsEnabled
            | Qt.ItemFlag.ItemIsSelectable
            | Qt.ItemFlag.ItemIsDragEnabled
            | Qt.ItemFlag.ItemNeverHasChildren
        )

    def mimeTypes(self) -> list[str]:
        """Photo ids for ourselves, files for others."""
        return [PHOTOS_MIME, "text/uri-list"]

    def mime_of_rows(self, rows: Sequence[int]) -> QMimeData:
        """What a drag or copy of these rows carries: ids, and the files of those whose facts are loaded."""
        taken = list(rows[:MOST_DRAGGED])
        data = QMimeData()
        data.setData(PHOTOS_MIME, QByteArray(np.asarray(self.ids[taken], np.int64).tobytes()))
        loaded = [facts for row in taken if (facts := self.facts(row)) is not None]
        data.setUrls([url_of(facts.path) for facts in loaded if facts.path])
        return data


def url_of(path: bytes) -> QUrl:
    """A file URL that keeps every byte of a path, also of a name that is no valid UTF-8."""
    return QUrl.fromEncoded(Path(os.fsdecode(path)).as_uri().encode())


def photo_ids_of(data: QMimeData) -> list[int]:
    """Photo ids of a drag that began in one of our grids; empty for any other."""
    if not data.hasFormat(PHOTOS_MIME):
        return []
    payload = bytes(data.data(PHOTOS_MIME).data())
    return [int(i) for i in np.frombuffer(payload, np.int64)] if len(payload) % 8 == 0 else []
