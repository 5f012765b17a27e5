"""Brings an older catalogue to the newest version, after taking a copy of it."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from pathlib import Path

from imgsearch_desktop.adapters.catalogue.database import (
    LibraryFiles,
    connect_writer,
    new_id,
    remove_database,
)
from imgsearch_desktop.adapters.catalogue.schema import Step


def version_of(connection: sqlite3.Connection) -> int:
    """The schema version of a catalogue, 0 for a database that is none."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def migrate(files: LibraryFiles, steps: tuple[Step, ...]) -> Path:
    """Apply the missing steps, each in its own transaction; the library's lock must be held.

    Args:
        files: where the catalogue lies.
        steps: every step there is, oldest first.

    Returns:
        The copy that was taken first.
    """
    connection = connect_writer(files.catalogue)
    try:
        version = version_of(connection)
        backup = _back_up(connection, files, version)
        # A step may replace a table that others refer to; what it leaves is checked instead.
        connection.execute("PRAGMA foreign_keys = OFF")
        for step in steps:
            if step.version > version:
                _apply(connection, step)
    finally:
        connection.close()
    return backup


def _apply(connection: sqlite3.Connection, step: Step) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        step.apply(connection)
        broken = connection.execute("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise RuntimeError(f"step {step.version} left {len(broken)} rows that refer to nothing")
        connection.execute(f"PRAGMA user_version = {step.version}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _back_up(connection: sqlite3.Connection, files: LibraryFiles, version: int) -> Path:
    """Copy the database; the copy has an epoch of its own, for the day it is put back."""
    files.backups.mkdir(exist_ok=True)
    stamp = datetime.now().astimezone().strftime("%Y-%m-%dT%H%M%S")
    target = files.backups / f"catalogue-v{version}-{stamp}.sqlite"
    unfinished = target.with_name(target.name + ".unfinished")
    remove_database(unfinished)
    copy = sqlite3.connect(unfinished, isolation_level=None)
    try:
        connection.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")
        copy.execute("UPDATE library SET epoch = ?", (new_id(),))
    finally:
        copy.close()
    unfinished.replace(target)
    return target
