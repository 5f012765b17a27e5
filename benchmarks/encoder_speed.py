"""How fast CLIP ViT-B/32 and its multilingual text encoder run: torch as in the recipe, and our towers.

Kinds are run in turn, each in a process of its
own, so that a machine that changes its speed changes it for all. Torch is measured where `.venv-torch` is
(`make setup-torch`).
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys

from benchmarks.figures import Figure
from benchmarks.full_size_models import ROOT, TORCH, full, hub, ours

ROUNDS = 3

_RECIPE = "torch, one by one (the recipe)"
_FP32, _HUB, _OURS = "ONNX, full precision", "ONNX, uint8 as on the hub", "ONNX, our int8"

Runs = list[dict[str, float]]


def measure() -> list[Figure]:
    """All kinds, and how much faster ours are than the recipe's."""
    kinds = _kinds()
    runs: dict[str, Runs] = {name: [] for name in kinds}
    for _ in range(ROUNDS):
        for name, command in kinds.items():
            runs[name].append(_run(command))
    figures = [figure for name, taken in runs.items() for figure in _figures(name, taken)]
    if _RECIPE in runs:
        figures += [_ratio(name, runs[name], runs[_RECIPE]) for name in (_FP32, _HUB, _OURS)]
    return figures


def _kinds() -> dict[str, list[str]]:
    """How each kind is started."""
    child = ["-m", "benchmarks.encoder_child"]
    kinds = {}
    if TORCH.exists():
        kinds[_RECIPE] = [str(TORCH), *child, "torch-single", ""]
        kinds["torch, batches of 8"] = [str(TORCH), *child, "torch-batched", ""]
    for name, folder in ((_FP32, full()), (_HUB, hub()), (_OURS, ours())):
        kinds[name] = [sys.executable, *child, "onnx", str(folder)]
    return kinds


def _run(command: list[str]) -> dict[str, float]:
    output = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    figures: dict[str, float] = json.loads(output.splitlines()[-1])
    return figures


def _figures(name: str, runs: Runs) -> list[Figure]:
    def median(key: str) -> float:
        return statistics.median(run[key] for run in runs)

    speeds = [run["pictures_per_s"] for run in runs]
    span = f"{min(speeds):.1f} to {max(speeds):.1f}, pictures of 224 x 224, without decoding"
    return [
        Figure(f"{name}: pictures", median("pictures_per_s"), "pictures/s", better="more", note=span),
        Figure(
            f"{name}: pictures per second of one core",
            median("pictures_per_processor_s"),
            "pictures",
            better="more",
            note="hardly changed by what else runs; waiting threads of torch count as busy",
        ),
        Figure(f"{name}: a text", median("text_ms"), "ms"),
        Figure(f"{name}: import", median("import_s"), "s", note=f"{median('import_mb'):.0f} MB"),
        Figure(f"{name}: memory with both encoders", max(run["memory_mb"] for run in runs), "MB"),
    ]


def _ratio(name: str, ours: Runs, recipe: Runs) -> Figure:
    ratios = [a["pictures_per_s"] / b["pictures_per_s"] for a, b in zip(ours, recipe, strict=True)]
    return Figure(
        f"{name} against the recipe", statistics.median(ratios), "x", better="more", note="same run"
    )
