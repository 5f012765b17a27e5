"""Brings the model that encodes texts to the cluster, as the recipe does, and has it used from then on."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from imgsearch_desktop.application.active_model import ModelSource
from imgsearch_desktop.application.cluster_text import ClusterTexts, TextsState
from imgsearch_desktop.application.manage_engine import ManageEngine
from imgsearch_desktop.application.ports import ModelHost
from imgsearch_desktop.application.settings import EngineSettings
from imgsearch_desktop.application.tasks import Progress, TaskControl
from imgsearch_desktop.domain.errors import EngineError

RECIPE_MODEL = "sentence-transformers/clip-ViT-B-32-multilingual-v1"
"""The recipe's model for texts, by its name at the hub."""

PREPARING, UPLOADING, STARTING = "preparing", "uploading", "starting"
"""Phases; uploading counts bytes, the others count nothing."""

LONGEST_ID = 64


@dataclass(frozen=True, slots=True)
class UploadedModel:
    """What came of an upload.

    Attributes:
        settings: of the engine, with the model in them; to be stored by whoever asked.
        texts: who encodes texts now: a model may run and not be the one that goes with the photos.
    """

    settings: EngineSettings
    texts: TextsState


class UploadModel:
    """Uploads and starts a model on the server of the engine. Called off the GUI thread only.

    Args:
        engine: says which server.
        host: makes what runs models there.
        texts: uses the model.
        models: says which model is active here.
    """

    def __init__(
        self,
        engine: ManageEngine,
        host: Callable[[EngineSettings], ModelHost],
        texts: ClusterTexts,
        models: ModelSource,
    ) -> None:
        self._engine = engine
        self._host = host
        self._texts = texts
        self._models = models

    def run(
        self,
        source: str,
        model_id: str | None,
        control: TaskControl,
        report: Callable[[Progress], None],
    ) -> UploadedModel:
        """Have the cluster encode texts with a model from now on.

        Args:
            source: a model's name at the hub, or a folder on this computer.
            model_id: what it is to be called there, None for a name made of the source.
            control: cancels; nothing half uploaded stays there.
            report: told how far it is.

        Raises:
            EngineError: the embedded engine is chosen; or the server is away, refuses or cannot run it.
            ModelError: the model cannot be read or prepared here.
            Cancelled: stopped by the user.
        """
        settings = self._engine.settings
        if not settings.on_server:
            raise EngineError(
                "The embedded engine is chosen, which encodes searches on this computer. Choose Elasticsearch"
                " first: imgsearch engine use elasticsearch --url URL."
            )
        name = model_id or name_there(source)
        host = self._host(settings)
        try:
            host.deploy(source, name, control, report)
        finally:
            host.close()
        self._engine.encode_texts_with(name)
        return UploadedModel(self._engine.settings, self.texts())

    def texts(self) -> TextsState:
        """Who encodes texts now; the cluster is asked.

        Raises:
            ModelError: the model on this computer is needed and cannot be loaded.
        """
        return self._texts.ask(self._models.now().model)


def name_there(source: str) -> str:
    """What a model is called on the server: as eland names it; of a folder only the last part.

    Args:
        source: "owner/name", or a folder on this computer.
    """
    spoken = Path(source).resolve().name if Path(source).is_dir() else source.replace("/", "__")
    allowed = re.sub(r"[^a-z0-9_.-]", "_", spoken.lower())[-LONGEST_ID:]
    return re.sub(r"^[^a-z0-9]+|[^a-z0-9]+$", "", allowed) or "text-model"
