"""Stands in for the library sentence-transformers, which needs torch: models that are a small file each.

`installed` puts it where Python imports the real one from; `tests/torch` holds that the real one is used as
this one.
"""

from __future__ import annotations

import json
import sys
import zlib
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np
import pytest
from PIL import Image

from imgsearch_desktop.domain.embedding import Vector, Vectors
from tests.support.small_models.folders import PREPROCESSOR

DIMS = 24
_FILE = "config.json"


class Library:
    """What was asked of the library.

    Attributes:
        hub: folders by the name they have at the hub.
        loaded: (place, whether the hub was allowed to be asked), in order.
    """

    def __init__(self) -> None:
        self.hub: dict[str, Path] = {}
        self.loaded: list[tuple[str, bool]] = []

    def load(self, place: str, device: str | None = None, local_files_only: bool = False) -> FakeTransformer:
        """`SentenceTransformer(...)`."""
        self.loaded.append((place, not local_files_only))
        folder = self.hub.get(place, Path(place))
        return FakeTransformer(json.loads((folder / _FILE).read_text("utf-8")))


class FakeTransformer:
    """A model that takes pictures or texts; what it makes depends on them and on its seed."""

    def __init__(self, config: dict[str, Any]) -> None:
        self._config = config

    def __getitem__(self, module: int) -> SimpleNamespace:
        if self._config["takes"] == "texts":
            return SimpleNamespace()
        processor = SimpleNamespace(to_json_string=lambda: json.dumps(self._config["processor"]))
        return SimpleNamespace(processor=SimpleNamespace(image_processor=processor))

    def encode(self, inputs: list[Any], **_options: object) -> Vectors:
        """A row for each."""
        return np.stack([self._vector(self._bytes(one)) for one in inputs])

    def _bytes(self, given: Any) -> bytes:
        if (self._config["takes"] == "pictures") != isinstance(given, Image.Image):
            raise ValueError("not what this model takes")
        return given.tobytes() if isinstance(given, Image.Image) else str(given["text"]).encode()

    def _vector(self, content: bytes) -> Vector:
        seed = [zlib.crc32(content), self._config["seed"]]
        numbers = np.random.default_rng(seed).standard_normal(int(self._config["dims"]))
        return numbers.astype(np.float32)


def installed(monkeypatch: pytest.MonkeyPatch) -> Library:
    """Let the program import this instead of the real library."""
    library, module = Library(), ModuleType("sentence_transformers")
    module.SentenceTransformer = library.load  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "sentence_transformers", module)
    return library


def write_images(
    folder: Path, dims: int = DIMS, seed: int = 1, processor: Mapping[str, object] | None = None
) -> Path:
    """A model for pictures; `processor` says what it prepares otherwise than the recipe's."""
    config = {"takes": "pictures", "processor": PREPROCESSOR | dict(processor or {})}
    return _write(folder, config, dims, seed)


def write_texts(folder: Path, dims: int = DIMS, seed: int = 1) -> Path:
    """A model for texts."""
    return _write(folder, {"takes": "texts"}, dims, seed)


def _write(folder: Path, config: dict[str, Any], dims: int, seed: int) -> Path:
    folder.mkdir(parents=True)
    (folder / _FILE).write_text(json.dumps(config | {"dims": dims, "seed": seed}), "utf-8")
    (folder / "README.md").write_text("Not a part of the model.", "utf-8")
    return folder
