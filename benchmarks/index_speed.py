"""How fast 12 MP photos are indexed, against a one-by-one loop with the same model on the same files.

The loop is the recipe's: open, decode fully, scale, encode one picture, collect in a list, write at the end.
Both read warm files and have their model loaded before the clock starts; the two are run in turn so that a
machine that changes its speed changes it for both.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from PIL import Image

from benchmarks.camera_photos import SETS, camera_photos
from benchmarks.figures import Figure
from imgsearch_desktop.adapters.models.starter.model import StarterModel

PHOTOS = 160
ROUNDS = 3
BUDGET_PER_S = 40.0


def measure() -> list[Figure]:
    """Index both sets of photos, and time the loop on the same files."""
    figures: list[Figure] = []
    for set_name in SETS:
        folder = camera_photos(set_name, PHOTOS)
        _warm(folder)
        ours, theirs, peaks, workers = [], [], [], []
        for _ in range(ROUNDS):
            run = _index_in_child(folder)
            ours.append(PHOTOS / run["seconds"])
            peaks.append(run["peak_mb"])
            workers.append(run["workers_mb"])
            theirs.append(PHOTOS / one_by_one(folder))
        ratio = statistics.median(a / b for a, b in zip(ours, theirs, strict=True))
        budget = BUDGET_PER_S if set_name == "1.6 MB" else None
        note = f"{PHOTOS} generated 4000 x 3000 JPEGs, median of {ROUNDS} runs ({_span(ours)})"
        figures += [
            Figure(f"index, {set_name} set", statistics.median(ours), "photos/s", budget, "more", note),
            Figure(
                f"one-by-one loop, {set_name} set", statistics.median(theirs), "photos/s", note=_span(theirs)
            ),
            Figure(f"index against the loop, {set_name} set", ratio, "x", better="more", note="same run"),
            Figure(f"peak memory of the main process, {set_name} set", max(peaks), "MB", 600.0),
            Figure(f"peak memory of all decode workers, {set_name} set", max(workers), "MB"),
        ]
    return figures


def one_by_one(folder: Path) -> float:
    """The recipe's loop.

    Returns:
        Seconds for the whole folder.
    """
    with tempfile.TemporaryDirectory() as cache:
        encoder = StarterModel(Path(cache)).image_encoder
        started = time.perf_counter()
        vectors, names = [], []
        for path in sorted(folder.glob("*.jpg")):
            with Image.open(path) as picture:
                pixels = _centre_crop(picture.convert("RGB"))
            vectors.append(encoder.encode(pixels[None]).vectors[0])
            names.append(path.name)
        np.save(Path(cache) / "vectors.npy", np.stack(vectors))
        (Path(cache) / "names.json").write_text(json.dumps(names))
        return time.perf_counter() - started


def _centre_crop(picture: Image.Image) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    scale = 256 / min(picture.size)
    size = (round(picture.width * scale), round(picture.height * scale))
    scaled = picture.resize(size, Image.Resampling.BICUBIC)
    left, top = (scaled.width - 224) // 2, (scaled.height - 224) // 2
    return np.asarray(scaled.crop((left, top, left + 224, top + 224)), np.uint8)


def _index_in_child(folder: Path) -> dict[str, float]:
    """Index a folder into a new library in a process of its own, so that its memory is its own."""
    with tempfile.TemporaryDirectory() as library:
        command = [sys.executable, "-m", "benchmarks.index_child", library, os.fspath(folder)]
        output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    figures: dict[str, float] = json.loads(output.splitlines()[-1])
    return figures


def _warm(folder: Path) -> None:
    for path in folder.glob("*.jpg"):
        path.read_bytes()


def _span(values: list[float]) -> str:
    return f"{min(values):.1f} to {max(values):.1f}"
