"""Runs a command line and turns every way it can end into an exit code and, where needed, one line."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence

from imgsearch_desktop.cli.session import Session
from imgsearch_desktop.domain.errors import Cancelled, KnownError

DONE, KNOWN_ERROR, USAGE, STOPPED = 0, 1, 2, 130


def run(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return the exit code; never raises."""
    from typer.main import get_command

    from imgsearch_desktop.cli.app import app

    _make_streams_forgiving()
    session = Session()
    try:
        given = None if arguments is None else list(arguments)
        get_command(app).main(args=given, prog_name="imgsearch", obj=session)
        code = DONE
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else DONE if ended.code is None else KNOWN_ERROR
    except KnownError as error:
        session.screen.error(str(error))
        code = KNOWN_ERROR
    except (KeyboardInterrupt, Cancelled):
        code = STOPPED
    except Exception as error:
        code = _bug(session, error)
    finally:
        session.close()
    return DONE if _reader_has_gone() else code


def _bug(session: Session, error: Exception) -> int:
    from imgsearch_desktop.runtime.crash_handler import crash_sentence, write_crash_report

    report = write_crash_report(error, session.paths.logs)
    session.screen.error(crash_sentence(error, report))
    return KNOWN_ERROR


def _make_streams_forgiving() -> None:
    """A file name that the terminal's encoding lacks must not end a command."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _reader_has_gone() -> bool:
    """Whether whoever read stdout (`| head`) has what it wanted and left; keeps Python quiet about that."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return True
    except (OSError, ValueError):
        return False
    return False
