"""Texts to embeddings."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from imgsearch_desktop.adapters.models.blas_threads import one_blas_thread
from imgsearch_desktop.adapters.models.onnx_clip.graph_header import Element
from imgsearch_desktop.adapters.models.onnx_clip.safetensors_file import read_tensors
from imgsearch_desktop.adapters.models.onnx_clip.session import Inputs, SessionSettings, open_session
from imgsearch_desktop.adapters.models.onnx_clip.text_layout import (
    Activation,
    DenseLayout,
    TextKind,
    TextLayout,
)
from imgsearch_desktop.adapters.models.onnx_clip.tokens import Tokeniser
from imgsearch_desktop.application.ports import TextEncoding
from imgsearch_desktop.domain.embedding import normalise
from imgsearch_desktop.domain.errors import ModelError

_TEST_TEXT = "a dog on the beach"


class OnnxTextEncoder:
    """Fulfils `ports.TextEncoder`; thread-safe. A blank text has the zero vector: it is near to nothing.

    Texts are run one by one: nothing is filled up for a longer neighbour, and in quantised graphs, which
    scale their numbers over a whole batch, no text changes the embedding of another one.

    Args:
        layout: the text tower.
        dims: length of an embedding.
        settings: threads and providers.

    Raises:
        ModelError: the tower cannot be loaded.
    """

    def __init__(self, layout: TextLayout, dims: int, settings: SessionSettings) -> None:
        self._layout = layout
        self._dims = dims
        self._dense = _Dense(layout.dense) if layout.dense is not None else None
        self._tokeniser = Tokeniser(layout)
        self._session = open_session(
            layout.graph, settings, layout.output, lambda: self._inputs(*self._tokeniser.tokens(_TEST_TEXT))
        )

    def encode(self, texts: Sequence[str]) -> TextEncoding:
        """Encode texts; what names a file or a URL is a text like any other.

        Raises:
            ModelError: the tower gives something else than embeddings.
        """
        vectors = np.zeros((len(texts), self._dims), dtype=np.float32)
        for row, text in enumerate(texts):
            if text.strip():
                vectors[row] = self._encode_one(text)
        return TextEncoding(vectors, None)

    def _encode_one(self, text: str) -> NDArray[np.float32]:
        ids, mask = self._tokeniser.tokens(text)
        given = self._session.run(self._layout.output, self._inputs(ids, mask))[0]
        if self._layout.kind is TextKind.POOLED:
            given = mean_of_tokens(given, np.asarray(mask, dtype=np.float32))
        if self._dense is not None:
            given = self._dense.apply(given)
        if given.shape != (self._dims,):
            raise ModelError(
                f"The model's file {self._layout.graph} gives no embeddings of {self._dims} numbers. "
                "It cannot be used."
            )
        return normalise(given)

    def _inputs(self, ids: list[int], mask: list[int]) -> Inputs:
        dtype = np.int32 if self._layout.id_element is Element.INT32 else np.int64
        inputs = {self._layout.ids: np.array([ids], dtype=dtype)}
        if self._layout.mask is not None:
            inputs[self._layout.mask] = np.array([mask], dtype=dtype)
        if self._layout.types is not None:
            inputs[self._layout.types] = np.zeros((1, len(ids)), dtype=dtype)
        return inputs


def mean_of_tokens(tokens: NDArray[np.float32], mask: NDArray[np.float32]) -> NDArray[np.float32]:
    """Mean over the tokens that count.

    Args:
        tokens: (n, width).
        mask: (n,), 1 for each that counts, else 0.

    Returns:
        (width,).
    """
    mean: NDArray[np.float32] = (mask @ tokens) / np.maximum(mask.sum(), np.float32(1e-9))
    return mean


class _Dense:
    """The layer between the mean of the tokens and the embedding.

    Args:
        layout: where its weights are.

    Raises:
        ModelError: they are missing or damaged.
    """

    def __init__(self, layout: DenseLayout) -> None:
        tensors = read_tensors(layout.weights)
        weight = tensors.get("linear.weight")
        if weight is None or weight.ndim != 2:
            raise ModelError(f"The model's file {layout.weights} is damaged. Fetch the model again.")
        self._weight = weight
        self._bias = tensors.get("linear.bias")
        self._activation = layout.activation

    def apply(self, mean: NDArray[np.float32]) -> NDArray[np.float32]:
        """(in,) to (out,)."""
        with one_blas_thread():
            out: NDArray[np.float32] = self._weight @ mean
        if self._bias is not None:
            out = out + self._bias
        return np.tanh(out) if self._activation is Activation.TANH else out
