"""What the starter model finds on real photos, and where its results end.

Every photo goes through the decode pool and the image encoder, as in indexing, and is compared exactly.
"""

import csv
from dataclasses import dataclass

import numpy as np
import pytest
from numpy.typing import NDArray

from benchmarks.encoded_photos import EncodedPhotos, encode_folder
from benchmarks.labelled_answers import Answers
from benchmarks.labelled_queries import labelled_queries, read_labels
from imgsearch_desktop.adapters.models.starter.model import SPEC
from imgsearch_desktop.domain.result_end import QueryKind, end_of_results, is_beyond_model
from tests.end2end.held_out_words import ABSENT, BEYOND, PRESENT, THINGS
from tests.support.photos import PHOTOS, needs_photos
from tests.support.starter import starter_model_with_words

pytestmark = needs_photos


@dataclass(frozen=True, slots=True)
class Found:
    """Paths, nearest first, and how many of them are good matches."""

    paths: list[str]
    good: int


class Library:
    """All photos that can be read, encoded, with the labels of those that have some."""

    def __init__(self) -> None:
        self.photos: EncodedPhotos = encode_folder(starter_model_with_words(), PHOTOS)
        labels = read_labels(PHOTOS)
        self.known = np.array([path in labels for path in self.photos.paths])
        known = [labels[path] for path in self.photos.paths if path in labels]
        self.label = np.array([entry.label for entry in known])
        self.group = np.array([entry.group for entry in known])
        self.folder = np.array([path.split("/")[0] for path in self.photos.paths if path in labels])
        self.labelled = self.photos.vectors[self.known]

    def search(self, text: str) -> Found:
        encoding = starter_model_with_words().text_encoder.encode([text])
        assert encoding.reach is not None
        return self._found(encoding.vectors[0], float(encoding.reach[0]), QueryKind.WORDS)

    def similar(self, number: int) -> Found:
        """To one of the labelled photos, which is left out."""
        found = self._found(self.labelled[number], None, QueryKind.PICTURES)
        return Found(found.paths[1:], found.good - 1)

    def _found(self, vector: NDArray[np.float32], reach: float | None, kind: QueryKind) -> Found:
        cosines = self.photos.vectors @ vector
        order = np.argsort(-cosines, kind="stable")
        good = end_of_results(cosines[order], reach, SPEC.calibration, kind)
        return Found([self.photos.paths[n] for n in order], good)

    def siblings(self, kinds: NDArray[np.str_], folder: str) -> float:
        """Of the three labelled photos nearest to each of a folder, the share of the same kind."""
        asked = np.flatnonzero(self.folder == folder)
        cosines = self.labelled[asked] @ self.labelled.T
        cosines[np.arange(len(asked)), asked] = -2
        nearest = np.argsort(-cosines, axis=1)[:, :3]
        return float((kinds[nearest] == kinds[asked][:, None]).mean())

    def mean_average_precision(self, folder: str) -> float:
        """Each label of a folder as a query against all labelled photos."""
        names = sorted(set(self.label[self.folder == folder]))
        vectors = starter_model_with_words().text_encoder.encode(names).vectors
        precisions = []
        for name, vector in zip(names, vectors, strict=True):
            right = (self.label == name) & (self.folder == folder)
            ranked = right[np.argsort(-(self.labelled @ vector), kind="stable")]
            at_hits = np.cumsum(ranked)[ranked] / (np.flatnonzero(ranked) + 1)
            precisions.append(float(at_hits.mean()))
        return float(np.mean(precisions))


@pytest.fixture(scope="module")
def library() -> Library:
    return Library()


def test_every_labelled_photo_could_be_read(library: Library):
    with (PHOTOS / "labels.csv").open(encoding="utf-8", newline="") as file:
        assert library.known.sum() == sum(1 for _ in csv.DictReader(file))


def test_siblings_are_among_the_nearest(library: Library):
    """A prototype reached 0.90 for subjects and 0.83 for scenes."""
    assert library.siblings(library.group, "subjects") >= 0.89
    assert library.siblings(library.label, "scenes") >= 0.81


@pytest.mark.parametrize(
    ("folder", "prototype"), [("scenes", 0.56), ("clothing", 0.24), ("grocery", 0.125), ("subjects", 0.37)]
)
def test_labels_find_their_photos(library: Library, folder: str, prototype: float):
    assert library.mean_average_precision(folder) >= 0.97 * prototype


@pytest.mark.parametrize(
    ("text", "label", "right", "of"),
    [
        ("Katze", "cat", 9, 10),
        ("собака", "dog", 7, 10),
        ("狗", "dog", 7, 10),
        ("banana", "banana", 4, 5),
        ("sea", "sea", 9, 10),
    ],
)
def test_the_right_photos_come_first_in_any_language(
    library: Library, text: str, label: str, right: int, of: int
):
    """Among the labelled photos; there are five of bananas."""
    found = library.search(text)
    assert found.good >= 3
    labels = dict(zip(np.array(library.photos.paths)[library.known], library.label, strict=True))
    first = [labels[path] for path in found.paths if path in labels][:of]
    assert first.count(label) >= right, first


def test_what_is_nowhere_has_no_good_match_and_what_is_there_has(library: Library):
    """30 words each that nothing was tuned on."""
    assert len(set(ABSENT)) == len(set(PRESENT)) == 30
    noticed = [text for text in ABSENT if library.search(text).good == 0]
    lost = [text for text in PRESENT if library.search(text).good == 0]
    assert len(noticed) >= 0.75 * len(ABSENT), f"good matches for {sorted(set(ABSENT) - set(noticed))}"
    assert len(lost) <= 0.10 * len(PRESENT), f"no good match for {lost}"


def test_people_events_and_moods_are_beyond_the_model_and_things_are_not(library: Library):
    def beyond(texts: tuple[str, ...]) -> float:
        reach = starter_model_with_words().text_encoder.encode(texts).reach
        assert reach is not None
        return float(np.mean([is_beyond_model(float(one), SPEC.calibration) for one in reach]))

    assert beyond(BEYOND) >= 0.75
    assert beyond(THINGS) <= 0.05


def test_good_hits_are_mostly_right_and_never_everything(library: Library):
    answers = Answers(library.photos, read_labels(PHOTOS), starter_model_with_words().text_encoder)
    precision, recall, f1 = answers.words_quality(SPEC.calibration.parameters["words_drop"])
    assert precision >= 0.60
    assert recall >= 0.70
    assert f1 >= 0.60
    counts = [library.search(query.text).good for query in labelled_queries()]
    assert max(counts) <= len(library.photos.paths) / 4


def test_a_dog_finds_dogs(library: Library):
    labels = dict(zip(np.array(library.photos.paths)[library.known], library.label, strict=True))
    for text in ("dog", "Hund", "собака", "狗"):
        found = library.search(text)
        known = [labels[path] for path in found.paths[: found.good] if path in labels]
        assert 20 <= found.good <= 80, (text, found.good)
        assert np.mean([label in {"dog", "backpack dog", "wolf plushie"} for label in known]) >= 0.8


def test_similar_photos_end_sensibly(library: Library):
    subjects = np.flatnonzero(library.folder == "subjects")
    groups = dict(zip(np.array(library.photos.paths)[library.known], library.group, strict=True))
    counts, right = [], []
    for number in subjects:
        found = library.similar(int(number))
        counts.append(found.good)
        siblings = [groups.get(path) == library.group[number] for path in found.paths[: found.good]]
        right.append(sum(siblings) / (np.sum(library.group == library.group[number]) - 1))
    assert np.mean(right) >= 0.85
    assert np.median(counts) <= 15
    assert np.max(counts) <= len(library.photos.paths) / 6
