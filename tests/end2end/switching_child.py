"""Prepares another model in a process of its own, slowly, and says how far it is; made to be killed.

Run as `python -m tests.end2end.switching_child LIBRARY PHOTOS`. Lines: "PHASE N" (photos that the model
knows, or whatever the phase counts), "finished".
"""

from __future__ import annotations

import sys
from pathlib import Path

from imgsearch_desktop.application.tasks import Progress
from tests.support.fakes import FakeThumbnails
from tests.support.two_models import disk_with, two_models

SECONDS_PER_PHOTO = 0.01


def main() -> None:
    """Go on with the model that was chosen."""
    directory, photos = Path(sys.argv[1]), int(sys.argv[2])
    with two_models(directory, disk_with(photos), FakeThumbnails()) as library:
        library.better.delay_s = SECONDS_PER_PHOTO
        library.prepare(report=tell)
    say("finished")


def tell(progress: Progress) -> None:
    """Say it at once."""
    say(f"{progress.phase} {progress.done}")


def say(line: str) -> None:
    """Say it at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
