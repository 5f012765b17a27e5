"""Near duplicates by perceptual hash, against comparing every pair."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from imgsearch_desktop.domain.duplicates import LEAST_BITS, NEAR_BITS, near_duplicates

MASK = 2**64 - 1


def hashes(*values: int) -> np.ndarray:
    return np.array(values, dtype=np.uint64)


def flipped(value: int, *bits: int) -> int:
    for bit in bits:
        value ^= 1 << bit
    return value


ONE = 0x0F0F_3C3C_5A5A_C3C3
OTHER = 0xFF00_1234_ABCD_0F1E


def test_equal_and_near_hashes_are_grouped_others_are_not() -> None:
    near = flipped(ONE, 0, 9, 18, 27, 36, 45)
    far = flipped(ONE, 0, 9, 18, 27, 36, 45, 54)
    assert near_duplicates(hashes(OTHER, ONE, far, near, ONE)) == [[1, 3, 4]]


def test_groups_come_in_the_order_of_their_first_photos() -> None:
    assert near_duplicates(hashes(OTHER, ONE, ONE, OTHER)) == [[0, 3], [1, 2]]


def test_flat_pictures_are_no_duplicates() -> None:
    few = (1 << (LEAST_BITS - 1)) - 1
    assert near_duplicates(hashes(0, 0, few, few, MASK, MASK, MASK ^ few, MASK ^ few)) == []


def test_a_chain_of_small_differences_does_not_join_what_is_far_apart() -> None:
    second = flipped(ONE, *range(6))
    third = flipped(second, *range(8, 14))
    assert near_duplicates(hashes(ONE, second, third)) == [[0, 1]]


def test_no_photo_no_group() -> None:
    assert near_duplicates(hashes()) == []


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 5), st.lists(st.integers(0, 63), max_size=8)), min_size=1, max_size=30)
)
def test_as_comparing_every_pair(pictures: list[tuple[int, list[int]]]) -> None:
    rng = np.random.default_rng(7)
    originals = [int(value) for value in rng.integers(0, 2**64, 6, dtype=np.uint64)]
    values = [flipped(originals[number], *bits) for number, bits in pictures]
    assert near_duplicates(hashes(*values)) == by_every_pair(values)


def by_every_pair(values: list[int]) -> list[list[int]]:
    """The rule said plainly: the first photo not yet taken gathers what is near to it."""
    taken: set[int] = set()
    groups = []
    for row, value in enumerate(values):
        if row in taken or not LEAST_BITS <= value.bit_count() <= 64 - LEAST_BITS:
            continue
        near = [
            other
            for other in range(len(values))
            if other not in taken
            and (values[other] ^ value).bit_count() <= NEAR_BITS
            and LEAST_BITS <= values[other].bit_count() <= 64 - LEAST_BITS
        ]
        if len(near) > 1:
            taken.update(near)
            groups.append([row, *(other for other in near if other != row)])
    return groups
