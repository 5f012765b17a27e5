"""How fast the window answers: scrolling a million photos, starting and searching with 100 thousand.

Each measurement is a process of its own (`benchmarks.window_child`), once alone and once while photos are
indexed beside it. Painting goes to memory (Qt's offscreen platform), as no display is needed for that. The
wall clock counts what other processes take of the cores; beside it stands the GUI thread's own time.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import cast

from benchmarks.figures import Figure
from benchmarks.filled_library import CACHE, filled_library

PHOTOS = 100_000
FRAME_MS, RESET_MS, START_S, MEMORY_MB = 16.0, 100.0, 1.5, 600.0
GRID_MEMORY_MB = 1600.0


def measure() -> list[Figure]:
    """Measure everything."""
    library = filled_library(PHOTOS)
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory(dir=CACHE) as scratch:
        for place, suffix in enumerate(("", ", while indexing")):
            own = Path(scratch) / f"grid{place}"
            figures += _grid(_run("grid", own, indexing=bool(place)), suffix)
        figures += _start(_run("start", library))
        for place, suffix in enumerate(("", ", while indexing")):
            copy = Path(scratch) / f"library{place}"
            shutil.copytree(library, copy)
            figures += _search(_run("search", copy, indexing=bool(place)), suffix)
            shutil.rmtree(copy)
    return figures


def _run(what: str, library: Path, *, indexing: bool = False) -> Mapping[str, float]:
    command = [sys.executable, "-m", "benchmarks.window_child", what, str(library)]
    command += ["--indexing"] if indexing else []
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=environment)
    return cast(Mapping[str, float], json.loads(done.stdout.splitlines()[-1]))


def _grid(raw: Mapping[str, float], suffix: str) -> list[Figure]:
    note = f"{raw['frames']:.0f} frames of 1440 x 900, thumbnails loaded on the way{_busy(raw, suffix)}"
    size = f"1,000,000 photos{suffix}"
    return [
        Figure(f"frame p50 while scrolling, {size}", raw["frame_p50_ms"], "ms", note=note),
        Figure(f"frame p95 while scrolling, {size}", raw["frame_p95_ms"], "ms", FRAME_MS, note=note),
        Figure(f"of which the GUI thread's own time p95, {size}", raw["frame_own_p95_ms"], "ms"),
        Figure(f"frame p95 while jumping, {size}", raw["jump_p95_ms"], "ms", note="each to another place"),
        Figure(f"model reset and paint, {size}", raw["reset_ms"], "ms", RESET_MS),
        Figure(f"another tile size and paint, {size}", raw["resize_ms"], "ms", RESET_MS),
        Figure(f"peak memory of the process, {size}", raw["peak_mb"], "MB", GRID_MEMORY_MB),
    ]


def _start(raw: Mapping[str, float]) -> list[Figure]:
    size = f"{PHOTOS:,} photos"
    own = f"whole process, which took {raw['own_s']:.2f} s of processor time"
    return [
        Figure(f"start to usable window, {size}", raw["usable_s"], "s", START_S, note="whole process"),
        Figure(f"start to first painted grid, {size}", raw["painted_s"], "s", START_S, note=own),
        Figure(f"start to all thumbnails in view, {size}", raw["complete_s"], "s"),
    ]


def _search(raw: Mapping[str, float], suffix: str) -> list[Figure]:
    size = f"{PHOTOS:,} photos{suffix}"
    waiting = f"of which {raw['debounce_ms']:.0f} ms are the wait for the next key"
    note = f"{waiting}; {raw['searches']:.0f} searches{_busy(raw, suffix)}"
    return [
        Figure(f"key press to painted results p50, {size}", raw["key_p50_ms"], "ms", note=note),
        Figure(f"key press to painted results p95, {size}", raw["key_p95_ms"], "ms", note=note),
        Figure(f"peak memory of the process, {size}", raw["peak_mb"], "MB", MEMORY_MB),
    ]


def _busy(raw: Mapping[str, float], suffix: str) -> str:
    return f"; indexing went on during {raw['busy']:.0%}" if suffix else ""
