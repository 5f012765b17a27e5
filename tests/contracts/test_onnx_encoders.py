from collections.abc import Callable
from pathlib import Path

import pytest

from imgsearch_desktop.adapters.models.onnx_clip.model import OnnxClipModel
from imgsearch_desktop.application.ports import Model
from tests.contracts.encoder_contract import EncoderContract
from tests.support.small_models.folders import open_clip_pair, recipe_pair, small_entry


@pytest.fixture(scope="module", params=[recipe_pair, open_clip_pair])
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
