"""CLIP ViT-B/32 and its multilingual text encoder in their real sizes, made once and kept in the cache.

Weights are random: speed depends on sizes alone. The text encoder's vocabulary is small, which makes its file
smaller by 350 MB and nothing faster.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import onnx
from onnxruntime.quantization import QuantType, quantize_dynamic

from imgsearch_desktop.adapters.models.onnx_clip.int8 import make_int8
from tests.support.pictures import scene
from tests.support.small_models.folders import recipe_pair
from tests.support.small_models.weights import FULL

ROOT = Path(__file__).parents[1]
CACHE = ROOT / ".cache" / "bench" / "encoders-1"
TORCH = ROOT / ".venv-torch" / "bin" / "python"
"""Python with torch, which need not be there (`make setup-torch`)."""


def full() -> Path:
    """In full precision."""
    return made("full", lambda target: recipe_pair(target, sizes=FULL))


def hub() -> Path:
    """Both towers with uint8 weights, one scale per tensor."""
    return made("hub", _quantise_as_on_the_hub)


def ours() -> Path:
    """The image tower in our own int8."""
    target = CACHE / "ours"
    if not target.is_dir():
        pixels = np.stack([np.asarray(scene(seed, 224, 224), dtype=np.uint8) for seed in range(16)])
        if not make_int8(full(), target, pixels).accepted:
            raise RuntimeError("the int8 tower differs too much from the original")
    return target


def _quantise_as_on_the_hub(target: Path) -> None:
    shutil.copytree(full(), target)
    for graph in (
        target / "visual" / "onnx" / "vision_model.onnx",
        target / "textual" / "onnx" / "model.onnx",
    ):
        model = onnx.load(graph)
        onnx.helper.set_model_props(model, {"onnx.quant.pre_process": "onnxruntime.quant"})
        quantize_dynamic(model, graph, weight_type=QuantType.QUInt8)


def made(name: str, write: Callable[[Path], object]) -> Path:
    """A folder of the cache, whole or not at all."""
    target, work = CACHE / name, CACHE / f"{name}.making"
    if not target.is_dir():
        shutil.rmtree(work, ignore_errors=True)
        write(work)
        work.replace(target)
    return target
