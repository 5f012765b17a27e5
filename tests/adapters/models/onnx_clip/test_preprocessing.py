import numpy as np
import pytest

from imgsearch_desktop.adapters.models.onnx_clip.preprocessing import (
    CLIP_MEAN,
    CLIP_STD,
    Preprocessing,
    of_open_clip,
    of_transformers,
)
from imgsearch_desktop.domain.embedding import EncoderInput
from imgsearch_desktop.domain.errors import ModelError

NEW_CLIP = {
    "size": {"shortest_edge": 256},
    "crop_size": {"height": 224, "width": 224},
    "do_center_crop": True,
}
SIGLIP = {"size": {"height": 384, "width": 384}, "image_mean": [0.5] * 3, "image_std": [0.5] * 3}


@pytest.mark.parametrize(
    ("config", "cut"),
    [
        (NEW_CLIP, EncoderInput(224, 256)),
        (SIGLIP, EncoderInput(384, None)),
        ({"size": 224, "crop_size": 224, "do_center_crop": True}, EncoderInput(224, 224)),
        ({"size": 224, "do_center_crop": False}, EncoderInput(224, None)),
    ],
)
def test_the_cut_of_image_processors(config: dict[str, object], cut: EncoderInput):
    assert of_transformers(config, "here").encoder_input == cut


def test_levels_become_what_the_formula_says():
    pixels = np.random.default_rng(0).integers(0, 256, (2, 4, 4, 3), dtype=np.uint8)
    prepared = Preprocessing(EncoderInput(4, 4)).apply(pixels)
    expected = (pixels / 255 - np.array(CLIP_MEAN)) / np.array(CLIP_STD)
    assert prepared.dtype == np.float32
    assert prepared.flags.c_contiguous
    np.testing.assert_allclose(prepared, expected.transpose(0, 3, 1, 2), atol=1e-5)


def test_steps_that_are_turned_off_are_left_out():
    pixels = np.full((1, 2, 2, 3), 51, dtype=np.uint8)
    config = {"size": 2, "do_center_crop": True}
    plain = of_transformers(config | {"do_normalize": False}, "here").apply(pixels)
    np.testing.assert_allclose(plain, 0.2, atol=1e-6)
    raw = of_transformers(config | {"do_normalize": False, "do_rescale": False}, "here").apply(pixels)
    np.testing.assert_allclose(raw, 51)


@pytest.mark.parametrize(
    "config",
    [
        {"size": {"height": 224, "width": 336}},
        {"size": {"shortest_edge": 224}, "crop_size": 256, "do_center_crop": True},
        {"size": "large"},
        {"size": 224, "image_std": [0, 0, 0]},
        {"size": 224, "image_mean": [0.5]},
        {"size": 224, "do_resize": False},
    ],
)
def test_what_cannot_be_done_is_refused(config: dict[str, object]):
    with pytest.raises(ModelError, match=r"does not know \(here\)"):
        of_transformers(config, "here")


@pytest.mark.parametrize("config", [{"size": [224, 336]}, {"resize_mode": "longest"}, {"std": "grey"}])
def test_what_cannot_be_done_is_refused_of_open_clip(config: dict[str, object]):
    with pytest.raises(ModelError, match=r"does not know \(here\)"):
        of_open_clip(config, "here")
