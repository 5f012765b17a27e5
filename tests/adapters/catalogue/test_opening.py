"""Making, upgrading and refusing catalogues; directories that cannot be written."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from imgsearch_desktop.adapters.catalogue import opening
from imgsearch_desktop.adapters.catalogue.catalogue import SqliteCatalogue
from imgsearch_desktop.adapters.catalogue.library_lock import LibraryLock
from imgsearch_desktop.adapters.catalogue.schema import STEPS, Step
from imgsearch_desktop.adapters.imaging.thumbnail_store import SqliteThumbnailStore
from imgsearch_desktop.domain.embedding import STARTER
from imgsearch_desktop.domain.errors import LibraryBusyError, LibraryTooNewError
from tests.adapters.catalogue.sample import ROOT, VOLUME, fill, new_uid

REPOSITORY = Path(__file__).parents[3]
NEXT = STEPS[-1].version + 1


def statement(sql: str) -> Callable[[sqlite3.Connection], None]:
    def apply(connection: sqlite3.Connection) -> None:
        connection.execute(sql)

    return apply


NEWER_STEPS = (
    *STEPS,
    Step(NEXT, statement("ALTER TABLE roots ADD COLUMN colour TEXT NOT NULL DEFAULT 'blue'")),
    Step(NEXT + 1, statement("CREATE TABLE albums (photo_uid BLOB PRIMARY KEY)")),
)


def version(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


def test_a_new_library(tmp_path: Path) -> None:
    library = tmp_path / "is" / "made"
    catalogue = SqliteCatalogue(library)
    assert catalogue.repair_report is None
    assert len(catalogue.library_id) == len(catalogue.epoch) == 32
    assert catalogue.library_id != catalogue.epoch
    catalogue.close()
    assert version(library / "catalogue.sqlite") == STEPS[-1].version


def test_what_was_stored_is_there_at_the_next_start(library: Path) -> None:
    first = SqliteCatalogue(library)
    uids = fill(first, 10)
    ids = (first.library_id, first.epoch)
    first.close()
    again = SqliteCatalogue(library)
    assert (again.library_id, again.epoch) == ids
    assert [photo.uid for photo in again.photos(range(1, 11))] == uids  # type: ignore[arg-type]
    assert again.searchable(STARTER) == 10
    again.close()


def test_two_libraries_differ(tmp_path: Path) -> None:
    catalogues = [SqliteCatalogue(tmp_path / name) for name in "ab"]
    assert len({catalogue.library_id for catalogue in catalogues}) == 2
    assert len({catalogue.epoch for catalogue in catalogues}) == 2
    for catalogue in catalogues:
        catalogue.close()


@pytest.mark.skipif(sys.platform == "win32", reason="names are Unicode there")
def test_a_directory_with_a_strange_name(tmp_path: Path) -> None:
    library = Path(os.fsdecode(os.fsencode(tmp_path) + b"/100% \xff?#&=;"))
    catalogue = SqliteCatalogue(library)
    fill(catalogue, 3)
    catalogue.close()
    assert (library / "catalogue.sqlite").exists()


def test_a_newer_catalogue_is_refused_and_left_as_it_is(library: Path) -> None:
    newer = SqliteCatalogue(library, NEWER_STEPS)
    fill(newer, 3)
    newer.close()
    before = (library / "catalogue.sqlite").read_bytes()
    with pytest.raises(LibraryTooNewError, match=r"newer version.*Update the program"):
        SqliteCatalogue(library)
    assert (library / "catalogue.sqlite").read_bytes() == before
    assert not (library / "backups").exists()


def test_an_older_catalogue_is_backed_up_and_upgraded(library: Path) -> None:
    old = SqliteCatalogue(library)
    uids = fill(old, 10)
    epoch, library_id = old.epoch, old.library_id
    old.close()

    upgraded = SqliteCatalogue(library, NEWER_STEPS)
    assert upgraded.repair_report is None
    assert (upgraded.epoch, upgraded.library_id) == (epoch, library_id)
    assert [photo.uid for photo in upgraded.photos(range(1, 11))] == uids  # type: ignore[arg-type]
    upgraded.write(lambda writer: writer.add_root(b"/more", VOLUME))
    upgraded.close()
    assert version(library / "catalogue.sqlite") == NEXT + 1
    with closing(sqlite3.connect(library / "catalogue.sqlite")) as raw:
        assert raw.execute("SELECT colour FROM roots").fetchall() == [("blue",), ("blue",)]
        assert raw.execute("SELECT COUNT(*) FROM albums").fetchone() == (0,)

    (backup,) = (library / "backups").iterdir()
    assert backup.name.startswith(f"catalogue-v{NEXT - 1}-20")
    assert version(backup) == NEXT - 1
    SqliteCatalogue(library, NEWER_STEPS).close()
    assert len(list((library / "backups").iterdir())) == 1


def test_a_backup_put_back_is_another_epoch_of_the_same_library(library: Path) -> None:
    old = SqliteCatalogue(library)
    uids = fill(old, 4)
    epoch, library_id = old.epoch, old.library_id
    old.close()
    SqliteCatalogue(library, NEWER_STEPS).close()
    (backup,) = (library / "backups").iterdir()
    shutil.copy(backup, library / "catalogue.sqlite")

    restored = SqliteCatalogue(library)
    assert restored.library_id == library_id
    assert restored.epoch != epoch
    assert [photo.uid for photo in restored.photos(range(1, 5))] == uids  # type: ignore[arg-type]
    restored.write(lambda writer: writer.add_root(b"/more", VOLUME))
    restored.close()


def test_a_backup_put_back_beside_the_log_of_a_killed_process(library: Path, tmp_path: Path) -> None:
    old = SqliteCatalogue(library)
    uids = fill(old, 4)
    old.close()
    running = SqliteCatalogue(library, NEWER_STEPS)
    fill(running, 200)
    shutil.copy(library / "catalogue.sqlite-wal", tmp_path / "log")
    running.close()
    (backup,) = (library / "backups").iterdir()
    shutil.copy(backup, library / "catalogue.sqlite")
    shutil.copy(tmp_path / "log", library / "catalogue.sqlite-wal")

    restored = SqliteCatalogue(library)
    assert restored.repair_report is not None
    assert [photo.uid for photo in restored.photos(range(1, 300))] == uids  # type: ignore[arg-type]
    restored.write(lambda writer: writer.add_root(b"/more", VOLUME))
    restored.close()
    (aside,) = library.glob("catalogue-replaced-*.sqlite-wal")
    assert aside.name in restored.repair_report
    assert aside.read_bytes() == (tmp_path / "log").read_bytes()
    again = SqliteCatalogue(library)
    assert (again.repair_report, len(again.roots())) == (None, 2)
    again.close()


def test_a_step_that_fails_leaves_what_was_before(library: Path) -> None:
    old = SqliteCatalogue(library)
    fill(old, 4)
    old.close()

    def breaks(connection: sqlite3.Connection) -> None:
        connection.execute("DROP TABLE labels")
        connection.execute("DELETE FROM roots")

    def raises(connection: sqlite3.Connection) -> None:
        connection.execute("DROP TABLE labels")
        raise LookupError("in the middle")

    for apply in (breaks, raises):
        with pytest.raises((RuntimeError, LookupError)):
            SqliteCatalogue(library, (*STEPS, Step(NEXT, apply)))
        assert version(library / "catalogue.sqlite") == NEXT - 1
        again = SqliteCatalogue(library)
        assert (again.counts().photos, again.labels(5), len(again.roots())) == (4, [], 1)
        again.close()


def test_steps_continue_where_they_stopped(library: Path) -> None:
    SqliteCatalogue(library).close()
    failing = (*NEWER_STEPS[:-1], Step(NEXT + 1, statement("nonsense")))
    with pytest.raises(sqlite3.OperationalError):
        SqliteCatalogue(library, failing)
    assert version(library / "catalogue.sqlite") == NEXT
    SqliteCatalogue(library, NEWER_STEPS).close()
    assert version(library / "catalogue.sqlite") == NEXT + 1


def test_versions_rise_by_one() -> None:
    assert [step.version for step in STEPS] == list(range(1, len(STEPS) + 1))


def test_an_upgrade_waits_for_the_process_that_writes(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "LOCK_WAIT_S", 0.1)
    old = SqliteCatalogue(library)
    old.write(lambda writer: writer.add_root(ROOT, VOLUME))
    with pytest.raises(LibraryBusyError, match="is writing"):
        SqliteCatalogue(library, NEWER_STEPS)
    old.close()
    SqliteCatalogue(library, NEWER_STEPS).close()


def test_making_a_library_waits_for_another_that_does(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "LOCK_WAIT_S", 0.1)
    library.mkdir()
    other = LibraryLock(library / "catalogue.lock")
    other.acquire()
    with pytest.raises(LibraryBusyError):
        SqliteCatalogue(library)
    other.release()
    SqliteCatalogue(library).close()


def test_remains_of_a_start_that_was_killed_do_no_harm(library: Path) -> None:
    library.mkdir()
    (library / "catalogue.sqlite.unfinished").write_bytes(b"half of it")
    (library / "catalogue.sqlite.unfinished-wal").write_bytes(b"")
    catalogue = SqliteCatalogue(library)
    fill(catalogue, 2)
    catalogue.close()
    assert sorted(path.name for path in library.iterdir()) == ["catalogue.lock", "catalogue.sqlite"]


# --- directories that cannot be written: root may write everywhere, so a child becomes somebody else ------

CHILD = """
import os, sys
from pathlib import Path
from imgsearch_desktop.adapters.catalogue.catalogue import SqliteCatalogue
from imgsearch_desktop.domain.errors import KnownError
from tests.adapters.catalogue.sample import ROOT, VOLUME
import encodings.idna
if os.getuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
try:
    catalogue = SqliteCatalogue(Path(sys.argv[1]))
    print("photos", catalogue.counts().photos)
    try:
        catalogue.write(lambda writer: writer.add_root(b"/new", VOLUME))
    finally:
        catalogue.close()
except KnownError as error:
    print(type(error).__name__, error)
"""


@pytest.fixture
def public() -> Iterator[Path]:
    """A directory that everybody can reach, unlike pytest's own."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name)
        path.chmod(0o755)
        yield path
        for entry in [path, *path.rglob("*")]:
            entry.chmod(0o755 if entry.is_dir() else 0o644)


def as_somebody_else(library: Path, script: str = CHILD, *arguments: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", script, library, *arguments],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stderr == ""
    return done.stdout.splitlines()


def freeze(library: Path) -> None:
    for entry in library.iterdir():
        entry.chmod(0o444)
    library.chmod(0o555)


THUMBNAILS = """
import os, sys
from pathlib import Path
from imgsearch_desktop.adapters.imaging.thumbnail_store import SqliteThumbnailStore
from imgsearch_desktop.domain.errors import KnownError
import encodings.idna
if os.getuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
store = SqliteThumbnailStore(Path(sys.argv[1]) / "thumbnails.sqlite")
print(store.get(sys.argv[2]))
try:
    store.put_many([(sys.argv[2], b"y")], 1)
except KnownError as error:
    print(type(error).__name__, error)
store.close()
"""


unix = pytest.mark.skipif(sys.platform == "win32", reason="file permissions of Unix")


@unix
def test_a_read_only_library_can_be_searched(public: Path) -> None:
    library = public / "library"
    catalogue = SqliteCatalogue(library)
    fill(catalogue, 5)
    catalogue.close()
    freeze(library)
    before = {path.name: path.read_bytes() for path in library.iterdir()}
    first, second = as_somebody_else(library)
    assert first == "photos 5"
    assert second.startswith("LibraryReadOnlyError The library in")
    assert "cannot be written" in second
    assert {path.name: path.read_bytes() for path in library.iterdir()} == before


@unix
def test_a_read_only_library_can_be_searched_while_its_owner_writes(public: Path) -> None:
    library = public / "library"
    catalogue = SqliteCatalogue(library)
    fill(catalogue, 5)
    freeze(library)
    first, second = as_somebody_else(library)
    assert first == "photos 5"
    assert second.startswith("LibraryReadOnlyError")
    fill(catalogue, 7)
    assert as_somebody_else(library)[0] == "photos 7"
    library.chmod(0o755)
    catalogue.close()


@unix
def test_a_library_cannot_be_made_in_a_read_only_directory(public: Path) -> None:
    public.chmod(0o555)
    (line,) = as_somebody_else(public)
    assert line.startswith("LibraryReadOnlyError")
    (line,) = as_somebody_else(public / "below")
    assert line.startswith("LibraryReadOnlyError")
    assert list(public.iterdir()) == []


@unix
def test_thumbnails_of_a_read_only_library_can_be_seen(public: Path) -> None:
    library, uid = public / "library", new_uid()
    store = SqliteThumbnailStore(library / "thumbnails.sqlite")
    store.put_many([(uid, b"x")], 1)
    store.close()
    freeze(library)
    first, second = as_somebody_else(library, THUMBNAILS, uid)
    assert first == "b'x'"
    assert second.startswith("LibraryReadOnlyError The thumbnails in")
