"""The inside of a decode worker: take a request, answer it, take the next, until the other end is gone."""

from __future__ import annotations

import pickle
import traceback
import warnings
from multiprocessing.connection import Connection

from PIL import Image

from imgsearch_desktop.adapters.imaging.decode_file import answer
from imgsearch_desktop.adapters.imaging.opened_picture import MOST_PIXELS
from imgsearch_desktop.adapters.imaging.worker_messages import Answer, Request
from imgsearch_desktop.application.ports import DecodeFailure

REQUESTS_IN_A_LIFE = 5000
"""A worker is replaced after so many: what a C library leaks stays small."""

IN_ERROR = "This file could not be read because of an error in the program."


def serve(connection: Connection, memory_mb: int) -> None:
    """Answer requests until the other end closes."""
    _prepare_pillow()
    try:
        _send(connection, Answer(None))
        for count in range(1, REQUESTS_IN_A_LIFE + 1):
            request: Request = pickle.loads(connection.recv_bytes())  # noqa: S301 - from our own parent
            given = _answered(request, memory_mb, count == REQUESTS_IN_A_LIFE)
            del request
            _send(connection, given)
            if given.last:
                return
            del given
    except (EOFError, OSError):
        return  # the program is gone or does not want this worker any more


def _answered(request: Request, memory_mb: int, last: bool) -> Answer:
    try:
        return Answer(answer(request), last)
    except MemoryError:
        reason = f"The picture needs more memory than a file may take ({memory_mb} MB)."
        # Nobody knows what a C library does after a failed allocation: the next file gets a fresh process.
        return Answer(DecodeFailure(request.token, reason, retry=True), last=True)
    except Exception:
        return Answer(DecodeFailure(request.token, IN_ERROR, retry=True), last, traceback.format_exc())


def _send(connection: Connection, message: Answer) -> None:
    connection.send_bytes(pickle.dumps(message, protocol=5))


def _prepare_pillow() -> None:
    warnings.simplefilter("ignore")
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
