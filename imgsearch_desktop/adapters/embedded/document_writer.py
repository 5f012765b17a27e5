"""Writes the current state of photos into the tables of a projection."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from imgsearch_desktop.adapters.embedded.document_words import document_words
from imgsearch_desktop.application.ports import IndexDeletion, IndexDocument
from imgsearch_desktop.domain.embedding import WHOLE_PHOTO
from imgsearch_desktop.domain.photo import PhotoId, PhotoUid


@dataclass(slots=True)
class Batch:
    """What is to be applied, each photo once, with its words cut already.

    Attributes:
        documents: newest state per photo, with its words.
        deletions: change id per photo that must go.
        rejected: photos that cannot be stored, with the reason.
    """

    documents: dict[PhotoId, tuple[IndexDocument, str]] = field(default_factory=dict)
    deletions: dict[PhotoId, int] = field(default_factory=dict)
    rejected: dict[PhotoUid, str] = field(default_factory=dict)


@dataclass(slots=True)
class Written:
    """Which lines changed.

    Attributes:
        lines: line per photo whose state was written.
        freed: lines that hold nothing any more.
    """

    lines: dict[PhotoId, int] = field(default_factory=dict)
    freed: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Known:
    line: int
    change_id: int


def batch_of(documents: Sequence[IndexDocument], deletions: Sequence[IndexDeletion], dims: int) -> Batch:
    """Sort out what is to be applied, the newest per photo; what cannot be stored is rejected."""
    batch = Batch()
    for deletion in deletions:
        known = batch.deletions.get(deletion.photo_id, -1)
        batch.deletions[deletion.photo_id] = max(known, deletion.change_id)
    for document in documents:
        reason = _refusal(document, dims)
        if reason is not None:
            batch.rejected[document.uid] = reason
            continue
        earlier = batch.documents.get(document.photo_id)
        if earlier is None or earlier[0].change_id <= document.change_id:
            batch.documents[document.photo_id] = document, document_words(document)
    return batch


def write_batch(connection: sqlite3.Connection, batch: Batch, sequence: int) -> Written:
    """Write a batch; state that is older than what the tables hold is passed over."""
    photo_ids = batch.documents.keys() | batch.deletions.keys()
    known = _known(connection, photo_ids)
    gone = _gone(connection, photo_ids)
    written = Written()
    for photo_id, change_id in batch.deletions.items():
        gone[photo_id] = max(change_id, gone.get(photo_id, -1))
        connection.execute("INSERT OR REPLACE INTO deleted VALUES (?, ?)", (photo_id, gone[photo_id]))
        held = known.get(photo_id)
        if held is not None and held.change_id <= change_id:
            _forget(connection, held.line)
            connection.execute("INSERT OR REPLACE INTO freed VALUES (?, ?)", (held.line, sequence))
            written.freed.append(held.line)
            del known[photo_id]
    free = _free_lines(connection)
    for photo_id, (document, words) in batch.documents.items():
        held = known.get(photo_id)
        if document.change_id <= gone.get(photo_id, -1) or (held and held.change_id > document.change_id):
            continue
        if held is not None:
            line = held.line
            _forget(connection, line)
        else:
            line = next(free)
            connection.execute("DELETE FROM freed WHERE line = ?", (line,))
        _insert(connection, line, document, words, sequence)
        written.lines[photo_id] = line
    written.freed = [line for line in written.freed if line not in set(written.lines.values())]
    return written


def _refusal(document: IndexDocument, dims: int) -> str | None:
    vector = document.vectors.get(WHOLE_PHOTO)
    if vector is None:
        return "It has no embedding of the whole photo."
    if vector.shape != (dims,):
        return f"Its embedding has the shape {vector.shape}, not ({dims},)."
    if not np.isfinite(vector).all():
        return "Its embedding holds values that are no numbers."
    return None


def _known(connection: sqlite3.Connection, photo_ids: Iterable[PhotoId]) -> dict[PhotoId, _Known]:
    rows = _selected(
        connection, "SELECT photo_id, line, change_id FROM documents WHERE photo_id IN", photo_ids
    )
    return {PhotoId(photo_id): _Known(line, change_id) for photo_id, line, change_id in rows}


def _gone(connection: sqlite3.Connection, photo_ids: Iterable[PhotoId]) -> dict[PhotoId, int]:
    rows = _selected(connection, "SELECT photo_id, change_id FROM deleted WHERE photo_id IN", photo_ids)
    return {PhotoId(photo_id): change_id for photo_id, change_id in rows}


def _selected(
    connection: sqlite3.Connection, select: str, photo_ids: Iterable[PhotoId]
) -> list[tuple[int, ...]]:
    listed = json.dumps(sorted(photo_ids))
    statement = f"{select} (SELECT value FROM json_each(?))"  # noqa: S608 - our own, values bound
    return connection.execute(statement, (listed,)).fetchall()


def _free_lines(connection: sqlite3.Connection) -> Iterator[int]:
    """Freed lines first, the lowest first, then new ones at the end."""
    while True:
        row = connection.execute("SELECT min(line) FROM freed").fetchone()
        if row[0] is None:
            break
        yield row[0]
    (last,) = connection.execute("SELECT max(line) FROM documents").fetchone()
    line = -1 if last is None else int(last)
    while True:
        line += 1
        yield line


def _forget(connection: sqlite3.Connection, line: int) -> None:
    connection.execute("DELETE FROM documents WHERE line = ?", (line,))
    connection.execute("DELETE FROM places WHERE line = ?", (line,))
    connection.execute("DELETE FROM words WHERE rowid = ?", (line,))


def _insert(
    connection: sqlite3.Connection, line: int, document: IndexDocument, words: str, sequence: int
) -> None:
    camera = document.camera
    connection.execute(
        "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            line,
            document.photo_id,
            document.change_id,
            sequence,
            document.date_key,
            camera,
            None if camera is None else camera.casefold(),
            document.format,
            int(document.raw),
        ),
    )
    connection.executemany(
        "INSERT OR IGNORE INTO places VALUES (?, ?, ?)",
        [(place.root_id, place.relative_path, line) for place in document.places],
    )
    connection.execute("INSERT INTO words (rowid, text) VALUES (?, ?)", (line, words))
