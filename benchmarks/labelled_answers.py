"""The labelled queries against the labelled photos: how good a cut of the results is."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from benchmarks.encoded_photos import EncodedPhotos
from benchmarks.labelled_queries import PhotoLabel, labelled_queries
from imgsearch_desktop.application.ports import TextEncoder
from imgsearch_desktop.domain.embedding import Vectors

Mask = NDArray[np.bool_]
Quality = tuple[float, float, float]
"""Mean precision, recall and F1."""

TOP, SHARE = 5, 150


class Answers:
    """The labelled queries against the labelled photos."""

    def __init__(self, photos: EncodedPhotos, labels: dict[str, PhotoLabel], encoder: TextEncoder) -> None:
        known = [n for n, path in enumerate(photos.paths) if path in labels]
        self.vectors = photos.vectors[known]
        self.groups = np.array([labels[photos.paths[n]].group for n in known])
        names = np.array([labels[photos.paths[n]].label for n in known])
        self.kinds = np.array([f"{group}/{name}" for group, name in zip(self.groups, names, strict=True)])
        self.queries = labelled_queries()
        encoding = encoder.encode([query.text for query in self.queries])
        assert encoding.reach is not None
        self.words, self.reach = encoding.vectors, encoding.reach
        self.cosines = self.words @ self.vectors.T
        self.core = np.array([np.isin(names, list(query.core)) for query in self.queries])
        self.fine = np.array([np.isin(names, list(query.fine)) for query in self.queries])

    def small_libraries(self, share: float) -> float:
        """By how much the floor falls each time a library below 150 photos is smaller by a factor e."""
        rng = np.random.default_rng(3)
        floors = [(count, self._floor(count, share, rng)) for count in (10, 20, 40, 80, 150)]
        logs = np.log([SHARE / count for count, _ in floors])
        return float(-np.polyfit(logs, [floor for _, floor in floors], 1)[0])

    def _floor(self, count: int, share: float, rng: np.random.Generator) -> float:
        leads: list[float] = []
        for _ in range(60):
            sample = rng.choice(len(self.vectors), count, replace=False)
            there = self.core[:, sample].any(axis=1)
            leads += (self.cosines[:, sample].max(axis=1) - share * self.reach)[there].tolist()
        return float(np.quantile(leads, 0.1))

    def words_quality(self, drop: float) -> Quality:
        """Mean precision, recall and F1 over the queries for a drop, words alone."""
        return _mean_quality(
            (row >= drop * np.sort(row)[-TOP:].mean(), core, fine)
            for row, core, fine in zip(self.cosines, self.core, self.fine, strict=True)
        )

    def pictures_quality(self, floor: float, null: float, drop: float) -> Quality:
        """The same for every photo of a subject or scene as an example; its own kind is right."""
        chosen = [n for n, group in enumerate(self.groups) if group.startswith(("subject", "scene"))]
        return _mean_quality(
            (self._near(self.vectors[n], n, floor, null, drop), same, same)
            for n in chosen
            for same in [(self.kinds == self.kinds[n]) & (np.arange(len(self.kinds)) != n)]
        )

    def mixed_quality(self, null: float, drop: float) -> Quality:
        """The same for words with one photo that shows them."""
        rng = np.random.default_rng(5)
        cases = []
        for word, core, fine in zip(self.words, self.core, self.fine, strict=True):
            n = int(rng.choice(np.flatnonzero(core)))
            vector = (word + self.vectors[n]) / np.linalg.norm(word + self.vectors[n])
            others = np.arange(len(core)) != n
            cases.append((self._near(vector, n, -1.0, null, drop), core & others, fine & others))
        return _mean_quality(cases)

    def mixed_floor(self) -> float:
        """What nearly every word reaches at its best together with a photo that shows it."""
        best = []
        for word, core in zip(self.words, self.core, strict=True):
            for n in np.flatnonzero(core):
                vector = (word + self.vectors[n]) / np.linalg.norm(word + self.vectors[n])
                best.append(np.partition(self.vectors @ vector, -2)[-2])
        return float(np.quantile(best, 0.01))

    def _near(self, vector: Vectors, example: int, floor: float, null: float, drop: float) -> Mask:
        row = self.vectors @ vector
        row[example] = -1
        cut = max(floor, null + drop * (np.sort(row)[-TOP:].mean() - null))
        return np.asarray(row >= cut)


def _mean_quality(cases: Iterable[tuple[Mask, Mask, Mask]]) -> Quality:
    """Over (good, core, fine) per query: a fine photo is no mistake, a core photo must be found."""
    rows = []
    for good, core, fine in cases:
        precision = float((good & fine).sum() / max(good.sum(), 1))
        recall = float((good & core).sum() / core.sum())
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        rows.append((precision, recall, f1))
    precision, recall, f1 = np.mean(rows, axis=0)
    return float(precision), float(recall), float(f1)
