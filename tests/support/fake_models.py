"""The models of a computer, in memory: what is on the list, what is here, a download that can be watched."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from imgsearch_desktop.application.ports import FasterModel, Model, ModelState, StoredModel
from imgsearch_desktop.application.ports.model_store import Report
from imgsearch_desktop.application.tasks import Progress, TaskControl
from imgsearch_desktop.domain.embedding import STARTER, Calibration, ModelId, Pixels
from imgsearch_desktop.domain.errors import ModelError
from imgsearch_desktop.domain.model_list import ModelEntry

MEGABYTE = 1 << 20


def entry_of(model_id: ModelId, name: str, *, recommended: bool = False) -> ModelEntry:
    return ModelEntry(
        model_id,
        name,
        "It is good for tests.",
        24,
        ("en", "de"),
        "MIT",
        ("https://example.org/licence",),
        download_mb=224,
        recommended=recommended,
    )


class MemoryModels:
    """Fulfils `ModelStore`, `ModelDownload` and `FasterModels`.

    Attributes:
        models_here: opened by their id once they are ready.
        trouble: what a download fails with.
        go: a download comes to its end when this is set.
        faster_cosine: what a faster version has with the original; None where none can be made.
    """

    def __init__(self) -> None:
        self.stored: dict[ModelId, StoredModel] = {}
        self.models_here: dict[ModelId, Model] = {}
        self.trouble: Exception | None = None
        self.faster_cosine: float | None = None
        self.go = threading.Event()
        self.go.set()
        self.add(entry_of(STARTER, "Starter model"), ModelState.READY)

    def add(self, entry: ModelEntry, state: ModelState, model: Model | None = None) -> None:
        self.stored[entry.model_id] = StoredModel(entry, state)
        if model is not None:
            self.models_here[entry.model_id] = model

    def models(self) -> Sequence[StoredModel]:
        return list(self.stored.values())

    def model(self, model_id: ModelId) -> StoredModel:
        if model_id not in self.stored:
            raise ModelError(f"There is no model {model_id}.")
        return self.stored[model_id]

    def open(self, model_id: ModelId, calibration: Calibration | None = None) -> Model:
        if not self.model(model_id).usable:
            raise ModelError(f"The model {model_id} is not here. Download it.")
        return self.models_here[model_id]

    def fetch(self, model_id: ModelId, control: TaskControl, report: Report) -> StoredModel:
        report(Progress("downloading", 56 * MEGABYTE, 224 * MEGABYTE))
        while not self.go.wait(0.01):
            control.checkpoint()
        if self.trouble is not None:
            raise self.trouble
        self.stored[model_id] = replace(self.stored[model_id], state=ModelState.READY)
        return self.stored[model_id]

    def import_folder(
        self,
        folder: Path,
        control: TaskControl,
        report: Report,
        *,
        as_model: ModelId | None = None,
        checked: bool = True,
    ) -> StoredModel:
        raise ModelError(f"{folder} is no model.")

    def add_pair(
        self,
        images: str,
        texts: str,
        control: TaskControl,
        report: Report,
        *,
        name: str | None = None,
        checked: bool = True,
    ) -> StoredModel:
        raise ModelError(f"{images} and {texts} are no pair.")

    def verify(self, model_id: ModelId, control: TaskControl, report: Report) -> StoredModel:
        return self.model(model_id)

    def remove(self, model_id: ModelId) -> None:
        self.stored[model_id] = replace(self.stored[model_id], state=ModelState.ABSENT)

    def possible(self, model_id: ModelId) -> bool:
        there = ModelId(f"{model_id}-int8") in self.stored
        return self.faster_cosine is not None and self.model(model_id).usable and not there

    def make(self, model_id: ModelId, pixels: Pixels, control: TaskControl) -> FasterModel:
        while not self.go.wait(0.01):
            control.checkpoint()
        assert self.faster_cosine is not None
        if self.faster_cosine < 0.99:
            return FasterModel(None, self.faster_cosine, len(pixels))
        made_id = ModelId(f"{model_id}-int8")
        self.add(replace(self.model(model_id).entry, model_id=made_id, name="Faster"), ModelState.READY)
        return FasterModel(self.model(made_id), self.faster_cosine, len(pixels))
