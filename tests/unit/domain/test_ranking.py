from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from imgsearch_desktop.domain.photo import PhotoId
from imgsearch_desktop.domain.ranking import MINUS_MOST, MINUS_WEIGHT, RRF_K, Ranking, compose, fuse
from imgsearch_desktop.domain.result import Why


@dataclass(frozen=True)
class Match:
    photo_id: PhotoId
    matched: int = 1
    fields: tuple[Why, ...] = (Why.NAME,)


def ranked(vector: list[tuple[int, float]], good: int, keywords: list[Match], tokens: int = 1) -> Ranking:
    ids = np.array([photo_id for photo_id, _ in vector], dtype=np.int64)
    cosines = np.array([cosine for _, cosine in vector], dtype=np.float32)
    return fuse(ids, cosines, good, keywords, tokens)


def match(photo_id: int, matched: int = 1, *fields: Why) -> Match:
    return Match(PhotoId(photo_id), matched, fields or (Why.NAME,))


def order(ranking: Ranking) -> list[int]:
    return [hit.photo_id for hit in ranking.hits]


def test_a_photo_in_both_lists_comes_first() -> None:
    ranking = ranked([(1, 0.9), (2, 0.8), (3, 0.7)], 3, [match(3), match(9)])
    assert order(ranking) == [3, 1, 2, 9]
    assert ranking.good == 4
    assert ranking.hits[0].why == (Why.VISUAL, Why.NAME)
    assert ranking.hits[0].score == pytest.approx(0.7)
    assert ranking.hits[3].why == (Why.NAME,)
    assert ranking.hits[3].score is None


def test_beyond_the_drop_is_weak() -> None:
    ranking = ranked([(1, 0.9), (2, 0.3)], 1, [])
    assert order(ranking) == [1, 2]
    assert ranking.good == 1


def test_some_of_the_words_are_weak_unless_it_looks_right_too() -> None:
    ranking = ranked([(1, 0.9), (2, 0.8)], 2, [match(7, 2), match(8, 1), match(2, 1)], tokens=2)
    assert order(ranking)[ranking.good :] == [8]
    assert set(order(ranking)[: ranking.good]) == {1, 2, 7}
    assert next(hit for hit in ranking.hits if hit.photo_id == 2).why == (Why.VISUAL, Why.NAME)


def test_all_the_words_are_good_even_where_it_looks_otherwise() -> None:
    ranking = ranked([(1, 0.9), (2, 0.1)], 1, [match(2, 1, Why.TITLE)])
    assert ranking.good == 2
    found = next(hit for hit in ranking.hits if hit.photo_id == 2)
    assert found.why == (Why.TITLE,)
    assert found.score == pytest.approx(0.1), "it was compared: what came of it is told"
    assert order(ranking) == order(ranked([(1, 0.9)], 1, [match(2, 1, Why.TITLE)])), "its place is its words'"


def test_some_of_the_words_beyond_the_drop_are_no_visual_match() -> None:
    ranking = ranked([(1, 0.9), (2, 0.2), (3, 0.1)], 1, [match(3, 1)], tokens=2)
    assert order(ranking) == [1, 3, 2]
    assert [hit.why for hit in ranking.hits] == [(Why.VISUAL,), (Why.NAME,), (Why.VISUAL,)]
    assert [hit.score for hit in ranking.hits] == pytest.approx([0.9, 0.1, 0.2])


def test_what_shows_it_comes_before_what_a_camera_of_that_name_took() -> None:
    taken = [match(8, 1, Why.CAMERA), match(3, 1, Why.CAMERA), match(9, 1, Why.CAMERA)]
    ranking = ranked([(1, 0.9), (2, 0.8), (3, 0.7)], 3, taken)
    assert order(ranking) == [1, 2, 3, 8, 9]
    assert ranking.good == 5
    assert ranking.hits[2].why == (Why.VISUAL, Why.CAMERA)
    assert order(ranked([(1, 0.9)], 1, [*taken, match(7, 1, Why.NAME, Why.CAMERA)])) == [1, 7, 8, 3, 9]


def test_a_camera_alone_is_found_in_the_order_of_the_engine() -> None:
    assert order(ranked([], 0, [match(8, 1, Why.CAMERA), match(3, 1, Why.CAMERA)])) == [8, 3]


def test_without_the_weak_ones_the_good_ones_are_the_same() -> None:
    ids, cosines = np.array([5, 1, 3], np.int64), np.array([0.9, 0.2, 0.1], np.float32)
    keywords = [match(3, 2), match(1, 1), match(8, 2)]
    whole = fuse(ids, cosines, 1, keywords, 2)
    assert fuse(ids, cosines, 1, keywords, 2, weak=False) == Ranking(whole.hits[: whole.good], whole.good)
    assert [hit.score for hit in whole.hits if hit.photo_id == 3] == pytest.approx([0.1])


def test_phrases_alone_make_good_hits() -> None:
    assert ranked([], 0, [match(4, 0), match(2, 0)], tokens=0).good == 2


def test_reasons_stand_in_the_order_of_why() -> None:
    ranking = ranked([(1, 0.5)], 1, [match(1, 1, Why.CAMERA, Why.NAME)])
    assert ranking.hits[0].why == (Why.VISUAL, Why.NAME, Why.CAMERA)


def test_equal_ranks_give_the_nearer_then_the_smaller_id() -> None:
    assert order(ranked([(9, 0.5)], 1, [match(3)])) == [9, 3]
    assert order(ranked([(4, 0.5), (3, 0.5)], 2, [match(3), match(4)])) == [3, 4]


lists = st.tuples(
    st.lists(st.integers(1, 30), unique=True, max_size=20),
    st.lists(st.integers(1, 30), unique=True, max_size=20),
    st.integers(0, 20),
    st.integers(0, 3),
    st.data(),
)


@given(lists)
@settings(deadline=None)
def test_properties_of_the_fused_list(drawn: tuple[list[int], list[int], int, int, st.DataObject]) -> None:
    near, words, good, tokens, data = drawn
    good = min(good, len(near))
    cosines = sorted((data.draw(st.floats(-1, 1, width=32)) for _ in near), reverse=True)
    keywords = [match(photo_id, data.draw(st.integers(0, tokens))) for photo_id in words]
    vector = list(zip(near, cosines, strict=True))
    ranking = ranked(vector, good, keywords, tokens)

    assert sorted(order(ranking)) == sorted(set(near) | set(words))  # everything once, nothing invented
    complete = {m.photo_id for m in keywords if m.matched >= tokens}
    assert set(order(ranking)[: ranking.good]) == set(near[:good]) | complete
    for position, hit in enumerate(ranking.hits):
        assert hit.score == (dict(vector).get(hit.photo_id))
        assert hit.why
        if position < ranking.good:
            assert (Why.VISUAL in hit.why) == (hit.photo_id in near[:good])
    assert ranked(vector, good, keywords, tokens) == ranking


@given(st.lists(st.integers(1, 30), unique=True, min_size=2, max_size=20), st.integers(0, 18))
@settings(deadline=None)
def test_a_better_keyword_rank_never_makes_a_photo_worse(ids: list[int], at: int) -> None:
    at = min(at, len(ids) - 2)
    vector = [(photo_id, 0.5) for photo_id in sorted(ids)]
    before = [match(photo_id) for photo_id in ids]
    after = [*before[:at], before[at + 1], before[at], *before[at + 2 :]]
    moved_up = ids[at + 1]
    assert order(ranked(vector, len(ids), after)).index(moved_up) <= order(
        ranked(vector, len(ids), before)
    ).index(moved_up)


def test_scores_are_those_of_the_formula() -> None:
    # photo 1: ranks 1 and 3; photo 2: ranks 2 and 1
    one, two = 1 / (RRF_K + 1) + 1 / (RRF_K + 3), 1 / (RRF_K + 2) + 1 / (RRF_K + 1)
    assert two > one
    assert order(ranked([(1, 0.9), (2, 0.8)], 2, [match(2), match(3), match(1)])) == [2, 1, 3]


def unit(*values: float) -> np.ndarray:
    vector = np.array(values, dtype=np.float32)
    return vector / np.linalg.norm(vector)


def test_one_part_is_itself() -> None:
    composed = compose([(unit(1, 2, 3), 1.0)], [])
    assert composed is not None
    np.testing.assert_allclose(composed, unit(1, 2, 3), atol=1e-6)


def test_weights_draw_towards_their_part() -> None:
    a, b = unit(1, 0, 0), unit(0, 1, 0)
    composed = compose([(a, 3.0), (b, 1.0)], [])
    assert composed is not None
    np.testing.assert_allclose(composed, unit(3, 1, 0), atol=1e-6)


def test_an_unwanted_part_is_subtracted() -> None:
    composed = compose([(unit(1, 0, 0), 1.0)], [unit(0, 1, 0)])
    assert composed is not None
    np.testing.assert_allclose(composed, unit(1, -MINUS_WEIGHT, 0), atol=1e-6)


def test_many_unwanted_parts_do_not_drown_what_is_wanted() -> None:
    apart = [np.eye(40, dtype=np.float32)[number] for number in range(1, 40)]
    composed = compose([(np.eye(40, dtype=np.float32)[0], 1.0)], apart)
    assert composed is not None
    assert composed[0] == pytest.approx(1 / np.hypot(1, MINUS_MOST), abs=1e-5)


def test_nothing_wanted_is_no_vector() -> None:
    assert compose([], []) is None
    assert compose([], [unit(1, 0)]) is None
    assert compose([(np.zeros(3, np.float32), 1.0)], []) is None
    assert compose([(unit(1, 0), 1.0), (unit(-1, 0), 1.0)], []) is None


vectors = st.lists(st.integers(-5, 5), min_size=6, max_size=6).filter(any).map(lambda v: unit(*v))


@given(st.lists(st.tuples(vectors, st.floats(0.1, 5)), min_size=1, max_size=4), st.lists(vectors, max_size=3))
@settings(deadline=None)
def test_properties_of_a_composed_vector(
    positive: list[tuple[np.ndarray, float]], negative: list[np.ndarray]
) -> None:
    composed = compose(positive, negative)
    if composed is None:
        return
    assert composed.dtype == np.float32
    assert np.linalg.norm(composed) == pytest.approx(1.0, abs=1e-5)
    turned = compose(positive[::-1], negative[::-1])
    assert turned is not None
    np.testing.assert_allclose(turned, composed, atol=1e-3)
    doubled = compose([(vector, 2 * weight) for vector, weight in positive], negative)
    assert doubled is not None
    np.testing.assert_allclose(doubled, composed, atol=1e-3)
    plain = compose(positive, [])
    if plain is not None and len(negative) == 1:
        assert composed @ negative[0] <= plain @ negative[0] + 1e-5
