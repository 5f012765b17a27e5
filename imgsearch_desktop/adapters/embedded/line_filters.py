"""Which lines pass the filters: one indexed select per condition, joined as masks and remembered."""

from __future__ import annotations

import sqlite3
import threading
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from imgsearch_desktop.adapters.embedded.line_sets import lines_of, mask_of
from imgsearch_desktop.adapters.embedded.matrix_file import MatrixStamp
from imgsearch_desktop.domain.filters import Filters, FolderFilter
from imgsearch_desktop.domain.photo import RootId

_DAY_S = 86_400
_EPOCH_DAY = date(1970, 1, 1).toordinal()
_REMEMBERED = 8
_DOCUMENTS = "SELECT line FROM documents WHERE"
_PLACES = "SELECT line FROM places WHERE"


@dataclass(frozen=True, slots=True)
class Condition:
    """A select of lines (column `line`) with its parameters."""

    select: str
    parameters: tuple[Any, ...]


def conditions(filters: Filters, away_roots: frozenset[RootId]) -> Iterator[Condition]:
    """What filters ask for; a line passes when every select yields it."""
    if filters.folders:
        parts = [_below(folder) for folder in filters.folders]
        yield Condition(
            " UNION ".join(part.select for part in parts),
            tuple(value for part in parts for value in part.parameters),
        )
    if filters.after is not None or filters.before is not None:
        first = _seconds(filters.after or date.min)
        last = _seconds(filters.before or date.max) + _DAY_S - 1
        yield Condition(f"{_DOCUMENTS} date_key BETWEEN ? AND ?", (first, last))
    if filters.cameras:
        keys = tuple(dict.fromkeys(camera.casefold() for camera in filters.cameras))
        yield Condition(f"{_DOCUMENTS} camera_key IN ({_marks(len(keys))})", keys)
    if filters.formats:
        names = tuple(dict.fromkeys(name.lower() for name in filters.formats))
        raw = f" UNION {_DOCUMENTS} raw = 1" if "raw" in names else ""
        yield Condition(f"{_DOCUMENTS} format IN ({_marks(len(names))}){raw}", names)
    if not filters.include_away and away_roots:
        roots = tuple(sorted(away_roots))
        yield Condition(f"{_PLACES} root_id NOT IN ({_marks(len(roots))})", roots)


class LineFilters:
    """Answers repeated filters from memory for as long as nothing was applied. Thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._masks: OrderedDict[tuple[MatrixStamp, int, Condition], NDArray[np.bool_]] = OrderedDict()

    def mask(
        self,
        connection: sqlite3.Connection,
        stamp: MatrixStamp,
        rows: int,
        filters: Filters,
        away_roots: frozenset[RootId],
    ) -> NDArray[np.bool_] | None:
        """Which of the lines 0 to `rows` - 1 pass, shape (rows,), read-only; None where all do."""
        combined: NDArray[np.bool_] | None = None
        for condition in conditions(filters, away_roots):
            mask = self._one(connection, (stamp, rows, condition))
            combined = mask if combined is None else combined & mask
        return combined

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._masks.clear()

    def _one(
        self, connection: sqlite3.Connection, key: tuple[MatrixStamp, int, Condition]
    ) -> NDArray[np.bool_]:
        with self._lock:
            known = self._masks.get(key)
            if known is not None:
                self._masks.move_to_end(key)
                return known
        _, rows, condition = key
        mask = mask_of(lines_of(connection, condition.select, condition.parameters), rows)
        mask.flags.writeable = False
        with self._lock:
            self._masks[key] = mask
            while len(self._masks) > _REMEMBERED:
                self._masks.popitem(last=False)
        return mask


def _below(folder: FolderFilter) -> Condition:
    path = folder.relative_path.strip(b"/")
    if not path:
        return Condition(f"{_PLACES} root_id = ?", (folder.root_id,))
    # "0" follows "/" in ASCII: the range holds exactly what begins with the path and a slash.
    return Condition(
        f"{_PLACES} root_id = ? AND path = ? UNION {_PLACES} root_id = ? AND path >= ? AND path < ?",
        (folder.root_id, path, folder.root_id, path + b"/", path + b"0"),
    )


def _seconds(day: date) -> int:
    return (day.toordinal() - _EPOCH_DAY) * _DAY_S


def _marks(count: int) -> str:
    return ", ".join("?" * count)
