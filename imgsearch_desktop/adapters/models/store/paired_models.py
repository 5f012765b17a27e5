"""Makes models of two that the library sentence-transformers runs; nothing of them is copied."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from imgsearch_desktop.adapters.models.store.file_hashes import sha256_of
from imgsearch_desktop.adapters.models.store.manifest import Manifest, PairedModel, StoredFile, StoredPair
from imgsearch_desktop.application.ports import Model
from imgsearch_desktop.application.tasks import ProgressMeter, TaskControl
from imgsearch_desktop.domain.embedding import Calibration, ModelId
from imgsearch_desktop.domain.errors import ModelError
from imgsearch_desktop.domain.model_list import ModelEntry

READING = "reading"
"""Phase in which the two folders are read, in bytes."""

LoadPair = Callable[[ModelEntry, str, str], Model]
"""Loads two models, for pictures and for texts, and finds out what they make; raises ModelError."""

OpenPair = Callable[[StoredPair, ModelEntry, Calibration | None, ModelId], Model]
"""Makes a model of a stored pair; its encoders load on first use. The id names its image tower."""

_OWNER = "sentence-transformers"
"""Owns what the library calls by a name alone."""

_NAME = re.compile(r"[\w.-]+(/[\w.-]+)?", re.ASCII)
_KINDS = {".json", ".txt", ".model", ".safetensors", ".bin", ".pt"}
_OTHER_RUNTIMES = {"onnx", "openvino"}
"""What a model is made of, and folders of a clone in which the same weights lie once more."""


@dataclass(frozen=True, slots=True)
class PairRunner:
    """What runs pairs.

    Attributes:
        load: for one that is new.
        open: for one that is stored.
    """

    load: LoadPair
    open: OpenPair


def hashed(typed: str, control: TaskControl, meter: ProgressMeter) -> PairedModel:
    """One half of a pair, with what its folder holds.

    Args:
        typed: a folder, or a name at the hub; one without an owner is the library's own.
        control: stops the reading.
        meter: takes the progress.

    Raises:
        ModelError: neither, or the folder cannot be read.
        Cancelled: the user stopped it.
    """
    folder = Path(typed).expanduser().absolute()
    if not folder.is_dir():
        if not _NAME.fullmatch(typed):
            raise ModelError(f"There is no folder {typed}, and no model at the hub can be called that.")
        return PairedModel(typed if "/" in typed else f"{_OWNER}/{typed}")
    try:
        os.fspath(folder).encode()
        return PairedModel(os.fspath(folder), _files_of(folder, control, meter))
    except UnicodeEncodeError as error:
        raise ModelError(
            "The model's folder has a name that is no text. Rename it, then try again."
        ) from error
    except OSError as error:
        raise ModelError(f"The model's files cannot be read: {error.filename} ({error.strerror}).") from error


def _files_of(folder: Path, control: TaskControl, meter: ProgressMeter) -> tuple[StoredFile, ...]:
    paths = [
        path for path in sorted(folder.rglob("*")) if _is_part(path.relative_to(folder)) and path.is_file()
    ]
    if not paths:
        raise ModelError(f"The folder {folder} holds no model of sentence-transformers.")
    sizes = [path.stat().st_size for path in paths]
    total, done = sum(sizes), 0

    def step(size: int) -> None:
        nonlocal done
        done += size
        control.checkpoint()
        meter.update(READING, done, total)

    return tuple(
        StoredFile(path.relative_to(folder).as_posix(), size, sha256_of(path, step))
        for path, size in zip(paths, sizes, strict=True)
    )


def _is_part(path: Path) -> bool:
    return path.suffix in _KINDS and not any(part in _OTHER_RUNTIMES or part[0] == "." for part in path.parts)


def described(
    images: PairedModel, texts: PairedModel, name: str | None, load: LoadPair
) -> tuple[Manifest, Model]:
    """Load a pair and say what it is.

    Args:
        images: the model for pictures.
        texts: the model for texts.
        name: what people are to call it, None for the names of the two.
        load: loads it.

    Raises:
        ModelError: it cannot be loaded, or the two do not belong together.
    """
    model = load(_entry_of(images, texts, name), images.place, texts.place)
    pair = StoredPair(images, texts, model.spec.encoder_input)
    return Manifest(_entry_of(images, texts, name, model.spec.dims), files=(), pair=pair), model


def _entry_of(images: PairedModel, texts: PairedModel, name: str | None, dims: int = 0) -> ModelEntry:
    names = [Path(half.place).name for half in (images, texts)]
    content = f"{images.identity}\n\n{texts.identity}"
    digest = hashlib.sha256(content.encode()).hexdigest()[:8]
    halves = dict.fromkeys((images, texts))
    return ModelEntry(
        model_id=ModelId(f"{_slug(names[0])}-{_slug(names[1])}-{digest}"),
        name=name or " + ".join(names),
        summary="Two models run by sentence-transformers, as in the published recipe. Slower than ONNX.",
        dims=dims,
        languages=("en",),
        licence="unknown",
        licence_urls=tuple(f"https://huggingface.co/{half.place}" for half in halves if not half.files),
        memory_mb=round(sum(file.size for half in halves for file in half.files) / 1e6),
    )


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:32].strip("-") or "model"
