"""What the embedded engine does when files are damaged, missing, read-only, or the process was killed."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from imgsearch_desktop.adapters.embedded import matrix_file, projection
from imgsearch_desktop.adapters.embedded.exact_rows import ExactRows
from imgsearch_desktop.adapters.embedded.index import EmbeddedIndex
from imgsearch_desktop.adapters.embedded.vector_matrix import FLOAT_BYTES
from imgsearch_desktop.application.ports import IndexPosition, IndexRequest
from imgsearch_desktop.domain.embedding import ModelId
from imgsearch_desktop.domain.errors import EngineError
from imgsearch_desktop.domain.filters import NO_FILTERS
from tests.adapters.embedded.embedded_library import INT8, EmbeddedLibrary, present
from tests.contracts.photo_index_harness import (
    DIMS,
    EPOCH,
    LIBRARY,
    MODEL,
    gone,
    photo,
    spec,
    towards,
    vector_of,
)
from tests.support.stored_embeddings import StoredEmbeddings


@pytest.fixture(params=[FLOAT_BYTES, INT8], ids=["float32", "int8"])
def library(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[EmbeddedLibrary]:
    library = EmbeddedLibrary(tmp_path / "cache", request.param)
    yield library
    library.close()


def test_the_next_start_reads_the_cache_file_alone(library: EmbeddedLibrary) -> None:
    library.add(*range(1, 101))
    library.reopen()
    assert present(library.index) == list(range(1, 101))
    assert (library.embeddings.single_reads, library.embeddings.block_reads) == (0, 0)


def test_a_killed_process_loses_nothing(library: EmbeddedLibrary) -> None:
    library.add(*range(1, 101))
    library.crash()
    assert library.index.position(MODEL) == IndexPosition(LIBRARY, EPOCH, 100)
    assert present(library.index) == list(range(1, 101))


def test_a_few_changes_after_the_cache_file_are_read_singly(library: EmbeddedLibrary) -> None:
    library.add(*range(1, 301))
    library.reopen()
    library.add(400, 401)
    library.add(5)
    library.delete(7, 8)
    library.crash()
    assert present(library.index) == [*[n for n in range(1, 301) if n not in (7, 8)], 400, 401]
    assert library.embeddings.block_reads == 0
    assert library.embeddings.single_reads == 3


def test_a_small_change_does_not_rewrite_the_cache_file(library: EmbeddedLibrary) -> None:
    library.add(*range(1, 301))
    library.reopen()
    written = library.vectors.stat().st_mtime_ns
    library.add(400)
    library.reopen()
    assert library.vectors.stat().st_mtime_ns == written
    assert present(library.index) == [*range(1, 301), 400]
    library.add(*range(500, 600))
    library.reopen()
    assert library.vectors.stat().st_mtime_ns > written


def test_without_a_cache_file_vectors_come_from_the_catalogue(library: EmbeddedLibrary) -> None:
    library.add(*range(1, 201))
    library.index.close()
    library.vectors.unlink()
    library.crash()
    assert present(library.index) == list(range(1, 201))
    assert library.embeddings.single_reads == 0


def test_a_cache_file_of_an_earlier_life_is_not_believed(library: EmbeddedLibrary) -> None:
    library.add(*range(1, 101))
    library.index.close()
    old = library.vectors.read_bytes()
    library.index = library.opened()
    library.index.reset(spec(), LIBRARY, EPOCH)
    library.change = 0
    library.add(*range(201, 301))
    library.index.close()
    library.vectors.write_bytes(old)
    library.crash()
    assert present(library.index) == list(range(201, 301))


def test_a_photo_whose_embedding_left_the_catalogue_is_found_by_words_only(library: EmbeddedLibrary) -> None:
    library.add(1, 2, 3)
    library.index.close()
    library.vectors.unlink()
    del library.embeddings.vectors[2]
    library.crash()
    answer = library.index.search(IndexRequest(MODEL, vector=towards(1).astype(np.float32), tokens=("2",)))
    assert sorted(answer.photo_ids.tolist()) == [1, 3]
    assert [hit.photo_id for hit in answer.keyword_hits] == [2]


def test_another_process_sees_what_this_one_applies(library: EmbeddedLibrary) -> None:
    library.add(*range(1, 31))
    other = library.opened()
    assert present(other) == list(range(1, 31))
    library.add(50)
    library.delete(3)
    library.add(60)
    assert present(other) == [*[n for n in range(1, 31) if n != 3], 50, 60]
    assert other.position(MODEL) == library.index.position(MODEL)
    library.index.reset(spec(), LIBRARY, "another epoch")
    library.change = 0
    library.add(7)
    assert present(other) == [7]
    other.close()


def overwritten(path: Path) -> None:
    path.write_bytes(b"this is no database " * 1000)


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def scrambled(path: Path) -> None:
    data = bytearray(path.read_bytes())
    for page in range(4096, len(data), 4096):
        data[page : page + 400] = b"\xa5" * 400
    path.write_bytes(data)


def stripped(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("DROP TABLE words")
    connection.close()


@pytest.mark.parametrize("damage", [overwritten, emptied, cut, scrambled, stripped])
def test_a_damaged_database_is_set_aside_and_filled_again(
    library: EmbeddedLibrary, damage: Callable[[Path], None]
) -> None:
    library.add(*range(1, 301))
    library.index.close()
    damage(library.database)
    library.index = library.opened()
    position = library.index.position(MODEL)
    if position is not None:  # the page with the position is whole: a search or a batch meets the damage
        with pytest.raises(EngineError, match=r"damaged.*built again"):
            for photo_id in range(1, 301):
                library.index.search(IndexRequest(MODEL, tokens=(str(photo_id),)))
                library.index.facets(MODEL, NO_FILTERS)
                library.add(photo_id)
    assert library.index.position(MODEL) is None
    with pytest.raises(EngineError):
        library.index.search(IndexRequest(MODEL, tokens=("1",)))
    library.index.reset(spec(), LIBRARY, EPOCH)
    library.change = 0
    library.add(*range(1, 301))
    assert present(library.index) == list(range(1, 301))


def test_a_database_of_another_version_is_filled_again(library: EmbeddedLibrary) -> None:
    library.add(1, 2)
    library.index.close()
    connection = sqlite3.connect(library.database)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    library.index = library.opened()
    assert library.index.position(MODEL) is None


def test_a_cache_directory_that_cannot_be_made_is_replaced(tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("no directory")
    library = EmbeddedLibrary(in_the_way / "cache")
    library.add(*range(1, 21))
    assert present(library.index) == list(range(1, 21))
    temporary = library.index._directory
    library.close()
    assert not temporary.exists()
    assert in_the_way.read_text() == "no directory"


def test_nowhere_to_write_is_said_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object, **_kwargs: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tempfile.TemporaryFile", refuse)
    monkeypatch.setattr("tempfile.mkdtemp", refuse)
    with pytest.raises(EngineError, match="No space left"):
        EmbeddedIndex(tmp_path / "cache", StoredEmbeddings(DIMS).reader)


def test_a_full_disk_is_said_in_words_and_nothing_half_done_stays(library: EmbeddedLibrary) -> None:
    library.add(*range(1, 21))
    writer = library.index._projections[MODEL]._database._writer
    (pages,) = writer.execute("PRAGMA page_count").fetchone()
    writer.execute(f"PRAGMA max_page_count = {pages + 2}")
    with pytest.raises(EngineError, match=r"disk.*full.*space"):
        library.add(*range(100, 2000))
    assert present(library.index) == list(range(1, 21))
    assert library.index.position(MODEL) == IndexPosition(LIBRARY, EPOCH, 20)
    writer.execute("PRAGMA max_page_count = 1000000")
    library.add(*range(100, 110))
    assert present(library.index) == [*range(1, 21), *range(100, 110)]


def test_no_room_to_lay_vectors_out_is_said_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    library = EmbeddedLibrary(tmp_path / "cache", INT8)
    library.add(*range(1, 21))

    def full(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(ExactRows, "write", full)
        library.add(30)  # stored all the same
        with pytest.raises(EngineError, match=r"No space left.*Free some space"):
            present(library.index)
    assert library.index.position(MODEL) == IndexPosition(LIBRARY, EPOCH, 21)
    assert present(library.index) == [*range(1, 21), 30]
    library.close()


def test_a_failing_cache_file_does_not_keep_it_from_closing(
    library: EmbeddedLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.add(*range(1, 21))

    def full(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(matrix_file, "save", full)
    library.index.close()
    monkeypatch.undo()
    library.index = library.opened()
    assert present(library.index) == list(range(1, 21))


def test_after_closing_it_says_so(library: EmbeddedLibrary) -> None:
    library.index.close()
    with pytest.raises(EngineError, match="closed"):
        library.index.search(IndexRequest(MODEL))
    with pytest.raises(EngineError, match="closed"):
        library.index.position(MODEL)


def test_a_large_matrix_is_loaded_only_when_asked_or_far_behind(
    library: EmbeddedLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.add(*range(1, 101))
    library.reopen()
    monkeypatch.setattr(projection, "_FEED_LINES", 50)
    monkeypatch.setattr(projection, "_BEHIND", 30)
    loaded = []
    for number in (200, *range(300, 340)):
        library.add(number)
        loaded.append(library.index._projections[MODEL]._feed.loaded)
    assert loaded[:30] == [False] * 30
    assert loaded[-1]
    assert present(library.index) == [*range(1, 101), 200, *range(300, 340)]


def test_models_with_odd_names_have_files_of_their_own(tmp_path: Path) -> None:
    index = EmbeddedIndex(tmp_path / "cache", StoredEmbeddings(DIMS).reader)
    for name in ("org/model:1", "org_model:1", "../up", "ä"):
        model = replace(spec(), model_id=ModelId(name))
        index.reset(model, LIBRARY, name)
        position = index.position(model.model_id)
        assert position is not None
        assert position.epoch == name
    index.close()
    assert [entry.name for entry in tmp_path.iterdir()] == ["cache"]


class FeedingMachine(RuleBasedStateMachine):
    """Whatever is applied, in any order, through closings and crashes: the newest state is what is found."""

    directory: Path
    float_bytes: int
    count = 0

    @initialize()
    def begin(self) -> None:
        FeedingMachine.count += 1
        self.library = EmbeddedLibrary(self.directory / str(FeedingMachine.count), self.float_bytes)
        self.newest: dict[int, tuple[int, bool]] = {}
        self.change = 0

    @rule(photo_ids=st.lists(st.integers(1, 25), unique=True, max_size=8), data=st.data())
    def apply(self, photo_ids: list[int], data: st.DataObject) -> None:
        """New and outdated changes, documents and deletions, mixed."""
        documents, deletions = [], []
        for photo_id in photo_ids:
            change = max(1, self.change + data.draw(st.integers(-6, 3)))
            known, there = self.newest.get(photo_id, (0, False))
            deleting = data.draw(st.booleans())
            if deleting:
                deletions.append(gone(photo_id, change))
            else:
                documents.append(photo(photo_id, change, title=str(photo_id)))
            if change > known or (change == known and (there or deleting)):
                self.newest[photo_id] = change, not deleting
            self.change = max(self.change, change)
        self.library.change = self.change
        self.library.apply(documents, deletions)

    @rule()
    def reopen(self) -> None:
        self.library.reopen()

    @rule()
    def crash(self) -> None:
        self.library.crash()

    @rule()
    def lose_the_cache_file(self) -> None:
        self.library.crash()
        self.library.vectors.unlink(missing_ok=True)

    @invariant()
    def holds_the_newest_state(self) -> None:
        if hasattr(self, "library"):
            there = sorted(photo_id for photo_id, (_, there) in self.newest.items() if there)
            assert present(self.library.index) == there
            position = self.library.index.position(MODEL)
            assert position is not None
            assert position.change_id == self.change

    def teardown(self) -> None:
        if hasattr(self, "library"):
            self.library.close()


@pytest.mark.parametrize("float_bytes", [FLOAT_BYTES, 10 * DIMS * 4], ids=["float32", "changing"])
def test_the_newest_state_is_what_is_found(tmp_path: Path, float_bytes: int) -> None:
    machine = type("Machine", (FeedingMachine,), {"directory": tmp_path, "float_bytes": float_bytes})
    run_state_machine_as_test(
        machine, settings=settings(max_examples=12, stateful_step_count=12, deadline=None)
    )


FEEDER = """
import sys
from pathlib import Path
from tests.adapters.embedded.embedded_library import EmbeddedLibrary
library = EmbeddedLibrary(Path(sys.argv[1]), 10 * 12 * 4)
for first in range(1, 5000, 7):
    library.add(*range(first, first + 7))
    print(first + 6, flush=True)
    if first % 70 == 1:
        library.reopen()
"""


def test_killed_at_any_moment_it_holds_what_was_acknowledged(tmp_path: Path) -> None:
    for number, wait_s in enumerate((0.02, 0.05, 0.11, 0.2, 0.31)):
        directory = tmp_path / str(number)
        feeder = subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(FEEDER), str(directory)], stdout=subprocess.PIPE, text=True
        )
        assert feeder.stdout is not None
        acknowledged = int(feeder.stdout.readline())
        time.sleep(wait_s)
        feeder.kill()
        acknowledged = max([acknowledged, *(int(line) for line in feeder.stdout if line.endswith("\n"))])
        feeder.wait()
        feeder.stdout.close()
        embeddings = StoredEmbeddings(DIMS)
        embeddings.store({photo_id: vector_of(photo_id) for photo_id in range(1, 5100)})
        index = EmbeddedIndex(directory, embeddings.reader, float_bytes=10 * DIMS * 4)
        position = index.position(MODEL)
        assert position is not None
        assert position.change_id >= acknowledged
        assert present(index) == list(range(1, position.change_id + 1))
        index.close()
        assert sorted(entry.suffix for entry in directory.iterdir()) == [".sqlite", ".vectors"]
