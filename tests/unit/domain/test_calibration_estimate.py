"""Where results end, estimated from what chance reaches; on cosines whose distribution is known."""

from __future__ import annotations

import numpy as np
import pytest

from imgsearch_desktop.domain.calibration_estimate import (
    LEAST_THINGS,
    WORDS_BY_CHANCE,
    CosineCounts,
    Cosines,
    NearestPhotos,
    calibration_of,
    drop_of,
    small_library_slope,
)
from imgsearch_desktop.domain.embedding import Calibration
from imgsearch_desktop.domain.result_end import QueryKind, end_of_results

MEAN, WIDTH = 0.2, 0.03


def by_chance(queries: int, photos: int, seed: int = 0, mean: float = MEAN) -> Cosines:
    """Cosines of things that have nothing to do with each other."""
    drawn = np.random.default_rng(seed).normal(mean, WIDTH, (queries, photos))
    return drawn.astype(np.float32)


def estimated(words: Cosines, pictures: Cosines | None = None, drop: float = 0.0) -> Calibration:
    counted, nearest, others = CosineCounts(), NearestPhotos(len(words)), CosineCounts()
    counted.add(words)
    nearest.add(words)
    others.add(by_chance(500, 500, seed=8, mean=0.5) if pictures is None else pictures)
    return calibration_of(
        words=counted,
        words_lead=nearest.lead(),
        less_lead=nearest.lead() - 0.02,
        slope=small_library_slope(words),
        drop=drop,
        pictures=others,
        mixed=others,
    )


def found(cosines: Cosines, calibration: Calibration, kind: QueryKind = QueryKind.WORDS) -> int:
    """How many photos are a result of one query."""
    return end_of_results(np.sort(cosines)[::-1], None, calibration, kind)


@pytest.mark.parametrize("photos", [60, 600, 6000])
def test_as_many_unrelated_sentences_find_something_as_was_decided(photos: int) -> None:
    calibration = estimated(by_chance(200, photos))
    others = by_chance(1000, photos, seed=1)
    share = np.mean([found(row, calibration) > 0 for row in others])
    assert share == pytest.approx(WORDS_BY_CHANCE, abs=0.04)


def test_photos_that_fit_are_found_whatever_their_number_and_next_to_no_others() -> None:
    calibration = estimated(by_chance(200, 3000))
    for fitting in (10, 50, 400):
        cosines = by_chance(1, 3000, seed=fitting)[0]
        cosines[:fitting] += 0.18
        assert 0.98 * fitting <= found(cosines, calibration) <= fitting + 5


def test_related_photos_among_the_random_pairs_do_not_hide_that_pictures_are_alike() -> None:
    pairs = by_chance(1000, 1000, seed=3, mean=0.5)
    clean = estimated(by_chance(200, 1000), pairs).parameters["pictures_floor"]
    related = pairs.copy()
    related[:, :30] = 0.9
    told = estimated(by_chance(200, 1000), related).parameters["pictures_floor"]
    assert told == pytest.approx(clean, abs=0.01)
    assert clean == pytest.approx(0.5 + 3.72 * WIDTH, abs=0.005)


def test_similar_pictures_are_those_that_next_to_no_random_pair_is_as_near_as() -> None:
    calibration = estimated(by_chance(200, 1000))
    cosines = by_chance(1, 1000, seed=4, mean=0.5)[0]
    cosines[:7] = 0.8
    assert 7 <= found(cosines, calibration, QueryKind.PICTURES) <= 10
    assert found(by_chance(1, 10, seed=5, mean=0.5)[0], calibration, QueryKind.PICTURES) == 0


def test_words_less_other_words_are_allowed_to_be_less_near() -> None:
    assert estimated(by_chance(200, 1000)).parameters["less_allowance"] == pytest.approx(0.02)


def test_a_small_library_asks_for_less_and_one_too_small_to_tell_does_not() -> None:
    slope = small_library_slope(by_chance(200, 1000))
    assert 0.005 < slope < 0.02
    assert small_library_slope(by_chance(200, 100)) == 0


def test_counts_and_bests_are_the_same_block_by_block() -> None:
    cosines = by_chance(20, 900)
    whole, counted = NearestPhotos(20), CosineCounts()
    whole.add(cosines)
    counted.add(cosines)
    parts, piecemeal = NearestPhotos(20), CosineCounts()
    for at in range(0, 900, 7):
        parts.add(cosines[:, at : at + 7])
        piecemeal.add(cosines[:, at : at + 7])
    assert parts.lead() == pytest.approx(whole.lead())
    assert np.array_equal(piecemeal.counts, counted.counts)
    assert counted.middle == pytest.approx(float(np.median(cosines)), abs=0.001)
    assert counted.quantile(0.999) == pytest.approx(float(np.quantile(cosines, 0.999)), abs=0.002)


def test_the_largest_and_the_smallest_cosine_are_counted() -> None:
    counted = CosineCounts()
    counted.add(np.array([-1.0, 1.0, 1.0000001, 1.0], np.float32))
    assert counted.counts.sum() == 4
    assert counted.quantile(1.0) == pytest.approx(1.0, abs=0.001)


def test_the_hits_of_a_thing_end_where_photos_with_its_label_do() -> None:
    rng = np.random.default_rng(11)
    things = []
    for _ in range(9):
        cosines, labelled = by_chance(1, 2000, seed=int(rng.integers(1000)))[0], np.zeros(2000, np.bool_)
        labelled[:40] = True
        cosines[:40] = MEAN + np.linspace(0.1, 0.2, 40)
        things.append((cosines, labelled))
    things.append((by_chance(1, 2000, seed=99)[0], np.arange(2000) < 500))  # a label that is wrong
    drop = drop_of(things, MEAN)
    assert drop == pytest.approx(0.125 / 0.19, abs=0.03)
    shown = [found(cosines, estimated(by_chance(200, 2000), drop=drop)) for cosines, _ in things[:-1]]
    assert shown == [pytest.approx(30, abs=3)] * 9


def test_without_enough_labels_hits_end_where_chance_begins() -> None:
    thing = (by_chance(1, 500)[0], np.arange(500) < 10)
    assert drop_of([thing] * (LEAST_THINGS - 1), MEAN) == 0
    assert drop_of([], MEAN) == 0
