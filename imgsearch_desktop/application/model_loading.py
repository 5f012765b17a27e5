"""Loads the model of an indexing run beside it: photos can be looked at before it is there."""

from __future__ import annotations

import time
from concurrent.futures import Future, ThreadPoolExecutor

from imgsearch_desktop.application.active_model import ModelInUse
from imgsearch_desktop.application.ports import ImageEncoder
from imgsearch_desktop.application.tasks import TaskControl

WAIT_S = 0.05
"""How late a cancellation is noticed while the model is waited for."""


class ModelLoading:
    """The image encoder of a model on its way; the first time it is used it may take many seconds.

    Args:
        model: whose encoder.
    """

    def __init__(self, model: ModelInUse) -> None:
        self._model = model
        self._future: Future[ImageEncoder] | None = None

    @property
    def done(self) -> bool:
        """Whether it is there, or cannot be; the first question begins to load it and is answered with no."""
        if self._future is None:
            thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="model-loading")
            self._future = thread.submit(lambda: self._model.image_encoder)
            thread.shutdown(wait=False)
            return False
        return self._future.done()

    def encoder(self) -> ImageEncoder:
        """The encoder; waits for it.

        Raises:
            ModelError: it cannot be loaded.
        """
        return self._future.result() if self._future is not None else self._model.image_encoder

    def wait(self, control: TaskControl) -> None:
        """Wait until it is done.

        Raises:
            Cancelled: stopped by the user.
        """
        while not self.done:
            control.checkpoint()
            time.sleep(WAIT_S)

    def close(self) -> None:
        """Leave no thread behind."""
        if self._future is not None:
            self._future.exception()
