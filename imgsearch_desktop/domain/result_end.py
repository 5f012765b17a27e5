"""Where the results of a search end: is there a good match at all, and how many hits lie before the drop.

A vector search always finds something. Two decisions make a result of it, both driven by figures that belong
to the model (`Calibration.parameters`), measured or estimated for it:

1. *Is there a good match?* The **lead** is the mean cosine of the best few hits. It must reach a floor. For
   words the floor rises with the **reach** of the query, the cosine that photos of the things the model knows
   have to it (`ports.TextEncoding`): the nearer the model's world is, the nearer a photo of it must be.
2. *Where is the drop?* A hit is good while its cosine is above a share of the way from **null**, the cosine
   of things that have nothing to do with each other, to the mean of the best five.

Words, pictures and mixed queries have figures of their own (`words_floor`, `pictures_floor`, `mixed_floor`
...); words less other words go by those of words:

| parameter | meaning | without it |
|---|---|---|
| `*_floor` | least lead of a good match; for words without the part of the reach | everything matches |
| `*_null` | cosine of unrelated things | -1 |
| `*_drop` | share of the way from null to the best five at which the results end | 0: they do not end |
| `words_end` | cosine below which no photo is good for words; for pictures that is the floor | -1 |
| `words_reach` | share of the reach that is added to the floor | 0: the reach is not looked at |
| `words_floor_alone` | floor of a query without a reach where the model has the measure | `words_floor` |
| `words_small` | by how much the floor falls each time the library is smaller by a factor e, below 150 | 0 |
| `less_allowance` | by how much the floor falls for words less other words, which are all less near | 0 |
| `beyond_reach` | words with a lower reach are beyond the model | nothing is |

A model without measured figures gets them estimated where it is used, see `domain.calibration_estimate`.
"""

from __future__ import annotations

import math
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from imgsearch_desktop.domain.embedding import Calibration

LEAD_SHARE = 150
"""One photo in so many counts towards the lead ..."""

LEAD_MOST = 10
"""... but no more than so many: in a large library a thing may be on few photos."""

_TOP = 5


class QueryKind(StrEnum):
    """What a query vector is made of; each kind has cosines of its own size."""

    WORDS = "words"
    PICTURES = "pictures"
    MIXED = "mixed"
    """Words and pictures; pictures less words."""
    LESS = "less"
    """Words less other words."""

    @property
    def figures(self) -> str:
        """What the names of its figures begin with."""
        return "words" if self is QueryKind.LESS else self.value

    @property
    def words_only(self) -> bool:
        """Whether no picture went into it."""
        return self in (QueryKind.WORDS, QueryKind.LESS)


def end_of_results(
    cosines: NDArray[np.floating],
    reach: float | None,
    calibration: Calibration,
    kind: QueryKind = QueryKind.WORDS,
    searched: int | None = None,
) -> int:
    """How many of the nearest photos are good matches.

    Args:
        cosines: (n,) of the nearest photos, nearest first.
        reach: of the words, None where there is none.
        calibration: of the model.
        kind: what the query is made of.
        searched: photos that were compared, None if `cosines` has them all.

    Returns:
        Number of hits before the drop of the score; 0 means "no good match".
    """
    if not len(cosines):
        return 0
    count = max(searched or 0, len(cosines))
    if lead(cosines, count, kind) < _floor(reach, calibration, kind, count):
        return 0
    return int(np.count_nonzero(cosines >= _cut(cosines, calibration, kind, count)))


def is_beyond_model(reach: float | None, calibration: Calibration) -> bool:
    """Whether words are far from everything the model knows: people, events, moods for the starter model.

    Args:
        reach: of the words, None where the model has no such measure.
        calibration: of the model.
    """
    least = calibration.parameters.get("beyond_reach")
    return reach is not None and least is not None and reach < least


def _best(count: int) -> int:
    """How many of the best hits speak for a library of `count` photos."""
    return min(max(round(count / LEAD_SHARE), 1), LEAD_MOST)


def lead(cosines: NDArray[np.floating], count: int, kind: QueryKind) -> float:
    """Mean of the best few; a single picture like the example is a match, so for pictures the best alone.

    Args:
        cosines: (n,) of the nearest photos, nearest first; `LEAD_MOST` of them are enough.
        count: photos that were compared.
        kind: what the query is made of.
    """
    return float(np.mean(cosines[: _best(count) if kind.words_only else 1]))


def _floor(reach: float | None, calibration: Calibration, kind: QueryKind, count: int) -> float:
    figures = calibration.parameters
    floor = figures.get(f"{kind.figures}_floor", -1.0)
    if not kind.words_only:
        return floor
    if reach is not None:
        floor += figures.get("words_reach", 0.0) * reach
    elif figures.get("words_reach"):
        floor = figures.get("words_floor_alone", floor)
    if kind is QueryKind.LESS:
        floor -= figures.get("less_allowance", 0.0)
    return floor - figures.get("words_small", 0.0) * math.log(max(LEAD_SHARE / count, 1.0))


def _cut(cosines: NDArray[np.floating], calibration: Calibration, kind: QueryKind, count: int) -> float:
    """The cosine at which the results end."""
    null = calibration.parameters.get(f"{kind.figures}_null", -1.0)
    drop = calibration.parameters.get(f"{kind.figures}_drop", 0.0)
    top = float(np.mean(cosines[: min(_best(count), _TOP)]))
    cut = null + drop * (top - null)
    least = "words_end" if kind.words_only else f"{kind}_floor"
    return max(cut, calibration.parameters.get(least, -1.0))
