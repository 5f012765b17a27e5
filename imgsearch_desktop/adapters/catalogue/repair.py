"""Puts what is intact of a damaged catalogue into a new one and sets the damaged one aside."""

from __future__ import annotations

import contextlib
import shutil
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
from imgsearch_desktop.adapters.catalogue.schema import PAGE_SIZE, Step

_PAGE_COUNT = slice(28, 32)
"""Where the header of an SQLite file holds it (https://sqlite.org/fileformat2.html#the_database_header)."""

_ADVICE = "Index your folders again to fill the gaps: what is known is not encoded again."


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


def _fill(files: LibraryFiles) -> Salvage:
    copy = files.catalogue.with_name(files.catalogue.name + ".copy")
    target = connect_writer(files.unfinished)
    try:
        with contextlib.closing(_open_damaged(files, copy)) as damaged:
            saved = salvage(damaged, target)
        target.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        target.close()
        remove_database(copy)
    return saved


def _open_damaged(files: LibraryFiles, copy: Path) -> sqlite3.Connection:
    """The damaged catalogue; where its first page is lost, a copy of it with the first page of a new one."""
    connection = sqlite3.connect(files.catalogue, isolation_level=None)
    with contextlib.suppress(sqlite3.Error):
        if connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'photos'").fetchone():
            return connection
    connection.close()
    _lend_first_page(files, copy)
    return sqlite3.connect(copy, isolation_level=None)


def _lend_first_page(files: LibraryFiles, copy: Path) -> None:
    """Header and table of contents are the same in every catalogue but for the number of pages."""
    shutil.copyfile(files.catalogue, copy)
    if wal_of(files.catalogue).exists():
        shutil.copyfile(wal_of(files.catalogue), wal_of(copy))
    with files.unfinished.open("rb") as fresh, copy.open("r+b") as file:
        first_page = bytearray(fresh.read(PAGE_SIZE))
        pages = copy.stat().st_size // PAGE_SIZE
        first_page[_PAGE_COUNT] = pages.to_bytes(4, "big")
        file.write(first_page)


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
