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
from imgsearch_desktop.adapters.catalogue.salvage import UNREADABLE, Salvage, salvage
from imgsearch_desktop.adapters.catalogue.schema import PAGE_SIZE, Step
from imgsearch_desktop.domain.counted import counted

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
    saved = _rebuild(files.catalogue, files.unfinished, steps)
    if not _lists_the_same(files.catalogue, files.unfinished):
        saved = _retry_with_first_page(files, steps, saved)
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
    kept = f"It is kept as {aside.name}." if aside else ""
    saved = f"The catalogue in {files.directory} was damaged; what was intact has been saved."
    return _sentences(saved, kept, _ADVICE)


def _rebuild(damaged_path: Path, target_path: Path, steps: tuple[Step, ...]) -> Salvage:
    remove_database(target_path)
    create(target_path, steps)
    with (
        contextlib.closing(connect_writer(target_path)) as target,
        contextlib.closing(sqlite3.connect(damaged_path, isolation_level=None)) as damaged,
    ):
        saved = salvage(damaged, target)
        target.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return saved


def _retry_with_first_page(files: LibraryFiles, steps: tuple[Step, ...], saved: Salvage) -> Salvage:
    """Header and table of contents may be what is damaged: try a copy that has those of a new catalogue."""
    copy, second = (files.catalogue.with_name(f"{files.catalogue.name}.{end}") for end in ("copy", "second"))
    try:
        shutil.copyfile(files.catalogue, copy)
        if wal_of(files.catalogue).exists():
            shutil.copyfile(wal_of(files.catalogue), wal_of(copy))
        _lend_first_page(files.unfinished, copy)
        again = _rebuild(copy, second, steps)
        if again.rows > saved.rows:
            second.replace(files.unfinished)
            saved = again
    finally:
        remove_database(copy)
        remove_database(second)
    return saved


def _lend_first_page(fresh: Path, copy: Path) -> None:
    """The first page is the same in every catalogue of a version but for the number of pages."""
    with fresh.open("rb") as lender, copy.open("r+b") as borrower:
        first_page = bytearray(lender.read(PAGE_SIZE))
        first_page[_PAGE_COUNT] = (copy.stat().st_size // PAGE_SIZE).to_bytes(4, "big")
        borrower.write(first_page)


def _lists_the_same(damaged_path: Path, fresh_path: Path) -> bool:
    """Whether the damaged catalogue still knows its tables and where they begin."""
    contents = _contents(damaged_path)
    return contents is not None and contents == _contents(fresh_path)


def _contents(path: Path) -> list[tuple[object, ...]] | None:
    with (
        contextlib.suppress(*UNREADABLE),
        contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection,
    ):
        return connection.execute(
            "SELECT name, rootpage, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_stat%' ORDER BY name"
        ).fetchall()
    return None


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
        nothing = (
            f"The catalogue in {files.directory} was damaged and nothing in it could be read; a new, empty "
            "one has been made."
        )
        return _sentences(nothing, kept, "Your photos are not affected: add your folders again.")
    damaged = f"The catalogue in {files.directory} was damaged."
    rescued = f"Saved: {counted(saved.photos, 'photo')}, {counted(saved.embeddings, 'embedding')}."
    lost = f"Lost: {counted(saved.lost_photos, 'photo')}." if saved.lost_photos else ""
    return _sentences(damaged, rescued, lost, kept, _ADVICE)


def _sentences(*sentences: str) -> str:
    return " ".join(sentence for sentence in sentences if sentence)
