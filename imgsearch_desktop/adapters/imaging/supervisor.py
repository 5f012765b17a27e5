"""Keeps decode workers at work: feeds them, holds them to their time, replaces those that fail."""

from __future__ import annotations

import atexit
import logging
import signal
import threading
import time
from collections import deque
from multiprocessing import Pipe
from multiprocessing.connection import wait

from imgsearch_desktop.adapters.imaging.hired_worker import HiredWorker, Job
from imgsearch_desktop.application.ports import DecodeFailure

logger = logging.getLogger(__name__)

CRASHED = "This file crashed the decoder."
CANNOT_START = "The picture decoder cannot be started; the log says why."

_START_LIMIT_S = 60.0
_STARTS_IN_A_ROW = 3
_START_AGAIN_S = 0.2
_FOREVER_S = 3600.0
_IDLE_S = 30.0
_PATIENCE_S = 0.5
"""How long a worker may go on with a file that nobody waits for any more, before a new one is cheaper."""
_NAP_S = 2.0
"""A wait that takes so much longer than asked for was no wait: the machine slept, and no file is to blame."""


class Supervisor:
    """A crew of decode workers and the thread that looks after it.

    Thread and workers start with the first job; workers that have had nothing to do for a while are let go.

    Args:
        workers: most processes at once.
        deadline_s: a file that takes longer is given up.
        memory_mb: what a worker may allocate.
    """

    def __init__(self, workers: int, deadline_s: float, memory_mb: int) -> None:
        self._most_workers = workers
        self._deadline_s = deadline_s
        self._memory_mb = memory_mb
        self._lock = threading.Lock()
        self._waiting: deque[Job] = deque()
        self._crew: list[HiredWorker] = []
        self._dropping = False
        self._closing = False
        self._failed_starts = 0
        self._thread: threading.Thread | None = None
        self._woken, self._waker = Pipe(duplex=False)

    @property
    def worker_pids(self) -> tuple[int, ...]:
        """Process ids of the workers there are now."""
        return tuple(worker.pid for worker in list(self._crew))

    def submit(self, job: Job) -> None:
        """Take a job; every job is delivered exactly once unless it is dropped or the supervisor closed."""
        with self._lock:
            if self._closing:
                raise RuntimeError("the supervisor is closed")
            self._waiting.append(job)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="decode-supervisor", daemon=True)
                self._thread.start()
                atexit.register(self.close)
            self._wake()

    def drop(self) -> None:
        """Forget every job; files being read are given up shortly, and what they still deliver is stale."""
        with self._lock:
            self._waiting.clear()
            self._dropping = True
            if not self._closing:
                self._wake()

    def close(self) -> None:
        """End workers and thread, at once; safe to call twice."""
        with self._lock:
            if self._closing:
                return
            self._closing = True
            thread = self._thread
        atexit.unregister(self.close)
        self._wake()
        if thread is not None:
            thread.join()
        self._woken.close()
        self._waker.close()

    def _wake(self) -> None:
        self._waker.send_bytes(b"\0")

    def _run(self) -> None:
        if hasattr(signal, "pthread_sigmask"):
            # Workers inherit this: Ctrl-C cannot hit one that has not yet learned to ignore it.
            signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            while not self._closing:
                self._turn()
        finally:
            while self._crew:
                self._dismiss(self._crew[0])

    def _turn(self) -> None:
        try:
            self._feed()
            self._listen()
            self._keep_time()
        except Exception:
            logger.exception("An error in the supervision of the decode workers; all are replaced")
            for worker in list(self._crew):
                self._lose(worker, CRASHED)

    def _feed(self) -> None:
        with self._lock:
            dropping, self._dropping = self._dropping, False
        if dropping:
            for worker in self._crew:
                worker.hurry(_PATIENCE_S)
        idle = [worker for worker in self._crew if worker.idle]
        while (job := self._next_job(bool(idle))) is not None:
            worker = idle.pop()
            if not worker.take(job, self._deadline_s):
                self._dismiss(worker)
                with self._lock:
                    self._waiting.appendleft(job)
        starting = sum(worker.starting for worker in self._crew)
        missing = min(len(self._waiting) - starting, self._most_workers - len(self._crew))
        for _ in range(missing):
            self._hire()

    def _next_job(self, wanted: bool) -> Job | None:
        with self._lock:
            return self._waiting.popleft() if wanted and self._waiting else None

    def _hire(self) -> None:
        try:
            self._crew.append(HiredWorker(self._memory_mb, _START_LIMIT_S))
        except OSError as error:
            self._note_failed_start(f"no process could be made: {error}")

    def _listen(self) -> None:
        asked = self._time_left()
        begun = time.monotonic()
        ready = wait([self._woken, *(worker.connection for worker in self._crew)], asked)
        if (slept := time.monotonic() - begun - asked) > _NAP_S:
            for worker in self._crew:
                worker.due += slept
        if self._woken in ready:
            while self._woken.poll():
                self._woken.recv_bytes()
        for worker in [worker for worker in self._crew if worker.connection in ready]:
            self._hear(worker)

    def _time_left(self) -> float:
        """Seconds until somebody is due, or until the next attempt to start the first worker."""
        if not self._crew:
            return _START_AGAIN_S if self._waiting else _FOREVER_S
        return max(min(worker.due for worker in self._crew) - time.monotonic(), 0.0)

    def _hear(self, worker: HiredWorker) -> None:
        try:
            given = worker.hear(_IDLE_S)
        except (EOFError, OSError):
            self._lose(worker, CRASHED)
            return
        self._failed_starts = 0
        if given.bug:
            logger.error("A decode worker met an error in the program:\n%s", given.bug)
        job = worker.finish()
        if given.last:
            self._dismiss(worker)
        if job is not None and given.outcome is not None:
            job.deliver(given.outcome)

    def _keep_time(self) -> None:
        now = time.monotonic()
        for worker in [worker for worker in self._crew if worker.due <= now]:
            if worker.idle:
                self._dismiss(worker)
            else:
                self._lose(
                    worker, f"The file took longer than {self._deadline_s:g} s to read and was given up."
                )

    def _lose(self, worker: HiredWorker, reason: str) -> None:
        """A worker died or was too slow: its file fails, nothing else does."""
        started = not worker.starting
        code = self._dismiss(worker)
        job = worker.finish()
        if job is not None:
            logger.info("decode worker lost (exit code %s): %s", code, reason)
            job.deliver(DecodeFailure(job.request.token, reason))
        elif not started:
            self._note_failed_start(f"a worker ended (exit code {code}) before it was ready")

    def _dismiss(self, worker: HiredWorker) -> int | None:
        self._crew.remove(worker)
        return worker.end()

    def _note_failed_start(self, reason: str) -> None:
        self._failed_starts += 1
        if self._crew or self._failed_starts < _STARTS_IN_A_ROW:
            return
        logger.error("The picture decoder cannot be started: %s", reason)
        self._failed_starts = 0
        while (job := self._next_job(True)) is not None:
            job.deliver(DecodeFailure(job.request.token, CANNOT_START, retry=True))
