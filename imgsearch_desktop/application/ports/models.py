"""Encoders: what makes embeddings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from imgsearch_desktop.domain.embedding import ModelSpec, Pixels, Vectors
from imgsearch_desktop.domain.photo import Label


@dataclass(frozen=True, slots=True)
class ImageEncoding:
    """Embeddings of a batch of pictures, and what the model saw in each."""

    vectors: Vectors
    labels: tuple[tuple[Label, ...], ...]


class ImageEncoder(Protocol):
    """Makes embeddings of pictures."""

    def encode(self, pixels: Pixels) -> ImageEncoding:
        """Encode a batch.

        Args:
            pixels: uint8 (n, size, size, 3), RGB, as `EncoderInput` says.
        """
        ...


@dataclass(frozen=True, slots=True)
class TextEncoding:
    """Embeddings of texts.

    Attributes:
        vectors: (n, dims), zero beyond the model's `text_dims`.
        reach: (n,) cosine that photos of the things the model knows have to the text, the nearest of those
            things taken; None where the model has no such measure. A text with a low reach is far from
            everything the model knows.
    """

    vectors: Vectors
    reach: NDArray[np.float32] | None


class TextEncoder(Protocol):
    """Makes embeddings of texts; a text that names a file or URL is still a text."""

    def encode(self, texts: Sequence[str]) -> TextEncoding:
        """Encode texts, in any language the model knows."""
        ...


class Model(Protocol):
    """A loaded pair of encoders; each is loaded on first use. Thread-safe."""

    @property
    def spec(self) -> ModelSpec:
        """What kind of vectors it makes; does not load anything."""
        ...

    @property
    def image_encoder(self) -> ImageEncoder:
        """Loaded on first access.

        Raises:
            ModelError: files are missing or damaged.
        """
        ...

    @property
    def text_encoder(self) -> TextEncoder:
        """Loaded on first access.

        Raises:
            ModelError: files are missing or damaged.
        """
        ...
