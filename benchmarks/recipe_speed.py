"""How fast 12 MP photos are indexed with CLIP ViT-B/32, against the published recipe's loop with torch.

Both take the same warm files and have their model loaded before the clock starts. Ours ends when every photo
can be searched, with its thumbnail, metadata and hashes in the catalogue; the loop ends with a file of
vectors. They are run in turn, each in a process of its own, so that a machine that changes its speed changes
it for all. Needs `.venv-torch`.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.camera_photos import camera_photos
from benchmarks.figures import Figure
from benchmarks.full_size_models import ROOT, TORCH, full, hub, ours

PHOTOS = 160
ROUNDS = 2
SET = "1.6 MB"
_RECIPE = "the recipe's loop"
GOALS = {"ONNX, full precision": 5.0, "ONNX, uint8 as on the hub": 6.0, "ONNX, our int8": 9.0}
"""How many times as fast as the recipe each is to be."""

Runs = list[dict[str, float]]


def measure() -> list[Figure]:
    """Photos per second of each, and how many times the recipe's that is; nothing where torch is not."""
    if not TORCH.exists():
        return []
    photos = camera_photos(SET, PHOTOS)
    for path in photos.glob("*.jpg"):
        path.read_bytes()
    models = dict(zip(GOALS, (full(), hub(), ours()), strict=True))
    runs: dict[str, Runs] = {name: [] for name in (_RECIPE, *GOALS)}
    for _ in range(ROUNDS):
        runs[_RECIPE].append(_run([str(TORCH), "-m", "benchmarks.recipe_child", str(photos)]))
        for name, model in models.items():
            runs[name].append(_indexed(photos, model))
    figures = [_speed(name, taken) for name, taken in runs.items()]
    figures += [_ratio(name, runs[name], runs[_RECIPE], goal) for name, goal in GOALS.items()]
    figures += [_of_one_core(name, taken) for name, taken in runs.items()]
    figures += [_afterwards(name, runs[name]) for name in GOALS]
    return figures


def _indexed(photos: Path, model: Path) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as library:
        return _run([sys.executable, "-m", "benchmarks.index_child", library, str(photos), str(model)])


def _run(command: list[str]) -> dict[str, float]:
    quiet = os.environ | {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_VERBOSITY": "error"}
    done = subprocess.run(command, cwd=ROOT, env=quiet, check=True, capture_output=True, text=True)
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    if figures["photos"] != PHOTOS:
        raise RuntimeError(f"{figures['photos']} of {PHOTOS} photos were read by {command}")
    return figures


def _speed(name: str, runs: Runs) -> Figure:
    speeds = [PHOTOS / run["seconds"] for run in runs]
    note = f"{PHOTOS} generated 4000 x 3000 JPEGs, {SET}; {min(speeds):.1f} to {max(speeds):.1f}"
    return Figure(f"index with {name}", statistics.median(speeds), "photos/s", better="more", note=note)


def _ratio(name: str, runs: Runs, recipe: Runs, goal: float) -> Figure:
    ratios = [theirs["seconds"] / mine["seconds"] for mine, theirs in zip(runs, recipe, strict=True)]
    note = f"run in turn; {min(ratios):.1f} to {max(ratios):.1f}"
    return Figure(f"{name} against the recipe", statistics.median(ratios), "x", goal, "more", note)


def _of_one_core(name: str, runs: Runs) -> Figure:
    photos = statistics.median(PHOTOS / run["processor_s"] for run in runs)
    note = "hardly changed by what else runs; waiting threads of torch count as busy"
    return Figure(f"{name}: photos per second of one core", photos, "photos", better="more", note=note)


def _afterwards(name: str, runs: Runs) -> Figure:
    seconds = statistics.median(run["upkeep_seconds"] for run in runs)
    note = f"labels of {PHOTOS} photos, and where results end (once in a library)"
    return Figure(f"{name}: work after that, while one searches", seconds, "s", note=note)
