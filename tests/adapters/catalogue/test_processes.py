"""Several processes, killed ones, and a disk that is really full."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from imgsearch_desktop.adapters.catalogue.catalogue import SqliteCatalogue
from imgsearch_desktop.adapters.imaging.thumbnail_store import SqliteThumbnailStore
from imgsearch_desktop.domain.embedding import STARTER
from imgsearch_desktop.domain.errors import DiskFullError, LibraryBusyError
from imgsearch_desktop.domain.photo import PhotoId
from tests.adapters.catalogue.sample import ROOT, VOLUME, add_encoded, fill, new_uid

REPOSITORY = Path(__file__).parents[3]

WRITER = """
import sys
from pathlib import Path
from imgsearch_desktop.adapters.catalogue.catalogue import SqliteCatalogue
from tests.adapters.catalogue.sample import ROOT, VOLUME, add_encoded

catalogue = SqliteCatalogue(Path(sys.argv[1]))
root_id = catalogue.write(lambda writer: writer.add_root(ROOT, VOLUME))
print("ready", flush=True)
start = catalogue.counts().files
while True:
    paths = [b"%07d.jpg" % (start + at) for at in range(16)]
    ids = catalogue.write(lambda writer: add_encoded(writer, root_id, paths))
    start += len(ids)
    print(ids[-1], catalogue.latest_change(), flush=True)
"""


@contextmanager
def writing(library: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that writes as fast as it can and says what it was told is stored; killed at the end."""
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, library], cwd=REPOSITORY, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
            yield process
        finally:
            process.kill()


def test_what_was_acknowledged_survives_a_kill(library: Path) -> None:
    delays = (0.0, 0.013, 0.05, 0.11, 0.2)
    for delay in delays:
        with writing(library) as process:
            assert process.stdout is not None
            acknowledged = process.stdout.readline()
            time.sleep(delay)
            process.send_signal(getattr(signal, "SIGKILL", signal.SIGTERM))
            acknowledged += process.stdout.read()
        # The last line may be torn; what came before it was stored.
        photo_id, change_id = (int(number) for number in acknowledged.splitlines()[-2:][0].split())

        catalogue = SqliteCatalogue(library)
        assert catalogue.repair_report is None
        assert catalogue.latest_change() >= change_id
        ids = [PhotoId(at) for at in range(1, photo_id + 1)]
        assert len(catalogue.documents(ids, STARTER)) == len(ids)
        assert catalogue.counts().files % 16 == 0
        catalogue.close()
        with closing(sqlite3.connect(library / "catalogue.sqlite")) as raw:
            assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            assert raw.execute("SELECT COUNT(*) - COUNT(DISTINCT relative_path) FROM files").fetchone() == (
                0,
            )


def test_a_second_process_searches_while_the_first_writes(library: Path) -> None:
    with writing(library) as process:
        catalogue = SqliteCatalogue(library)
        seen: list[int] = []
        deadline = time.monotonic() + 20
        while len(set(seen)) < 3 and time.monotonic() < deadline:
            ids = [PhotoId(at) for at in range(1, catalogue.counts().photos + 1)]
            assert len(catalogue.documents(ids, STARTER)) == len(ids)
            seen.append(len(ids))
        assert len(set(seen)) == 3
        assert all(count % 16 == 0 for count in seen)
        with pytest.raises(
            LibraryBusyError, match=rf"\({process.pid}\) is writing.*Searching is still possible"
        ):
            catalogue.write(lambda writer: writer.add_root(b"/mine", VOLUME))
    catalogue.write(lambda writer: writer.add_root(b"/mine", VOLUME))
    catalogue.close()


def test_many_processes_make_one_library(library: Path) -> None:
    script = (
        "import sys; from pathlib import Path;"
        "from imgsearch_desktop.adapters.catalogue.catalogue import SqliteCatalogue;"
        "catalogue = SqliteCatalogue(Path(sys.argv[1])); print(catalogue.library_id); catalogue.close()"
    )
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", script, library], cwd=REPOSITORY, stdout=subprocess.PIPE, text=True
        )
        for _ in range(4)
    ]
    answers = [process.communicate(timeout=60)[0] for process in processes]
    assert len(set(answers)) == 1
    assert len(answers[0].strip()) == 32


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 4 MB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("only root can mount a small disk")
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", disk], check=False, capture_output=True
    )
    if mounted.returncode:
        pytest.skip("this machine does not let root mount a small disk")
    yield disk
    subprocess.run(["umount", disk], check=True)


def until_full(catalogue: SqliteCatalogue) -> int:
    """Photos that were acknowledged before the disk was full."""
    root_id = catalogue.write(lambda writer: writer.add_root(ROOT, VOLUME))
    for batch in range(1000):
        paths = [b"%d/%d.jpg" % (batch, at) for at in range(64)]
        try:
            catalogue.write(lambda writer, paths=paths: add_encoded(writer, root_id, paths))  # type: ignore[misc]
        except DiskFullError as error:
            assert "is full" in str(error)
            return batch * 64
    raise AssertionError("the disk was never full")


def test_a_disk_that_is_full(small_disk: Path) -> None:
    library = small_disk / "library"
    catalogue = SqliteCatalogue(library)
    (small_disk / "ballast").write_bytes(b"x" * (1 << 20))
    stored = until_full(catalogue)
    assert stored > 0
    assert catalogue.counts().files == stored
    with pytest.raises(DiskFullError):
        catalogue.write(lambda writer: add_encoded(writer, catalogue.roots()[0].root_id, [b"x"] * 2000))
    assert catalogue.counts().files == stored
    catalogue.close()

    reader = SqliteCatalogue(library)
    assert reader.repair_report is None
    assert len(reader.documents([PhotoId(at) for at in range(1, stored + 1)], STARTER)) == stored
    (small_disk / "ballast").unlink()
    assert fill(reader, 20)
    assert reader.counts().files == stored + 20
    reader.close()


def test_no_room_to_make_a_library(small_disk: Path) -> None:
    (small_disk / "ballast").write_bytes(b"x" * (4 << 20))
    for _ in range(2):
        with pytest.raises(DiskFullError):
            SqliteCatalogue(small_disk / "library")
    (small_disk / "ballast").unlink()
    catalogue = SqliteCatalogue(small_disk / "library")
    assert catalogue.repair_report is None
    catalogue.close()


def test_no_room_for_thumbnails(small_disk: Path) -> None:
    store = SqliteThumbnailStore(small_disk / "thumbnails.sqlite")
    kept = [(new_uid(), b"k" * 20_000) for _ in range(10)]
    store.put_many(kept, 1)
    with pytest.raises(DiskFullError, match="is full"):
        store.put_many([(new_uid(), b"x" * 20_000) for _ in range(400)], 1)
    assert [store.get(uid) for uid, _ in kept] == [jpeg for _, jpeg in kept]
    store.put_many(kept[:1], 2)
    store.close()
