"""Reads whole pictures for the viewer (`ports.PictureReader`)."""

from __future__ import annotations

import itertools
import os
import tempfile
import threading
from concurrent.futures import Future, InvalidStateError
from contextlib import suppress
from functools import partial
from pathlib import Path

import numpy as np

from imgsearch_desktop.adapters.imaging.hired_worker import Job
from imgsearch_desktop.adapters.imaging.supervisor import Supervisor
from imgsearch_desktop.adapters.imaging.worker_messages import DecodedPicture, Outcome, PictureRequest
from imgsearch_desktop.application.ports import DecodeFailure
from imgsearch_desktop.application.settings import IndexingSettings
from imgsearch_desktop.domain.embedding import Pixels
from imgsearch_desktop.domain.errors import PhotoUnreadableError

_CLOSED = "The program is closing."


class PoolPictureReader:
    """A picture reader with one supervised worker of its own: a broken file cannot hurt the program.

    The worker starts with the first picture and goes when nothing has been looked at for a while.
    Thread-safe; calls wait for each other.

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

    @property
    def waiting(self) -> int:
        """Pictures asked for and not yet read."""
        with self._lock:
            return len(self._open)

    def read_whole(self, path: bytes, longest_side: int) -> Pixels:
        """The picture upright, uint8 (height, width, 3), sRGB, at most `longest_side` pixels long.

        Raises:
            PhotoUnreadableError: not a readable picture, not there, or the program is closing.
        """
        handle, target = tempfile.mkstemp(prefix="imgsearch-picture-")
        os.close(handle)
        try:
            return self._read(PictureRequest(next(self._tokens), path, longest_side, os.fsencode(target)))
        finally:
            Path(target).unlink(missing_ok=True)

    def interrupt(self) -> None:
        """Let whoever waits for a picture go, at once; later ones are read as before."""
        with self._lock:
            waiting = list(self._open)
            if not self._closed:
                self._supervisor.drop()
        for future in waiting:
            with suppress(InvalidStateError):
                future.set_exception(PhotoUnreadableError(_CLOSED))

    def close(self) -> None:
        """End the worker; whoever waits for a picture is told. Safe to call twice."""
        with self._lock:
            self._closed = True
        self._supervisor.close()
        self.interrupt()

    def _read(self, request: PictureRequest) -> Pixels:
        future: Future[Outcome] = Future()
        with self._lock:
            if self._closed:
                raise PhotoUnreadableError(_CLOSED)
            self._open.add(future)
            self._supervisor.submit(Job(request, partial(_answer, future)))
        try:
            outcome = future.result()
        finally:
            with self._lock:
                self._open.discard(future)
        if isinstance(outcome, DecodedPicture):
            return np.fromfile(request.target, np.uint8).reshape(outcome.height, outcome.width, 3)
        raise PhotoUnreadableError(outcome.reason if isinstance(outcome, DecodeFailure) else _CLOSED)


def _answer(future: Future[Outcome], outcome: Outcome) -> None:
    """Hand an outcome over; nobody waits for it any more after an interruption."""
    with suppress(InvalidStateError):
        future.set_result(outcome)
