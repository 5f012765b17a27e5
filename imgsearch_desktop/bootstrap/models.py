"""Puts the models together: where they lie, how they come, what opens and checks them."""

from __future__ import annotations

from pathlib import Path

from imgsearch_desktop.adapters.models.cpu import this_cpu
from imgsearch_desktop.adapters.models.download.hub_download import HubDownload
from imgsearch_desktop.adapters.models.store.faster_models import DiskFasterModels
from imgsearch_desktop.adapters.models.store.manifest import StoredPair
from imgsearch_desktop.adapters.models.store.model_list_file import read_model_list
from imgsearch_desktop.adapters.models.store.model_store import DiskModelStore
from imgsearch_desktop.adapters.models.store.paired_models import PairRunner
from imgsearch_desktop.application.ports import FasterModels, Model, ModelDownload, ModelStore
from imgsearch_desktop.domain.embedding import Calibration, ModelId
from imgsearch_desktop.domain.model_list import ModelEntry
from imgsearch_desktop.domain.self_check import SelfCheckReport
from imgsearch_desktop.runtime.resources import resource


def build_models(root: Path, starter: Model) -> tuple[ModelStore, ModelDownload, FasterModels]:
    """The store of models, what fetches them, and what makes them faster.

    Args:
        root: where they lie.
        starter: the model that is part of the program.
    """
    entries = read_model_list(resource("models.toml"))
    pairs = PairRunner(_load_pair, _open_pair)
    store = DiskModelStore(root, entries, starter, _open_folder, _check, _graphs_of, this_cpu(), pairs)
    return store, HubDownload(store), DiskFasterModels(store)


def _open_folder(
    folder: Path, entry: ModelEntry, calibration: Calibration | None, image_tower: ModelId
) -> Model:
    from imgsearch_desktop.adapters.models.onnx_clip.model import OnnxClipModel

    return OnnxClipModel(folder, entry, calibration, image_tower)


def _load_pair(entry: ModelEntry, images: str, texts: str) -> Model:
    from imgsearch_desktop.adapters.models.sentence_transformers.loaded_pair import loaded_pair

    return loaded_pair(entry, images, texts)


def _open_pair(
    pair: StoredPair, entry: ModelEntry, calibration: Calibration | None, image_tower: ModelId
) -> Model:
    from imgsearch_desktop.adapters.models.sentence_transformers.model import SentenceTransformersModel

    places = pair.images.place, pair.texts.place
    return SentenceTransformersModel(entry, *places, pair.encoder_input, calibration, image_tower)


def _graphs_of(folder: Path) -> set[Path]:
    from imgsearch_desktop.adapters.models.onnx_clip.layout import inspect_folder

    layout = inspect_folder(folder)
    return {layout.image.graph, layout.text.graph}


def _check(model: Model, claimed: tuple[str, ...]) -> SelfCheckReport:
    from imgsearch_desktop.adapters.models.self_check.check import check_model

    return check_model(model, claimed)
