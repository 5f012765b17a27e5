"""Reads picture files in supervised processes (`ports.DecodePool`)."""

from __future__ import annotations

import os
import threading
from collections import deque
from functools import partial
from typing import cast

from imgsearch_desktop.adapters.imaging.hired_worker import Job
from imgsearch_desktop.adapters.imaging.supervisor import Supervisor
from imgsearch_desktop.adapters.imaging.worker_messages import Outcome
from imgsearch_desktop.application.ports import DecodeOutcome, DecodeRequest
from imgsearch_desktop.application.settings import IndexingSettings


class SupervisedDecodePool:
    """A decode pool whose workers are held to a time and a memory limit for each file.

    Processes start with the first request, and only as many as there is work for. Thread-safe.

    Args:
        settings: workers, deadline, memory limit; the capacity holds two batches for the encoder beside what
            the workers are busy with.
    """

    def __init__(self, settings: IndexingSettings) -> None:
        workers = settings.workers or _cores()
        self._capacity = 2 * workers + 2 * settings.encode_batch
        self._supervisor = Supervisor(workers, settings.file_deadline_s, settings.worker_memory_mb)
        self._changed = threading.Condition()
        self._outcomes: deque[DecodeOutcome] = deque()
        self._inside = 0
        self._generation = 0

    @property
    def capacity(self) -> int:
        """How many requests may be inside at once."""
        return self._capacity

    @property
    def inside(self) -> int:
        """Requests submitted whose outcome has not been fetched."""
        return self._inside

    @property
    def worker_pids(self) -> tuple[int, ...]:
        """Process ids of the workers there are now, for `doctor` and tests."""
        return self._supervisor.worker_pids

    def submit(self, request: DecodeRequest) -> None:
        """Take a request.

        Raises:
            RuntimeError: the pool is full or closed; the caller keeps `inside` below `capacity`.
        """
        with self._changed:
            if self._inside >= self._capacity:
                raise RuntimeError("the decode pool is full")
            self._inside += 1
            self._supervisor.submit(Job(request, partial(self._deliver, self._generation)))

    def next_outcome(self, timeout_s: float) -> DecodeOutcome | None:
        """The next finished one, None when nothing finished in time."""
        with self._changed:
            if not self._changed.wait_for(lambda: self._outcomes, timeout_s):
                return None
            self._inside -= 1
            return self._outcomes.popleft()

    def abandon(self) -> None:
        """Drop everything inside, at once; the pool can be used again afterwards."""
        with self._changed:
            self._generation += 1
            self._outcomes.clear()
            self._inside = 0
            self._supervisor.drop()

    def close(self) -> None:
        """End the processes; safe to call twice."""
        with self._changed:
            self._generation += 1
            self._outcomes.clear()
            self._inside = 0
        self._supervisor.close()

    def _deliver(self, generation: int, outcome: Outcome) -> None:
        with self._changed:
            if generation == self._generation:
                self._outcomes.append(cast("DecodeOutcome", outcome))
                self._changed.notify()


def _cores() -> int:
    """Processor cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
