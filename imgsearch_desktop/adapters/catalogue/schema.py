"""The catalogue's tables, as numbered steps from an empty file to the newest version.

Conventions: times are microseconds since 1970 (dates taken by the wall clock, all others UTC), hashes and
`photo_uid`s are bytes, paths are the file system's bytes. What can be derived at once is not stored: the text
of a path is its decoded bytes, an absolute path is the root's path and the file's.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from sqlite3 import Connection

APPLICATION_ID = 0x494D4753
"""Marks the file as ours ("IMGS") for tools that look."""

PAGE_SIZE = 8192
"""Five 768-d embeddings to a page; with the default of 4096 a quarter of the file would be gaps."""


@dataclass(frozen=True, slots=True)
class Step:
    """One migration: brings a catalogue of version `version - 1` to `version`, inside a transaction."""

    version: int
    apply: Callable[[Connection], None]


VERSION_1 = (
    """
    CREATE TABLE library (                    -- one row
        one INTEGER PRIMARY KEY CHECK (one = 1),
        library_id TEXT NOT NULL,
        epoch TEXT NOT NULL,
        active_model TEXT,
        trimmed_change INTEGER NOT NULL DEFAULT 0
    ) STRICT
    """,
    """
    CREATE TABLE names (                      -- texts that many photos share: cameras, lenses, labels
        name_id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL UNIQUE
    ) STRICT
    """,
    """
    CREATE TABLE models (                     -- model_no is also the bit in photos.encoded_by
        model_no INTEGER PRIMARY KEY CHECK (model_no BETWEEN 1 AND 62),
        model_id TEXT NOT NULL UNIQUE,        -- `ModelSpec.vectors_id`: the image tower
        dims INTEGER NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE roots (
        root_id INTEGER PRIMARY KEY AUTOINCREMENT,
        path BLOB NOT NULL UNIQUE,
        volume_id TEXT NOT NULL,
        mount_point BLOB NOT NULL,
        away INTEGER NOT NULL DEFAULT 0,
        videos INTEGER NOT NULL DEFAULT 0
    ) STRICT
    """,
    """
    CREATE TABLE photos (
        photo_id INTEGER PRIMARY KEY AUTOINCREMENT,
        uid BLOB NOT NULL UNIQUE CHECK (length(uid) = 16),
        picture_hash BLOB NOT NULL,
        added INTEGER NOT NULL,
        change_id INTEGER NOT NULL DEFAULT 0, -- newest row of the change log
        present_files INTEGER NOT NULL DEFAULT 0,
        sort_date INTEGER,                    -- the date that counts: the user's, or the one the files say
        name_key TEXT,                        -- of the first present file, see name_key.py
        encoded_by INTEGER NOT NULL DEFAULT 0,-- bit model_no: has an embedding of the whole photo
        format TEXT NOT NULL,
        width INTEGER NOT NULL,
        height INTEGER NOT NULL,
        orientation INTEGER NOT NULL,
        perceptual_hash INTEGER NOT NULL,     -- the 64 bits, read as a signed number
        average_colour INTEGER NOT NULL,      -- 0xRRGGBB
        palette BLOB NOT NULL,                -- three bytes a colour
        derived_version INTEGER NOT NULL,
        date_taken INTEGER CHECK (date_taken BETWEEN -62135596800000000 AND 253402300799999999),
        date_offset INTEGER,                  -- minutes from UTC
        date_source TEXT,
        user_date INTEGER CHECK (user_date BETWEEN -62135596800000000 AND 253402300799999999),
        user_offset INTEGER,                  -- the user's correction, which no file replaces
        camera INTEGER REFERENCES names,
        lens INTEGER REFERENCES names,
        exposure_s REAL,
        f_number REAL,
        iso INTEGER,
        focal_length_mm REAL,
        latitude REAL,
        longitude REAL,
        altitude_m REAL,
        keywords TEXT,                        -- JSON array, NULL for none
        title TEXT,
        description TEXT,
        rating INTEGER
    ) STRICT
    """,
    "CREATE INDEX photos_by_picture ON photos (picture_hash)",
    # Everything the browsing grid filters by is in this one index, in the grid's order. `present_files` too:
    # SQLite otherwise fetches the row, although the index has no photo without files.
    """
    CREATE INDEX photos_by_date ON photos (sort_date, photo_id, encoded_by, format, camera, present_files)
        WHERE present_files > 0
    """,
    "CREATE INDEX photos_by_name ON photos (name_key, photo_id, present_files) WHERE present_files > 0",
    "CREATE INDEX photos_absent ON photos (photo_id) WHERE present_files = 0",
    """
    CREATE TABLE files (
        file_id INTEGER PRIMARY KEY AUTOINCREMENT,
        photo_id INTEGER NOT NULL REFERENCES photos ON DELETE CASCADE,
        root_id INTEGER NOT NULL REFERENCES roots ON DELETE CASCADE,
        relative_path BLOB NOT NULL,
        size INTEGER NOT NULL,
        mtime_ns INTEGER NOT NULL,
        sidecar_stamp TEXT NOT NULL,
        file_hash BLOB NOT NULL,
        missing INTEGER NOT NULL DEFAULT 0,
        UNIQUE (root_id, relative_path)
    ) STRICT
    """,
    "CREATE INDEX files_by_photo ON files (photo_id, missing, root_id)",
    "CREATE INDEX files_by_size ON files (size)",
    "CREATE INDEX files_missing ON files (root_id) WHERE missing = 1",
    # On their way to the trash and out of view; see application/trash_photos.py.
    """
    CREATE TABLE trash_journal (
        file_id INTEGER PRIMARY KEY REFERENCES files ON DELETE CASCADE,
        due INTEGER NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE labels (
        photo_id INTEGER NOT NULL REFERENCES photos ON DELETE CASCADE,
        model_no INTEGER NOT NULL REFERENCES models,
        name_id INTEGER NOT NULL REFERENCES names,
        probability REAL NOT NULL,
        PRIMARY KEY (photo_id, model_no, name_id)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX labels_by_name ON labels (name_id, probability, photo_id)",
    """
    CREATE TABLE embeddings (
        embedding_id INTEGER PRIMARY KEY AUTOINCREMENT,
        photo_id INTEGER NOT NULL REFERENCES photos ON DELETE CASCADE,
        model_no INTEGER NOT NULL REFERENCES models,
        region INTEGER NOT NULL,              -- 0 = the whole photo
        vector BLOB NOT NULL,                 -- float16, little-endian
        UNIQUE (photo_id, model_no, region)
    ) STRICT
    """,
    """
    CREATE TABLE failures (
        failure_id INTEGER PRIMARY KEY AUTOINCREMENT,
        root_id INTEGER NOT NULL REFERENCES roots ON DELETE CASCADE,
        relative_path BLOB NOT NULL,
        size INTEGER NOT NULL,
        mtime_ns INTEGER NOT NULL,
        sidecar_stamp TEXT NOT NULL,
        reason TEXT NOT NULL,
        attempts INTEGER NOT NULL,
        retry INTEGER NOT NULL,
        last_tried INTEGER NOT NULL,
        UNIQUE (root_id, relative_path)
    ) STRICT
    """,
    # No foreign key: the rows of a forgotten photo tell the projections to forget it too.
    """
    CREATE TABLE changes (
        change_id INTEGER PRIMARY KEY AUTOINCREMENT,
        photo_id INTEGER NOT NULL,
        uid BLOB NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE cursors (
        projection TEXT NOT NULL,
        model_id TEXT NOT NULL,
        change_id INTEGER NOT NULL,
        PRIMARY KEY (projection, model_id)
    ) STRICT, WITHOUT ROWID
    """,
)


def _create_version_1(connection: Connection) -> None:
    for statement in VERSION_1:
        connection.execute(_bare(statement))


def _bare(statement: str) -> str:
    """Without comments and layout: the table of contents then fits on the first page, which can be lent."""
    return " ".join(re.sub(r"--.*", "", statement).split())


VERSION_2 = (
    "ALTER TABLE library ADD COLUMN target_model TEXT",  # the library is being encoded for it
    # Where results of a model end in this library; figures are a JSON object. Models that share embeddings
    # differ in their words, so these go by the model, while embeddings go by the image tower.
    """
    CREATE TABLE calibrations (
        model_id TEXT PRIMARY KEY,
        photos INTEGER NOT NULL,
        figures TEXT NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE encode_failures (
        photo_id INTEGER NOT NULL REFERENCES photos ON DELETE CASCADE,
        model_no INTEGER NOT NULL REFERENCES models,
        reason TEXT NOT NULL,
        PRIMARY KEY (photo_id, model_no)
    ) STRICT, WITHOUT ROWID
    """,
)


def _switch_models(connection: Connection) -> None:
    for statement in VERSION_2:
        connection.execute(_bare(statement))


STEPS = (Step(1, _create_version_1), Step(2, _switch_models))
"""Every step, oldest first; the last one's version is what this program writes."""
