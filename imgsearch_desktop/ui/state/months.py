"""Cuts photos that stand in the order of something into sections, looking at few of them only."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

import numpy as np

from imgsearch_desktop.ui.grid.contents import Ids

K = TypeVar("K")

KeysOf = Callable[[Sequence[int]], dict[int, K]]
"""Photo ids -> key of each that still exists; keys along the order of the photos never come back."""


def sections(ids: Ids, keys_of: KeysOf[K]) -> tuple[Ids, list[K]]:
    """Where the key changes along the ids, found by halving: some twenty look-ups for a million photos.

    Args:
        ids: photo ids in the order of their keys, int64 (n,).
        keys_of: gives keys of a few photos at once.

    Returns:
        First row of each section, int64, and the key of each; both empty where no photo is there any more.
    """
    if len(ids) == 0:
        return np.empty(0, np.int64), []
    known = _Keys(ids, keys_of)
    known.look_at([0, len(ids) - 1])
    if not known.any:
        return np.empty(0, np.int64), []
    breaks: list[int] = []
    spans = [(0, len(ids) - 1)]
    while spans:
        open_spans = [(low, high) for low, high in spans if known.key(low) != known.key(high)]
        breaks.extend(high for low, high in open_spans if high - low == 1)
        wide = [(low, high, (low + high) // 2) for low, high in open_spans if high - low > 1]
        known.look_at([middle for _, _, middle in wide])
        spans = [half for low, high, middle in wide for half in ((low, middle), (middle, high))]
    starts = sorted({0, *breaks})
    return np.array(starts, np.int64), [known.key(start) for start in starts]


class _Keys(Generic[K]):
    """Keys of the rows that were looked at; a photo that has gone meanwhile goes with the one before it."""

    def __init__(self, ids: Ids, keys_of: KeysOf[K]) -> None:
        self._ids = ids
        self._keys_of = keys_of
        self._found: dict[int, K] = {}

    def look_at(self, rows: Sequence[int]) -> None:
        if not rows:
            return
        by_id = self._keys_of([int(self._ids[row]) for row in rows])
        for row in rows:
            photo_id = int(self._ids[row])
            if photo_id in by_id:
                self._found[row] = by_id[photo_id]

    @property
    def any(self) -> bool:
        return bool(self._found)

    def key(self, row: int) -> K:
        if row not in self._found:
            before = [known for known in self._found if known < row]
            row = max(before) if before else min(self._found)
        return self._found[row]
