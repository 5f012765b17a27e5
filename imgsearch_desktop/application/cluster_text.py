"""Texts encoded by the cluster where it can do so, else on this computer, with the same result."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from imgsearch_desktop.application.ports import ImageEncoder, Model, TextEncoder, TextEncoding
from imgsearch_desktop.application.settings import EngineSettings
from imgsearch_desktop.domain.embedding import ModelId, ModelSpec
from imgsearch_desktop.domain.errors import EngineError

logger = logging.getLogger(__name__)

PAUSE_S = 30.0
"""How long the cluster is left alone after it failed: a search must not wait for it each time."""

SAME = 0.95
"""Cosine from which both encoders count as the same model. Quantised towers, which this computer may have,
are off by 0.01 to 0.03; the vectors of another model have nothing to do with these."""

TRIED = "photo"
"""Encoded to find out whether the cluster does it."""


class ClusterTextEncoder(TextEncoder, Protocol):
    """A text encoder on a server."""

    def close(self) -> None:
        """Let go of the server; safe to call twice."""
        ...


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
            ModelError: the model on this computer is needed and cannot be loaded.
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


@dataclass(frozen=True, slots=True)
class TextsState:
    """Who encodes texts.

    Attributes:
        text_model: id of the model on the server that was chosen for it, None for none.
        trouble: why the cluster does not do it although it was chosen, None if it does.
    """

    text_model: str | None
    trouble: str | None = None

    @property
    def by_cluster(self) -> bool:
        """Whether the cluster does it."""
        return self.text_model is not None and self.trouble is None


class ClusterTexts:
    """Lets the cluster encode the texts of models as the engine's settings say, at any time. Thread-safe.

    Args:
        settings: the engine as it is now.
        encoder: makes the encoder on the server that settings name, for embeddings of a length.
    """

    def __init__(
        self,
        settings: Callable[[], EngineSettings],
        encoder: Callable[[EngineSettings, int], ClusterTextEncoder],
    ) -> None:
        self._settings = settings
        self._new_encoder = encoder
        self._lock = threading.Lock()
        self._made_for: EngineSettings | None = None
        self._made: dict[ModelId, tuple[Model, ClusterTextEncoder, ClusterFirst]] = {}

    def over(self, model: Model) -> Model:
        """The model, with texts encoded by the cluster wherever one is chosen for it."""
        return _ModelOfCluster(model, self)

    def encoder_of(self, model: Model) -> TextEncoder:
        """What encodes texts for a model now.

        Raises:
            ModelError: it is this computer, and the model cannot be loaded.
        """
        settings = self._settings()
        if not settings.on_server or settings.text_model is None:
            return model.text_encoder
        with self._lock:
            if self._made_for != settings:
                self._let_go()
                self._made_for = settings
            model_id = model.spec.model_id
            if model_id not in self._made or self._made[model_id][0] is not model:
                self._made[model_id] = (model, *self._new(settings, model))
            return self._made[model_id][2]

    def ask(self, model: Model) -> TextsState:
        """Find out who encodes texts for a model, by having one encoded.

        Args:
            model: as `ActiveModel` hands it out.

        Raises:
            ModelError: the model on this computer is needed and cannot be loaded.
        """
        settings = self._settings()
        if not settings.on_server or settings.text_model is None:
            return TextsState(None)
        model.text_encoder.encode([TRIED])
        with self._lock:
            made = self._made.get(model.spec.model_id)
        if made is None:
            words = f"{model.spec.name} encodes its texts itself; the cluster does so for downloaded models."
            return TextsState(settings.text_model, words)
        return TextsState(settings.text_model, made[2].trouble)

    def close(self) -> None:
        """Let go of the server; safe to call twice."""
        with self._lock:
            self._let_go()

    def _new(self, settings: EngineSettings, model: Model) -> tuple[ClusterTextEncoder, ClusterFirst]:
        encoder = self._new_encoder(settings, model.spec.dims)
        return encoder, ClusterFirst(encoder, lambda: model.text_encoder)

    def _let_go(self) -> None:
        for _, encoder, _ in self._made.values():
            encoder.close()
        self._made.clear()
        self._made_for = None


class _ModelOfCluster:
    """Fulfils `ports.Model`: another one, but for who encodes texts."""

    def __init__(self, model: Model, texts: ClusterTexts) -> None:
        self._model = model
        self._texts = texts

    @property
    def spec(self) -> ModelSpec:
        return self._model.spec

    @property
    def image_encoder(self) -> ImageEncoder:
        return self._model.image_encoder

    @property
    def text_encoder(self) -> TextEncoder:
        return self._texts.encoder_of(self._model)
