"""Pictures to joint vectors and labels."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from imgsearch_desktop.adapters.models.blas_threads import one_blas_thread
from imgsearch_desktop.adapters.models.starter.efficientnet_graph import (
    CLASSES,
    FEATURE_DIMS,
    FEATURES,
    INPUT,
    LOGITS,
    build_graph,
)
from imgsearch_desktop.adapters.models.starter.joint_space import join, probabilities, semantic_part
from imgsearch_desktop.adapters.models.starter.legacy_torch_file import read_tensors
from imgsearch_desktop.adapters.models.starter.packages import read_image_weights
from imgsearch_desktop.adapters.models.starter.rebuilt_file import read_or_build, source_hash
from imgsearch_desktop.application.ports import ImageEncoding
from imgsearch_desktop.domain.embedding import Pixels, Vectors
from imgsearch_desktop.domain.errors import ModelError
from imgsearch_desktop.domain.photo import Label

SIDE = 224

_FILE = "starter-image-tower.bin"
_RECIPE = b"image tower 1"
_BATCH = 8
"""Pictures per run: more are no faster (m), and every one takes 5 MB meanwhile."""
_LABEL_PROBABILITY = 0.3


def default_threads() -> int:
    """Half of the cores, at least two where there are two: decoding needs the others."""
    cores = os.cpu_count() or 1
    return min(cores, max(2, cores // 2))


class ImageTower:
    """EfficientNet-Lite0 in ONNX Runtime; thread-safe.

    Args:
        cache_directory: where its graph is kept.
        threads: how many a batch may use.

    Raises:
        ModelError: the weight file is missing or damaged.
    """

    def __init__(self, cache_directory: Path, threads: int) -> None:
        weights = read_image_weights()
        graph = read_or_build(
            cache_directory / _FILE,
            source_hash(_RECIPE, weights),
            lambda: build_graph(read_tensors(weights)),
        )
        self._session = _open_session(graph, threads)

    def run(self, pixels: Pixels) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Features (n, 1280) and logits (n, 1000) of uint8 pictures (n, 224, 224, 3)."""
        features = np.empty((len(pixels), FEATURE_DIMS), dtype=np.float32)
        logits = np.empty((len(pixels), CLASSES), dtype=np.float32)
        for start in range(0, len(pixels), _BATCH):
            part = slice(start, start + _BATCH)
            batch = {INPUT: np.ascontiguousarray(pixels[part])}
            features[part], logits[part] = self._session.run([FEATURES, LOGITS], batch)
        return features, logits


def _open_session(graph: bytes, threads: int) -> Any:
    try:
        import onnxruntime
    except ImportError as error:
        raise ModelError(
            "ONNX Runtime, which the starter model needs, is not installed. "
            "Install the program again to mend it."
        ) from error
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    # A waiting thread that spins takes the cores that decoding needs.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])


class StarterImageEncoder:
    """Fulfils `ports.ImageEncoder`; thread-safe.

    Args:
        tower: the classifier.
        class_vectors: t, unit rows (1000, 512).
        class_names: in the order of the logits.
    """

    def __init__(self, tower: ImageTower, class_vectors: Vectors, class_names: tuple[str, ...]) -> None:
        self._tower = tower
        self._class_vectors = class_vectors
        self._class_names = class_names

    def encode(self, pixels: Pixels) -> ImageEncoding:
        """Encode a batch of any size, taken in parts so that memory stays flat.

        Args:
            pixels: uint8 (n, 224, 224, 3), RGB.

        Raises:
            ValueError: another shape or dtype.
        """
        if pixels.dtype != np.uint8 or pixels.shape[1:] != (SIDE, SIDE, 3):
            raise ValueError(f"uint8 (n, {SIDE}, {SIDE}, 3) expected, not {pixels.dtype} {pixels.shape}")
        features, logits = self._tower.run(pixels)
        with one_blas_thread():
            semantic = semantic_part(probabilities(logits), self._class_vectors)
            return ImageEncoding(join(semantic, features), self._labels(logits))

    def _labels(self, logits: NDArray[np.float32]) -> tuple[tuple[Label, ...], ...]:
        """Classes with a probability of at least 0.3, the most probable first."""
        chances = probabilities(logits, temperature=1.0)
        return tuple(
            tuple(
                Label(self._class_names[c], float(row[c]))
                for c in np.argsort(-row)[:3]
                if row[c] >= _LABEL_PROBABILITY
            )
            for row in chances
        )
