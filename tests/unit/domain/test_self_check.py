from __future__ import annotations

import itertools
import math

import numpy as np
import pytest

from imgsearch_desktop.domain.self_check import LEAST_AGREEMENT, SelfCheckReport, agreement, judge

RIGHT = np.eye(12)
MIXED_UP = np.roll(np.eye(12), 1, axis=0)


def noisy(seed: int, signal: float) -> np.ndarray:
    """Cosines as a model has them: near each other, matching pairs a little higher."""
    random = np.random.default_rng(seed)
    hubs = random.normal(0.2, 0.02, (1, 12)) + random.normal(0, 0.02, (12, 1))
    return hubs + random.normal(0, 0.02, (12, 12)) + signal * np.eye(12)


def test_agreement_is_what_all_assignments_say() -> None:
    table = np.random.default_rng(1).normal(size=(5, 5))
    sums = [sum(table[row, column] for row, column in enumerate(p)) for p in itertools.permutations(range(5))]
    expected = (np.trace(table) - np.mean(sums)) / np.std(sums)
    assert agreement(table) == pytest.approx(expected)


def test_a_table_without_a_fault_reaches_the_most() -> None:
    assert agreement(RIGHT) == pytest.approx(11)
    assert agreement(0.2 + 0.01 * RIGHT) == pytest.approx(11), "however small the differences"


@pytest.mark.parametrize(
    "table", [np.ones((12, 12)), np.full((12, 12), math.nan), np.where(RIGHT > 0, math.inf, 0.0)]
)
def test_a_table_that_says_nothing_agrees_with_nothing(table: np.ndarray) -> None:
    assert agreement(table) == 0


def test_what_is_common_to_a_picture_or_a_word_does_not_count() -> None:
    table = np.random.default_rng(2).normal(size=(12, 12))
    shifted = table + np.arange(12) + 3 * np.arange(12)[:, np.newaxis]
    assert agreement(shifted) == pytest.approx(agreement(table))


def test_chance_does_not_pass_and_a_weak_signal_does() -> None:
    chance = [agreement(noisy(seed, signal=0.0)) for seed in range(300)]
    assert sum(value >= LEAST_AGREEMENT for value in chance) <= 3
    assert all(agreement(noisy(seed, signal=0.04)) >= LEAST_AGREEMENT for seed in range(100))


def test_every_language_that_is_claimed_must_be_understood() -> None:
    report = judge({"en": RIGHT, "de": MIXED_UP, "fr": RIGHT}, ("en", "de"))
    assert not report.passed
    assert report.understood == ("en", "fr")
    assert "de 0 of 12" in report.reason
    assert "en" not in report.reason.split("recognised")[1]


def test_a_language_that_is_not_claimed_need_not_be_understood() -> None:
    report = judge({"en": RIGHT, "zh": MIXED_UP}, ("en", "many"))
    assert report.passed
    assert report.reason == ""
    assert [(one.language, one.right, one.claimed) for one in report.languages] == [
        ("en", 12, True),
        ("zh", 0, False),
    ]


def test_nothing_claimed_is_nothing_shown() -> None:
    assert not judge({"en": RIGHT}, ()).passed


def test_a_model_that_cannot_be_tried_has_failed_with_the_reason() -> None:
    report = SelfCheckReport(problem="the model cannot be run")
    assert not report.passed
    assert report.reason == "the model cannot be run"
