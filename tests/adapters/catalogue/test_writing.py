"""Transactions, the writer thread, readers on many threads, and the end of it all."""

from __future__ import annotations

import gc
import itertools
import logging
import sqlite3
import threading
import warnings
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest

from imgsearch_desktop.adapters.catalogue import catalogue as catalogue_module
from imgsearch_desktop.adapters.catalogue.catalogue import SqliteCatalogue
from imgsearch_desktop.adapters.catalogue.database import connect_writer
from imgsearch_desktop.adapters.catalogue.library_lock import LibraryLock
from imgsearch_desktop.adapters.catalogue.reader_pool import KEPT
from imgsearch_desktop.application.ports import Catalogue, CatalogueWriter
from imgsearch_desktop.domain.embedding import STARTER
from imgsearch_desktop.domain.errors import DiskFullError, LibraryBusyError
from imgsearch_desktop.domain.photo import Label, PhotoId, PhotoMetadata, RootId
from tests.adapters.catalogue.sample import ROOT, VOLUME, add, fill, record


def test_it_is_a_catalogue(catalogue: SqliteCatalogue) -> None:
    as_port: Catalogue = catalogue
    assert as_port.counts().photos == 0


def test_the_result_of_the_work_comes_back(catalogue: SqliteCatalogue) -> None:
    names = []

    def work(writer: CatalogueWriter) -> str:
        names.append(threading.current_thread().name)
        return "done"

    assert [catalogue.write(work), catalogue.write(work)] == ["done", "done"]
    assert set(names) == {"catalogue writer"}


def test_work_that_fails_stores_nothing(catalogue: SqliteCatalogue, root_id: RootId) -> None:
    def work(writer: CatalogueWriter) -> None:
        add(writer, root_id, b"a.jpg")
        raise LookupError("in the middle")

    with pytest.raises(LookupError, match="in the middle"):
        catalogue.write(work)
    assert catalogue.counts().files == 0
    assert catalogue.latest_change() == 0
    assert catalogue.write(lambda writer: add(writer, root_id, b"a.jpg")) > 0
    assert catalogue.counts().files == 1


def test_work_that_is_a_bug_is_not_explained_away(catalogue: SqliteCatalogue, root_id: RootId) -> None:
    def work(writer: CatalogueWriter) -> None:
        photo = add(writer, root_id, b"a.jpg")
        uid = catalogue.photos([photo])
        assert uid == []  # readers see nothing of a transaction under way
        writer.set_cursor("embedded", STARTER, None)  # type: ignore[arg-type]

    with pytest.raises(sqlite3.IntegrityError):
        catalogue.write(work)


def test_one_transaction_cannot_start_another(catalogue: SqliteCatalogue) -> None:
    with pytest.raises(RuntimeError, match="cannot start another"):
        catalogue.write(lambda writer: catalogue.write(lambda inner: None))


def test_the_writer_is_as_careful_as_promised(catalogue: SqliteCatalogue, library: Path) -> None:
    connection = connect_writer(library / "catalogue.sqlite")
    settings = {
        name: connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("journal_mode", "synchronous", "foreign_keys", "application_id")
    }
    connection.close()
    assert settings == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "application_id": 0x494D4753,
    }


def test_many_threads_write_and_read(catalogue: SqliteCatalogue, root_id: RootId) -> None:
    def one(at: int) -> int:
        photo_id = catalogue.write(lambda writer: add(writer, root_id, b"%d.jpg" % at))
        (photo,) = catalogue.photos([photo_id])
        return len(photo.files)

    with ThreadPoolExecutor(12) as pool:
        assert list(pool.map(one, range(60))) == [1] * 60
    assert catalogue.counts().photos == 60
    assert [change.change_id for change in catalogue.changes_since(0, 100)] == list(range(1, 61))


def test_a_call_sees_one_state(catalogue: SqliteCatalogue, root_id: RootId) -> None:
    """A photo, its files and its labels come from one moment, whatever is written meanwhile."""
    photo_id = catalogue.write(lambda writer: add(writer, root_id, b"0.jpg"))
    stop = threading.Event()

    def change(at: int, writer: CatalogueWriter) -> None:
        writer.set_metadata(photo_id, PhotoMetadata(rating=at))
        writer.put_file(photo_id, record(root_id, b"0.jpg", size=at))
        writer.set_labels(photo_id, STARTER, [Label(str(at), 0.5)])

    def churn() -> None:
        for at in itertools.count(1):
            if stop.is_set():
                return
            catalogue.write(partial(change, at))

    catalogue.write(partial(change, 0))
    writer = threading.Thread(target=churn)
    writer.start()
    seen: set[tuple[int | None, int, int]] = set()
    try:
        while len(seen) < 40:
            (photo,) = catalogue.photos([photo_id])
            seen.add((photo.metadata.rating, photo.files[0].size, int(photo.labels[0].name)))
    finally:
        stop.set()
        writer.join()
    assert [state for state in seen if len(set(state)) > 1] == []


class CountingConnection(sqlite3.Connection):
    """Counts how many are open."""

    open = 0

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        CountingConnection.open += 1

    def close(self) -> None:
        CountingConnection.open -= 1
        super().close()


def test_threads_that_end_leave_no_connection_open(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *a, **k: connect(*a, factory=CountingConnection, **k))
    CountingConnection.open = 0
    catalogue = SqliteCatalogue(library)
    catalogue.write(lambda writer: writer.add_root(ROOT, VOLUME))
    barrier = threading.Barrier(3 * KEPT)

    def read() -> None:
        with catalogue._readers.snapshot():
            barrier.wait()

    threads = [threading.Thread(target=read) for _ in range(3 * KEPT)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert CountingConnection.open == KEPT + 1
    for _ in range(20):
        thread = threading.Thread(target=catalogue.roots)
        thread.start()
        thread.join()
    assert CountingConnection.open == KEPT + 1
    catalogue.close()
    assert CountingConnection.open == 0


def test_closing_twice_and_using_it_afterwards(catalogue: SqliteCatalogue, library: Path) -> None:
    fill(catalogue, 3)
    catalogue.close()
    catalogue.close()
    assert not [thread for thread in threading.enumerate() if thread.name == "catalogue writer"]
    with pytest.raises(RuntimeError, match="closed"):
        catalogue.roots()
    with pytest.raises(RuntimeError, match="closed"):
        catalogue.write(lambda writer: None)
    assert sorted(path.name for path in library.iterdir()) == ["catalogue.lock", "catalogue.sqlite"]


def test_closing_waits_for_what_was_handed_in(
    catalogue: SqliteCatalogue, root_id: RootId, library: Path
) -> None:
    started, go_on = threading.Event(), threading.Event()

    def slow(writer: CatalogueWriter) -> PhotoId:
        started.set()
        assert go_on.wait(10)
        return add(writer, root_id, b"slow.jpg")

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(catalogue.write, slow)
        assert started.wait(10)
        closing = pool.submit(catalogue.close)
        go_on.set()
        closing.result(10)
        assert first.result(10) > 0
    again = SqliteCatalogue(library)
    assert again.counts().files == 1
    again.close()


def test_a_catalogue_that_only_reads_takes_no_lock(catalogue: SqliteCatalogue, library: Path) -> None:
    catalogue.write(lambda writer: writer.add_root(ROOT, VOLUME))
    reader = SqliteCatalogue(library)
    assert [root.path for root in reader.roots()] == [ROOT]
    with pytest.raises(LibraryBusyError, match="Searching is still possible"):
        reader.write(lambda writer: None)
    catalogue.write(lambda writer: writer.add_root(b"/more", VOLUME))
    assert len(reader.roots()) == 2
    catalogue.close()
    reader.write(lambda writer: writer.add_root(b"/third", VOLUME))
    assert len(reader.roots()) == 3
    reader.close()


def test_the_lock(tmp_path: Path) -> None:
    first, second = LibraryLock(tmp_path / "lock"), LibraryLock(tmp_path / "lock")
    first.acquire()
    first.acquire()
    with pytest.raises(LibraryBusyError, match=r"\(\d+\)"):
        second.acquire(wait_s=0.1)
    assert (first.held, second.held) == (True, False)
    threading.Timer(0.1, first.release).start()
    second.acquire(wait_s=10)
    assert second.held
    second.release()
    second.release()


def test_a_full_disk_stores_nothing_of_the_transaction(
    library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def connect(path: Path) -> sqlite3.Connection:
        connection = connect_writer(path)
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages + 12}")
        return connection

    monkeypatch.setattr(catalogue_module, "connect_writer", connect)
    catalogue = SqliteCatalogue(library)
    fill(catalogue, 5)
    root_id = catalogue.roots()[0].root_id
    before = (catalogue.counts(), catalogue.latest_change())

    def too_much(writer: CatalogueWriter) -> None:
        for at in range(2000):
            add(writer, root_id, b"much/%d.jpg" % at)

    with pytest.raises(DiskFullError, match=r"is full.*free some space"):
        catalogue.write(too_much)
    assert (catalogue.counts(), catalogue.latest_change()) == before
    catalogue.write(lambda writer: add(writer, root_id, b"little.jpg"))
    assert catalogue.counts().files == 6
    catalogue.close()


def test_nothing_is_left_to_the_garbage_collector(library: Path, caplog: pytest.LogCaptureFixture) -> None:
    with warnings.catch_warnings(record=True) as caught, caplog.at_level(logging.WARNING):
        warnings.simplefilter("always")
        catalogue = SqliteCatalogue(library)
        fill(catalogue, 3)
        catalogue.close()
        del catalogue
        gc.collect()
    assert [str(warning.message) for warning in caught] == []
    assert caplog.records == []
