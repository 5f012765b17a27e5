"""Embeddings and the models that make them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NewType

import numpy as np
from numpy.typing import NDArray

ModelId = NewType("ModelId", str)

STARTER = ModelId("starter-1")
"""The model that is there from the first minute."""

Vector = NDArray[np.float32]
"""One embedding, shape (dims,), unit length."""

Vectors = NDArray[np.float32]
"""Embeddings, shape (n, dims), each row of unit length."""

Pixels = NDArray[np.uint8]
"""RGB picture(s), shape (height, width, 3) or (n, height, width, 3)."""

WHOLE_PHOTO = 0
"""The region number of the whole photo."""


@dataclass(frozen=True, slots=True)
class EncoderInput:
    """How a picture is cut for an image encoder; the decode pool prepares it.

    Attributes:
        size: side of the square input, pixels.
        short_side: the picture's short side is scaled to this (bicubic) before the centre crop to `size`;
            None squashes the whole picture to the square instead.
    """

    size: int
    short_side: int | None


@dataclass(frozen=True, slots=True)
class Calibration:
    """Where results of a model end; measured, stored with the model (see `domain.ranking`).

    Attributes:
        parameters: named figures that `ranking` reads; which ones is said there.
    """

    parameters: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ModelSpec:
    """A pair of encoders that share one vector space.

    Attributes:
        model_id: names the pair.
        name: for people.
        dims: length of an embedding.
        text_dims: text queries use the first `text_dims` dimensions only, the others are zero.
        encoder_input: how pictures are prepared.
        calibration: where results end.
        licence: SPDX id.
        limits: one sentence on what the model does not know, None if there is nothing to say.
        image_tower: names what makes the vectors of photos, where several models share it; None if it is this
            model's own. It changes whenever vectors of two versions must not be compared.
    """

    model_id: ModelId
    name: str
    dims: int
    text_dims: int
    encoder_input: EncoderInput
    calibration: Calibration
    licence: str
    limits: str | None = None
    image_tower: ModelId | None = None

    @property
    def vectors_id(self) -> ModelId:
        """What embeddings and projections are keyed by: models that differ in their words only share them."""
        return self.image_tower or self.model_id


def normalise(vectors: NDArray[np.floating]) -> NDArray[np.float32]:
    """Scale to unit length along the last axis; a zero vector stays zero.

    Args:
        vectors: shape (..., dims).

    Returns:
        float32, same shape.
    """
    rows = np.asarray(vectors, dtype=np.float32)
    lengths = np.linalg.norm(rows, axis=-1, keepdims=True)
    unit: NDArray[np.float32] = np.divide(rows, lengths, out=np.zeros_like(rows), where=lengths > 0)
    return unit
