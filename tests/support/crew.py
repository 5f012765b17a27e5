"""Decode workers that many tests share."""

from __future__ import annotations

from pathlib import Path

from imgsearch_desktop.adapters.imaging.decode_pool import SupervisedDecodePool
from imgsearch_desktop.application.ports import DecodeRequest, DecodeScope
from tests.support.fakes import SPEC
from tests.support.real_library import SETTINGS


class Crew:
    """Decode workers for many tests, started before the first so that none seems to leave them behind."""

    def __init__(self, first_picture: Path) -> None:
        self.pool = SupervisedDecodePool(SETTINGS)
        request = DecodeRequest(0, bytes(first_picture), (), DecodeScope.FULL, SPEC.encoder_input, 384)
        self.pool.submit(request)
        assert self.pool.next_outcome(60) is not None

    def rest(self, known: set[int]) -> None:
        """Drop what is left of a test; workers that were hired in it (idle ones retire) go with it."""
        self.pool.abandon()
        if set(self.pool.worker_pids) - known:
            self.pool.close()
            self.pool = SupervisedDecodePool(SETTINGS)
