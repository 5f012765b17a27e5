import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.typing import NDArray

from imgsearch_desktop.domain.embedding import Calibration
from imgsearch_desktop.domain.result_end import QueryKind, end_of_results, is_beyond_model

Cosines = NDArray[np.float32]

FIGURES = Calibration(
    {
        "words_floor": 0.05,
        "words_reach": 0.5,
        "words_floor_alone": 0.25,
        "words_small": 0.02,
        "words_null": 0.0,
        "words_drop": 0.8,
        "less_allowance": 0.1,
        "beyond_reach": 0.2,
        "pictures_floor": 0.5,
        "pictures_null": 0.2,
        "pictures_drop": 0.5,
        "mixed_floor": 0.4,
        "mixed_null": 0.2,
        "mixed_drop": 0.75,
    }
)

falling = hnp.arrays(np.float32, st.integers(0, 300), elements=st.floats(-1, 1, width=32)).map(
    lambda values: -np.sort(-values)
)


def scores(*runs: tuple[int, float]) -> Cosines:
    """So many hits of a cosine, one run after the other."""
    return np.concatenate([np.full(count, cosine, dtype=np.float32) for count, cosine in runs])


def test_nothing_found_has_no_good_match():
    assert end_of_results(np.zeros(0, dtype=np.float32), 0.3, FIGURES) == 0


def test_results_end_where_the_score_drops():
    assert end_of_results(scores((12, 0.40), (30, 0.33), (1000, 0.20)), 0.4, FIGURES) == 42


def test_the_floor_rises_with_the_reach():
    found = scores((20, 0.30), (1500, 0.10))
    assert end_of_results(found, 0.4, FIGURES) == 20
    assert end_of_results(found, 0.6, FIGURES) == 0


def test_without_a_reach_the_floor_is_one_that_needs_none():
    assert end_of_results(scores((20, 0.26), (1500, 0.10)), None, FIGURES) == 20
    assert end_of_results(scores((20, 0.24), (1500, 0.10)), None, FIGURES) == 0


def test_one_lucky_photo_among_many_is_no_good_match_of_words():
    assert end_of_results(scores((1, 0.60), (1500, 0.20)), 0.5, FIGURES) == 0


def test_one_photo_like_the_example_is_a_good_match_of_pictures():
    assert end_of_results(scores((1, 0.60), (1500, 0.20)), None, FIGURES, QueryKind.PICTURES) == 1


def test_a_small_library_needs_one_good_photo_only():
    found = scores((1, 0.31), (19, 0.10))
    assert end_of_results(found, 0.5, FIGURES) == 1
    assert end_of_results(scores((1, 0.25), (19, 0.10)), 0.5, FIGURES) == 0


def test_what_was_compared_counts_not_what_was_handed_over():
    """The engine hands over the best 100 of 3000: the lead is that of a large library."""
    found = scores((1, 0.60), (99, 0.20))
    assert end_of_results(found, 0.5, FIGURES, searched=3000) == 0
    assert end_of_results(found, 0.5, FIGURES, searched=100) == 1


def test_pictures_end_at_their_floor_whatever_the_drop():
    found = scores((2, 0.70), (5, 0.49), (100, 0.3))
    assert end_of_results(found, None, FIGURES, QueryKind.PICTURES) == 2


def test_a_copy_of_the_example_does_not_hide_the_others():
    found = scores((1, 1.0), (4, 0.70), (200, 0.30))
    assert end_of_results(found, None, FIGURES, QueryKind.PICTURES) == 5


def test_words_less_others_are_judged_more_kindly():
    found = scores((20, 0.30), (1500, 0.10))
    assert end_of_results(found, 0.6, FIGURES, QueryKind.WORDS) == 0
    assert end_of_results(found, 0.6, FIGURES, QueryKind.LESS) == 20


def test_mixed_queries_have_figures_of_their_own():
    found = scores((3, 0.60), (30, 0.45), (1500, 0.2))
    assert end_of_results(found, 0.9, FIGURES, QueryKind.MIXED) == 3
    assert end_of_results(scores((100, 0.39)), 0.1, FIGURES, QueryKind.MIXED) == 0


def test_a_null_distribution_alone_is_enough():
    """As estimated for a model that has no reach: mean 0.18, floor three deviations of 0.02 above."""
    estimated = Calibration({"words_null": 0.18, "words_floor": 0.24, "words_drop": 0.6})
    assert end_of_results(scores((25, 0.30), (1500, 0.20)), None, estimated) == 25
    assert end_of_results(scores((25, 0.23), (1500, 0.18)), None, estimated) == 0


@pytest.mark.parametrize("kind", list(QueryKind))
def test_without_figures_everything_is_a_match(kind: QueryKind):
    assert end_of_results(scores((3, 0.5), (4, -1.0)), None, Calibration(), kind) == 7


@given(falling, st.none() | st.floats(-1, 1), st.sampled_from(list(QueryKind)), st.integers(0, 10**6))
def test_the_good_are_a_leading_part(cosines: Cosines, reach: float | None, kind: QueryKind, searched: int):
    good = end_of_results(cosines, reach, FIGURES, kind, searched)
    assert 0 <= good <= len(cosines)
    if 0 < good < len(cosines):
        assert cosines[good - 1] > cosines[good]


@given(falling, st.floats(-1, 1), st.floats(0, 1))
def test_a_higher_reach_never_adds_hits(cosines: Cosines, reach: float, more: float):
    assert end_of_results(cosines, reach + more, FIGURES) <= end_of_results(cosines, reach, FIGURES)


@given(falling, st.floats(0, 1))
def test_weaker_hits_at_the_end_change_nothing(cosines: Cosines, reach: float):
    """Among so many that the library is a large one either way."""
    library = 100_000
    longer = np.append(cosines, np.full(50, -1, dtype=np.float32))
    if len(cosines) >= 10:
        good = end_of_results(cosines, reach, FIGURES, searched=library)
        assert end_of_results(longer, reach, FIGURES, searched=library) == good


def test_words_with_a_low_reach_are_beyond_the_model():
    assert is_beyond_model(0.19, FIGURES)
    assert not is_beyond_model(0.21, FIGURES)
    assert not is_beyond_model(None, FIGURES)
    assert not is_beyond_model(0.0, Calibration())
