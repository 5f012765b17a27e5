"""A store of models whose files are any bytes: what opens and checks them is given by the test."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from imgsearch_desktop.adapters.models.sentence_transformers.loaded_pair import loaded_pair
from imgsearch_desktop.adapters.models.sentence_transformers.model import SentenceTransformersModel
from imgsearch_desktop.adapters.models.store.manifest import StoredPair
from imgsearch_desktop.adapters.models.store.model_store import DiskModelStore
from imgsearch_desktop.adapters.models.store.paired_models import PairRunner
from imgsearch_desktop.application.ports import Model
from imgsearch_desktop.application.tasks import Progress, TaskControl
from imgsearch_desktop.domain.embedding import STARTER, Calibration, ModelId
from imgsearch_desktop.domain.errors import ModelError
from imgsearch_desktop.domain.model_list import CpuKind, ModelEntry, ModelFile, Tower
from imgsearch_desktop.domain.self_check import SelfCheckReport, judge
from tests.support.fakes import FakeModel

VISUAL, TEXTUAL = "maker/pictures", "maker/words"
CLIP = ModelId("clip")

ENTRY = ModelEntry(
    model_id=CLIP,
    name="Clip",
    summary="For tests.",
    dims=8,
    languages=("en", "de"),
    licence="MIT",
    licence_urls=("https://example.org/licence",),
    towers=(
        Tower(
            "visual", VISUAL, None, (ModelFile("onnx/model.onnx"), ModelFile("config.json", optional=True))
        ),
        Tower(
            "textual",
            TEXTUAL,
            None,
            (
                ModelFile("onnx/avx2.onnx", cpu=(CpuKind.AVX2,)),
                ModelFile("onnx/plain.onnx", cpu=(CpuKind.PLAIN,)),
                ModelFile("tokenizer.json"),
            ),
        ),
    ),
)
STARTER_ENTRY = ModelEntry(STARTER, "Starter model", "Always there.", 8, ("en",), "Apache-2.0", disk_mb=49)

GOOD = judge({"en": np.eye(12), "de": np.eye(12)}, ("en", "de"))
BAD = judge({"en": np.eye(12), "de": np.ones((12, 12))}, ("en", "de"))


def repos(seed: int = 0, size: int = 300_000) -> dict[str, dict[str, bytes]]:
    """What a hub holds of `ENTRY`: two files of some size, small ones, and what nobody asked for."""
    random = np.random.default_rng(seed)
    return {
        VISUAL: {
            "onnx/model.onnx": random.bytes(size),
            "onnx/model_fp16.onnx": b"not wanted",
            "config.json": b"{}",
        },
        TEXTUAL: {
            "onnx/avx2.onnx": random.bytes(size // 2),
            "onnx/plain.onnx": random.bytes(size),
            "tokenizer.json": b'{"tokens": []}',
        },
    }


def write_folder(folder: Path, seed: int = 0) -> Path:
    """A folder with the files of `ENTRY`, as a user may have one."""
    contents = repos(seed)
    for part, repo in (("visual", VISUAL), ("textual", TEXTUAL)):
        for name, content in contents[repo].items():
            path = folder / part / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    return folder


@dataclass
class Judge:
    """Says what a self-check finds; `report` can be changed between two checks."""

    report: SelfCheckReport = GOOD
    tried: int = 0

    def __call__(self, model: Model, claimed: tuple[str, ...]) -> SelfCheckReport:
        self.tried += 1
        return self.report


def open_folder(folder: Path, entry: ModelEntry, calibration: Calibration | None, tower: ModelId) -> Model:
    """A model of a folder that has both parts."""
    for part in ("visual", "textual"):
        if not (folder / part).is_dir():
            raise ModelError(f"{folder} has no folder {part}.")
    return FakeModel()


def open_pair(pair: StoredPair, entry: ModelEntry, calibration: Calibration | None, tower: ModelId) -> Model:
    """A model of two, run by whatever library is there."""
    places = pair.images.place, pair.texts.place
    return SentenceTransformersModel(entry, *places, pair.encoder_input, calibration, tower)


def graphs_of(folder: Path) -> set[Path]:
    """Those in full precision, or what there is for AVX2."""
    text = folder / "textual" / "onnx"
    return {folder / "visual" / "onnx" / "model.onnx", text / "avx2.onnx"}


def store_in(root: Path, check: Judge | None = None, cpu: CpuKind = CpuKind.AVX2) -> DiskModelStore:
    """A store over a directory."""
    entries = (STARTER_ENTRY, ENTRY)
    pairs = PairRunner(loaded_pair, open_pair)
    return DiskModelStore(root, entries, FakeModel(), open_folder, check or Judge(), graphs_of, cpu, pairs)


def unwatched() -> tuple[TaskControl, Callable[[Progress], None]]:
    """Control and report for work that nobody watches."""
    return TaskControl(), lambda _: None


def damage(path: Path) -> None:
    """Change one byte in the middle of a file."""
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 2)
        byte = file.read(1)
        file.seek(-1, os.SEEK_CUR)
        file.write(bytes([byte[0] ^ 1]))
