"""Pictures to embeddings."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from imgsearch_desktop.adapters.models.onnx_clip.layout import ImageLayout
from imgsearch_desktop.adapters.models.onnx_clip.session import (
    Inputs,
    Session,
    SessionSettings,
    open_session,
)
from imgsearch_desktop.application.ports import ImageEncoding
from imgsearch_desktop.domain.embedding import Pixels, normalise
from imgsearch_desktop.domain.errors import ModelError


class OnnxImageEncoder:
    """Fulfils `ports.ImageEncoder`; thread-safe. It names nothing it sees: no labels.

    Args:
        layout: the image tower.
        dims: length of an embedding.
        settings: threads and providers.
        batch: pictures per run, where the graph takes any number. Quantised graphs, which scale their numbers
            over a whole batch, get one at a time, so that no photo changes the embedding of another one: it
            costs a twentieth of the speed (m).

    Raises:
        ModelError: the tower cannot be loaded.
    """

    def __init__(self, layout: ImageLayout, dims: int, settings: SessionSettings, batch: int) -> None:
        self._layout = layout
        self._dims = dims
        self._batch = layout.batch or (1 if layout.quantised else batch)
        self._session: Session = open_session(layout.graph, settings, layout.output, self._test_inputs)

    def encode(self, pixels: Pixels) -> ImageEncoding:
        """Encode a batch of any size, taken in parts so that memory stays flat.

        Args:
            pixels: uint8 (n, size, size, 3), RGB, as the model's `EncoderInput` says.

        Raises:
            ValueError: another shape or dtype.
            ModelError: the tower gives something else than embeddings.
        """
        side = self._layout.preprocessing.encoder_input.size
        if pixels.dtype != np.uint8 or pixels.shape[1:] != (side, side, 3):
            raise ValueError(f"uint8 (n, {side}, {side}, 3) expected, not {pixels.dtype} {pixels.shape}")
        vectors = np.empty((len(pixels), self._dims), dtype=np.float32)
        for start in range(0, len(pixels), self._batch):
            part = pixels[start : start + self._batch]
            vectors[start : start + len(part)] = self._encode_part(part)
        return ImageEncoding(vectors, ((),) * len(pixels))

    def _encode_part(self, pixels: Pixels) -> NDArray[np.float32]:
        prepared = self._layout.preprocessing.apply(pixels)
        if self._layout.batch is not None and len(prepared) < self._layout.batch:
            filler = np.zeros((self._layout.batch - len(prepared), *prepared.shape[1:]), dtype=np.float32)
            prepared = np.concatenate([prepared, filler])
        given = self._session.run(self._layout.output, {self._layout.input: prepared})[: len(pixels)]
        if given.shape != (len(pixels), self._dims):
            raise ModelError(
                f"The model's file {self._layout.graph} gives no embeddings of {self._dims} numbers. "
                "It cannot be used."
            )
        return normalise(given)

    def _test_inputs(self) -> Inputs:
        """Noise of a fixed seed: every patch of the picture differs from the others."""
        side = self._layout.preprocessing.encoder_input.size
        count = self._layout.batch or 1
        noise = np.random.default_rng(0).integers(0, 256, (count, side, side, 3), dtype=np.uint8)
        return {self._layout.input: self._layout.preprocessing.apply(noise)}
