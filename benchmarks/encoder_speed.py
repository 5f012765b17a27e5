"""How fast CLIP ViT-B/32 and its multilingual text encoder run: torch as in the recipe, and our towers.

Weights are random, sizes are real: speed depends on sizes alone. The text encoder's vocabulary is small,
which makes its file smaller by 350 MB and nothing faster. Kinds are run in turn, each in a process of its
own, so that a machine that changes its speed changes it for all. Torch is measured where `.venv-torch` is
(`make setup-torch`).
"""

from __future__ import annotations

import json
import shutil
import statistics
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import onnx
from onnxruntime.quantization import QuantType, quantize_dynamic

from benchmarks.figures import Figure
from imgsearch_desktop.adapters.models.onnx_clip.int8 import make_int8
from tests.support.pictures import scene
from tests.support.small_models.folders import recipe_pair
from tests.support.small_models.weights import FULL

ROUNDS = 3
_ROOT = Path(__file__).parents[1]
_CACHE = _ROOT / ".cache" / "bench" / "encoders-1"
_TORCH = _ROOT / ".venv-torch" / "bin" / "python"

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
    if _TORCH.exists():
        kinds[_RECIPE] = [str(_TORCH), *child, "torch-single", ""]
        kinds["torch, batches of 8"] = [str(_TORCH), *child, "torch-batched", ""]
    for name, folder in ((_FP32, _full()), (_HUB, _hub()), (_OURS, _ours())):
        kinds[name] = [sys.executable, *child, "onnx", str(folder)]
    return kinds


def _run(command: list[str]) -> dict[str, float]:
    output = subprocess.run(command, cwd=_ROOT, check=True, capture_output=True, text=True).stdout
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


def _full() -> Path:
    return _made("full", lambda target: recipe_pair(target, sizes=FULL))


def _hub() -> Path:
    return _made("hub", _quantise_as_on_the_hub)


def _ours() -> Path:
    target = _CACHE / "ours"
    if not target.is_dir():
        pixels = np.stack([np.asarray(scene(seed, 224, 224), dtype=np.uint8) for seed in range(16)])
        if not make_int8(_full(), target, pixels).accepted:
            raise RuntimeError("the int8 tower differs too much from the original")
    return target


def _quantise_as_on_the_hub(target: Path) -> None:
    shutil.copytree(_full(), target)
    for graph in (
        target / "visual" / "onnx" / "vision_model.onnx",
        target / "textual" / "onnx" / "model.onnx",
    ):
        model = onnx.load(graph)
        onnx.helper.set_model_props(model, {"onnx.quant.pre_process": "onnxruntime.quant"})
        quantize_dynamic(model, graph, weight_type=QuantType.QUInt8)


def _made(name: str, write: Callable[[Path], object]) -> Path:
    """A folder of the cache, whole or not at all."""
    target, work = _CACHE / name, _CACHE / f"{name}.making"
    if not target.is_dir():
        shutil.rmtree(work, ignore_errors=True)
        write(work)
        work.replace(target)
    return target
