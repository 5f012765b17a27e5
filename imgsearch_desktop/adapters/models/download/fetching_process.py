"""The process that fetches: it can be killed at any moment, which is how downloads pause and stop."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from multiprocessing import Pipe, get_context, parent_process
from multiprocessing.connection import Connection
from pathlib import Path

from imgsearch_desktop.adapters.models.download.hub_problems import (
    HubProblem,
    ProblemKind,
    is_network,
    problem_of,
)
from imgsearch_desktop.adapters.models.download.plan import DownloadPlan, forget_plan, read_plan, write_plan
from imgsearch_desktop.adapters.models.store.manifest import StoredFile
from imgsearch_desktop.adapters.models.store.model_lock import model_lock
from imgsearch_desktop.domain.errors import ModelError
from imgsearch_desktop.domain.model_list import CpuKind, Tower

WRITER_LOCK = ".writer"

_ENVIRONMENT = {
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_DISABLE_PROGRESS_BARS": "1",
    "HF_HUB_DISABLE_UPDATE_CHECK": "1",
    "HF_HUB_DISABLE_XET": "1",
}
"""The library's switches: no word to anybody, and one transfer that can go on where it ended."""


@dataclass(frozen=True, slots=True)
class FetchRequest:
    """What is to be fetched.

    Attributes:
        folder: where to; it is there.
        towers: what.
        cpu: for which processor.
        revisions: commits by repository that are to be kept to.
    """

    folder: Path
    towers: tuple[Tower, ...]
    cpu: CpuKind
    revisions: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Fetched:
    """Everything has come and is what it should be."""

    files: tuple[StoredFile, ...]


Message = DownloadPlan | Fetched | HubProblem
"""What the process tells: its plan, for which it wants leave; then how it ended."""


class FetchingProcess:
    """Starts the process; end it with `kill`.

    Attributes:
        connection: brings messages; whoever has heard the plan sends anything to let it go on.
    """

    def __init__(self, request: FetchRequest) -> None:
        self.connection, theirs = Pipe()
        self._process = get_context("spawn").Process(
            target=_run, args=(theirs, request), name="imgsearch-fetch", daemon=True
        )
        try:
            self._process.start()
        finally:
            theirs.close()

    def kill(self) -> None:
        """End it at once and wait until it has gone; what it wrote stays."""
        self.connection.close()
        self._process.kill()
        self._process.join()
        self._process.close()


def _run(connection: Connection, request: FetchRequest) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the program, which then ends this
    threading.Thread(target=_end_with_parent, daemon=True).start()
    os.environ.update(_ENVIRONMENT)
    os.environ["HF_HOME"] = str(request.folder / ".hub")  # no traces in the user's home, no token from there
    silence()
    with connection:
        connection.send(_outcome(connection, request))


def _outcome(connection: Connection, request: FetchRequest) -> Fetched | HubProblem:
    from imgsearch_desktop.adapters.models.download.hub import Hub

    hub = Hub()
    try:
        # A process that was killed a moment ago may not have gone yet.
        with model_lock(request.folder / WRITER_LOCK, "another process is fetching this model", wait_s=10):
            plan = read_plan(request.folder)
            if plan is None:
                plan = hub.plan(request.towers, request.cpu, request.revisions)
                write_plan(request.folder, plan)
            connection.send(plan)
            connection.recv()
            return Fetched(tuple(hub.fetch(file, request.folder) for file in plan.files))
    except ModelError as error:
        return HubProblem(ProblemKind.MODEL, str(error))
    except Exception as error:
        if not is_network(error):
            forget_plan(request.folder)  # the hub may have other files by now: the next try asks anew
        problem = problem_of(error, hub.endpoint)
        if problem is None:
            raise
        return problem


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
    os._exit(1)


def silence() -> None:
    """Print nothing: stdout belongs to the commands, stderr to their messages."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream, descriptor in ((sys.stdout, 1), (sys.stderr, 2)):
        if stream is not None:
            os.dup2(nowhere, descriptor)
    os.close(nowhere)
