"""The recipe's models run by its own library: everything a model must do, and that text stays text."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from imgsearch_desktop.adapters.models.onnx_clip.model import OnnxClipModel
from imgsearch_desktop.adapters.models.sentence_transformers.model import SentenceTransformersModel
from imgsearch_desktop.application.ports import Model
from imgsearch_desktop.domain.errors import ModelError
from tests.contracts.encoder_contract import EncoderContract
from tests.support.pictures import scene
from tests.support.small_models.folders import small_entry
from tests.support.small_models.sentences import SENTENCES
from tests.torch.conftest import Recipe
from tests.torch.reference import cosines


def _model(recipe: Recipe) -> SentenceTransformersModel:
    return SentenceTransformersModel(small_entry(), recipe.clip, recipe.multilingual, device="cpu")


@pytest.fixture(scope="module")
def loaded(recipe: Recipe) -> Model:
    return _model(recipe)


class TestSentenceTransformersEncoders(EncoderContract):
    @pytest.fixture
    def model(self, loaded: Model) -> Model:
        return loaded

    @pytest.fixture
    def fresh_model(self, recipe: Recipe) -> Callable[[], Model]:
        return lambda: _model(recipe)


def test_it_gives_the_same_as_the_onnx_towers(loaded: Model, recipe: Recipe):
    onnx = OnnxClipModel(recipe.pair, small_entry())
    pixels = np.stack([np.asarray(scene(seed, 224, 224), dtype=np.uint8) for seed in range(6)])
    pictures = cosines(loaded.image_encoder.encode(pixels).vectors, onnx.image_encoder.encode(pixels).vectors)
    texts = cosines(
        loaded.text_encoder.encode(SENTENCES).vectors, onnx.text_encoder.encode(SENTENCES).vectors
    )
    assert min(pictures.min(), texts.min()) >= 0.999


def test_text_is_text_even_for_a_model_that_takes_pictures_as_well(
    recipe: Recipe, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """CLIP itself as the text encoder: there the library would open the file that a text names."""
    encoder = SentenceTransformersModel(small_entry(), recipe.clip, recipe.clip, device="cpu").text_encoder
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "dog.png"
    texts = ["dog.png", str(path), "https://example.org/dog.png", "data:image/png;base64,AAAA"]
    before = encoder.encode(texts).vectors
    scene(1).save(path)
    np.testing.assert_array_equal(encoder.encode(texts).vectors, before)
    # And the library does so, or this test would prove nothing.
    named = recipe.images.encode([str(path)], show_progress_bar=False)
    assert cosines(named / np.linalg.norm(named), before[1:2]).max() < 0.99


def test_a_model_for_texts_in_the_place_of_the_one_for_pictures_is_told(recipe: Recipe):
    encoder = SentenceTransformersModel(small_entry(), recipe.multilingual, recipe.clip).image_encoder
    with pytest.raises(ModelError, match="one of the two models must be for pictures"):
        encoder.encode(np.zeros((1, 224, 224, 3), dtype=np.uint8))


def test_a_folder_that_holds_no_model_is_told(tmp_path: Path):
    model = SentenceTransformersModel(small_entry(), tmp_path, tmp_path)
    with pytest.raises(ModelError, match="cannot be loaded by sentence-transformers"):
        assert model.image_encoder
