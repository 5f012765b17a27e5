"""`imgsearch`: the use cases without a window.

Importing this package stays cheap: decode workers import the program's start again.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command.

    Args:
        arguments: what follows the program's name; None takes the process's own.

    Returns:
        The exit code: 0 done, 1 known error, 2 usage, 130 stopped by Ctrl-C.
    """
    try:
        if getattr(sys, "frozen", False):
            from multiprocessing import freeze_support

            freeze_support()  # in a frozen build, workers are this same program started again
        from imgsearch_desktop.cli.entry import run

        return run(arguments)
    except KeyboardInterrupt:  # before the command began
        return 130
