"""Puts what is intact of a damaged catalogue into a new one and sets the damaged one aside."""

from __future__ import annotations

import contextlib
import sqlite3
from datetime import datetime
from pathlib import Path

from imgsearch_desktop.adapters.catalogue.database import (
    LibraryFiles,
    connect_writer,
    create,
    remove_database,
    shm_of,
    sync_directory,
    wal_of,
)
from imgsearch_desktop.adapters.catalogue.salvage import Salvage, salvage
from imgsearch_desktop.adapters.catalogue.schema import Step


def repair(files: LibraryFiles, steps: tuple[Step, ...]) -> str:
    """Make a new catalogue from what is intact; the library's lock must be held.

    A crash at any moment leaves either the damaged catalogue in its place, or a finished repair that
    `finish_swap` completes: never an empty one.

    Args:
        files: where the damaged catalogue lies.
        steps: every migration step.

    Returns:
        What happened, as sentences for people.
    """
    remove_database(files.unfinished)
    create(files.unfinished, steps)
    saved = _fill(files)
    files.unfinished.replace(files.repaired)
    sync_directory(files.directory)
    aside = _swap(files)
    return _report(saved, aside, files)


def finish_swap(files: LibraryFiles) -> str:
    """Complete a repair that was cut short after the new catalogue was finished.

    Returns:
        What happened, as sentences for people.
    """
    aside = _swap(files)
    kept = f" It is kept as {aside.name}." if aside else ""
    return f"The catalogue in {files.directory} was damaged; what was intact has been saved.{kept} {_ADVICE}"


_ADVICE = "Index your folders again to fill the gaps: what is known is not encoded again."


def _fill(files: LibraryFiles) -> Salvage:
    target = connect_writer(files.unfinished)
    try:
        with contextlib.closing(_open_damaged(files.catalogue)) as damaged:
            saved = salvage(damaged, target)
        target.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        target.close()
    return saved


def _open_damaged(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, isolation_level=None)


def _swap(files: LibraryFiles) -> Path | None:
    """Set the damaged catalogue aside and put the repaired one into its place.

    Returns:
        Where the damaged one is now, None if it had been moved before.
    """
    aside: Path | None = None
    if files.catalogue.exists():
        stamp = datetime.now().astimezone().strftime("%Y-%m-%dT%H%M%S")
        aside = files.directory / f"catalogue-damaged-{stamp}.sqlite"
        files.catalogue.replace(aside)
        if wal_of(files.catalogue).exists():
            wal_of(files.catalogue).replace(wal_of(aside))
    # A write-ahead log of the old catalogue must never meet the new one.
    wal_of(files.catalogue).unlink(missing_ok=True)
    shm_of(files.catalogue).unlink(missing_ok=True)
    files.repaired.replace(files.catalogue)
    files.suspect.unlink(missing_ok=True)
    sync_directory(files.directory)
    return aside


def _report(saved: Salvage, aside: Path | None, files: LibraryFiles) -> str:
    kept = f"The damaged file is kept as {aside.name} in {files.directory}." if aside else ""
    if not saved.photos:
        return (
            f"The catalogue in {files.directory} was damaged and nothing in it could be read; a new, empty "
            f"one has been made. {kept} Your photos are not affected: add your folders again."
        )
    lost = f", {saved.lost_photos:,} were lost" if saved.lost_photos else ""
    return (
        f"The catalogue in {files.directory} was damaged. {saved.photos:,} photos and {saved.embeddings:,} "
        f"embeddings were saved{lost}. {kept} {_ADVICE}"
    )
