"""Feeding: the projection ends up at the newest state of every photo, whatever comes when and how often."""

from __future__ import annotations

import threading

import numpy as np
import pytest

from imgsearch_desktop.application.ports import IndexPosition, IndexRebuiltError, IndexRequest
from imgsearch_desktop.domain.errors import EngineError
from imgsearch_desktop.domain.filters import NO_FILTERS
from tests.contracts.photo_index_harness import (
    EPOCH,
    LIBRARY,
    MODEL,
    OTHER_MODEL,
    Engine,
    Fed,
    gone,
    photo,
    spec,
    towards,
    uid,
    vector_of,
)


class FeedingContract:
    def test_a_model_never_fed_is_an_error_in_words(self, engine: Engine) -> None:
        index = engine.open()
        assert index.position(MODEL) is None
        for work in (
            lambda: index.search(IndexRequest(MODEL, tokens=("dog",))),
            lambda: index.facets(MODEL, NO_FILTERS),
            lambda: index.apply(MODEL, [photo(1)], [], 1),
        ):
            with pytest.raises(EngineError, match=r"contract-1.*\."):
                work()
        assert index.position(MODEL) is None
        index.close()

    def test_an_empty_index_finds_nothing(self, fed: Fed) -> None:
        answer = fed.ask(vector=towards(1).astype(np.float32), tokens=("dog",), phrases=(("a", "b"),))
        assert len(answer.photo_ids) == len(answer.cosines) == answer.searched == 0
        assert answer.keyword_hits == ()
        facets = fed.index.facets(MODEL, NO_FILTERS)
        assert not facets.cameras
        assert not facets.formats
        assert not facets.years

    def test_position_follows_what_is_applied(self, fed: Fed) -> None:
        assert fed.index.position(MODEL) == IndexPosition(LIBRARY, EPOCH, 0)
        fed.put(photo(1, 5), photo(2, 9))
        assert fed.index.position(MODEL) == IndexPosition(LIBRARY, EPOCH, 9)
        fed.index.apply(MODEL, [], [], 12)  # changes that concern no photo of this model
        assert fed.index.position(MODEL) == IndexPosition(LIBRARY, EPOCH, 12)

    def test_reset_empties_and_begins_anew(self, fed: Fed) -> None:
        fed.put(photo(1, title="dog"), photo(2))
        fed.index.reset(spec(), "another library", "another epoch")
        assert fed.index.position(MODEL) == IndexPosition("another library", "another epoch", 0)
        assert fed.everything() == fed.found("dog") == []
        fed.put(photo(1, 1))
        assert fed.everything() == [1]

    def test_models_are_apart(self, engine: Engine, fed: Fed) -> None:
        fed.put(photo(1), photo(2))
        other = Fed(engine, OTHER_MODEL)
        other.reset()
        other.put(photo(3, title="dog"))
        assert fed.everything() == [1, 2]
        assert other.everything() == [3]
        assert fed.found("dog") == []
        other.reset()
        assert fed.everything() == [1, 2]
        other.index.close()

    def test_applying_again_changes_nothing(self, fed: Fed) -> None:
        batch = [photo(1, title="red dog"), photo(2, title="dog", keywords=("dog",)), photo(3)]
        fed.put(*batch, deletions=[gone(4, 4)])
        once = fed.ask(vector=towards(1).astype(np.float32), tokens=("red", "dog"))
        for _ in range(2):
            fed.put(*batch, deletions=[gone(4, 4)])
        again = fed.ask(vector=towards(1).astype(np.float32), tokens=("red", "dog"))
        np.testing.assert_array_equal(again.photo_ids, once.photo_ids)
        np.testing.assert_array_equal(again.cosines, once.cosines)
        assert again.keyword_hits == once.keyword_hits
        assert again.searched == 3

    def test_newer_state_replaces_older_as_a_whole(self, fed: Fed) -> None:
        old = photo(1, 1, title="dog", camera="Canon", keywords=("beach",), vector=towards(1))
        fed.put(old, photo(2, 2, vector=towards(0.5, 0.5)))
        fed.put(photo(1, 3, title="cat", folder=b"moved", vector=towards(0, 0, 1)))
        assert fed.found("dog") == fed.found("canon") == fed.found("beach") == []
        assert fed.found("cat") == fed.found("moved") == [1]
        assert fed.near(towards(1)) == [2, 1]

    def test_older_state_never_replaces_newer(self, fed: Fed) -> None:
        fed.put(photo(1, 7, title="new"))
        fed.put(photo(1, 3, title="old"))
        assert fed.found("new") == [1]
        assert fed.found("old") == []

    def test_the_newest_of_one_batch_counts(self, fed: Fed) -> None:
        fed.put(photo(1, 5, title="new"), photo(1, 4, title="old"))
        assert fed.found("new") == [1]
        assert fed.found("old") == []

    def test_a_deleted_photo_is_gone(self, fed: Fed) -> None:
        fed.put(photo(1, title="dog"), photo(2, title="dog"), photo(3))
        fed.put(deletions=[gone(1, 4), gone(99, 5)])
        assert fed.found("dog") == [2]
        assert fed.everything() == [2, 3]
        assert fed.index.facets(MODEL, NO_FILTERS).formats == {"jpeg": 2}

    def test_what_was_known_before_a_deletion_does_not_bring_it_back(self, fed: Fed) -> None:
        fed.put(photo(1, 1), photo(2, 2))
        fed.put(deletions=[gone(1, 5), gone(3, 6)])
        fed.put(photo(1, 4), photo(3, 6))
        assert fed.everything() == [2]
        fed.put(photo(1, 7))
        assert fed.everything() == [1, 2]

    def test_an_older_deletion_does_not_take_newer_state(self, fed: Fed) -> None:
        fed.put(photo(1, 5))
        fed.put(deletions=[gone(1, 4)])
        assert fed.everything() == [1]

    def test_rooms_left_by_deleted_photos_are_taken_cleanly(self, fed: Fed) -> None:
        fed.put(*(photo(number, number, title=str(number)) for number in range(1, 11)))
        fed.put(deletions=[gone(number, 20 + number) for number in range(1, 11, 2)])
        fed.put(*(photo(number, number, title=str(number)) for number in range(41, 51)))
        present = [2, 4, 6, 8, 10, *range(41, 51)]
        assert fed.everything() == present
        for number in present:
            assert fed.near(vector_of(number), limit=1) == [number]
            assert fed.found(str(number)) == [number]

    def test_a_refused_photo_is_reported_and_harms_no_other(self, fed: Fed) -> None:
        short = photo(1, vector=np.ones(5, np.float16))
        broken = photo(2, vector=np.full(12, np.nan, np.float16))
        bare = photo(3, vectors={})
        rejected = fed.put(short, broken, bare, photo(4))
        assert rejected.keys() == {uid(1), uid(2), uid(3)}
        assert all(reason.endswith(".") for reason in rejected.values())
        assert fed.everything() == [4]

    def test_it_is_all_there_after_reopening(self, engine: Engine, fed: Fed) -> None:
        fed.put(*(photo(number, title=str(number)) for number in range(1, 30)))
        fed.put(deletions=[gone(7, 40)])
        fed.index.close()
        fed.index.close()
        again = Fed(engine)
        assert again.index.position(MODEL) == IndexPosition(LIBRARY, EPOCH, 40)
        assert again.everything() == [number for number in range(1, 30) if number != 7]
        assert again.near(vector_of(12), limit=1) == [12]
        assert again.found("12") == [12]
        again.put(photo(50))
        assert again.near(vector_of(50), limit=1) == [50]
        again.index.close()

    def test_searches_run_while_it_is_fed(self, fed: Fed) -> None:
        """Whatever a search sees, vector and words of a photo belong together."""
        fed.put(*(photo(number, number, title=str(number)) for number in range(1, 60)))
        stop, wrong = threading.Event(), list[str]()

        def search() -> None:
            while not stop.is_set():
                try:
                    answer = fed.ask(vector=towards(1).astype(np.float32), tokens=("5",), limit=500)
                    if len(set(answer.photo_ids.tolist())) != len(answer.photo_ids):
                        wrong.append("a photo twice")
                    if not np.all(np.diff(answer.cosines) <= 0):
                        wrong.append("not in order")
                    if [hit.photo_id for hit in answer.keyword_hits] != [5]:
                        wrong.append("a keyword hit lost")
                except Exception as error:
                    wrong.append(repr(error))

        threads = [threading.Thread(target=search) for _ in range(2)]
        for thread in threads:
            thread.start()
        change = 100
        for _ in range(12):
            change += 20
            fed.put(
                *(photo(number, change + number % 20, title=str(number)) for number in range(40, 80)),
                deletions=[gone(number, change) for number in range(20, 25)],
            )
        stop.set()
        for thread in threads:
            thread.join()
        assert wrong == []
        assert fed.everything() == [number for number in range(1, 80) if not 20 <= number < 25]

    def test_a_feeder_is_told_when_another_has_emptied_it(self, engine: Engine, fed: Fed) -> None:
        """Else what it fed before would be missing for good: the position of its next batch would hide it."""
        begun = fed.index.reset(spec(), LIBRARY, EPOCH)
        assert fed.index.position(MODEL) == begun == IndexPosition(LIBRARY, EPOCH, 0)
        fed.index.apply(MODEL, [photo(1)], [], 1, generation=begun.generation)
        other = engine.open()
        again = other.reset(spec(), LIBRARY, EPOCH)
        assert again.generation != begun.generation
        with pytest.raises(IndexRebuiltError):
            fed.index.apply(MODEL, [photo(2)], [gone(1, 2)], 2, generation=begun.generation)
        standing = fed.index.position(MODEL)
        assert standing is not None
        assert (standing.change_id, standing.generation) == (0, again.generation)
        fed.index.apply(MODEL, [], [], 1, generation=standing.generation)
        assert fed.everything() == []
        fed.put(photo(1), photo(2))
        assert fed.everything() == [1, 2]
        other.close()

    def test_the_generation_outlives_the_engine(self, engine: Engine, fed: Fed) -> None:
        begun = fed.index.reset(spec(), LIBRARY, EPOCH)
        fed.index.close()
        again = engine.open()
        standing = again.position(MODEL)
        assert standing is not None
        assert standing.generation == begun.generation
        again.close()
