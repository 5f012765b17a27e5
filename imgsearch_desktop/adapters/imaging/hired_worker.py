"""A decode worker as its supervisor sees it: process, pipe, at most one job, and a time when it is due."""

from __future__ import annotations

import pickle
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing import Pipe

from imgsearch_desktop.adapters.imaging.worker_messages import Answer, Outcome, Request
from imgsearch_desktop.adapters.imaging.worker_process import WorkerProcess

_END_S = 1.0
"""A killed process is gone at once, unless the system holds it in a call to a dead network drive."""


@dataclass(frozen=True, slots=True)
class Job:
    """A request and who is told of its outcome, on the supervisor's thread."""

    request: Request
    deliver: Callable[[Outcome], None]


class HiredWorker:
    """Starts a worker process; it is `starting` until it has been heard for the first time.

    Attributes:
        connection: readable when the worker has answered or died.
        due: monotonic time by which it must have started, answered, or been given something to do.

    Raises:
        OSError: no process can be made.
    """

    def __init__(self, memory_mb: int, start_limit_s: float) -> None:
        self.connection, theirs = Pipe()
        self.due = time.monotonic() + start_limit_s
        self.starting = True
        self._job: Job | None = None
        self._process = WorkerProcess(theirs, memory_mb)
        try:
            self._process.start()
        except OSError:
            self.connection.close()
            raise
        finally:
            theirs.close()

    @property
    def pid(self) -> int:
        """Process id."""
        return self._process.pid or 0

    @property
    def idle(self) -> bool:
        """Whether it can take a job."""
        return not self.starting and self._job is None

    def take(self, job: Job, deadline_s: float) -> bool:
        """Hand a job over; False when the worker has died meanwhile and the job is not its any more."""
        try:
            self.connection.send_bytes(pickle.dumps(job.request, protocol=5))
        except OSError:
            return False
        self._job = job
        self.due = time.monotonic() + deadline_s
        return True

    def hear(self, idle_s: float) -> Answer:
        """Receive an answer.

        Args:
            idle_s: how long the worker may wait for its next job.

        Raises:
            EOFError, OSError: the worker has died.
        """
        given: Answer = pickle.loads(self.connection.recv_bytes())  # noqa: S301 - from our own child
        self.starting = False
        self.due = time.monotonic() + idle_s
        return given

    def finish(self) -> Job | None:
        """The job it had, which is its no longer."""
        job, self._job = self._job, None
        return job

    def hurry(self, patience_s: float) -> None:
        """Shorten the time for the job it has, if any."""
        if self._job is not None:
            self.due = min(self.due, time.monotonic() + patience_s)

    def end(self) -> int | None:
        """Kill the process; its exit code, None if the system does not let go of it."""
        self.connection.close()
        self._process.kill()
        self._process.join(_END_S)
        return self._process.exitcode
