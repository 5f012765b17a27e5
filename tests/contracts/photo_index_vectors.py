"""Vector search: exact order and cosines, ties, limits, exclusions."""

from __future__ import annotations

import numpy as np
import pytest

from imgsearch_desktop.domain.embedding import normalise
from imgsearch_desktop.domain.errors import EngineError
from imgsearch_desktop.domain.filters import Filters, FolderFilter
from imgsearch_desktop.domain.photo import PhotoId
from tests.contracts.photo_index_harness import OTHER_ROOT, TEXT_DIMS, Fed, photo, towards, vector_of


class VectorContract:
    def test_the_nearest_come_first_with_their_cosines(self, fed: Fed) -> None:
        fed.put(*(photo(number) for number in range(1, 41)))
        query = vector_of(1000).astype(np.float32)
        answer = fed.ask(vector=query, limit=40)
        cosines = {number: float(vector_of(number).astype(np.float32) @ query) for number in range(1, 41)}
        assert answer.photo_ids.tolist() == sorted(cosines, key=lambda number: -cosines[number])
        assert answer.photo_ids.dtype == np.int64
        assert answer.cosines.dtype == np.float32
        np.testing.assert_allclose(answer.cosines, sorted(cosines.values(), reverse=True), atol=2e-3)
        assert answer.searched == 40

    def test_words_are_compared_in_their_part_of_the_space(self, fed: Fed) -> None:
        fed.put(*(photo(number) for number in range(1, 41)))
        query = vector_of(1000).astype(np.float32)
        query[TEXT_DIMS:] = 0
        query = normalise(query)
        whole, text = fed.ask(vector=query), fed.ask(vector=query, text_only=True)
        np.testing.assert_array_equal(text.photo_ids, whole.photo_ids)
        np.testing.assert_allclose(text.cosines, whole.cosines, atol=1e-6)

    def test_equal_cosines_come_in_the_order_of_ids(self, fed: Fed) -> None:
        fed.put(*(photo(number, vector=towards(1, 1)) for number in (9, 3, 7, 1)))
        fed.put(photo(2, 10, vector=towards(1)), photo(8, 11, vector=towards(1)))
        assert fed.near(towards(1)) == [2, 8, 1, 3, 7, 9]

    def test_no_more_than_the_limit(self, fed: Fed) -> None:
        fed.put(*(photo(number, title="dog") for number in range(1, 31)))
        everything = fed.near(vector_of(500), limit=30)
        assert fed.near(vector_of(500), limit=7) == everything[:7]
        assert len(fed.found("dog", limit=7)) == 7

    def test_excluded_photos_are_not_found(self, fed: Fed) -> None:
        fed.put(*(photo(number, title="dog") for number in range(1, 6)))
        without = frozenset({PhotoId(2), PhotoId(4), PhotoId(77)})
        answer = fed.ask(vector=vector_of(2).astype(np.float32), tokens=("dog",), exclude=without)
        assert sorted(answer.photo_ids.tolist()) == [1, 3, 5]
        assert sorted(hit.photo_id for hit in answer.keyword_hits) == [1, 3, 5]

    def test_without_a_vector_there_are_no_vector_hits(self, fed: Fed) -> None:
        fed.put(photo(1, title="dog"))
        answer = fed.ask(tokens=("dog",))
        assert len(answer.photo_ids) == 0
        assert [hit.photo_id for hit in answer.keyword_hits] == [1]
        assert answer.searched == 1

    def test_filters_come_before_ranking(self, fed: Fed) -> None:
        """The nearest are elsewhere; those asked for are found all the same, and as many as there are."""
        fed.put(*(photo(number, vector=towards(1, number / 100)) for number in range(1, 200)))
        fed.put(
            *(
                photo(number, number, vector=towards(-1, number / 100), root=OTHER_ROOT)
                for number in range(300, 305)
            )
        )
        answer = fed.ask(
            vector=towards(1).astype(np.float32),
            limit=3,
            filters=Filters(folders=(FolderFilter(OTHER_ROOT),)),
        )
        assert answer.photo_ids.tolist() == [304, 303, 302]
        assert answer.searched == 5

    def test_a_vector_of_another_model_is_an_error(self, fed: Fed) -> None:
        fed.put(photo(1))
        with pytest.raises(EngineError):
            fed.ask(vector=np.ones(5, np.float32))
