"""Real photos as the starter model sees them: read by the decode pool, encoded in batches."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from imgsearch_desktop.adapters.imaging.decode_pool import SupervisedDecodePool
from imgsearch_desktop.application.ports import DecodedPhoto, DecodeRequest, DecodeScope, Model
from imgsearch_desktop.application.settings import IndexingSettings
from imgsearch_desktop.domain.embedding import EncoderInput, Pixels, Vectors

NO_PICTURES = {".csv", ".md", ".xmp", ".json"}


@dataclass(frozen=True, slots=True)
class EncodedPhotos:
    """Photos of a folder and their embeddings.

    Attributes:
        paths: relative to the folder, "/" between parts, sorted.
        vectors: (n, dims), unit rows.
        labels: how many of them the model put at least one label on.
    """

    paths: tuple[str, ...]
    vectors: Vectors
    labels: int


def encode_folder(model: Model, folder: Path, batch: int = 16) -> EncodedPhotos:
    """Encode every file of a folder that can be read as a picture; the others are left out."""
    paths: list[str] = []
    vectors: list[Vectors] = []
    labelled = 0
    for names, pixels in _batches(folder, model.spec.encoder_input, batch):
        encoding = model.image_encoder.encode(pixels)
        paths += names
        vectors.append(encoding.vectors)
        labelled += sum(bool(labels) for labels in encoding.labels)
    order = np.argsort(paths)
    return EncodedPhotos(tuple(paths[n] for n in order), np.concatenate(vectors)[order], labelled)


def _batches(folder: Path, encoder_input: EncoderInput, batch: int) -> Iterator[tuple[list[str], Pixels]]:
    names: list[str] = []
    pictures: list[Pixels] = []
    for name, pixels in _decoded(folder, encoder_input):
        names.append(name)
        pictures.append(pixels)
        if len(names) == batch:
            yield names, np.stack(pictures)
            names, pictures = [], []
    if names:
        yield names, np.stack(pictures)


def _decoded(folder: Path, encoder_input: EncoderInput) -> Iterator[tuple[str, Pixels]]:
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and path.suffix not in NO_PICTURES]
    pool = SupervisedDecodePool(IndexingSettings(file_deadline_s=20))
    try:
        waiting = iter(enumerate(files))
        while True:
            while pool.inside < pool.capacity and (entry := next(waiting, None)):
                token, path = entry
                pool.submit(DecodeRequest(token, os.fsencode(path), (), DecodeScope.FULL, encoder_input, 64))
            if not pool.inside:
                return
            outcome = pool.next_outcome(1.0)
            if isinstance(outcome, DecodedPhoto) and outcome.pixels is not None:
                yield files[outcome.token].relative_to(folder).as_posix(), outcome.pixels
    finally:
        pool.close()
