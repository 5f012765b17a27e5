"""Measures where results of the starter model end: `python -m benchmarks.calibrate_starter [PHOTOS]`.

Prints the parameters for `adapters/models/starter/calibration.py` beside those in use, and how well they do.
Everything is chosen on the words of `calibration_words.txt` and the labels of the photos:

- `words_reach`: slope of a logistic regression of "is there" on lead and reach; `words_floor`: so that
  8 % of the things that are there are lost. Reported with ten-fold cross-validation.
- `words_small`: how much lower that floor must be in random small libraries for the same loss.
- `less_allowance`: so that as many are lost when an unwanted word is taken off.
- `*_drop`: best mean F1 over labelled queries. `pictures_floor`, `mixed_floor`: likewise.
- `beyond_reach`: 5 % of the things would be called beyond the model.
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.encoded_photos import encode_folder
from benchmarks.labelled_answers import Answers
from benchmarks.labelled_queries import read_labels
from imgsearch_desktop.adapters.models.starter.calibration import CALIBRATION
from imgsearch_desktop.adapters.models.starter.model import StarterModel
from imgsearch_desktop.application.ports import TextEncoder
from imgsearch_desktop.domain.embedding import Vectors
from imgsearch_desktop.domain.ranking import compose

WORDS = Path(__file__).with_name("calibration_words.txt")
PHOTOS = Path(__file__).parents[2] / "shared" / "photos"

Floats = NDArray[np.floating]

LOST = 0.08
LEAD = 10
UNWANTED = ("grass", "red", "building", "person")


@dataclass(frozen=True, slots=True)
class WordScores:
    """Words against all photos.

    Attributes:
        cosines: (words, photos), each row falling.
        reach: (words,).
    """

    cosines: Floats
    reach: Floats

    @property
    def lead(self) -> Floats:
        """Mean of the best ten, (words,)."""
        return np.asarray(self.cosines[:, :LEAD].mean(axis=1))


def scores(encoder: TextEncoder, words: tuple[str, ...], vectors: Vectors) -> WordScores:
    """Cosines of words and photos."""
    encoding = encoder.encode(words)
    assert encoding.reach is not None
    return WordScores(-np.sort(-(encoding.vectors @ vectors.T), axis=1), encoding.reach)


def less_scores(encoder: TextEncoder, words: tuple[str, ...], vectors: Vectors) -> WordScores:
    """Cosines of every word less every unwanted one; the reach is that of the word."""
    encoding, unwanted = encoder.encode(words), encoder.encode(UNWANTED).vectors
    assert encoding.reach is not None
    rows = []
    for word, reach in zip(encoding.vectors, encoding.reach, strict=True):
        for other in unwanted:
            composed = compose([(word, 1.0)], [other])
            if composed is not None:
                rows.append((-np.sort(-(vectors @ composed))[:LEAD], reach))
    return WordScores(np.stack([best for best, _ in rows]), np.array([reach for _, reach in rows]))


def slope(present: WordScores, absent: WordScores) -> float:
    """How much of the reach belongs to the floor: logistic regression by Newton's method."""
    rows = np.array(
        [*zip(present.lead, present.reach, strict=True), *zip(absent.lead, absent.reach, strict=True)]
    )
    there = np.r_[np.ones(len(present.reach)), np.zeros(len(absent.reach))]
    mean, deviation = rows.mean(axis=0), rows.std(axis=0)
    inputs = np.c_[(rows - mean) / deviation, np.ones(len(rows))]
    weights = np.zeros(3)
    for _ in range(50):
        chance = 1 / (1 + np.exp(-inputs @ weights))
        gradient = inputs.T @ (chance - there) + 1e-3 * weights
        curvature = (inputs * (chance * (1 - chance))[:, None]).T @ inputs + 1e-3 * np.eye(3)
        weights -= np.linalg.solve(curvature, gradient)
    lead, reach = weights[:2] / deviation
    return float(-reach / lead)


def _rows(all_scores: WordScores, rows: NDArray[np.bool_]) -> WordScores:
    return WordScores(all_scores.cosines[rows], all_scores.reach[rows])


def cross_validated(present: WordScores, absent: WordScores, folds: int = 10) -> tuple[float, float]:
    """Share of present things lost and of absent things noticed, on words not used for the fit."""
    rng = np.random.default_rng(0)
    fold_present = rng.permutation(len(present.reach)) % folds
    fold_absent = rng.permutation(len(absent.reach)) % folds
    lost: list[bool] = []
    noticed: list[bool] = []
    for fold in range(folds):
        train = _rows(present, fold_present != fold), _rows(absent, fold_absent != fold)
        share = slope(*train)
        floor = np.quantile(train[0].lead - share * train[0].reach, LOST)
        tested = _rows(present, fold_present == fold), _rows(absent, fold_absent == fold)
        lost += (tested[0].lead - share * tested[0].reach < floor).tolist()
        noticed += (tested[1].lead - share * tested[1].reach < floor).tolist()
    return float(np.mean(lost)), float(np.mean(noticed))


def words_parameters(
    present: WordScores, absent: WordScores, less: WordScores, answers: Answers
) -> dict[str, float]:
    """The figures for words alone."""
    share = round(slope(present, absent), 2)
    things = np.r_[present.reach, absent.reach]
    drops = np.arange(0.60, 0.91, 0.01)
    floor = float(np.quantile(present.lead - share * present.reach, LOST))
    return {
        "words_floor": floor,
        "less_allowance": floor - float(np.quantile(less.lead - share * less.reach, LOST)),
        "words_reach": share,
        "words_floor_alone": float(np.quantile(present.lead, LOST)),
        "words_small": answers.small_libraries(share),
        "words_null": 0.0,
        "words_drop": float(max(drops, key=lambda drop: answers.words_quality(drop)[2])),
        "beyond_reach": float(np.quantile(things, 0.05)),
    }


def pictures_parameters(answers: Answers) -> dict[str, float]:
    """The figures for pictures alone and for pictures with words."""
    rng = np.random.default_rng(1)
    left, right = rng.integers(0, len(answers.vectors), (2, 100_000))
    null = float(np.median(np.einsum("nd,nd->n", answers.vectors[left], answers.vectors[right])))
    drops = np.arange(0.40, 0.86, 0.05)
    floors = np.arange(0.45, 0.66, 0.05)
    floor, drop = max(
        ((floor, drop) for floor in floors for drop in drops),
        key=lambda pair: answers.pictures_quality(pair[0], null, pair[1])[2],
    )
    mixed = max(drops, key=lambda drop: answers.mixed_quality(null, drop)[2])
    return {
        "pictures_floor": float(floor),
        "pictures_null": null,
        "pictures_drop": float(drop),
        "mixed_floor": answers.mixed_floor(),
        "mixed_null": null,
        "mixed_drop": float(mixed),
    }


def read_words() -> dict[str, tuple[str, ...]]:
    """The words by section: "present", "absent", "beyond"."""
    lines = [line for line in WORDS.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    sections = " ".join(lines).split("[")[1:]
    parted = (section.partition("]") for section in sections)
    return {name: tuple(word.strip() for word in words.split(";")) for name, _, words in parted}


def main(folder: Path) -> None:
    """Measure and print."""
    words = read_words()
    with tempfile.TemporaryDirectory() as cache:
        model = StarterModel(Path(cache))
        photos = encode_folder(model, folder)
        encoder = model.text_encoder
        present, absent, beyond = (
            scores(encoder, words[name], photos.vectors) for name in ("present", "absent", "beyond")
        )
        less = less_scores(encoder, words["present"], photos.vectors)
        answers = Answers(photos, read_labels(folder), encoder)
    figures = words_parameters(present, absent, less, answers) | pictures_parameters(answers)
    lost, noticed = cross_validated(present, absent)
    print(f"{len(photos.paths)} photos, {len(present.reach)} words on them, {len(absent.reach)} nowhere")
    print(f"cross-validated: {lost:.3f} of what is there lost, {noticed:.3f} of what is not noticed")
    print(f"beyond the model: {np.mean(beyond.reach < figures['beyond_reach']):.2f} of people, events, moods")
    for name, value in figures.items():
        print(f"  {name:20} {value:.4f}, in use {CALIBRATION.parameters.get(name, float('nan')):.4f}")
    _print_quality(figures, answers)


def _print_quality(figures: dict[str, float], answers: Answers) -> None:
    pictures = (figures["pictures_floor"], figures["pictures_null"], figures["pictures_drop"])
    for name, quality in (
        ("words", answers.words_quality(figures["words_drop"])),
        ("pictures", answers.pictures_quality(*pictures)),
        ("mixed", answers.mixed_quality(figures["mixed_null"], figures["mixed_drop"])),
    ):
        print(f"  {name:8} precision {quality[0]:.2f}, recall {quality[1]:.2f}, F1 {quality[2]:.2f}")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else PHOTOS)
