"""Copies what can still be read of a damaged catalogue, row by row."""

# ruff: noqa: S608 - tables and columns are named in this file

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from imgsearch_desktop.adapters.catalogue.photo_reader import id_list, named_rows
from imgsearch_desktop.adapters.catalogue.rows import PHOTO_QUERY, photo_of
from imgsearch_desktop.adapters.catalogue.sqlite_errors import NonsenseError, making_sense
from imgsearch_desktop.adapters.catalogue.transaction import first_name_key

TABLES = {
    "names": "name_id",
    "models": "model_no",
    "roots": "root_id",
    "photos": "photo_id",
    "files": "file_id",
    "embeddings": "embedding_id",
    "labels": "photo_id",
    "failures": "failure_id",
}
"""Every table that is saved, with the key its rows are read along. The change log is not: a repaired
catalogue has a new epoch, and every projection is rebuilt. Nor is what can be worked out again: where results
of a model end, and what could not be encoded for it. Nor is the journal of the trash: nothing is thrown
away on the word of a damaged file, and the next scan finds those files present again."""

UNREADABLE = (sqlite3.Error, UnicodeDecodeError)
"""What reading a damaged database raises; the latter, when SQLite quotes nonsense in its message."""

_ATTEMPTS = 100_000
"""About how many places of a table are tried where it cannot be read."""

_PROBES = 256
"""In how many places a table is looked into before it is given up as a whole."""

_FETCHED = 256


@dataclass(frozen=True, slots=True)
class Salvage:
    """How much was saved.

    Attributes:
        photos: photos with everything known about them.
        embeddings: embeddings of them.
        lost_photos: photos that were there and could not be read, as far as can be told.
        rows: rows of all kinds.
    """

    photos: int
    embeddings: int
    lost_photos: int
    rows: int


def salvage(damaged: sqlite3.Connection, target: sqlite3.Connection) -> Salvage:
    """Copy every intact row.

    Args:
        damaged: what is left of a catalogue; nothing is written to it.
        target: an empty catalogue; committed when the call returns.
    """
    damaged.text_factory = _forgiving_text
    with contextlib.suppress(*UNREADABLE):
        # Without this SQLite refuses a file that is shorter than it should be, or whose schema is half gone.
        damaged.execute("PRAGMA writable_schema = ON")
    target.execute("PRAGMA foreign_keys = OFF")
    target.execute("BEGIN")
    known = {table: _copy(damaged, target, table, key) for table, key in TABLES.items()}
    _copy_roots_from_index(damaged, target)
    _continue_library(damaged, target)
    _drop_unusable(target)
    _derive(target)
    target.execute("COMMIT")
    saved = {table: int(target.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0]) for table in TABLES}
    lost_photos = max(0, known["photos"] - saved["photos"])
    return Salvage(saved["photos"], saved["embeddings"], lost_photos, sum(saved.values()))


def nonsense(connection: sqlite3.Connection) -> list[int]:
    """Ids of the photos whose stored values make no sense."""
    photo_ids = [row[0] for row in connection.execute("SELECT photo_id FROM photos NOT INDEXED").fetchall()]
    found: list[int] = []
    for start in range(0, len(photo_ids), _FETCHED):
        for row in named_rows(connection, PHOTO_QUERY, id_list(photo_ids[start : start + _FETCHED])):
            try:
                with making_sense():
                    photo_of(row, (), ())
            except NonsenseError:
                found.append(row["photo_id"])
    return found


def _copy(damaged: sqlite3.Connection, target: sqlite3.Connection, table: str, key: str) -> int:
    """Copy one table.

    Returns:
        How many rows it had, as far as an index that is still intact can tell.
    """
    columns = [name for _, name, *_ in target.execute(f"PRAGMA table_info({table})").fetchall()]
    listed = ", ".join(columns)
    insert = f"INSERT OR IGNORE INTO {table} ({listed}) VALUES ({', '.join('?' * len(columns))})"
    for row in _readable_rows(
        damaged, f"SELECT {key}, {listed} FROM {table} NOT INDEXED", key, _span(damaged, table, key)
    ):
        with contextlib.suppress(sqlite3.IntegrityError, OverflowError):  # a row of nonsense
            target.execute(insert, row[1:])
    with contextlib.suppress(*UNREADABLE):
        return int(damaged.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0])
    return 0


def _copy_roots_from_index(damaged: sqlite3.Connection, target: sqlite3.Connection) -> None:
    """All folders lie on one page, and without them no file can be placed: their index knows the paths too.

    Their volumes are not known any more; until they are indexed again, an empty folder counts as away.
    """
    with contextlib.suppress(*UNREADABLE):
        rows = damaged.execute(
            "SELECT root_id, path, path FROM roots INDEXED BY sqlite_autoindex_roots_1 WHERE path > x''"
        ).fetchall()
        target.executemany(
            "INSERT OR IGNORE INTO roots (root_id, path, volume_id, mount_point) VALUES (?, ?, '', ?)", rows
        )


def _span(damaged: sqlite3.Connection, table: str, key: str) -> int:
    """One more than the greatest key that a table can have."""
    for sql in (
        f"SELECT seq FROM sqlite_sequence WHERE name = '{table}'",
        f"SELECT MAX({key}) FROM {table} NOT INDEXED",
    ):
        with contextlib.suppress(*UNREADABLE):
            row = damaged.execute(sql).fetchone()
            if row is not None and isinstance(row[0], int):
                return min(row[0], 1 << 40) + 1
    return 1 << 24


def _readable_rows(
    damaged: sqlite3.Connection, select: str, key: str, end: int
) -> Iterator[tuple[object, ...]]:
    """Every row that can be read; where a page is broken, the next readable one is searched by halving."""
    select = f"{select} WHERE {key} >= ? AND {key} < ? ORDER BY {key}"
    smallest = max(1, end // _ATTEMPTS)
    ranges = [(0, end)] if _reads_anywhere(damaged, select, end) else []
    while ranges:
        start, stop = ranges.pop()
        try:
            cursor = damaged.execute(select, (start, stop))
            while rows := cursor.fetchmany(_FETCHED):
                for row in rows:
                    yield row
                    start = row[0]
        except UNREADABLE:
            if stop - start > smallest:
                middle = (start + stop) // 2
                ranges += [(middle, stop), (start, middle)]


def _reads_anywhere(damaged: sqlite3.Connection, select: str, end: int) -> bool:
    for start in range(0, end, max(1, end // _PROBES)):
        with contextlib.suppress(*UNREADABLE):
            damaged.execute(f"{select} LIMIT 1", (start, end)).fetchall()
            return True
    return False


def _forgiving_text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _continue_library(damaged: sqlite3.Connection, target: sqlite3.Connection) -> None:
    """The library keeps its id, not its epoch; ids that were used are never used again."""
    with contextlib.suppress(*UNREADABLE):
        row = damaged.execute("SELECT library_id, active_model FROM library").fetchone()
        if row is not None and isinstance(row[0], str) and row[0]:
            target.execute("UPDATE library SET library_id = ?, active_model = ?", row)
    with contextlib.suppress(*UNREADABLE):  # a catalogue of the first version has no such column
        target.execute(
            "UPDATE library SET target_model = ?",
            damaged.execute("SELECT target_model FROM library").fetchone(),
        )
    with contextlib.suppress(*UNREADABLE):
        for table, last in damaged.execute("SELECT name, seq FROM sqlite_sequence").fetchall():
            target.execute("UPDATE sqlite_sequence SET seq = MAX(seq, ?) WHERE name = ?", (last, table))
            target.execute(
                "INSERT INTO sqlite_sequence (name, seq) SELECT ?, ?"
                " WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = ?)",
                (table, last, table),
            )
    target.execute(
        "UPDATE library SET trimmed_change ="
        " COALESCE((SELECT seq FROM sqlite_sequence WHERE name = 'changes'), 0)"
    )


def _drop_unusable(target: sqlite3.Connection) -> None:
    """Rows that refer to something lost, and photos whose values make no sense."""
    for photo_id in nonsense(target):
        target.execute("DELETE FROM photos WHERE photo_id = ?", (photo_id,))
    for table in ("files", "embeddings", "labels"):
        target.execute(f"DELETE FROM {table} WHERE photo_id NOT IN (SELECT photo_id FROM photos)")
    for table in ("files", "failures"):
        target.execute(f"DELETE FROM {table} WHERE root_id NOT IN (SELECT root_id FROM roots)")
    for table in ("embeddings", "labels"):
        target.execute(f"DELETE FROM {table} WHERE model_no NOT IN (SELECT model_no FROM models)")
    target.execute("DELETE FROM labels WHERE name_id NOT IN (SELECT name_id FROM names)")
    for column in ("camera", "lens"):
        target.execute(
            f"UPDATE photos SET {column} = NULL"
            f" WHERE {column} IS NOT NULL AND {column} NOT IN (SELECT name_id FROM names)"
        )
    target.execute(
        "DELETE FROM embeddings WHERE length(vector) <>"
        " (SELECT 2 * dims FROM models WHERE models.model_no = embeddings.model_no)"
    )


def _derive(target: sqlite3.Connection) -> None:
    """Work out anew what the photos' rows keep about other tables."""
    target.execute(
        """
        UPDATE photos SET change_id = 0, sort_date = COALESCE(user_date, date_taken), name_key = NULL,
            present_files = (
                SELECT COUNT(*) FROM files WHERE files.photo_id = photos.photo_id AND missing = 0),
            encoded_by = (
                SELECT COALESCE(SUM(1 << model_no), 0) FROM embeddings
                WHERE embeddings.photo_id = photos.photo_id AND region = 0)
        """
    )
    paths = target.execute(
        "SELECT photo_id, relative_path FROM files WHERE missing = 0 ORDER BY photo_id, file_id DESC"
    ).fetchall()
    first = dict(paths)
    target.executemany(
        "UPDATE photos SET name_key = ? WHERE photo_id = ?",
        [(first_name_key([path]), photo_id) for photo_id, path in first.items()],
    )
