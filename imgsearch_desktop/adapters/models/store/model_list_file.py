"""Reads the list of models that comes with the program."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from imgsearch_desktop.domain.embedding import ModelId
from imgsearch_desktop.domain.model_list import CpuKind, ModelEntry, ModelFile, Tower


def read_model_list(path: Path) -> tuple[ModelEntry, ...]:
    """The models in the order of the file.

    Args:
        path: `resources/models.toml`.

    Raises:
        OSError, ValueError, KeyError, TypeError: it is not the file that the program came with; a bug.
    """
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    towers = {name: _tower(tower) for name, tower in raw["tower"].items()}
    return tuple(_entry(model, towers) for model in raw["model"])


def _entry(raw: dict[str, Any], towers: Mapping[str, Tower]) -> ModelEntry:
    raw["towers"] = tuple(towers[name] for name in raw.get("towers", ()))
    raw["languages"] = tuple(raw["languages"])
    raw["licence_urls"] = tuple(raw["licence_urls"])
    return ModelEntry(model_id=ModelId(raw.pop("id")), **raw)


def _tower(raw: dict[str, Any]) -> Tower:
    files = tuple(_file(file) for file in raw["files"])
    return Tower(raw.get("part", ""), raw["repo"], raw.get("revision"), files)


def _file(raw: dict[str, Any]) -> ModelFile:
    cpu = tuple(CpuKind(kind) for kind in raw.get("cpu", ()))
    return ModelFile(raw["path"], raw.get("size"), raw.get("sha256"), cpu, raw.get("optional", False))
