"""Our towers against sentence-transformers and transformers, on real photos and sentences in 20 scripts."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageOps

from imgsearch_desktop.adapters.imaging.decode_file import answer
from imgsearch_desktop.adapters.imaging.encoder_cut import encoder_square, pixels_of
from imgsearch_desktop.adapters.imaging.worker_messages import DecodedExample, ExampleRequest
from imgsearch_desktop.adapters.models.onnx_clip.int8 import make_int8
from imgsearch_desktop.adapters.models.onnx_clip.model import OnnxClipModel
from imgsearch_desktop.domain.embedding import EncoderInput, Pixels
from tests.support.photos import PHOTOS, needs_photos
from tests.support.small_models.folders import small_entry
from tests.support.small_models.odd_pictures import ODD_PICTURES
from tests.support.small_models.recorded import recorded
from tests.support.small_models.sentences import SENTENCES
from tests.torch.conftest import Recipe
from tests.torch.hub_models import export_clip_text, quantised_as_on_the_hub
from tests.torch.reference import cosines, of_a_flat_picture, of_pictures, of_texts, record

LEAST, LEAST_INT8 = 0.999, 0.99
CUT = EncoderInput(size=224, short_side=224)

LONG = "a very long sentence about two dogs that play in the snow " * 40


@pytest.fixture(scope="module")
def model(recipe: Recipe) -> OnnxClipModel:
    return OnnxClipModel(recipe.pair, small_entry())


@pytest.fixture(scope="module")
def photo_files() -> list[Path]:
    """Fifty of the real ones, of every kind there is."""
    found = sorted(path for kind in ("scenes", "subjects", "clothing", "grocery") for path in _jpegs(kind))
    return found[:: max(1, len(found) // 50)]


@pytest.fixture(scope="module")
def photos(photo_files: list[Path]) -> list[Image.Image]:
    """The same, decoded whole and upright."""
    pictures = []
    for path in photo_files:
        with Image.open(path) as picture:
            pictures.append(ImageOps.exif_transpose(picture).convert("RGB"))
    return pictures


def _jpegs(kind: str) -> list[Path]:
    return [path for path in (PHOTOS / kind).rglob("*") if path.suffix.lower() in {".jpg", ".jpeg", ".png"}]


def _cut(pictures: list[Image.Image]) -> Pixels:
    return np.stack([pixels_of(encoder_square(picture, CUT)) for picture in pictures])


def _decoded(data: bytes) -> Pixels:
    """As the program reads an example picture."""
    outcome = answer(ExampleRequest(1, None, data, CUT, None))
    assert isinstance(outcome, DecodedExample)
    return outcome.pixels


# --- pictures


@needs_photos
def test_real_photos(model: OnnxClipModel, recipe: Recipe, photos: list[Image.Image]):
    ours = model.image_encoder.encode(_cut(photos)).vectors
    assert cosines(ours, of_pictures(recipe.images, photos)).min() >= LEAST


@needs_photos
def test_real_photos_as_the_program_decodes_them(
    model: OnnxClipModel, recipe: Recipe, photo_files: list[Path], photos: list[Image.Image]
):
    """Large JPEGs come out of their decoder shrunk already."""
    ours = model.image_encoder.encode(np.stack([_decoded(path.read_bytes()) for path in photo_files])).vectors
    assert cosines(ours, of_pictures(recipe.images, photos)).min() >= LEAST


@pytest.mark.parametrize("name", ODD_PICTURES)
def test_odd_pictures(name: str, model: OnnxClipModel, recipe: Recipe):
    data, shown = ODD_PICTURES[name]()
    ours = model.image_encoder.encode(_decoded(data)[None]).vectors
    if shown.height == 1:
        theirs = of_a_flat_picture(recipe.images, shown)
    else:
        theirs = of_pictures(recipe.images, [shown])
    assert cosines(ours, theirs).min() >= LEAST


@pytest.mark.parametrize("name", ["grey", "CMYK", "animated", "odd sides"])
def test_odd_pictures_as_the_recipe_opens_them(name: str, model: OnnxClipModel, recipe: Recipe):
    data, _ = ODD_PICTURES[name]()
    with Image.open(io.BytesIO(data)) as opened:
        theirs = of_pictures(recipe.images, [opened])
    assert cosines(model.image_encoder.encode(_decoded(data)[None]).vectors, theirs).min() >= LEAST


def test_squashed_pictures():
    """open_clip's `squash`, which SigLIP's processor does as well."""
    from transformers import SiglipImageProcessor

    picture = ODD_PICTURES["odd sides"]()[1]
    processor = SiglipImageProcessor(size={"height": 224, "width": 224}, resample=3, do_normalize=False)
    theirs = processor(picture, return_tensors="np")["pixel_values"][0].transpose(1, 2, 0) * 255
    ours = pixels_of(encoder_square(picture, EncoderInput(224, None)))
    assert np.abs(ours - theirs).max() <= 1


# --- texts


def test_sentences_in_twenty_scripts(model: OnnxClipModel, recipe: Recipe):
    texts = [*SENTENCES, "dog", "x", LONG]
    ours = model.text_encoder.encode(texts).vectors
    assert cosines(ours, of_texts(recipe.texts, texts)).min() >= LEAST


def test_clip_s_own_text_encoder(recipe: Recipe, tmp_path: Path):
    """The other kind of text tower, which projects itself."""
    import shutil

    shutil.copytree(recipe.pair, tmp_path / "pair")
    export_clip_text(tmp_path / "pair", recipe.clip)
    ours = OnnxClipModel(tmp_path / "pair", small_entry()).text_encoder
    texts = ["a dog on the beach", "Zwei Hunde", "dog", LONG]
    theirs = of_texts(recipe.images, texts)
    assert cosines(ours.encode(texts).vectors, theirs).min() >= LEAST


# --- quantised


@needs_photos
def test_the_hub_s_way_of_quantising(recipe: Recipe, photos: list[Image.Image], tmp_path: Path):
    folder = quantised_as_on_the_hub(recipe.pair, tmp_path / "pair")
    model = OnnxClipModel(folder, small_entry())
    ours = model.image_encoder.encode(_cut(photos)).vectors
    assert cosines(ours, of_pictures(recipe.images, photos)).min() >= LEAST_INT8
    texts = model.text_encoder.encode(SENTENCES).vectors
    assert cosines(texts, of_texts(recipe.texts, SENTENCES)).min() >= LEAST_INT8


@needs_photos
def test_our_own_int8(recipe: Recipe, photos: list[Image.Image], tmp_path: Path):
    pixels = _cut(photos)
    report = make_int8(recipe.pair, tmp_path / "int8", pixels)
    assert report.accepted
    ours = OnnxClipModel(tmp_path / "int8", small_entry()).image_encoder.encode(pixels).vectors
    assert cosines(ours, of_pictures(recipe.images, photos)).min() >= LEAST_INT8


# --- what tests without torch are held against


def test_what_is_recorded_is_still_what_they_say():
    for name, rows in record().items():
        now = np.array(rows, dtype=np.float32)
        assert cosines(now / np.linalg.norm(now, axis=1, keepdims=True), recorded()[name]).min() >= 0.9999
