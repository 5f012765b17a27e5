"""Our own int8 image tower: signed weights, a scale per channel, made on this computer after a download.

Processors multiply unsigned activations with signed weights fastest; the quantised files of hubs have
unsigned weights and one scale per tensor, which is slower and less exact. What is made here is trusted only
after it was compared with the original on the user's own photos.
"""

from __future__ import annotations

import errno
import os
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from imgsearch_desktop.adapters.models.onnx_clip.image_encoder import OnnxImageEncoder
from imgsearch_desktop.adapters.models.onnx_clip.layout import (
    VISUAL,
    ImageLayout,
    ModelLayout,
    inspect_folder,
)
from imgsearch_desktop.adapters.models.onnx_clip.quantising_process import quantise
from imgsearch_desktop.adapters.models.onnx_clip.session import CPU, SessionSettings
from imgsearch_desktop.domain.embedding import ModelId, Pixels, Vectors
from imgsearch_desktop.domain.errors import DiskFullError, ModelError

LEAST_COSINE = 0.99
"""What the embeddings of photos must have with those in full precision ..."""
SHARE = 0.95
"""... for this share of the photos: one odd picture among hundreds does not decide."""
_FEWEST_PHOTOS = 8
_PART = 8
"""Photos that are compared between two looks at whether to stop."""


@dataclass(frozen=True, slots=True)
class Int8Report:
    """How an int8 tower compares with the original.

    Attributes:
        accepted: it is good enough, and lies in the target folder; otherwise nothing does.
        cosine: what `SHARE` of the photos reach.
        lowest: the least of all.
        mean: over all.
        photos: how many were compared.
        bytes_before: size of the original tower.
        bytes_after: size of the int8 one.
        seconds: what it took, the comparison included.
    """

    accepted: bool
    cosine: float
    lowest: float
    mean: float
    photos: int
    bytes_before: int
    bytes_after: int
    seconds: float


def int8_id(model_id: ModelId) -> ModelId:
    """The id of a model's int8 version: its vectors must not be compared with the original's."""
    return ModelId(f"{model_id}-int8")


def make_int8(
    model_folder: Path, target_folder: Path, pixels: Pixels, checkpoint: Callable[[], None] = lambda: None
) -> Int8Report:
    """Make a model with an int8 image tower; its text tower is the same.

    The target folder is there, whole, only if the result is good enough.

    Args:
        model_folder: a model in full precision.
        target_folder: must not be there yet; beside the other, so that large files need not be copied.
        pixels: photos of the library, uint8 (n, size, size, 3), cut as the model wants it; 8 or more.
        checkpoint: called again and again; what it raises ends the work, and nothing is left of it.

    Raises:
        ModelError: too few photos, the model is quantised already, or cannot be converted.
        DiskFullError: no room.
    """
    started = time.perf_counter()
    layout = inspect_folder(model_folder)
    if layout.image.quantised:
        raise ModelError(f"The model in {model_folder} is quantised already; there is nothing to gain.")
    if len(pixels) < _FEWEST_PHOTOS:
        raise ModelError(f"At least {_FEWEST_PHOTOS} photos are needed to check a faster version of a model.")
    work = target_folder.with_name(f".{target_folder.name}.making")
    shutil.rmtree(work, ignore_errors=True)
    try:
        graph = work / layout.image.graph.relative_to(model_folder)
        quantise(layout.image.graph, graph, checkpoint)
        _take_the_rest(layout, work)
        cosines = _compare(layout, inspect_folder(work).image, pixels, checkpoint)
        cosine = float(np.quantile(cosines, 1 - SHARE, method="lower"))
        report = Int8Report(
            accepted=cosine >= LEAST_COSINE,
            cosine=cosine,
            lowest=float(cosines.min()),
            mean=float(cosines.mean()),
            photos=len(cosines),
            bytes_before=layout.image.graph.stat().st_size,
            bytes_after=graph.stat().st_size,
            seconds=time.perf_counter() - started,
        )
        if report.accepted:
            work.replace(target_folder)
        return report
    except OSError as error:
        raise _unwritable(error, target_folder) from error
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _take_the_rest(layout: ModelLayout, work: Path) -> None:
    """What lies beside the graph, and the text tower; without a second copy where that is possible."""
    weights_apart = {
        layout.image.graph.name,
        f"{layout.image.graph.name}_data",
        f"{layout.image.graph.name}.data",
    }
    for path in sorted(layout.folder.rglob("*")):
        place = path.relative_to(layout.folder)
        tower = place.parts[0] == VISUAL and (path.name in weights_apart or path.suffix == ".onnx")
        if path.is_file() and len(place.parts) > 1 and not tower:
            _link(path, work / place)
    config = layout.folder / "config.json"
    if config.is_file():
        _link(config, work / "config.json")


def _link(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(source, target)
    except OSError:  # another disk, or a file system without links
        shutil.copyfile(source, target)


def _compare(
    layout: ModelLayout, made: ImageLayout, pixels: Pixels, checkpoint: Callable[[], None]
) -> Vectors:
    """Cosine of each photo's two embeddings, on the processor: that is what int8 is for."""
    settings = SessionSettings(providers=(CPU,))
    original, ours = (
        OnnxImageEncoder(tower, layout.dims, settings, batch=_PART) for tower in (layout.image, made)
    )
    cosines = []
    for at in range(0, len(pixels), _PART):
        checkpoint()
        part = pixels[at : at + _PART]
        cosines.append(np.einsum("ij,ij->i", original.encode(part).vectors, ours.encode(part).vectors))
    return np.concatenate(cosines)


def _unwritable(error: OSError, folder: Path) -> Exception:
    if error.errno == errno.ENOSPC:
        return DiskFullError(
            f"There is no room for a faster version of the model on the disk that holds {folder.parent}. "
            "Make room and try again."
        )
    return ModelError(f"A faster version of the model cannot be written to {folder} ({error.strerror}).")
