"""How well photos fit the words of a query: BM25 over weighted fields (BM25F, Robertson et al. 2004).

Fields are short, and a word in one twice says no more than once: neither counts nor lengths enter.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from functools import cache

import numpy as np
from numpy.typing import NDArray

from imgsearch_desktop.adapters.embedded.document_words import FIELDS
from imgsearch_desktop.application.ports import KeywordHit
from imgsearch_desktop.domain import keyword_weights
from imgsearch_desktop.domain.result import Why

FIELD_WEIGHTS: Mapping[str, float] = {
    letter: weight
    for field, weight in keyword_weights.FIELD_WEIGHTS.items()
    for letter, why in FIELDS.items()
    if why is field
}
"""By the letter that leads the tokens of a field; heaviest first."""

_SATURATION = 1.2
"""BM25's k1: the same word in a second field adds less than in the first."""

_LETTERS = tuple(FIELDS)


class KeywordScores:
    """Adds up what each term is worth for a set of lines.

    Args:
        lines: (n,) distinct, ascending.
    """

    def __init__(self, lines: NDArray[np.int64]) -> None:
        self._lines = lines
        self._scores = np.zeros(len(lines))
        self._matched = np.zeros(len(lines), np.int64)
        self._fields = np.zeros(len(lines), np.uint8)

    def add(
        self, idf: float, holders: Iterable[tuple[str, NDArray[np.int64], float]], *, token: bool
    ) -> None:
        """Count one term.

        Args:
            idf: of the term.
            holders: (field letter, lines that hold the term in this field, share of the field's weight).
            token: whether it is a token of the query, and so counts as matched.
        """
        weights = np.zeros(len(self._lines))
        for letter, lines, share in holders:
            where = np.searchsorted(self._lines, lines)
            inside = where < len(self._lines)
            where = where[inside]
            where = where[self._lines[where] == lines[inside]]
            weights[where] += FIELD_WEIGHTS[letter] * share
            self._fields[where] |= 1 << _LETTERS.index(letter)
        self._scores += idf * weights * (_SATURATION + 1) / (weights + _SATURATION)
        if token:
            self._matched += weights > 0

    def best(self, photo_ids: NDArray[np.int64], limit: int) -> list[KeywordHit]:
        """Photos with any match, best first, ties by ascending photo id.

        Args:
            photo_ids: (rows,) the photo of each line.
            limit: how many at most.
        """
        found = np.flatnonzero(self._fields)
        ids = photo_ids[self._lines[found]]
        order = np.lexsort((ids, -self._scores[found]))[:limit]
        best = found[order]
        numbers = (ids[order].tolist(), self._scores[best].tolist(), self._matched[best].tolist())
        reasons = map(_reasons, self._fields[best].tolist())
        return list(map(KeywordHit._make, zip(*numbers, reasons, strict=True)))


def idf(photos: int, holding: int) -> float:
    """Inverse document frequency, never negative.

    Args:
        photos: in all.
        holding: how many of them hold the term.
    """
    return math.log(1 + (max(photos, holding) - holding + 0.5) / (holding + 0.5))


@cache
def _reasons(fields: int) -> tuple[Why, ...]:
    return tuple(why for number, why in enumerate(FIELDS.values()) if fields >> number & 1)
