"""The towers against what the recipe's own libraries made of the same weights, without those libraries."""

import numpy as np
import pytest

from imgsearch_desktop.adapters.imaging.encoder_cut import encoder_square, pixels_of
from imgsearch_desktop.adapters.models.onnx_clip.model import OnnxClipModel
from tests.support.small_models.folders import open_clip_pair, recipe_pair, small_entry
from tests.support.small_models.recorded import recorded, recorded_pictures
from tests.support.small_models.sentences import SENTENCES


@pytest.fixture(scope="module", params=[recipe_pair, open_clip_pair])
def model(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> OnnxClipModel:
    return OnnxClipModel(request.param(tmp_path_factory.mktemp("pair")), small_entry())


def test_pictures_agree_with_the_recipe(model: OnnxClipModel):
    cut = model.spec.encoder_input
    pixels = np.stack([pixels_of(encoder_square(picture, cut)) for picture in recorded_pictures()])
    vectors = model.image_encoder.encode(pixels).vectors
    assert np.einsum("ij,ij->i", vectors, recorded()["pictures"]).min() >= 0.999


def test_sentences_in_twenty_scripts_agree_with_the_recipe(model: OnnxClipModel):
    vectors = model.text_encoder.encode(SENTENCES).vectors
    assert np.einsum("ij,ij->i", vectors, recorded()["texts"]).min() >= 0.9999


def test_what_is_recorded_tells_one_from_the_other():
    """Otherwise any vector would agree."""
    for name in ("pictures", "texts"):
        cosines = recorded()[name] @ recorded()[name].T
        assert cosines[~np.eye(len(cosines), dtype=bool)].max() < 0.99
