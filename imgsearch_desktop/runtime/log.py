"""The log file: what happened, for the person who has to find out why."""

from __future__ import annotations

import logging
import logging.handlers
import os
from pathlib import Path

LEVEL_VARIABLE = "IMGSEARCH_LOG"
"""Environment variable with the level: debug, info (the default), warning or error."""

_ROOT = "imgsearch_desktop"
_MEGABYTE = 1024 * 1024
_LEVELS = {"debug": logging.DEBUG, "info": logging.INFO, "warning": logging.WARNING, "error": logging.ERROR}


class LogFile:
    """A rotating log file that takes the program's records and other libraries' warnings while it is open.

    Nothing goes to stderr: the user is told in words, the log is for finding out why. A directory that cannot
    be written costs the log, not the program.

    Args:
        directory: where it lies; made when the first record is written.
        level: least level of the program's own records; None reads `IMGSEARCH_LOG`.
    """

    def __init__(self, directory: Path, level: int | None = None) -> None:
        self.path = directory / "imgsearch.log"
        self._level = _level_of_environment() if level is None else level
        self._handler: logging.Handler | None = None

    def open(self) -> None:
        """Start to take records; safe to call twice."""
        if self._handler is not None:
            return
        self._handler = _open_handler(self.path)
        self._handler.addFilter(_is_ours_or_warning)
        logging.getLogger().addHandler(self._handler)
        logging.getLogger(_ROOT).setLevel(self._level)

    def close(self) -> None:
        """Stop; safe to call twice."""
        if self._handler is not None:
            logging.getLogger().removeHandler(self._handler)
            logging.getLogger(_ROOT).setLevel(logging.NOTSET)
            self._handler.close()
            self._handler = None


def _open_handler(path: Path) -> logging.Handler:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler: logging.Handler = _QuietRotatingFile(
            path, maxBytes=2 * _MEGABYTE, backupCount=3, encoding="utf-8", errors="backslashreplace"
        )
    except OSError:
        return logging.NullHandler()
    pattern = "%(asctime)s %(levelname)-7s %(process)d %(threadName)s %(name)s: %(message)s"
    handler.setFormatter(logging.Formatter(pattern))
    return handler


class _QuietRotatingFile(logging.handlers.RotatingFileHandler):
    """Loses a record that cannot be written (disk full) instead of printing a traceback."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - overridden
        """Say nothing."""


def _is_ours_or_warning(record: logging.LogRecord) -> bool:
    return record.name.startswith(_ROOT) or record.levelno >= logging.WARNING


def _level_of_environment() -> int:
    return _LEVELS.get(os.environ.get(LEVEL_VARIABLE, "").strip().lower(), logging.INFO)
