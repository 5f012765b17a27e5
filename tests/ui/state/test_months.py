"""Sections found by halving, against walking over every photo."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from imgsearch_desktop.ui.state.months import sections


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 40), st.integers(0, 3)), max_size=12))
def test_breaks_are_found_where_walking_finds_them(groups):
    keys: list[int] = []
    for number, (size, step) in enumerate(groups):
        keys += [number * 4 + step] * size
    ids = np.arange(100, 100 + len(keys), dtype=np.int64)
    starts, found = sections(ids, lambda some: {photo_id: keys[photo_id - 100] for photo_id in some})
    expected = [row for row in range(len(keys)) if row == 0 or keys[row] != keys[row - 1]]
    assert starts.tolist() == expected
    assert found == [keys[row] for row in expected]


def test_a_million_photos_need_few_look_ups():
    asked: list[int] = []

    def keys_of(some):
        asked.extend(some)
        return {photo_id: photo_id // 20_000 for photo_id in some}

    starts, keys = sections(np.arange(1_000_000, dtype=np.int64), keys_of)
    assert len(starts) == 50
    assert keys == list(range(50))
    assert len(asked) < 2500


def test_photos_that_went_meanwhile_do_not_hurt():
    ids = np.arange(100, dtype=np.int64)
    gone = set(range(40, 60)) | {0}
    starts, keys = sections(ids, lambda some: {i: i // 50 for i in some if i not in gone})
    assert starts[0] == 0
    assert starts.tolist() == sorted(set(starts.tolist()))
    assert len(keys) == len(starts)


def test_no_photos_have_no_sections():
    nothing: dict[int, int] = {}
    starts, keys = sections(np.empty(0, np.int64), lambda _some: nothing)
    assert len(starts) == 0
    assert keys == []
