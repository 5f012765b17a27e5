"""Filters as SQL."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from sqlite3 import Connection

from imgsearch_desktop.adapters.catalogue.rows import Value, micros
from imgsearch_desktop.domain.filters import Filters, FolderFilter
from imgsearch_desktop.domain.photo import RAW_FORMATS

Condition = tuple[str, list[Value]]
"""SQL and its parameters."""

_NEVER: Condition = ("0", [])


def filter_condition(connection: Connection, filters: Filters) -> Condition:
    """A condition on rows of `photos`: the part of the filters that few rows or an index can answer.

    Args:
        connection: to look up cameras by name.
        filters: what to let through.
    """
    parts: list[Condition] = []
    if filters.folders and not _whole_roots(filters):
        queries = [_below(folder) for folder in filters.folders]
        parts.append(_joined(" UNION ALL ", queries, "photo_id IN ({})"))
    if filters.after is not None:
        parts.append(("sort_date >= ?", [_midnight(filters.after)]))
    if filters.before is not None:
        parts.append(_until(filters.before))
    if filters.cameras:
        parts.append(_cameras(connection, filters.cameras))
    if filters.formats:
        parts.append(_formats(filters.formats))
    return _joined(" AND ", parts, "{}") if parts else ("1", [])


def membership_queries(connection: Connection, filters: Filters) -> list[Condition]:
    """Queries for photo ids; a photo must be in the answer of each.

    They are for the part of the filters that most photos pass: to look each one up would take longer than to
    read them all.
    """
    queries: list[Condition] = []
    if _whole_roots(filters):
        queries.append(_joined(" UNION ALL ", [_below(folder) for folder in filters.folders], "{}"))
    if not filters.include_away:
        roots = connection.execute("SELECT root_id, away FROM roots").fetchall()
        if any(away for _, away in roots):
            connected = _one_of("root_id", [root_id for root_id, away in roots if not away])
            queries.append(_joined("", [connected], "SELECT photo_id FROM files WHERE missing = 0 AND {}"))
    return queries


def _whole_roots(filters: Filters) -> bool:
    return any(not folder.relative_path for folder in filters.folders)


def _below(folder: FolderFilter) -> Condition:
    prefix = folder.relative_path.rstrip(b"/")
    if not prefix:
        return "SELECT photo_id FROM files WHERE missing = 0 AND +root_id = ?", [folder.root_id]
    # "0" follows "/" in the order of bytes: this is every path that starts with the folder and a slash.
    return (
        "SELECT photo_id FROM files"
        " WHERE missing = 0 AND root_id = ? AND relative_path > ? AND relative_path < ?",
        [folder.root_id, prefix + b"/", prefix + b"0"],
    )


def _joined(separator: str, parts: list[Condition], frame: str) -> Condition:
    return frame.format(separator.join(sql for sql, _ in parts)), [v for _, values in parts for v in values]


def _until(day: date) -> Condition:
    if day == date.max:
        return "sort_date IS NOT NULL", []
    return "sort_date < ?", [_midnight(day + timedelta(days=1))]


def _cameras(connection: Connection, cameras: tuple[str, ...]) -> Condition:
    wanted = {camera.casefold() for camera in cameras}
    names = connection.execute("SELECT name_id, name FROM names").fetchall()
    return _one_of("camera", [name_id for name_id, name in names if name.casefold() in wanted])


def _formats(formats: tuple[str, ...]) -> Condition:
    wanted = {name.lower() for name in formats}
    if "raw" in wanted:
        wanted |= RAW_FORMATS
    return _one_of("format", sorted(wanted))


def _one_of(column: str, values: list[int] | list[str]) -> Condition:
    if not values:
        return _NEVER
    return f"{column} IN ({', '.join('?' * len(values))})", list(values)


def _midnight(day: date) -> int:
    return micros(datetime(day.year, day.month, day.day, tzinfo=UTC))
