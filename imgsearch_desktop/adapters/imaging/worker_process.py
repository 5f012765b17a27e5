"""Starting a decode worker: a fresh interpreter that loads nothing but what decoding needs.

This module is what the child loads first, so it imports neither numpy nor Pillow.
"""

from __future__ import annotations

import io
import os
import signal
import sys
from multiprocessing import spawn
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Any

_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")


class WorkerProcess(SpawnProcess):
    """A decode worker.

    Start it on the thread that looks after it: on Linux the worker ends with that thread.

    Args:
        connection: the worker's end; close it here once the process has started.
        memory_mb: what the worker may allocate.
    """

    def __init__(self, connection: Connection, memory_mb: int) -> None:
        super().__init__(name="imgsearch-decode", daemon=True)
        self._connection = connection
        self._memory_mb = memory_mb
        self._started_by = os.getpid()

    def run(self) -> None:
        """Prepare the process, then serve requests; runs in the child."""
        from imgsearch_desktop.adapters.imaging import process_limits

        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the program, which then ends its workers
        process_limits.end_with_parent(self._started_by)
        process_limits.silence()
        process_limits.step_back()
        process_limits.leave_no_core()
        process_limits.limit_memory(self._memory_mb)
        process_limits.reuse_memory()
        os.environ.update(dict.fromkeys(_ONE_THREAD, "1"))
        from imgsearch_desktop.adapters.imaging.worker import serve

        serve(self._connection, self._memory_mb)

    if sys.platform != "win32":

        @staticmethod
        def _Popen(process_obj: Any) -> Any:  # noqa: N802 - the standard library's name for it
            return _lean_popen()(process_obj)


def _lean_popen() -> Any:
    """The standard library's way to spawn, less two things that a worker does not need.

    It neither imports the program's main module (with whatever that imports, Qt perhaps) nor starts a
    resource tracker, a process of its own that would outlive the pool.
    """
    from multiprocessing import popen_spawn_posix, reduction, util
    from multiprocessing.context import set_spawning_popen

    class LeanPopen(popen_spawn_posix.Popen):
        _fds: list[int]  # what the standard class lets the child inherit

        def _launch(self, process_obj: Any) -> None:
            described = io.BytesIO()
            preparation = spawn.get_preparation_data(process_obj.name)
            for main_module in ("init_main_from_name", "init_main_from_path"):
                preparation.pop(main_module, None)
            set_spawning_popen(self)
            try:
                reduction.dump(preparation, described)
                reduction.dump(process_obj, described)
            finally:
                set_spawning_popen(None)
            self._start(described.getbuffer())

        def _start(self, described: memoryview) -> None:
            ends_when_child_ends, child_writes = os.pipe()
            child_reads, parent_writes = os.pipe()
            self.finalizer = util.Finalize(self, _close_both, (ends_when_child_ends, parent_writes))
            self.sentinel = ends_when_child_ends
            # Written before the child is there, which the pipe has room for: whatever becomes of this process
            # meanwhile, the child reads all of it and then sees for itself whether it is still wanted.
            with open(parent_writes, "wb", closefd=False) as pipe:
                pipe.write(described)
            try:
                command = spawn.get_command_line(tracker_fd=None, pipe_handle=child_reads)
                inherited = [*self._fds, child_reads, child_writes]
                self.pid = util.spawnv_passfds(os.fsencode(spawn.get_executable()), command, inherited)
            finally:
                os.close(child_reads)
                os.close(child_writes)

    return LeanPopen


def _close_both(first: int, second: int) -> None:
    os.close(first)
    os.close(second)
