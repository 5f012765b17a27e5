"""The recipe's two models as a model of this program, from the door to the hits, on real photos."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from sentence_transformers import SentenceTransformer

from imgsearch_desktop.adapters.imaging.encoder_cut import encoder_square, pixels_of
from imgsearch_desktop.adapters.models.sentence_transformers.loaded_pair import loaded_pair
from imgsearch_desktop.application.ports import StoredModel
from imgsearch_desktop.application.tasks import TaskControl
from imgsearch_desktop.bootstrap.core import Core, build_core
from imgsearch_desktop.domain.embedding import STARTER, EncoderInput, ModelId
from imgsearch_desktop.domain.errors import ModelError
from imgsearch_desktop.domain.photo import PhotoId
from imgsearch_desktop.domain.query import FileExample, Query
from imgsearch_desktop.runtime.paths import MODELS_VARIABLE, app_paths
from tests.support.command_line import seed_model_cache
from tests.support.photos import PHOTOS, needs_photos
from tests.support.pictures import scene
from tests.support.small_models.folders import small_entry
from tests.support.small_models.weights import SMALL
from tests.torch.conftest import Recipe
from tests.torch.reference import cosines, of_pictures

COUNT = 12
QUERIES = ("a dog on the beach", "Zwei Hunde spielen im Schnee", "две собаки", "雪の中の犬")
CLOSE = 5e-3
"""Between cosines of embeddings that are stored in half precision and agree to 0.999."""


@pytest.fixture(scope="module")
def photos() -> list[Path]:
    """A few of the real ones."""
    found = sorted((PHOTOS / "subjects").rglob("*.jpg")) + sorted((PHOTOS / "scenes").rglob("*.jpg"))
    return found[:: max(1, len(found) // COUNT)][:COUNT]


@pytest.fixture
def core(
    tmp_path: Path, photos: list[Path], worked_out_model: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Core]:
    """A library of those photos."""
    monkeypatch.setenv(MODELS_VARIABLE, str(tmp_path / "models"))
    folder = tmp_path / "photos"
    folder.mkdir()
    for number, path in enumerate(photos):
        shutil.copy(path, folder / f"{number:02d}{path.suffix}")
    seed_model_cache(worked_out_model, tmp_path / "library")
    with build_core(app_paths(str(tmp_path / "library"))) as core:
        core.index_library().run([os.fsencode(folder)], TaskControl(), lambda _: None)
        yield core


def added(core: Core, images: Path, texts: Path) -> StoredModel:
    """The pair; random weights match nothing, so it is not asked to."""
    return core.model_library().add_pair(
        str(images), str(texts), TaskControl(), lambda _: None, checked=False
    )


def switched(core: Core, model_id: ModelId) -> int:
    """Search with this model from now on; how many photos were encoded for it."""
    switch = core.switch_model()
    switch.choose(model_id)
    return switch.run(TaskControl(), lambda _: None).encoded


def answers(core: Core, photos: list[Path]) -> list[dict[PhotoId, float | None]]:
    """The cosines of all photos for each query and for one of them as an example, best first."""
    queries = [*(Query(text=text) for text in QUERIES), Query(examples=(FileExample(bytes(photos[0])),))]
    pages = [core.search_photos().search(query, limit=COUNT, weak=True) for query in queries]
    return [{hit.photo_id: hit.score for hit in page.hits} for page in pages]


def assert_same_hits(ours: dict[PhotoId, float | None], theirs: dict[PhotoId, float | None]) -> None:
    """The same photos with the same cosines, in the same order wherever those tell two photos apart."""
    assert ours.keys() == theirs.keys()
    assert [ours[photo] for photo in theirs] == pytest.approx(list(theirs.values()), abs=CLOSE)
    for first, second in pairwise(theirs):
        before, after = theirs[first], theirs[second]
        if before is not None and after is not None and before - after > CLOSE:
            assert list(ours).index(first) < list(ours).index(second)


@needs_photos
def test_a_pair_finds_what_the_onnx_towers_of_the_same_weights_find(
    core: Core, recipe: Recipe, photos: list[Path]
) -> None:
    pair = added(core, recipe.clip, recipe.multilingual)
    assert (pair.entry.dims, pair.usable) == (SMALL.dims, True)
    assert core.model_store.open(pair.model_id).spec.encoder_input == EncoderInput(224, 224)
    assert switched(core, pair.model_id) == COUNT
    theirs = answers(core, photos)
    onnx = core.model_library().import_folder(recipe.pair, TaskControl(), lambda _: None, checked=False)
    assert switched(core, onnx.model_id) == COUNT, "the two share no vectors"
    for with_onnx, with_torch in zip(answers(core, photos), theirs, strict=True):
        assert len(with_torch) == COUNT
        assert_same_hits(with_onnx, with_torch)
    removed = core.model_library().remove(pair.model_id, TaskControl(), lambda _: None)
    assert (removed.bytes_freed, removed.photos) == (0, COUNT)
    assert (recipe.clip / "modules.json").is_file()
    assert switched(core, STARTER) == 0


@needs_photos
def test_other_words_for_the_same_pictures_encode_no_photo(core: Core, recipe: Recipe) -> None:
    """CLIP's own text encoder beside the multilingual one."""
    switched(core, added(core, recipe.clip, recipe.multilingual).model_id)
    assert switched(core, added(core, recipe.clip, recipe.clip).model_id) == 0


@pytest.mark.parametrize("wrong", ["the other way round", "two for texts"])
def test_two_models_in_the_wrong_places_are_told(core: Core, recipe: Recipe, wrong: str) -> None:
    images = recipe.multilingual
    texts = recipe.clip if wrong == "the other way round" else recipe.multilingual
    with pytest.raises(ModelError, match="does not take pictures"):
        added(core, images, texts)


def test_a_processor_that_cuts_the_middle_out_of_a_larger_square_sees_the_same(
    recipe: Recipe, tmp_path: Path
) -> None:
    """It gets that square, and cuts it as it would have cut the whole picture."""
    folder = Path(shutil.copytree(recipe.clip, tmp_path / "clip"))
    place = folder / "0_CLIPModel" / "preprocessor_config.json"
    config = json.loads(place.read_text("utf-8"))
    place.write_text(json.dumps(config | {"size": {"shortest_edge": 256}}), "utf-8")
    model = loaded_pair(small_entry(), folder, recipe.multilingual, device="cpu")
    cut = model.spec.encoder_input
    assert cut == EncoderInput(256, 256)
    pictures = [scene(seed, 400, 300) for seed in range(4)]
    pixels = np.stack([pixels_of(encoder_square(picture, cut)) for picture in pictures])
    theirs = of_pictures(SentenceTransformer(str(folder), device="cpu"), pictures)
    assert cosines(model.image_encoder.encode(pixels).vectors, theirs).min() >= 0.999
    assert cosines(of_pictures(recipe.images, pictures), theirs).min() < 0.999, "or this would prove nothing"
