"""Puts what can be read of a damaged store of thumbnails into a new one."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

_COPIED = 64

_MOST = 1 << 26
"""No store holds more thumbnails; a greater number is nonsense."""

_UNREADABLE = (sqlite3.Error, UnicodeDecodeError)
"""What reading a damaged database raises; the latter, when SQLite quotes nonsense in its message."""

_COPY = "INSERT OR IGNORE INTO thumbnails (uid, derived_version, jpeg) VALUES (?, ?, ?)"

_READ = """
    SELECT thumbnail_id, uid, derived_version, jpeg FROM thumbnails NOT INDEXED
    WHERE thumbnail_id >= ? AND thumbnail_id < ? ORDER BY thumbnail_id LIMIT ?
"""

Row = tuple[int, bytes, int, bytes]


def repaired_path(path: Path) -> Path:
    """Where a finished repair waits to take the store's place."""
    return beside(path, ".repaired")


def beside(path: Path, ending: str) -> Path:
    """A file that belongs to the store."""
    return path.with_name(path.name + ending)


def copy_readable(damaged_path: Path, target: sqlite3.Connection) -> int:
    """Copy every thumbnail that can be read.

    Args:
        damaged_path: the damaged store; it is not changed.
        target: an empty store.

    Returns:
        How many thumbnails were saved.

    Raises:
        sqlite3.Error: the new store cannot be written.
    """
    target.execute("BEGIN IMMEDIATE")
    with contextlib.closing(sqlite3.connect(damaged_path, isolation_level=None)) as damaged:
        with contextlib.suppress(*_UNREADABLE):
            damaged.execute("PRAGMA writable_schema = ON")  # else a file cut short is refused as a whole
        for _, *row in _readable_rows(damaged):
            with contextlib.suppress(sqlite3.IntegrityError):  # a row of nonsense
                target.execute(_COPY, row)
    target.execute("COMMIT")
    return int(target.execute("SELECT COUNT(*) FROM thumbnails").fetchone()[0])


def set_aside(path: Path) -> Path:
    """Move the damaged store out of the way and the repaired one into its place.

    Returns:
        Where the damaged one is now.
    """
    stamp = datetime.now().astimezone().strftime("%Y-%m-%dT%H%M%S")
    aside = path.with_name(f"{path.stem}-damaged-{stamp}{path.suffix}")
    path.replace(aside)
    with contextlib.suppress(FileNotFoundError):
        beside(path, "-wal").replace(beside(aside, "-wal"))
    beside(path, "-shm").unlink(missing_ok=True)
    repaired_path(path).replace(path)
    return aside


def _readable_rows(damaged: sqlite3.Connection) -> Iterator[Row]:
    """Rows up to where reading breaks off; the next readable one is then searched by halving."""
    ranges = [(1, _last_id(damaged) + 1)]
    while ranges:
        start, stop = ranges.pop()
        while start < stop:
            try:
                rows: list[Row] = damaged.execute(_READ, (start, stop, _COPIED)).fetchall()
            except _UNREADABLE:
                if stop - start > 1:
                    middle = (start + stop) // 2
                    ranges += [(middle, stop), (start, middle)]
                break
            if not rows:
                break
            yield from rows
            start = rows[-1][0] + 1


def _last_id(damaged: sqlite3.Connection) -> int:
    for sql in (
        "SELECT seq FROM sqlite_sequence WHERE name = 'thumbnails'",
        "SELECT MAX(thumbnail_id) FROM thumbnails NOT INDEXED",
        "PRAGMA page_count",  # a thumbnail takes at least one
    ):
        with contextlib.suppress(*_UNREADABLE):
            row = damaged.execute(sql).fetchone()
            if row is not None and isinstance(row[0], int):
                return min(row[0], _MOST)
    return 0
