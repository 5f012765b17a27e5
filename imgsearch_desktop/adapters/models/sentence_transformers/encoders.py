"""Pictures and texts to embeddings by `SentenceTransformer.encode`."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Any

import numpy as np
from PIL import Image

from imgsearch_desktop.adapters.models.sentence_transformers.library import Place
from imgsearch_desktop.application.ports import ImageEncoding, TextEncoding
from imgsearch_desktop.domain.embedding import EncoderInput, Pixels, Vectors, normalise
from imgsearch_desktop.domain.errors import ModelError

_BATCH = 8


class SentenceImageEncoder:
    """Fulfils `ports.ImageEncoder`; thread-safe, one batch at a time.

    Args:
        model: a `SentenceTransformer`.
        place: where it came from, for messages.
        dims: length of an embedding.
        encoder_input: how pictures arrive; the model's own processor then cuts nothing that matters.
    """

    def __init__(self, model: Any, place: Place, dims: int, encoder_input: EncoderInput) -> None:
        self._encode = _Encoding(model, place, dims)
        self._side = encoder_input.size

    def encode(self, pixels: Pixels) -> ImageEncoding:
        """Encode a batch.

        Args:
            pixels: uint8 (n, size, size, 3), RGB.

        Raises:
            ValueError: another shape or dtype.
            ModelError: the model makes no embeddings of pictures.
        """
        if pixels.dtype != np.uint8 or pixels.shape[1:] != (self._side, self._side, 3):
            raise ValueError(
                f"uint8 (n, {self._side}, {self._side}, 3) expected, not {pixels.dtype} {pixels.shape}"
            )
        vectors = self._encode([Image.fromarray(picture) for picture in pixels])
        return ImageEncoding(vectors, ((),) * len(pixels))


class SentenceTextEncoder:
    """Fulfils `ports.TextEncoder`; thread-safe, one call at a time. A blank text has the zero vector.

    Args:
        model: a `SentenceTransformer`.
        place: where it came from, for messages.
        dims: length of an embedding.
    """

    def __init__(self, model: Any, place: Place, dims: int) -> None:
        self._encode = _Encoding(model, place, dims)
        self._dims = dims

    def encode(self, texts: Sequence[str]) -> TextEncoding:
        """Encode texts, always as texts.

        The library takes a string that names a picture's file or URL for that picture and would open it; only
        what is handed over as {"text": ...} is a text for certain.

        Raises:
            ModelError: the model makes no embeddings of texts.
        """
        vectors = np.zeros((len(texts), self._dims), dtype=np.float32)
        rows = [row for row, text in enumerate(texts) if text.strip()]
        valid = [texts[row].encode("utf-8", "replace").decode("utf-8") for row in rows]
        vectors[rows] = self._encode([{"text": text} for text in valid])
        return TextEncoding(vectors, None)


class _Encoding:
    """Calls a model, one thread at a time.

    Args:
        model: a `SentenceTransformer`.
        place: where it came from, for messages.
        dims: length of an embedding.
    """

    def __init__(self, model: Any, place: Place, dims: int) -> None:
        self._model = model
        self._place = place
        self._dims = dims
        self._one_at_a_time = threading.Lock()

    def __call__(self, inputs: Sequence[object]) -> Vectors:
        if not inputs:
            return np.zeros((0, self._dims), dtype=np.float32)
        with self._one_at_a_time:
            try:
                made = self._model.encode(
                    list(inputs), batch_size=_BATCH, convert_to_numpy=True, show_progress_bar=False
                )
            except (ValueError, TypeError, KeyError) as error:
                raise ModelError(
                    f"The model {self._place} does not take what it was given: "
                    "one of the two models must be for pictures, the other one for texts."
                ) from error
        if made.shape != (len(inputs), self._dims):
            raise ModelError(
                f"The model {self._place} gives embeddings of {made.shape[-1]} numbers, not of {self._dims}. "
                "The two models do not belong together."
            )
        return normalise(made)
