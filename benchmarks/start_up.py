"""How long a person waits before anything happens: import, ``--help``, a search from a cold process."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.camera_photos import camera_photos
from benchmarks.figures import Figure

IMGSEARCH = [sys.executable, "-c", "from imgsearch_desktop.cli import main; raise SystemExit(main())"]
ROUNDS = 7
PHOTOS = 12


def measure() -> list[Figure]:
    """Time whole processes; the empty interpreter's own start is measured beside them."""
    empty = _seconds([sys.executable, "-c", "pass"])
    package = _seconds([sys.executable, "-c", "import imgsearch_desktop.cli.app"])
    shown = _seconds([*IMGSEARCH, "--help"])
    figures = [
        Figure("import of the package, interpreter apart", package - empty, "s", 0.3),
        Figure("imgsearch --help, whole process", shown, "s", note=f"of which {empty:.2f} s interpreter"),
    ]
    with tempfile.TemporaryDirectory() as library:
        folder = camera_photos("1.6 MB", PHOTOS)
        command = [*IMGSEARCH, "--library", library]
        subprocess.run([*command, "index", str(folder)], check=True, capture_output=True)
        figures += [
            Figure("imgsearch status, whole process", _seconds([*command, "status"]), "s"),
            Figure("imgsearch search, whole process", _seconds([*command, "search", "dog"]), "s"),
        ]
    return figures


def _seconds(command: Sequence[str]) -> float:
    times = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True, cwd=Path(__file__).parents[1])
        times.append(time.perf_counter() - started)
    return statistics.median(times)
