"""Counts of what could be filtered by."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from imgsearch_desktop.application.ports import Facets

_GROUPS = {
    "cameras": "SELECT min(camera), {what} FROM documents WHERE camera_key IS NOT NULL GROUP BY camera_key",
    "formats": "SELECT format, {what} FROM documents GROUP BY format",
    "years": "SELECT CAST(strftime('%Y', date_key, 'unixepoch') AS INTEGER) AS year, {what}"
    " FROM documents WHERE date_key IS NOT NULL GROUP BY year",
}


def facets(connection: sqlite3.Connection, allowed: NDArray[np.bool_] | None) -> Facets:
    """Count cameras, formats and years.

    Args:
        connection: inside a read transaction.
        allowed: (rows,) which lines count, None for all.
    """
    counted = {name: _counted(connection, statement, allowed) for name, statement in _GROUPS.items()}
    return Facets(
        cameras={str(camera): count for camera, count in counted["cameras"].items()},
        formats={str(name): count for name, count in counted["formats"].items()},
        years={int(year): count for year, count in counted["years"].items() if year is not None},
    )


def _counted(
    connection: sqlite3.Connection, statement: str, allowed: NDArray[np.bool_] | None
) -> Mapping[str | int, int]:
    if allowed is None:
        return dict(connection.execute(statement.format(what="count(*)")).fetchall())
    counts: dict[str | int, int] = {}
    for value, lines in connection.execute(statement.format(what="group_concat(line)")):
        count = int(np.count_nonzero(allowed[np.fromstring(lines, np.int64, sep=",")]))
        if count:
            counts[value] = count
    return counts
