"""Control and progress of background work, without any toolkit."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from imgsearch_desktop.domain.errors import Cancelled


class TaskControl:
    """Lets one thread pause, resume and cancel work that another thread does.

    The worker calls `checkpoint` between small steps; it blocks while paused and raises `Cancelled` once
    cancelled. Thread-safe; a cancelled control stays cancelled.
    """

    def __init__(self) -> None:
        self._running = threading.Event()
        self._running.set()
        self._cancelled = threading.Event()

    @property
    def paused(self) -> bool:
        """Whether the work is (to be) paused."""
        return not self._running.is_set()

    @property
    def cancelled(self) -> bool:
        """Whether the work is (to be) stopped."""
        return self._cancelled.is_set()

    def pause(self) -> None:
        """Ask the work to wait at its next checkpoint."""
        self._running.clear()

    def resume(self) -> None:
        """Let paused work go on."""
        self._running.set()

    def cancel(self) -> None:
        """Ask the work to stop at its next checkpoint, also when paused."""
        self._cancelled.set()
        self._running.set()

    def checkpoint(self) -> None:
        """Wait while paused.

        Raises:
            Cancelled: the work was cancelled.
        """
        self._running.wait()
        if self._cancelled.is_set():
            raise Cancelled


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job is.

    Attributes:
        phase: what is being done, one of the job's own words ("scanning", "indexing" ...).
        done: units done.
        total: units in all, None while unknown.
        rate: units per second over the last seconds, None at first.
        seconds_left: estimate, None while unknown.
        failed: units that could not be done.
        detail: what is being worked on right now, for people.
    """

    phase: str
    done: int
    total: int | None = None
    rate: float | None = None
    seconds_left: float | None = None
    failed: int = 0
    detail: str = ""


class ProgressMeter:
    """Turns counts into `Progress` and throttles itself: at most one report every `interval_s`.

    Args:
        report: called with each progress that gets through, on the thread that called `update`.
        interval_s: least time between two reports; the first and a forced one always get through.
        clock: monotonic seconds, replaced in tests.
    """

    WINDOW_S = 10.0

    def __init__(
        self,
        report: Callable[[Progress], None],
        interval_s: float = 0.1,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._report = report
        self._interval = interval_s
        self._clock = clock
        self._last_report = float("-inf")
        self._phase = ""
        self._samples: deque[tuple[float, int]] = deque()

    def update(
        self,
        phase: str,
        done: int,
        total: int | None = None,
        *,
        failed: int = 0,
        detail: str = "",
        force: bool = False,
    ) -> None:
        """Note where the work stands and report it if the last report is old enough."""
        now = self._clock()
        if phase != self._phase:
            self._phase, force = phase, True
            self._samples.clear()
        if not force and now - self._last_report < self._interval:
            return
        self._last_report = now
        self._samples.append((now, done))
        while len(self._samples) > 2 and now - self._samples[0][0] > self.WINDOW_S:
            self._samples.popleft()
        rate = self._rate()
        left = (total - done) / rate if total is not None and rate else None
        self._report(Progress(phase, done, total, rate, left, failed, detail))

    def restart_clock(self) -> None:
        """Forget the rate so far; called after a pause, which must not count as slowness."""
        self._samples.clear()

    def _rate(self) -> float | None:
        (t0, n0), (t1, n1) = self._samples[0], self._samples[-1]
        return (n1 - n0) / (t1 - t0) if t1 > t0 and n1 > n0 else None
