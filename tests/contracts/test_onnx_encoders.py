from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from imgsearch_desktop.adapters.models.onnx_clip.int8 import make_int8
from imgsearch_desktop.adapters.models.onnx_clip.model import OnnxClipModel
from imgsearch_desktop.application.ports import Model
from tests.contracts.encoder_contract import EncoderContract
from tests.support.pictures import scene
from tests.support.small_models.folders import open_clip_pair, recipe_pair, small_entry


def _int8_pair(folder: Path) -> Path:
    pixels = np.stack([np.asarray(scene(seed, 224, 224), dtype=np.uint8) for seed in range(8)])
    assert make_int8(recipe_pair(folder / "plain"), folder / "int8", pixels).accepted
    return folder / "int8"


@pytest.fixture(scope="module", params=[recipe_pair, open_clip_pair, _int8_pair])
def folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    written: Path = request.param(tmp_path_factory.mktemp("pair"))
    return written


@pytest.fixture(scope="module")
def loaded(folder: Path) -> Model:
    return OnnxClipModel(folder, small_entry())


class TestOnnxEncoders(EncoderContract):
    @pytest.fixture
    def model(self, loaded: Model) -> Model:
        return loaded

    @pytest.fixture
    def fresh_model(self, folder: Path) -> Callable[[], Model]:
        return lambda: OnnxClipModel(folder, small_entry())
