"""Indexing that is paused, cancelled, kept out, or has no room: it stops in words and goes on later."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from imgsearch_desktop.application.search_photos import SearchPhotos
from imgsearch_desktop.application.tasks import Progress, TaskControl
from imgsearch_desktop.domain.errors import (
    Cancelled,
    DiskFullError,
    LibraryBusyError,
    LibraryReadOnlyError,
)
from imgsearch_desktop.domain.query import Query
from tests.support.fakes import SPEC, FakeDisk, FakeExamples
from tests.support.pictures import write_picture
from tests.support.real_library import LentPool, RealLibrary, counts, opened


@pytest.fixture
def many(tmp_path: Path) -> Path:
    folder = tmp_path / "many"
    for number in range(120):
        write_picture(folder / f"{number}.jpg", seed=number, width=48, height=36)
    return folder


def test_paused_work_stands_still_and_goes_on(library: RealLibrary, many: Path) -> None:
    library.model.delay_s = 0.005
    control, begun, seen = TaskControl(), threading.Event(), list[Progress]()

    def report(progress: Progress) -> None:
        seen.append(progress)
        if progress.done and progress.phase == "indexing" and not begun.is_set():
            control.pause()
            begun.set()

    thread = threading.Thread(target=lambda: library.run(many, control=control, report=report))
    thread.start()
    assert begun.wait(30)
    reports = len(seen)
    thread.join(0.5)
    assert thread.is_alive()
    assert len(seen) == reports
    assert library.catalogue.counts().photos < 120
    control.resume()
    thread.join(60)
    assert not thread.is_alive()
    assert library.catalogue.searchable(SPEC.model_id) == 120


@pytest.mark.parametrize("paused", [False, True])
def test_cancelled_work_keeps_what_was_acknowledged(library: RealLibrary, many: Path, paused: bool) -> None:
    library.model.delay_s = 0.005
    control = TaskControl()
    acknowledged = 0

    def report(progress: Progress) -> None:
        nonlocal acknowledged
        if progress.phase == "indexing" and progress.done:
            acknowledged = progress.done
            if paused:
                control.pause()
                threading.Timer(0.1, control.cancel).start()
            else:
                control.cancel()

    with pytest.raises(Cancelled):
        library.run(many, control=control, report=report)
    done = library.catalogue.searchable(SPEC.model_id)
    assert 0 < acknowledged <= done < 120
    assert counts(library.run(many)) == {"added": 120 - done, "unchanged": done}
    assert library.model.encoded == 120


def test_a_second_process_searches_and_is_told_when_it_wants_to_write(
    library: RealLibrary, photos: Path, tmp_path: Path
) -> None:
    library.run(photos)
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "from imgsearch_desktop.domain.errors import LibraryBusyError\n"
        "from tests.support.real_library import opened\n"
        "def no_pool(): raise AssertionError\n"
        "with opened(Path(sys.argv[1]), no_pool) as library:\n"
        "    found = library.catalogue.counts().photos\n"
        "    try:\n"
        "        library.run(Path(sys.argv[2]))\n"
        "    except LibraryBusyError as error:\n"
        "        sys.stdout.write(f'{found} {error}')\n"
    )
    other = subprocess.run(
        [sys.executable, "-c", code, library.directory, photos],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    assert other.stderr == ""
    found, _, told = other.stdout.partition(" ")
    assert found == "10"
    assert told.endswith(".")
    library.run(photos)


def test_two_catalogues_of_one_process_do_not_both_write(
    library: RealLibrary, photos: Path, lent_pool: LentPool
) -> None:
    library.run(photos)
    with opened(library.directory, lambda: lent_pool) as other, pytest.raises(LibraryBusyError):
        other.run(photos)


@contextmanager
def mounted(directory: Path, options: str) -> Iterator[Path]:
    """A small file system in memory; only root may make one."""
    directory.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", options, "tmpfs", directory],
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode:
        pytest.skip(f"no small file system can be mounted here: {made.stderr.strip()}")
    try:
        yield directory
    finally:
        subprocess.run(["umount", "-l", directory], check=True)


def test_a_full_disk_stops_in_words_and_the_next_run_goes_on(
    tmp_path: Path, many: Path, lent_pool: LentPool
) -> None:
    with mounted(tmp_path / "small", "size=1500k") as small:
        for number in range(400):
            write_picture(many / f"more {number}.jpg", seed=1000 + number, width=160, height=120)
        with opened(small / "library", lambda: lent_pool) as library:
            with pytest.raises(DiskFullError) as stopped:
                library.run(many)
            assert str(stopped.value).count(".") >= 1
            done = library.catalogue.searchable(SPEC.model_id)
            assert 0 < done < 520
        subprocess.run(["mount", "-o", "remount,size=200m", small], check=True)
        with opened(small / "library", lambda: lent_pool) as library:
            assert library.catalogue.searchable(SPEC.model_id) >= done
            report = library.run(many)
            assert report.added + report.unchanged == 520
            assert library.catalogue.counts().photos == 520


def test_a_library_that_cannot_be_written_can_be_searched(
    tmp_path: Path, photos: Path, lent_pool: LentPool
) -> None:
    with mounted(tmp_path / "disk", "size=50m") as disk:
        with opened(disk / "library", lambda: lent_pool) as library:
            library.run(photos)
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
        with opened(disk / "library", lambda: lent_pool) as library:
            examples = FakeExamples(FakeDisk())
            search = SearchPhotos(library.catalogue, library.index, library.models, examples)
            assert len(search.search(Query(text="deep"), weak=True, limit=100).hits) == 10
            with pytest.raises(LibraryReadOnlyError) as refused:
                library.run(photos)
            assert str(refused.value).endswith(".")
