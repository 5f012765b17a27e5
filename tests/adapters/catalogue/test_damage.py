"""A damaged catalogue is repaired from what is intact or set aside, never silently emptied."""

from __future__ import annotations

import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from imgsearch_desktop.adapters.catalogue import opening, repair
from imgsearch_desktop.adapters.catalogue.catalogue import SqliteCatalogue
from imgsearch_desktop.adapters.catalogue.library_lock import LibraryLock
from imgsearch_desktop.adapters.catalogue.schema import PAGE_SIZE
from imgsearch_desktop.application.ports import SortOrder
from imgsearch_desktop.domain.embedding import STARTER
from imgsearch_desktop.domain.errors import LibraryDamagedError
from imgsearch_desktop.domain.filters import NO_FILTERS
from imgsearch_desktop.domain.photo import Label, PhotoId, PhotoUid
from tests.adapters.catalogue.sample import METADATA, VOLUME, add, fill

COUNT = 400


@pytest.fixture
def database(library: Path) -> Path:
    return library / "catalogue.sqlite"


@pytest.fixture
def uids(library: Path) -> list[PhotoUid]:
    """A library of `COUNT` photos, closed."""
    catalogue = SqliteCatalogue(library)
    uids = fill(catalogue, COUNT)
    catalogue.write(lambda writer: writer.set_labels(PhotoId(1), STARTER, [Label("dog", 0.9)]))
    catalogue.close()
    return uids


def set_aside(library: Path) -> list[Path]:
    return sorted(library.glob("catalogue-damaged-*.sqlite"))


def check(library: Path) -> None:
    """The database is sound, and the columns derived from other tables agree with them."""
    with closing(sqlite3.connect(library / "catalogue.sqlite")) as raw:
        assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert raw.execute("PRAGMA foreign_key_check").fetchall() == []
        wrong = raw.execute(
            "SELECT photo_id FROM photos WHERE present_files <>"
            " (SELECT COUNT(*) FROM files WHERE files.photo_id = photos.photo_id AND missing = 0)"
            " OR (encoded_by <> 0) <> (photo_id IN (SELECT photo_id FROM embeddings WHERE region = 0))"
            " OR (name_key IS NULL) <> (present_files = 0)"
            " OR sort_date IS NOT COALESCE(user_date, date_taken)"
        ).fetchall()
        assert wrong == []


def table_pages(database: Path, table: str) -> list[int]:
    """Numbers of the leaf pages of a table or index."""
    with closing(sqlite3.connect(database)) as raw:
        try:
            rows = raw.execute(
                "SELECT pageno FROM dbstat WHERE name = ? AND pagetype = 'leaf' ORDER BY pageno", (table,)
            )
            return [page for (page,) in rows.fetchall()]
        except sqlite3.OperationalError:
            pytest.skip("this SQLite has no dbstat table")


def overwrite(database: Path, page: int, data: bytes = b"\xa5" * PAGE_SIZE) -> None:
    with database.open("r+b") as file:
        file.seek((page - 1) * PAGE_SIZE)
        file.write(data)


def reopen(library: Path) -> SqliteCatalogue:
    """Open, meet the damage if opening did not, and open again as the message says."""
    catalogue = SqliteCatalogue(library)
    if catalogue.repair_report is None:
        with pytest.raises(LibraryDamagedError, match="Start the program again"):
            everything(catalogue)
        catalogue.close()
        catalogue = SqliteCatalogue(library)
    return catalogue


def everything(catalogue: SqliteCatalogue) -> None:
    catalogue.counts()
    root_ids = [root.root_id for root in catalogue.roots()]
    for root_id in root_ids:
        catalogue.known_files(root_id)
    ids = [PhotoId(at) for at in range(1, COUNT + 1)]
    catalogue.photos(ids)
    catalogue.documents(ids, STARTER)
    for order in SortOrder:
        catalogue.browse(NO_FILTERS, order)


def test_nothing_to_repair(library: Path, uids: list[PhotoUid]) -> None:
    catalogue = SqliteCatalogue(library)
    everything(catalogue)
    assert catalogue.repair_report is None
    catalogue.close()
    assert set_aside(library) == []


@pytest.mark.parametrize("table", ["photos", "files", "embeddings"])
def test_a_broken_page_costs_only_its_rows(
    library: Path, database: Path, uids: list[PhotoUid], table: str
) -> None:
    pages = table_pages(database, table)
    assert len(pages) > 1
    catalogue = SqliteCatalogue(library)
    epoch, library_id, last_change = catalogue.epoch, catalogue.library_id, catalogue.latest_change()
    catalogue.close()
    overwrite(database, pages[len(pages) // 2])
    damaged = database.read_bytes()

    repaired = reopen(library)
    assert repaired.repair_report is not None
    assert "was damaged" in repaired.repair_report
    (aside,) = set_aside(library)
    assert aside.name in repaired.repair_report
    assert aside.read_bytes() == damaged
    check(library)
    assert repaired.library_id == library_id
    assert repaired.epoch != epoch
    assert repaired.latest_change() == repaired.trimmed_change() >= last_change

    photos = repaired.photos([PhotoId(at) for at in range(1, COUNT + 1)])
    per_page = COUNT / len(pages) * 1.5
    kept = {
        "photos": len(photos),
        "files": sum(len(photo.files) for photo in photos),
        "embeddings": len(repaired.embeddings(STARTER, PhotoId(0), 10**6).photo_ids),
    }
    assert COUNT - per_page <= kept[table] < COUNT
    if table != "photos":
        assert [photo.uid for photo in photos] == uids
        assert photos[0].metadata == METADATA
        assert photos[0].labels == (Label("dog", 0.9),)
    assert {photo.uid for photo in photos} <= set(uids)
    (root,) = repaired.roots()
    repaired.write(lambda writer: add(writer, root.root_id, b"new.jpg"))
    assert repaired.browse(NO_FILTERS, SortOrder.ADDED)[0] == COUNT + 1
    repaired.close()
    assert SqliteCatalogue(library).repair_report is None


def test_folders_survive_the_page_they_lie_on(library: Path, database: Path, uids: list[PhotoUid]) -> None:
    (page,) = table_pages(database, "roots")
    overwrite(database, page)
    repaired = reopen(library)
    check(library)
    (root,) = repaired.roots()
    assert (root.root_id, root.path, root.mount_point, root.volume_id) == (1, b"/photos", b"/photos", "")
    assert repaired.counts().files == COUNT
    repaired.close()


@pytest.mark.parametrize(
    "word", [b"latitude", b"photo_id", b"CREATE TABLE files", b"TABLE embeddings", b"UNIQUE"]
)
def test_a_damaged_table_of_contents_costs_nothing(
    library: Path, database: Path, uids: list[PhotoUid], word: bytes
) -> None:
    data = database.read_bytes()
    assert word in data[:PAGE_SIZE]
    database.write_bytes(data.replace(word, word[:-1] + b"\xa0"))
    repaired = reopen(library)
    check(library)
    assert [photo.uid for photo in repaired.photos([PhotoId(at) for at in range(1, COUNT + 1)])] == uids
    assert (repaired.counts().files, repaired.searchable(STARTER)) == (COUNT, COUNT)
    repaired.close()


@pytest.mark.parametrize("index", ["photos_by_date", "files_by_photo", "sqlite_autoindex_embeddings_1"])
def test_a_broken_index_costs_nothing(
    library: Path, database: Path, uids: list[PhotoUid], index: str
) -> None:
    overwrite(database, table_pages(database, index)[0])
    repaired = reopen(library)
    check(library)
    assert [photo.uid for photo in repaired.photos([PhotoId(at) for at in range(1, COUNT + 1)])] == uids
    assert repaired.searchable(STARTER) == COUNT
    assert repaired.counts().files == COUNT
    repaired.close()


def test_a_header_of_garbage_costs_nothing(library: Path, database: Path, uids: list[PhotoUid]) -> None:
    overwrite(database, 1, b"\0garbage" * (PAGE_SIZE // 8))
    repaired = SqliteCatalogue(library)
    assert repaired.repair_report is not None
    check(library)
    assert [photo.uid for photo in repaired.photos([PhotoId(at) for at in range(1, COUNT + 1)])] == uids
    assert repaired.searchable(STARTER) == COUNT
    repaired.close()
    assert sorted(path.name for path in library.iterdir() if "damaged" not in path.name) == [
        "catalogue.lock",
        "catalogue.sqlite",
    ]


def test_a_file_cut_short_keeps_what_is_left(library: Path, database: Path, uids: list[PhotoUid]) -> None:
    size = database.stat().st_size
    with database.open("r+b") as file:
        file.truncate(size * 2 // 3)
    repaired = SqliteCatalogue(library)
    assert repaired.repair_report is not None
    check(library)
    photos = repaired.photos([PhotoId(at) for at in range(1, COUNT + 1)])
    assert COUNT // 3 < len(photos) <= COUNT
    assert {photo.uid for photo in photos} <= set(uids)
    repaired.close()


@pytest.mark.parametrize("seed", range(8))
def test_random_damage_never_empties_in_silence(
    library: Path, database: Path, uids: list[PhotoUid], seed: int
) -> None:
    """Some bytes flipped anywhere: either nobody notices, or it is repaired and nothing foreign is in it."""
    choice = random.Random(seed)
    data = bytearray(database.read_bytes())
    for _ in range(choice.choice([1, 20, 400])):
        at = choice.randrange(len(data))
        data[at] ^= 1 << choice.randrange(8)
    database.write_bytes(data)

    catalogue = SqliteCatalogue(library)
    try:
        everything(catalogue)
    except LibraryDamagedError:
        catalogue.close()
        catalogue = SqliteCatalogue(library)
        assert catalogue.repair_report is not None
    if catalogue.repair_report is not None:
        check(library)
        assert len(set_aside(library)) == 1
        everything(catalogue)
    assert catalogue.repair_report is not None or catalogue.counts().photos > COUNT * 0.9
    catalogue.close()


@pytest.mark.parametrize(
    "content", [b"", b"This is no database.", b"\xff" * 100_000, b"SQLite format 3\0" + b"\7" * 50_000]
)
def test_what_is_no_catalogue_is_set_aside(library: Path, database: Path, content: bytes) -> None:
    library.mkdir()
    database.write_bytes(content)
    catalogue = SqliteCatalogue(library)
    assert catalogue.repair_report is not None
    assert "nothing in it could be read" in catalogue.repair_report
    assert "Your photos are not affected" in catalogue.repair_report
    (aside,) = set_aside(library)
    assert aside.name in catalogue.repair_report
    assert aside.read_bytes() == content
    assert len(fill(catalogue, 3)) == 3
    catalogue.close()


def test_a_database_of_another_program_is_set_aside(library: Path, database: Path) -> None:
    library.mkdir()
    with closing(sqlite3.connect(database)) as raw, raw:
        raw.execute("CREATE TABLE photos (title TEXT)")
        raw.execute("INSERT INTO photos VALUES ('mine')")
    before = database.read_bytes()
    catalogue = SqliteCatalogue(library)
    assert catalogue.counts().photos == 0
    catalogue.close()
    assert [path.read_bytes() for path in set_aside(library)] == [before]


@pytest.mark.parametrize("table", ["library", "photos", "roots", "cursors"])
def test_a_lost_table(library: Path, database: Path, uids: list[PhotoUid], table: str) -> None:
    with closing(sqlite3.connect(database)) as raw, raw:
        raw.execute("PRAGMA foreign_keys = OFF")
        raw.execute(f"DROP TABLE {table}")
    catalogue = SqliteCatalogue(library)
    if table == "cursors":
        with pytest.raises(sqlite3.OperationalError):
            catalogue.write(lambda writer: writer.set_cursor("embedded", STARTER, 1))
    else:
        assert catalogue.repair_report is not None
        check(library)
        kept = catalogue.photos([PhotoId(at) for at in range(1, COUNT + 1)])
        assert [photo.uid for photo in kept] == ([] if table == "photos" else uids)
    catalogue.close()


def copy_while_open(source: Path, target: Path) -> None:
    """The files as they would be after the process was killed."""
    shutil.copytree(source, target, ignore=shutil.ignore_patterns("*-shm"))


@pytest.mark.parametrize("part", ["header", "middle", "end", "all"])
def test_a_corrupt_write_ahead_log(library: Path, tmp_path: Path, part: str) -> None:
    catalogue = SqliteCatalogue(library)
    uids = fill(catalogue, 60, batch=10)
    killed = tmp_path / "killed"
    copy_while_open(library, killed)
    catalogue.close()
    wal = killed / "catalogue.sqlite-wal"
    data = bytearray(wal.read_bytes())
    assert len(data) > 10 * PAGE_SIZE
    start, stop = {"header": (0, 32), "middle": (len(data) // 2, len(data) // 2 + 64),
                   "end": (len(data) - 64, len(data)), "all": (0, len(data))}[part]  # fmt: skip
    data[start:stop] = b"\x5a" * (stop - start)
    wal.write_bytes(data)

    found = SqliteCatalogue(killed)
    everything(found)
    check(killed)
    ids = sorted(found.browse(NO_FILTERS, SortOrder.ADDED).tolist())
    assert [photo.uid for photo in found.photos(ids)] == uids[: len(ids)]
    assert len(ids) % 10 == 0
    assert len(ids) > 0 or part in ("header", "all")
    found.write(lambda writer: writer.add_root(b"/new", VOLUME))
    found.close()


def test_the_log_of_a_killed_process_counts(library: Path, tmp_path: Path) -> None:
    catalogue = SqliteCatalogue(library)
    uids = fill(catalogue, 60, batch=10)
    killed = tmp_path / "killed"
    copy_while_open(library, killed)
    catalogue.close()
    overwrite(killed / "catalogue.sqlite", 1)
    found = SqliteCatalogue(killed)
    assert [photo.uid for photo in found.photos([PhotoId(at) for at in range(1, 61)])] == uids
    found.close()


@pytest.mark.parametrize("when", ["while copying", "before the swap", "in the middle of the swap"])
def test_a_repair_that_is_cut_short_is_completed(
    library: Path, database: Path, uids: list[PhotoUid], when: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    overwrite(database, table_pages(database, "photos_by_date")[0])
    (library / "catalogue.suspect").touch()

    def die(*args: object) -> None:
        raise KeyboardInterrupt

    replace = Path.replace

    def replace_once(self: Path, target: Path) -> Path:
        if self.name == "catalogue.sqlite.repaired":
            raise KeyboardInterrupt
        return replace(self, target)

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        if when == "while copying":
            patch.setattr(repair, "salvage", die)
        elif when == "before the swap":
            patch.setattr(repair, "_swap", die)
        else:
            patch.setattr(Path, "replace", replace_once)
        SqliteCatalogue(library)

    catalogue = SqliteCatalogue(library)
    assert catalogue.repair_report is not None
    assert "damaged" in catalogue.repair_report
    check(library)
    assert [photo.uid for photo in catalogue.photos([PhotoId(at) for at in range(1, COUNT + 1)])] == uids
    catalogue.close()
    assert len(set_aside(library)) == 1
    assert SqliteCatalogue(library).repair_report is None


def test_a_suspicion_that_proves_wrong_is_dropped(library: Path, uids: list[PhotoUid]) -> None:
    (library / "catalogue.suspect").touch()
    catalogue = SqliteCatalogue(library)
    assert catalogue.repair_report is None
    assert catalogue.counts().photos == COUNT
    catalogue.close()
    assert not (library / "catalogue.suspect").exists()


@pytest.fixture
def busy(library: Path, monkeypatch: pytest.MonkeyPatch) -> LibraryLock:
    """The lock of another process."""
    monkeypatch.setattr(opening, "LOCK_WAIT_S", 0.1)
    library.mkdir(exist_ok=True)
    lock = LibraryLock(library / "catalogue.lock")
    lock.acquire()
    return lock


def test_a_suspicious_catalogue_is_read_while_another_process_writes(
    library: Path, uids: list[PhotoUid], busy: LibraryLock
) -> None:
    (library / "catalogue.suspect").touch()
    catalogue = SqliteCatalogue(library)
    assert catalogue.counts().photos == COUNT
    catalogue.close()
    busy.release()


def test_a_damaged_catalogue_is_not_touched_while_another_process_writes(
    library: Path, database: Path, uids: list[PhotoUid], busy: LibraryLock
) -> None:
    overwrite(database, 1)
    before = database.read_bytes()
    with pytest.raises(LibraryDamagedError, match="another process"):
        SqliteCatalogue(library)
    assert database.read_bytes() == before
    busy.release()


def test_damage_met_while_writing(library: Path, database: Path, uids: list[PhotoUid]) -> None:
    for page in table_pages(database, "sqlite_autoindex_photos_1"):
        overwrite(database, page)
    catalogue = SqliteCatalogue(library)
    root_id = catalogue.roots()[0].root_id
    with pytest.raises(LibraryDamagedError, match="Start the program again"):
        catalogue.write(lambda writer: add(writer, root_id, b"new.jpg"))
    catalogue.close()
    repaired = SqliteCatalogue(library)
    assert repaired.repair_report is not None
    assert repaired.counts().photos == COUNT
    repaired.close()
