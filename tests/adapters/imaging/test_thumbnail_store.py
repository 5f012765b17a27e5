"""The file of thumbnails: many readers, one writer, and what damage leaves of it."""

from __future__ import annotations

import os
import shutil
import sqlite3
import uuid
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from imgsearch_desktop.adapters.imaging import thumbnail_store
from imgsearch_desktop.adapters.imaging.thumbnail_store import SqliteThumbnailStore
from imgsearch_desktop.application.ports import ThumbnailStore
from imgsearch_desktop.domain.errors import DiskFullError, LibraryTooNewError
from imgsearch_desktop.domain.photo import PhotoUid

PAGE = 4096


def uid() -> PhotoUid:
    return PhotoUid(uuid.uuid4().hex)


def some(count: int, size: int = 9000) -> dict[PhotoUid, bytes]:
    return {uid(): os.urandom(size) for _ in range(count)}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "library" / "thumbnails.sqlite"


@pytest.fixture
def store(path: Path):
    store = SqliteThumbnailStore(path)
    yield store
    store.close()


def test_a_store_without_thumbnails_needs_no_file(store: SqliteThumbnailStore, path: Path) -> None:
    as_port: ThumbnailStore = store
    assert as_port.get(uid()) is None
    as_port.delete_many([uid()])
    as_port.put_many([], 1)
    assert not path.parent.exists()


def test_thumbnails_come_back(store: SqliteThumbnailStore, path: Path) -> None:
    first, second, unknown = uid(), uid(), uid()
    store.put_many([(first, b"one"), (second, b"two")], 1)
    store.put_many([(first, b"three"), (second, b"")], 2)
    assert [store.get(item) for item in (first, second, unknown)] == [b"three", b"", None]
    store.delete_many([first, unknown])
    assert [store.get(item) for item in (first, second)] == [None, b""]
    store.close()
    again = SqliteThumbnailStore(path)
    assert again.get(second) == b""
    again.close()
    with closing(sqlite3.connect(path)) as raw:
        assert raw.execute("SELECT derived_version FROM thumbnails").fetchall() == [(2,)]


def test_a_batch_is_stored_whole_or_not_at_all(store: SqliteThumbnailStore) -> None:
    good = uid()
    with pytest.raises(ValueError, match="hexadecimal"):
        store.put_many([(good, b"x"), (PhotoUid("no uid"), b"y")], 1)
    with pytest.raises(sqlite3.IntegrityError):
        store.put_many([(good, b"x"), (PhotoUid("abcd"), b"y")], 1)
    assert store.get(good) is None


def test_it_is_durable_when_it_returns(store: SqliteThumbnailStore, path: Path, tmp_path: Path) -> None:
    kept = some(20)
    store.put_many(list(kept.items()), 1)
    assert store._writer is not None
    assert store._writer.execute("PRAGMA synchronous").fetchone() == (2,)
    assert store._writer.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    killed = tmp_path / "killed"
    shutil.copytree(path.parent, killed, ignore=shutil.ignore_patterns("*-shm"))
    found = SqliteThumbnailStore(killed / path.name)
    assert {item: found.get(item) for item in kept} == kept
    found.close()


def test_many_threads_read_while_one_writes(store: SqliteThumbnailStore) -> None:
    batches = [some(8) for _ in range(20)]
    store.put_many(list(batches[0].items()), 1)

    def read(_: int) -> bool:
        return all(store.get(item) == jpeg for item, jpeg in batches[0].items())

    with ThreadPoolExecutor(6) as pool:
        answers = pool.map(read, range(60))
        for batch in batches[1:]:
            store.put_many(list(batch.items()), 1)
        assert all(answers)
    assert all(store.get(item) == jpeg for batch in batches for item, jpeg in batch.items())


def test_two_stores_on_one_file(store: SqliteThumbnailStore, path: Path) -> None:
    other = SqliteThumbnailStore(path)
    first, second = uid(), uid()
    assert other.get(first) is None
    store.put_many([(first, b"one")], 1)
    assert other.get(first) == b"one"
    other.put_many([(second, b"two")], 1)
    assert store.get(second) == b"two"
    other.close()


def test_closing(store: SqliteThumbnailStore, path: Path) -> None:
    item = uid()
    store.put_many([(item, b"one")], 1)
    assert store.get(item) == b"one"
    store.close()
    store.close()
    for use in (lambda: store.get(item), lambda: store.put_many([(item, b"x")], 1)):
        with pytest.raises(RuntimeError, match="closed"):
            use()
    assert [entry.name for entry in path.parent.iterdir()] == ["thumbnails.sqlite"]


def test_a_newer_file_is_refused(store: SqliteThumbnailStore, path: Path) -> None:
    item = uid()
    store.put_many([(item, b"one")], 1)
    store.close()
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("PRAGMA user_version = 99")
    newer = SqliteThumbnailStore(path)
    with pytest.raises(LibraryTooNewError, match="newer version"):
        newer.put_many([(item, b"two")], 1)
    newer.close()


def test_a_full_disk(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    connect = thumbnail_store._connect_writer

    def small(target: Path) -> sqlite3.Connection:
        connection = connect(target)
        connection.execute("PRAGMA max_page_count = 40")
        return connection

    monkeypatch.setattr(thumbnail_store, "_connect_writer", small)
    store = SqliteThumbnailStore(path)
    kept = some(5)
    store.put_many(list(kept.items()), 1)
    with pytest.raises(DiskFullError, match=r"is full.*free some space"):
        store.put_many(list(some(100).items()), 1)
    assert {item: store.get(item) for item in kept} == kept
    store.delete_many(list(kept)[:2])
    store.put_many(list(some(1).items()), 1)
    store.close()


def test_thumbnails_are_counted_and_their_photos_told_in_order(
    store: SqliteThumbnailStore, path: Path
) -> None:
    first = PhotoUid("")
    assert (store.count(), store.uids(first, 10)) == (0, [])
    path.parent.mkdir()
    path.touch()
    assert (store.count(), store.uids(first, 10), store.get(uid())) == (0, [], None)
    thumbnails = some(7)
    store.put_many(list(thumbnails.items()), 1)
    in_order = sorted(thumbnails)
    assert store.count() == 7
    assert store.uids(first, 3) == in_order[:3]
    assert store.uids(in_order[2], 10) == in_order[3:]


# --- damage ----------------------------------------------------------------------------------------------


def filled(path: Path, count: int = 60) -> dict[PhotoUid, bytes]:
    store = SqliteThumbnailStore(path)
    thumbnails = some(count)
    store.put_many(list(thumbnails.items()), 1)
    store.close()
    return thumbnails


def found(store: SqliteThumbnailStore, thumbnails: dict[PhotoUid, bytes]) -> int:
    """How many are still there; none has become another."""
    answers = {item: store.get(item) for item in thumbnails}
    assert {item: jpeg for item, jpeg in answers.items() if jpeg is not None}.items() <= thumbnails.items()
    return sum(jpeg is not None for jpeg in answers.values())


def test_what_can_be_read_of_a_damaged_file_is_kept(path: Path) -> None:
    thumbnails = filled(path)
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.truncate(size // 2 // PAGE * PAGE)
    damaged = path.read_bytes()
    store = SqliteThumbnailStore(path)
    assert found(store, thumbnails) == 0  # SQLite refuses the whole file
    new = uid()
    store.put_many([(new, b"new")], 1)
    assert store.get(new) == b"new"
    assert 20 <= found(store, thumbnails) < 60
    (aside,) = path.parent.glob("thumbnails-damaged-*.sqlite")
    assert store.repair_report is not None
    assert aside.name in store.repair_report
    assert aside.read_bytes() == damaged
    store.close()
    assert sorted(entry.name for entry in path.parent.iterdir()) == [aside.name, "thumbnails.sqlite"]


def test_a_broken_page_in_the_middle_costs_little(path: Path) -> None:
    thumbnails = filled(path)
    with closing(sqlite3.connect(path)) as raw:
        root = raw.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'sqlite_autoindex_thumbnails_1'")
        page = root.fetchone()[0]
    with path.open("r+b") as file:
        file.seek((page - 1) * PAGE)
        file.write(b"\xa5" * PAGE)
    store = SqliteThumbnailStore(path)
    new = uid()
    store.put_many([(new, b"new")], 1)
    assert found(store, thumbnails) == 60
    assert store.get(new) == b"new"
    store.close()


def test_counting_repairs_a_damaged_file(path: Path) -> None:
    thumbnails = filled(path)
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2 // PAGE * PAGE)
    store = SqliteThumbnailStore(path)
    assert 20 <= store.count() < 60
    assert store.count() == found(store, thumbnails) == len(store.uids(PhotoUid(""), 100))
    report = store.take_repair_report()
    assert report is not None and "was damaged" in report
    assert store.take_repair_report() is None
    store.close()


def test_damage_met_while_looking_is_repaired_by_the_next_count(path: Path) -> None:
    thumbnails = filled(path)
    damaged = next(iter(thumbnails))
    with closing(sqlite3.connect(path)) as raw:
        query = "SELECT rootpage FROM sqlite_schema WHERE name = 'thumbnails'"
        page = raw.execute(query).fetchone()[0]
    with path.open("r+b") as file:
        file.seek((page - 1) * PAGE)
        file.write(b"\xa5" * PAGE)
    store = SqliteThumbnailStore(path)
    assert store.count() == 60, "the index is intact"
    assert store.get(damaged) is None
    assert store.count() == found(store, thumbnails) < 60
    assert store.take_repair_report() is not None
    store.close()


@pytest.mark.parametrize("content", [b"", b"no database", b"\xff" * 50_000])
def test_what_is_no_store_is_set_aside(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    store = SqliteThumbnailStore(path)
    item = uid()
    if content:
        assert store.get(item) is None
    store.put_many([(item, b"one")], 1)
    assert store.get(item) == b"one"
    assert len(list(path.parent.glob("thumbnails-damaged-*.sqlite"))) == (1 if content else 0)
    store.close()


def test_a_repair_that_is_cut_short(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    thumbnails = filled(path)
    path.write_bytes(path.read_bytes()[:-PAGE])

    def die(*args: object) -> None:
        raise KeyboardInterrupt

    for name in ("copy_readable", "set_aside"):
        store = SqliteThumbnailStore(path)
        with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
            patch.setattr(thumbnail_store, name, die)
            store.put_many([(uid(), b"x")], 1)
        store.close()
    # Killed between the two renames.
    path.rename(path.with_name("thumbnails-damaged-x.sqlite"))
    store = SqliteThumbnailStore(path)
    store.put_many([(uid(), b"x")], 1)
    assert found(store, thumbnails) >= 58
    store.close()
