"""Filters as conditions on rows of `photos`."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from sqlite3 import Connection

from imgsearch_desktop.adapters.catalogue.rows import Value, micros
from imgsearch_desktop.domain.filters import Filters, FolderFilter
from imgsearch_desktop.domain.photo import RAW_FORMATS

Condition = tuple[str, list[Value]]

_NEVER: Condition = ("0", [])


def filter_condition(connection: Connection, filters: Filters) -> Condition:
    """An SQL condition on `photos` and its parameters; every part that fits uses the index `photos_by_date`.

    Args:
        connection: to look up cameras by name.
        filters: what to let through.
    """
    parts: list[Condition] = []
    if filters.folders:
        parts.append(_any_of([_below(folder) for folder in filters.folders]))
    if filters.after is not None:
        parts.append(("sort_date >= ?", [_midnight(filters.after)]))
    if filters.before is not None:
        parts.append(_until(filters.before))
    if filters.cameras:
        parts.append(_cameras(connection, filters.cameras))
    if filters.formats:
        parts.append(_formats(filters.formats))
    if not filters.include_away:
        parts.append(
            (
                "EXISTS (SELECT 1 FROM files JOIN roots USING (root_id)"
                " WHERE files.photo_id = photos.photo_id AND missing = 0 AND away = 0)",
                [],
            )
        )
    return " AND ".join(sql for sql, _ in parts) or "1", [value for _, values in parts for value in values]


def _below(folder: FolderFilter) -> Condition:
    prefix = folder.relative_path.rstrip(b"/")
    if not prefix:
        return "SELECT photo_id FROM files WHERE missing = 0 AND root_id = ?", [folder.root_id]
    # "0" follows "/" in the order of bytes: this is every path that starts with the folder and a slash.
    return (
        "SELECT photo_id FROM files"
        " WHERE missing = 0 AND root_id = ? AND relative_path > ? AND relative_path < ?",
        [folder.root_id, prefix + b"/", prefix + b"0"],
    )


def _any_of(queries: list[Condition]) -> Condition:
    union = " UNION ALL ".join(sql for sql, _ in queries)
    return f"photos.photo_id IN ({union})", [value for _, values in queries for value in values]


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
