"""What happens when the program meets a bug: one report file, one sentence, no traceback on the screen."""

from __future__ import annotations

import faulthandler
import logging
import os
import platform
import sys
import tempfile
import threading
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import IO

from imgsearch_desktop import __version__

_log = logging.getLogger(__name__)

_REPORTS_KEPT = 10
_FAULT_FILES = "hard-crash-*.txt"


def write_crash_report(error: BaseException, directory: Path) -> Path | None:
    """Write what is needed to find a bug, and nothing about the photos.

    Args:
        error: the exception, with its traceback.
        directory: where reports lie; the system's temporary directory when it cannot be written.

    Returns:
        The file, None when it could be written nowhere.
    """
    now = datetime.now(UTC)
    report = "\n".join(
        (
            f"ImgSearch Desktop {__version__} met a bug on {now:%Y-%m-%d %H:%M:%S} UTC.",
            f"Python {platform.python_version()} on {platform.platform()}",
            "",
            "".join(traceback.format_exception(error)),
        )
    )
    name = f"crash-{now:%Y%m%d-%H%M%S-%f}.txt"
    for place in (directory, Path(tempfile.gettempdir())):
        try:
            place.mkdir(parents=True, exist_ok=True)
            path = place / name
            path.write_text(report, encoding="utf-8", errors="backslashreplace")
        except OSError:
            continue
        _drop_old_reports(place)
        return path
    return None


def crash_sentence(error: BaseException, report: Path | None) -> str:
    """The sentence for the user."""
    what = f"{type(error).__name__}: {error}".splitlines()[0][:200].rstrip(": ")
    where = f"A report for the developers is in {report}" if report else "No report could be written"
    return f"ImgSearch Desktop met a bug ({what}). Your photos and library are not affected. {where}."


def _drop_old_reports(directory: Path) -> None:
    for old in sorted(directory.glob("crash-*.txt"))[:-_REPORTS_KEPT]:
        old.unlink(missing_ok=True)


class CrashHandler:
    """Catches what nothing else caught, on any thread, and crashes of native code.

    Args:
        directory: where reports go.
        tell: called with the sentence for the user, on the thread that met the bug.
    """

    def __init__(self, directory: Path, tell: Callable[[str], None]) -> None:
        self._directory = directory
        self._tell = tell
        self._fault_path = directory / _FAULT_FILES.replace("*", str(os.getpid()))
        self._fault_file: IO[str] | None = None
        self._previous_hook = sys.excepthook
        self._previous_thread_hook = threading.excepthook

    def install(self) -> str | None:
        """Take over; returns what native code said when it crashed an earlier run, if it did."""
        earlier = _take_fault_reports(self._directory)
        try:
            self._directory.mkdir(parents=True, exist_ok=True)
            self._fault_file = self._fault_path.open("w", encoding="utf-8")
            faulthandler.enable(self._fault_file)
        except OSError:
            self._fault_file = None
        self._previous_hook, sys.excepthook = sys.excepthook, self._on_exception
        self._previous_thread_hook, threading.excepthook = threading.excepthook, self._on_thread_exception
        return earlier

    def uninstall(self) -> None:
        """Give the hooks back; the end of a run without a crash."""
        sys.excepthook, threading.excepthook = self._previous_hook, self._previous_thread_hook
        if self._fault_file is not None:
            faulthandler.disable()
            self._fault_file.close()
            self._fault_file = None
            self._fault_path.unlink(missing_ok=True)

    def report(self, error: BaseException) -> None:
        """Write a report and tell the user."""
        path = write_crash_report(error, self._directory)
        _log.error("bug, reported in %s", path, exc_info=error)
        self._tell(crash_sentence(error, path))

    def _on_exception(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._previous_hook(kind, error, trace)
            return
        self.report(error)

    def _on_thread_exception(self, arguments: threading.ExceptHookArgs) -> None:
        if arguments.exc_value is not None and not issubclass(arguments.exc_type, SystemExit):
            self.report(arguments.exc_value)


def _take_fault_reports(directory: Path) -> str | None:
    """What runs that ended in native code left, taken away; files of runs still going on stay."""
    import psutil

    told = []
    for path in sorted(directory.glob(_FAULT_FILES)):
        try:
            text = path.read_text(encoding="utf-8", errors="replace").strip()
            if text or not psutil.pid_exists(int(path.stem.rpartition("-")[2])):
                path.unlink()
        except (OSError, ValueError):
            continue
        if text:
            told.append(text)
    return "\n\n".join(told) or None
