"""Reads pictures that are examples in a query (`ports.ExampleReader`)."""

from __future__ import annotations

import itertools
import threading
from concurrent.futures import Future

from imgsearch_desktop.adapters.imaging.hired_worker import Job
from imgsearch_desktop.adapters.imaging.supervisor import Supervisor
from imgsearch_desktop.adapters.imaging.worker_messages import DecodedExample, ExampleRequest, Outcome
from imgsearch_desktop.application.ports import DecodeFailure
from imgsearch_desktop.application.settings import IndexingSettings
from imgsearch_desktop.domain.embedding import EncoderInput, Pixels
from imgsearch_desktop.domain.errors import PhotoUnreadableError
from imgsearch_desktop.domain.query import Box

_CLOSED = "The program is closing."


class PoolExampleReader:
    """An example reader with one supervised worker of its own: a broken example cannot hurt the program.

    The worker starts with the first example and goes when it has had nothing to do for a while. Thread-safe.

    Args:
        settings: deadline and memory limit.
    """

    def __init__(self, settings: IndexingSettings) -> None:
        self._supervisor = Supervisor(1, settings.file_deadline_s, settings.worker_memory_mb)
        self._tokens = itertools.count()
        self._lock = threading.Lock()
        self._open: set[Future[Outcome]] = set()
        self._closed = False

    @property
    def worker_pids(self) -> tuple[int, ...]:
        """Process id of the worker, if there is one now."""
        return self._supervisor.worker_pids

    def read(self, source: bytes, encoder_input: EncoderInput, box: Box | None) -> Pixels:
        """Encoder input (size, size, 3) of a picture file.

        Raises:
            PhotoUnreadableError: not a readable picture.
        """
        return self._pixels(ExampleRequest(next(self._tokens), source, None, encoder_input, box))

    def read_data(self, data: bytes, encoder_input: EncoderInput, box: Box | None) -> Pixels:
        """As `read`, from an encoded picture in memory."""
        return self._pixels(ExampleRequest(next(self._tokens), None, data, encoder_input, box))

    def close(self) -> None:
        """End the worker; whoever waits for an example is told. Safe to call twice."""
        with self._lock:
            self._closed = True
            waiting = list(self._open)
        self._supervisor.close()
        for future in waiting:
            if not future.done():
                future.set_exception(PhotoUnreadableError(_CLOSED))

    def _pixels(self, request: ExampleRequest) -> Pixels:
        future: Future[Outcome] = Future()
        with self._lock:
            if self._closed:
                raise PhotoUnreadableError(_CLOSED)
            self._open.add(future)
            self._supervisor.submit(Job(request, future.set_result))
        try:
            outcome = future.result()
        finally:
            with self._lock:
                self._open.discard(future)
        if isinstance(outcome, DecodedExample):
            return outcome.pixels
        raise PhotoUnreadableError(outcome.reason if isinstance(outcome, DecodeFailure) else _CLOSED)
