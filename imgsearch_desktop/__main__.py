"""`imgsearch-desktop [PATH...]`: the window, with what it should add or search as if it had been dropped."""

from __future__ import annotations

from collections.abc import Sequence
from multiprocessing import freeze_support

USAGE = """usage: imgsearch-desktop [--library DIR] [PATH...]

Open the window. Folders given are added to the library, pictures are searched, as if dropped on the window.

  --library DIR   use the library in this directory (also: IMGSEARCH_LIBRARY)
  --version       print the version
  -h, --help      print this

The same without a window: imgsearch --help
"""

DONE, KNOWN_ERROR, WRONG_USAGE = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Start the window and wait until it is closed; return the exit code."""
    freeze_support()
    import sys

    try:
        library, paths = _parse(list(sys.argv[1:] if arguments is None else arguments))
    except ValueError as error:
        sys.stderr.write(f"imgsearch-desktop: {error}\n\n{USAGE}")
        return WRONG_USAGE
    except _Told as told:
        sys.stdout.write(str(told))
        return DONE
    return _run(library, paths)


class _Told(Exception):  # noqa: N818 - an answer, not an error
    """The command line asked for a text only."""


def _parse(arguments: list[str]) -> tuple[str | None, list[str]]:
    """The library, None for the usual one, and the paths.

    Raises:
        ValueError: an option that does not exist, or one without its value.
        _Told: the text that was asked for.
    """
    library: str | None = None
    paths: list[str] = []
    rest = iter(arguments)
    for argument in rest:
        name, equals, value = argument.partition("=")
        if argument in ("-h", "--help"):
            raise _Told(USAGE)
        if argument == "--version":
            from imgsearch_desktop import __version__

            raise _Told(f"imgsearch-desktop {__version__}\n")
        if name == "--library":
            library = value if equals else next(rest, None)
            if not library:
                raise ValueError("--library needs a directory")
        elif argument == "--":
            paths.extend(rest)
        elif argument.startswith("-"):
            raise ValueError(f"there is no option {name}")
        else:
            paths.append(argument)
    return library, paths


def _run(library: str | None, paths: Sequence[str]) -> int:
    """Open the library and the window, run the event loop, close both."""
    import os
    import sys
    from contextlib import ExitStack

    from imgsearch_desktop.domain.errors import KnownError
    from imgsearch_desktop.runtime.crash_handler import CrashHandler
    from imgsearch_desktop.runtime.display import why_no_window
    from imgsearch_desktop.runtime.log import LogFile
    from imgsearch_desktop.runtime.paths import app_paths

    def tell(sentence: str) -> None:
        if sys.stderr is not None:  # a window program on Windows has none
            sys.stderr.write(f"imgsearch-desktop: {sentence}\n")

    reason = why_no_window()
    if reason is not None:
        tell(f"{reason} The same without a window: imgsearch --help")
        return KNOWN_ERROR
    places = app_paths(library)
    with ExitStack() as opened:
        log = LogFile(places.logs)
        opened.callback(log.close)
        log.open()
        handler = CrashHandler(places.logs, tell)
        opened.callback(handler.uninstall)
        handler.install()
        try:
            from imgsearch_desktop.bootstrap.core import build_core
            from imgsearch_desktop.bootstrap.window import (
                build_application,
                build_window,
                closing_on_signals,
            )

            application = build_application()
            core = opened.enter_context(build_core(places))
            opened.enter_context(core.feeds.in_background())
            session = opened.enter_context(build_window(core, [os.fsencode(path) for path in paths]))
        except KnownError as error:
            tell(str(error))
            return KNOWN_ERROR
        opened.enter_context(closing_on_signals(session))
        session.window.show()
        return int(application.exec())


if __name__ == "__main__":
    raise SystemExit(main())
