"""Two processes at one search index: one indexes while the other searches, empties or fills it."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

import pytest

from imgsearch_desktop.application.ports import SortOrder
from imgsearch_desktop.application.search_photos import SearchPhotos
from imgsearch_desktop.domain.filters import NO_FILTERS
from imgsearch_desktop.domain.query import Query
from tests.support.fakes import SPEC, FakeDisk, FakeExamples
from tests.support.pictures import write_picture
from tests.support.real_library import LentPool, RealLibrary, opened

PHOTOS = 60
REPOSITORY = Path(__file__).parents[2]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "photos"
    for number in range(PHOTOS):
        write_picture(folder / f"holiday {number}.jpg", seed=number, width=48, height=36)
    return folder


@contextmanager
def running(*command: str | Path) -> Iterator[subprocess.Popen[bytes]]:
    """A Python process."""
    with subprocess.Popen(
        [sys.executable, *command], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd=REPOSITORY
    ) as child:
        try:
            yield child
        finally:
            child.kill()


def wait_until(reached: Callable[[], bool], child: subprocess.Popen[bytes]) -> None:
    """Wait for what a process is to do."""
    deadline = time.monotonic() + 60
    while not reached():
        assert child.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.005)


@contextmanager
def indexed_elsewhere(
    directory: Path, folder: Path, lent_pool: LentPool
) -> Iterator[tuple[RealLibrary, subprocess.Popen[bytes]]]:
    """A library that another process has begun to fill, slowly."""
    with running("-m", "tests.end2end.indexing_child", directory, folder) as child:
        wait_until((directory / "catalogue.sqlite").exists, child)
        with opened(directory, lambda: lent_pool) as library:
            yield library, child


def ended_well(child: subprocess.Popen[bytes]) -> bool:
    assert child.stderr is not None
    complaint = child.stderr.read()
    return (child.wait(60), complaint) == (0, b"")


def searching(library: RealLibrary) -> SearchPhotos:
    examples = FakeExamples(FakeDisk())
    return SearchPhotos(library.catalogue, library.index, library.models, examples)


def found(library: RealLibrary) -> set[int]:
    page = searching(library).search(Query(text="holiday"), weak=True, limit=1000)
    assert len({hit.photo_id for hit in page.hits}) == len(page.hits)
    return {int(hit.photo_id) for hit in page.hits}


def everything(library: RealLibrary) -> set[int]:
    return set(library.catalogue.browse(NO_FILTERS, SortOrder.ADDED).tolist())


def test_a_search_while_another_process_indexes_finds_what_is_done(
    tmp_path: Path, folder: Path, lent_pool: LentPool
) -> None:
    with indexed_elsewhere(tmp_path / "library", folder, lent_pool) as (library, child):
        wait_until(lambda: library.catalogue.searchable(SPEC.model_id) > 0, child)
        seen = [found(library)]
        while child.poll() is None:
            library.sync.catch_up()
            seen.append(found(library))
        assert ended_well(child)
        for earlier, later in pairwise(seen):
            assert earlier <= later, "what was found once went missing"
        assert len(seen[0]) < PHOTOS
        assert found(library) == everything(library)
        assert len(everything(library)) == PHOTOS


def test_an_index_emptied_under_a_process_that_feeds_it_gets_everything(
    tmp_path: Path, folder: Path, lent_pool: LentPool
) -> None:
    """Whoever empties it may end at once: the other one fills it."""
    with indexed_elsewhere(tmp_path / "library", folder, lent_pool) as (library, child):
        for count in (5, 20, 40):
            wait_until(lambda: library.catalogue.searchable(SPEC.model_id) >= count, child)  # noqa: B023
            library.index.reset(SPEC, library.catalogue.library_id, library.catalogue.epoch)
        assert ended_well(child)
        report = library.sync.catch_up()
        assert (report.documents, report.rebuilt) == (0, False)
        assert found(library) == everything(library)
        assert len(everything(library)) == PHOTOS


FILL = """
import sys
from pathlib import Path
from imgsearch_desktop.application import sync_engine
from tests.support.real_library import opened
sync_engine.BATCH = 1
with opened(Path(sys.argv[1]), lambda: None) as library:
    library.sync.catch_up()
"""


def test_two_processes_that_fill_one_index_both_come_to_an_end(
    tmp_path: Path, folder: Path, lent_pool: LentPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each finds an index that is of no use; one of them empties it twice under the other."""
    monkeypatch.setattr("imgsearch_desktop.application.sync_engine.BATCH", 1)
    with opened(tmp_path / "library", lambda: lent_pool) as library:
        library.run(folder)
        begun = library.index.reset(SPEC, library.catalogue.library_id, library.catalogue.epoch)
        with running("-c", FILL, tmp_path / "library") as child:
            wait_until(lambda: generation(library) != begun.generation, child)
            for _ in range(2):
                library.index.reset(SPEC, library.catalogue.library_id, library.catalogue.epoch)
                library.sync.catch_up()
            assert ended_well(child)
        assert library.sync.catch_up().documents == 0
        assert found(library) == everything(library)
        assert len(everything(library)) == PHOTOS


def generation(library: RealLibrary) -> str:
    position = library.index.position(SPEC.model_id)
    assert position is not None
    return position.generation
