"""What every model must do, whatever is inside (`ports.Model`); a test class per model inherits it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from imgsearch_desktop.application.ports import Model
from imgsearch_desktop.domain.embedding import Pixels, Vectors
from tests.support.pictures import scene

TEXTS = ("dog", "ein Hund am Strand", "собака", "狗", "a red shoe on a table")


def assert_unit_length(vectors: Vectors) -> None:
    """Every row is a direction."""
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-4)


class EncoderContract:
    """Inherit and provide the fixture `model`."""

    @pytest.fixture
    def model(self) -> Model:
        raise NotImplementedError

    @pytest.fixture
    def fresh_model(self) -> Callable[[], Model]:
        """Makes a model whose encoders have not been loaded."""
        raise NotImplementedError

    @pytest.fixture
    def pixels(self, model: Model) -> Pixels:
        side = model.spec.encoder_input.size
        return np.stack([np.asarray(scene(seed, side, side), dtype=np.uint8) for seed in range(5)])

    # --- what it says about itself

    def test_spec_is_complete(self, model: Model):
        spec = model.spec
        assert spec.model_id and spec.name and spec.licence
        assert 0 < spec.text_dims <= spec.dims
        assert spec.encoder_input.size > 0
        assert spec.limits is None or spec.limits.endswith(".")

    def test_first_access_from_many_threads_loads_one_encoder(self, fresh_model: Callable[[], Model]):
        model, ready = fresh_model(), threading.Barrier(4)

        def encoder(_: int) -> int:
            ready.wait()
            return id(model.text_encoder)

        with ThreadPoolExecutor(4) as pool:
            assert len(set(pool.map(encoder, range(4)))) == 1

    # --- pictures

    def test_pictures_become_unit_vectors(self, model: Model, pixels: Pixels):
        encoding = model.image_encoder.encode(pixels)
        assert encoding.vectors.shape == (len(pixels), model.spec.dims)
        assert encoding.vectors.dtype == np.float32
        assert_unit_length(encoding.vectors)

    def test_different_pictures_differ(self, model: Model, pixels: Pixels):
        vectors = model.image_encoder.encode(pixels).vectors
        cosines = vectors @ vectors.T
        assert cosines[~np.eye(len(pixels), dtype=bool)].max() < 0.999

    def test_labels_are_probabilities_most_probable_first(self, model: Model, pixels: Pixels):
        labels = model.image_encoder.encode(pixels).labels
        assert len(labels) == len(pixels)
        for photo in labels:
            probabilities = [label.probability for label in photo]
            assert probabilities == sorted(probabilities, reverse=True)
            assert all(label.name and 0 < label.probability <= 1 for label in photo)

    def test_no_pictures_give_no_vectors(self, model: Model, pixels: Pixels):
        encoding = model.image_encoder.encode(pixels[:0])
        assert encoding.vectors.shape == (0, model.spec.dims)
        assert encoding.labels == ()

    def test_a_batch_is_its_pictures_one_by_one(self, model: Model, pixels: Pixels):
        batch = model.image_encoder.encode(pixels).vectors
        single = np.concatenate([model.image_encoder.encode(picture[None]).vectors for picture in pixels])
        np.testing.assert_allclose(batch, single, atol=1e-4)

    def test_a_batch_of_any_size_is_taken(self, model: Model, pixels: Pixels):
        many = np.concatenate([pixels] * 8)
        vectors = model.image_encoder.encode(many).vectors
        np.testing.assert_allclose(vectors[-5:], vectors[:5], atol=1e-4)

    def test_pictures_are_encoded_the_same_again(self, model: Model, pixels: Pixels):
        encoder = model.image_encoder
        np.testing.assert_array_equal(encoder.encode(pixels).vectors, encoder.encode(pixels).vectors)

    def test_pixels_are_left_as_they_are_and_may_be_read_only(self, model: Model, pixels: Pixels):
        before = pixels.copy()
        pixels.setflags(write=False)
        model.image_encoder.encode(pixels)
        np.testing.assert_array_equal(pixels, before)

    def test_threads_may_encode_pictures_at_once(self, model: Model, pixels: Pixels):
        encoder = model.image_encoder
        alone = encoder.encode(pixels).vectors
        with ThreadPoolExecutor(4) as pool:
            for vectors in pool.map(lambda _: encoder.encode(pixels).vectors, range(8)):
                np.testing.assert_allclose(vectors, alone, atol=1e-4)

    # --- texts

    def test_texts_become_unit_vectors_in_the_part_for_texts(self, model: Model):
        spec = model.spec
        encoding = model.text_encoder.encode(TEXTS)
        assert encoding.vectors.shape == (len(TEXTS), spec.dims)
        assert encoding.vectors.dtype == np.float32
        assert_unit_length(encoding.vectors)
        assert not encoding.vectors[:, spec.text_dims :].any()

    def test_reach_is_one_cosine_per_text_or_none_at_all(self, model: Model):
        reach = model.text_encoder.encode(TEXTS).reach
        if reach is not None:
            assert reach.shape == (len(TEXTS),)
            assert reach.dtype == np.float32
            assert (np.abs(reach) <= 1 + 1e-5).all()

    def test_no_texts_give_no_vectors(self, model: Model):
        encoding = model.text_encoder.encode([])
        assert encoding.vectors.shape == (0, model.spec.dims)
        assert encoding.reach is None or encoding.reach.shape == (0,)

    def test_a_batch_is_its_texts_one_by_one(self, model: Model):
        encoder = model.text_encoder
        single = np.concatenate([encoder.encode([text]).vectors for text in TEXTS])
        np.testing.assert_allclose(encoder.encode(TEXTS).vectors, single, atol=1e-4)

    def test_texts_are_encoded_the_same_again(self, model: Model):
        encoder = model.text_encoder
        np.testing.assert_array_equal(encoder.encode(TEXTS).vectors, encoder.encode(TEXTS).vectors)

    def test_threads_may_encode_texts_at_once(self, model: Model):
        encoder = model.text_encoder
        alone = encoder.encode(TEXTS).vectors
        with ThreadPoolExecutor(4) as pool:
            for vectors in pool.map(lambda _: encoder.encode(TEXTS).vectors, range(16)):
                np.testing.assert_allclose(vectors, alone, atol=1e-4)

    def test_the_same_meaning_in_other_languages_is_near(self, model: Model):
        dog, _, sobaka, gou, shoe = model.text_encoder.encode(TEXTS).vectors
        assert min(dog @ sobaka, dog @ gou) > dog @ shoe

    def test_a_text_that_names_a_picture_file_is_still_a_text(
        self, model: Model, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ):
        monkeypatch.chdir(tmp_path)
        path = tmp_path / "dog.png"
        before = model.text_encoder.encode(["dog.png", str(path)]).vectors
        scene(1).save(path)
        after = model.text_encoder.encode(["dog.png", str(path)]).vectors
        np.testing.assert_array_equal(before, after)
        assert not after[:, model.spec.text_dims :].any()

    @pytest.mark.parametrize(
        "text",
        [
            *(
                "",
                "   ",
                "\n\t",
                "\0",
                "😀",
                "👩‍👩‍👧🏽🇩🇪",
                "...",
                "123",
                "\udcff\ud800",
                "dog " * 2500,
                "狗" * 10_000,
            ),
            "x" * 10_000,
        ],
        ids=lambda text: ascii(text[:12]),
    )
    def test_any_text_has_a_defined_vector(self, model: Model, text: str):
        """Unit length, or zero: near to nothing."""
        encoding = model.text_encoder.encode([text])
        length = float(np.linalg.norm(encoding.vectors[0]))
        assert length == 0 or abs(length - 1) < 1e-4
        assert encoding.reach is None or np.isfinite(encoding.reach).all()

    def test_an_odd_text_does_not_disturb_its_neighbours(self, model: Model):
        encoder = model.text_encoder
        mixed = encoder.encode(["", "dog", "\udcff", "x" * 10_000, "собака"]).vectors
        np.testing.assert_allclose(mixed[[1, 4]], encoder.encode(["dog", "собака"]).vectors, atol=1e-4)
