"""Libraries of any size that were never photographed: vectors in clusters, names, folders, cameras, dates.

Vectors are no isotropic noise, in which every neighbour is equally far and any search looks right. Each photo
belongs to one of a thousand subjects (frequent ones far more often than rare ones) and to a "shoot" of 40
pictures that resemble each other. The text part of a subject is the meaning of a word, so that words find
their photos as in a real library. Half of the folders are named by a date alone, the others by a word too.
Everything follows from the photo's number: nothing has to be kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import cast

import numpy as np
from numpy.typing import NDArray

from imgsearch_desktop.adapters.models.starter.model import StarterModel
from imgsearch_desktop.adapters.models.starter.packages import read_class_names
from imgsearch_desktop.application.ports import CatalogueReader, EmbeddingBlock, FolderPlace, IndexDocument
from imgsearch_desktop.domain.embedding import ModelId, Vector, Vectors, normalise
from imgsearch_desktop.domain.library import Root
from imgsearch_desktop.domain.photo import PhotoId, PhotoUid, RootId

BLOCK = 4096
SHOOT = 40
SEMANTIC_SHARE = 0.3
ROOT = RootId(1)
CAMERAS = ("Canon EOS 5D Mark IV", "NIKON D750", "iPhone 14 Pro", "Pixel 7", "FUJIFILM X-T4", "DJI Mini 3")


@dataclass(frozen=True)
class SyntheticLibrary:
    """Vectors and documents of photos 1 to `photos`.

    Attributes:
        photos: how many.
        words: name of each subject.
        text_centres: unit rows (subjects, text dims): what each subject means.
        visual_dims: columns beyond the text part, 0 for a model whose texts use every column.
        subjects: subject of each shoot, drawn once.
    """

    photos: int
    words: Sequence[str]
    text_centres: Vectors
    visual_dims: int
    subjects: NDArray[np.int64] = field(init=False)

    def __post_init__(self) -> None:
        rng = np.random.default_rng(11)
        weights = 1.0 / np.arange(1, len(self.text_centres) + 1) ** 0.7
        shoots = self.photos // SHOOT + 1
        drawn = rng.choice(len(self.text_centres), shoots, p=weights / weights.sum())
        object.__setattr__(self, "subjects", drawn)

    @property
    def dims(self) -> int:
        """Columns of a vector."""
        return int(self.text_centres.shape[1]) + self.visual_dims

    def vectors(self, first: int, count: int) -> NDArray[np.float16]:
        """Unit vectors (count, dims) of photos `first` to `first` + `count` - 1, in whole blocks or parts."""
        parts, photo = [], first
        while photo < first + count:
            block, inside = divmod(photo - 1, BLOCK)
            end = min(first + count - photo + inside, BLOCK)
            parts.append(self._block(block)[inside:end])
            photo += end - inside
        return np.concatenate(parts) if parts else np.empty((0, self.dims), np.float16)

    def blocks(self) -> Iterator[tuple[int, NDArray[np.float16]]]:
        """All vectors as (number of the first photo, (n, dims))."""
        for start in range(0, self.photos, BLOCK):
            count = min(BLOCK, self.photos - start)
            yield start + 1, self._block(start // BLOCK)[:count]

    def document(self, photo: int, vector: NDArray[np.float16]) -> IndexDocument:
        """The state of a photo as an engine is fed it."""
        mixed = (photo * 2_654_435_761) % 2**32
        shoot = (photo - 1) // SHOOT
        year, word = 2008 + shoot % 17, self.words[(shoot * 7919) % len(self.words)]
        folder = (
            f"{year}/{word} {shoot % 400}"
            if shoot % 2
            else f"{year}/{shoot % 12 + 1:02d}-{shoot % 28 + 1:02d}"
        )
        return IndexDocument(
            photo_id=PhotoId(photo),
            uid=PhotoUid(f"{photo:032x}"),
            change_id=photo,
            file_names=(f"IMG_{mixed % 10_000:04d}.jpg",),
            places=(FolderPlace(ROOT, folder.encode(), ("Pictures", *folder.split("/"))),),
            keywords=(word, self.words[mixed % len(self.words)]) if mixed % 10 == 0 else (),
            title=f"{word} {mixed % 1000}" if mixed % 50 == 0 else None,
            description=None,
            camera=CAMERAS[shoot % len(CAMERAS)],
            date_key=(year - 1970) * 31_556_952 + mixed % 31_000_000,
            latitude=None,
            longitude=None,
            format="jpeg" if mixed % 8 else "heic",
            raw=False,
            vectors={0: vector},
        )

    def _block(self, number: int) -> NDArray[np.float16]:
        photos = np.arange(number * BLOCK, (number + 1) * BLOCK)
        shoots = np.minimum(photos // SHOOT, len(self.subjects) - 1)
        rng = np.random.default_rng([5, number])
        text_dims = self.text_centres.shape[1]
        centres = self.text_centres[self.subjects[shoots]]
        text = normalise(centres + _shoot_noise(shoots, text_dims, 0.6) + _noise(rng, text_dims, 0.4))
        if not self.visual_dims:
            return text.astype(np.float16)
        visual = _shoot_noise(self.subjects[shoots] + 10**7, self.visual_dims, 1.0)
        visual += _shoot_noise(shoots, self.visual_dims, 0.8) + _noise(rng, self.visual_dims, 0.5)
        joint = np.hstack([np.sqrt(SEMANTIC_SHARE) * text, np.sqrt(1 - SEMANTIC_SHARE) * normalise(visual)])
        return joint.astype(np.float16)


def starter_library(photos: int, model: StarterModel) -> SyntheticLibrary:
    """A library whose photos carry vectors of the starter model, and whose subjects are its classes."""
    words = read_class_names()
    centres = normalise(model.text_encoder.encode(words).vectors[:, : model.spec.text_dims])
    return SyntheticLibrary(photos, words, centres, model.spec.dims - model.spec.text_dims)


class SyntheticCatalogue:
    """The part of a catalogue that an engine and a search read."""

    library_id = "bench"
    epoch = "bench"

    def __init__(self, library: SyntheticLibrary) -> None:
        self._library = library
        self._made_up = lru_cache(maxsize=100_000)(self._make_up)

    def roots(self) -> list[Root]:
        """No folder is ever away."""
        return []

    def searchable(self, _model_id: ModelId) -> int:
        """Every photo has its vector."""
        return self._library.photos

    def latest_change(self) -> int:
        """Every photo came with one change."""
        return self._library.photos

    def embedding(self, photo_id: PhotoId, _model_id: ModelId, _region: int = 0) -> Vector | None:
        """The vector of one photo; made up once, where a real catalogue would read it."""
        return self._made_up(photo_id)

    def _make_up(self, photo_id: PhotoId) -> Vector:
        vector: Vector = self._library.vectors(photo_id, 1)[0].astype(np.float32)
        return vector

    def embeddings(self, _model_id: ModelId, after: PhotoId, limit: int) -> EmbeddingBlock:
        """The vectors that follow."""
        count = max(0, min(limit, self._library.photos - after))
        ids = np.arange(after + 1, after + 1 + count, dtype=np.int64)
        return EmbeddingBlock(ids, self._library.vectors(after + 1, count))

    @property
    def reader(self) -> CatalogueReader:
        """Itself, where the whole of a catalogue is asked for."""
        return cast(CatalogueReader, self)


def _noise(rng: np.random.Generator, dims: int, size: float) -> NDArray[np.float32]:
    """Gaussian rows (BLOCK, dims) of about this length."""
    drawn = rng.standard_normal((BLOCK, dims), dtype=np.float32)
    drawn *= size / np.sqrt(dims)
    return drawn


def _shoot_noise(groups: NDArray[np.int64], dims: int, size: float) -> NDArray[np.float32]:
    """The same Gaussian row for every photo of a group."""
    distinct, where = np.unique(groups, return_inverse=True)
    rows = np.stack(
        [np.random.default_rng([3, int(group)]).standard_normal(dims, dtype=np.float32) for group in distinct]
    )
    rows *= size / np.sqrt(dims)
    return rows[where]
