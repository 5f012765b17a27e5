"""A model that says so when loading it takes long: a search must not stand still without a word."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from imgsearch_desktop.application.ports import ImageEncoder, Model, TextEncoder
from imgsearch_desktop.domain.embedding import ModelSpec

PATIENCE_S = 2.0
"""Seconds that loading may take without being told; where all is worked out already it takes one (m)."""

PREPARING = "Preparing the model; the first time takes some seconds longer ..."


class ToldModel:
    """Fulfils `ports.Model` by another one.

    Args:
        model: does the work.
        tell: takes the sentence, at most once, on a thread of its own.
    """

    def __init__(self, model: Model, tell: Callable[[str], None]) -> None:
        self._model = model
        self._tell = tell
        self._once = threading.Lock()

    @property
    def spec(self) -> ModelSpec:
        """What kind of vectors it makes."""
        return self._model.spec

    @property
    def image_encoder(self) -> ImageEncoder:
        """Loaded on first access.

        Raises:
            ModelError: files are missing or damaged.
        """
        with self._watched():
            return self._model.image_encoder

    @property
    def text_encoder(self) -> TextEncoder:
        """Loaded on first access.

        Raises:
            ModelError: files are missing or damaged.
        """
        with self._watched():
            return self._model.text_encoder

    @contextmanager
    def _watched(self) -> Iterator[None]:
        timer = threading.Timer(PATIENCE_S, self._say)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            timer.join()

    def _say(self) -> None:
        if self._once.acquire(blocking=False):
            self._tell(PREPARING)
