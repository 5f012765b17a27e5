"""Indexes a folder in a process of its own, slowly, and says what is acknowledged; made to be killed.

Run as `python -m tests.end2end.indexing_child LIBRARY FOLDER`. Lines: "began", "done N" (files acknowledged
since), "finished".
"""

from __future__ import annotations

import sys
from pathlib import Path

from imgsearch_desktop.adapters.imaging.decode_pool import SupervisedDecodePool
from imgsearch_desktop.application.tasks import Progress
from tests.support.real_library import SETTINGS, opened

SECONDS_PER_PHOTO = 0.02
"""Slow enough that a folder lasts for all the kills."""


def main() -> None:
    """Index, telling progress."""
    library_directory, folder = Path(sys.argv[1]), Path(sys.argv[2])
    with opened(library_directory, lambda: SupervisedDecodePool(SETTINGS)) as library:
        library.model.delay_s = SECONDS_PER_PHOTO
        say("began")
        library.run(folder, report=tell)
    say("finished")


def tell(progress: Progress) -> None:
    if progress.phase == "indexing":
        say(f"done {progress.done}")


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
