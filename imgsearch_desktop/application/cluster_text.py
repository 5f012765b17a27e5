"""Texts encoded by the cluster where it can do so, else on this computer, with the same result."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence

import numpy as np

from imgsearch_desktop.application.ports import TextEncoder, TextEncoding
from imgsearch_desktop.domain.errors import EngineError

logger = logging.getLogger(__name__)

PAUSE_S = 30.0
"""How long the cluster is left alone after it failed: a search must not wait for it each time."""

SAME = 0.99
"""Cosine from which both encoders count as the same model; cluster and computer round differently."""


class ClusterFirst:
    """Fulfils `ports.TextEncoder`; thread-safe.

    The first answer of the cluster is held against the one made here: a model that was deployed for other
    photos would give plausible vectors and senseless results.

    Args:
        cluster: asked first.
        local: hands out the encoder on this computer; loaded when it is needed.
        clock: seconds, for tests.
    """

    def __init__(
        self,
        cluster: TextEncoder,
        local: Callable[[], TextEncoder],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._cluster = cluster
        self._local = local
        self._clock = clock
        self._lock = threading.Lock()
        self._again_at = float("-inf")
        self._trusted = False
        self._trouble: str | None = None

    @property
    def trouble(self) -> str | None:
        """Why texts are encoded on this computer at the moment, None while the cluster does it."""
        return self._trouble

    def encode(self, texts: Sequence[str]) -> TextEncoding:
        """Encode texts: by the cluster, or here where it fails.

        Raises:
            ModelError: the cluster fails and the model on this computer cannot be loaded.
        """
        if self._clock() < self._again_at:
            return self._local().encode(texts)
        try:
            there = self._cluster.encode(texts)
            self._check(texts, there)
        except EngineError as error:
            self._give_way(str(error))
            return self._local().encode(texts)
        self._trouble = None
        return there

    def _check(self, texts: Sequence[str], there: TextEncoding) -> None:
        with self._lock:
            if self._trusted or not there.vectors.any():
                return
            here = self._local().encode(texts).vectors
            cosines = np.einsum("ij,ij->i", there.vectors, here)[here.any(axis=1)]
            if len(cosines) and cosines.min() < SAME:
                raise EngineError(
                    "The model deployed on Elasticsearch is not the one whose photos are searched"
                    f" (cosine {cosines.min():.2f}). Upload the one that goes with the model in use here."
                )
            self._trusted = True

    def _give_way(self, why: str) -> None:
        if self._trouble != why:
            logger.info("Searches are encoded on this computer: %s", why)
        self._trouble = why
        self._again_at = self._clock() + PAUSE_S
