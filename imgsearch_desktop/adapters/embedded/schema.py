"""The tables of a projection; thrown away and filled again rather than migrated."""

from __future__ import annotations

APPLICATION_ID = 0x494D5345
"""Marks the file as ours ("IMSE")."""

VERSION = 1
"""A database of another version is emptied."""

GAP = "|"
"""A token between two values of one field: a phrase never reaches from one into the next."""

STATEMENTS = (
    # One row: which catalogue this reflects, and up to where. `sequence` counts the batches applied.
    """CREATE TABLE state (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        generation TEXT NOT NULL, library_id TEXT NOT NULL, epoch TEXT NOT NULL,
        dims INTEGER NOT NULL, text_dims INTEGER NOT NULL,
        change_id INTEGER NOT NULL, sequence INTEGER NOT NULL)""",
    # `line` is the matrix row and the rowid in `words`; `sequence` is the batch that wrote it last.
    """CREATE TABLE documents (
        line INTEGER PRIMARY KEY, photo_id INTEGER NOT NULL UNIQUE,
        change_id INTEGER NOT NULL, sequence INTEGER NOT NULL,
        date_key INTEGER, camera TEXT, camera_key TEXT, format TEXT NOT NULL, raw INTEGER NOT NULL)""",
    "CREATE INDEX documents_sequence ON documents (sequence)",
    "CREATE INDEX documents_date ON documents (date_key)",
    "CREATE INDEX documents_camera ON documents (camera_key, camera)",
    "CREATE INDEX documents_format ON documents (format, raw)",
    """CREATE TABLE places (
        root_id INTEGER NOT NULL, path BLOB NOT NULL, line INTEGER NOT NULL,
        PRIMARY KEY (root_id, path, line)) WITHOUT ROWID""",
    "CREATE INDEX places_line ON places (line)",
    # Lines that held a photo and are free to be used again, with the batch that freed them.
    "CREATE TABLE freed (line INTEGER PRIMARY KEY, sequence INTEGER NOT NULL)",
    "CREATE INDEX freed_sequence ON freed (sequence)",
    # Photos that must stay away unless something newer than this change brings them back.
    "CREATE TABLE deleted (photo_id INTEGER PRIMARY KEY, change_id INTEGER NOT NULL)",
    # The tokens of `domain.keywords`, each led by the letter of its field; "ascii" cuts at spaces alone then.
    f"""CREATE VIRTUAL TABLE words USING fts5 (
        text, tokenize = "ascii tokenchars '{GAP}'", prefix = '3 4')""",
)

TABLES = ("state", "documents", "places", "freed", "deleted", "words")
