"""Where the results of a model end, estimated from cosines of things that have nothing to do with each other.

Sentences about things that next to nobody has photos of, compared with the photos of the library, tell what
chance reaches for words; random pairs of its photos tell the same for pictures. What is nearer than that is a
match. Where the hits of a thing that is there end is read from photos that another model has labelled, where
there are enough of them. Three shares are decisions about the product, not figures of a model:

- `WORDS_BY_CHANCE`: of sentences that no photo shows, so many find something all the same;
- `PAIRS_BY_CHANCE`: of unrelated pairs, so many count as a hit;
- `SHOWN`: of the photos with a label, so many are among the hits of its name, where they compete with others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from imgsearch_desktop.domain.embedding import Calibration
from imgsearch_desktop.domain.result_end import LEAD_MOST, LEAD_SHARE, QueryKind, lead

WORDS_BY_CHANCE = 0.05
PAIRS_BY_CHANCE = 0.0001
SHOWN = 0.75

LEAST_PHOTOS = 20
"""With fewer photos there are too few pairs to tell what is chance; results then do not end."""

LEAST_THINGS = 5
"""With fewer labels it is not known where the hits of a thing end; they then end where chance begins."""

_BINS = 4000
_LOWER = NormalDist().cdf(-1.0)
_DEVIATIONS = NormalDist().inv_cdf(1 - PAIRS_BY_CHANCE)

Cosines = NDArray[np.float32]


@dataclass(slots=True)
class CosineCounts:
    """How often each cosine came, in bins of 1/2000; any number of them in the same memory."""

    counts: NDArray[np.int64] = field(default_factory=lambda: np.zeros(_BINS, np.int64))

    def add(self, cosines: Cosines) -> None:
        """Count cosines, of any shape."""
        places = ((np.clip(cosines, -1, 1).ravel() + 1) * (_BINS / 2)).astype(np.int64)
        self.counts += np.bincount(np.minimum(places, _BINS - 1), minlength=_BINS)

    def quantile(self, share: float) -> float:
        """The cosine that this share of all lies below; there must be some."""
        reached = np.searchsorted(np.cumsum(self.counts), share * int(self.counts.sum()))
        return float((min(int(reached), _BINS - 1) + 0.5) * (2 / _BINS) - 1)

    @property
    def middle(self) -> float:
        """The median."""
        return self.quantile(0.5)

    @property
    def end(self) -> float:
        """The cosine that next to no unrelated pair reaches.

        Photos of one event are related and lie in the upper part, however randomly they are paired: the width
        is taken from the lower half, as if both were alike. Where the upper part is narrower, it counts.
        """
        width = self.middle - self.quantile(_LOWER)
        return min(self.middle + _DEVIATIONS * width, self.quantile(1 - PAIRS_BY_CHANCE))


class NearestPhotos:
    """The best cosines of some queries over any number of photos, block by block.

    Args:
        queries: how many.
    """

    def __init__(self, queries: int) -> None:
        self._best = np.full((queries, LEAD_MOST), -1.0, np.float32)
        self._photos = 0

    def add(self, cosines: Cosines) -> None:
        """Take the cosines (queries, photos) of further photos."""
        together = np.concatenate([self._best, cosines], axis=1)
        self._best = -np.sort(np.partition(-together, LEAD_MOST - 1, axis=1)[:, :LEAD_MOST], axis=1)
        self._photos += cosines.shape[1]

    def lead(self) -> float:
        """What the best few reach for all but `WORDS_BY_CHANCE` of the queries, see `result_end.lead`."""
        leads = [lead(row, self._photos, QueryKind.WORDS) for row in self._best]
        return float(np.quantile(leads, 1 - WORDS_BY_CHANCE))


def small_library_slope(cosines: Cosines) -> float:
    """By how much chance reaches less far each time a library is smaller by a factor e, below 150 photos.

    Args:
        cosines: (queries, photos) of photos in random order; with fewer than 150 the slope is not known: 0.
    """
    whole, part = LEAD_SHARE, round(LEAD_SHARE / np.e)
    if cosines.shape[1] < whole:
        return 0.0
    leads = []
    for count in (whole, part):
        nearest = NearestPhotos(len(cosines))
        nearest.add(cosines[:, :count])
        leads.append(nearest.lead())
    return max(0.0, leads[0] - leads[1])


def drop_of(things: Sequence[tuple[Cosines, NDArray[np.bool_]]], null: float) -> float:
    """How far from null to the best hits the photos of a thing reach down; see `result_end`.

    Labels are wrong now and then, and some words mean little to a model: the median thing decides.

    Args:
        things: of each, the cosines (photos,) of its name and which of the photos have its label.
        null: cosine of unrelated words and photos.
    """
    if len(things) < LEAST_THINGS:
        return 0.0
    reached = []
    for cosines, labelled in things:
        best = lead(np.sort(cosines)[::-1], len(cosines), QueryKind.WORDS)
        if best > null:
            reached.append((float(np.quantile(cosines[labelled], 1 - SHOWN)) - null) / (best - null))
    return float(np.clip(np.median(reached), 0.0, 1.0)) if reached else 0.0


def calibration_of(
    *,
    words: CosineCounts,
    words_lead: float,
    less_lead: float,
    slope: float,
    drop: float,
    pictures: CosineCounts,
    mixed: CosineCounts,
) -> Calibration:
    """The figures that `result_end` goes by.

    Args:
        words: of sentences and photos.
        words_lead: what the best few photos reach for a sentence by chance.
        less_lead: the same for a sentence less another.
        slope: see `small_library_slope`.
        drop: see `drop_of`.
        pictures: of pairs of photos.
        mixed: of a sentence together with a photo, and another photo.
    """
    return Calibration(
        {
            "words_floor": words_lead,
            "words_null": words.middle,
            "words_drop": drop,
            "words_end": min(words.end, words_lead),
            "words_small": slope,
            "less_allowance": max(0.0, words_lead - less_lead),
            "pictures_floor": pictures.end,
            "pictures_null": pictures.middle,
            "mixed_floor": mixed.end,
            "mixed_null": mixed.middle,
        }
    )
