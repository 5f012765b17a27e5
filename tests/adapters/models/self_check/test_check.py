from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from imgsearch_desktop.adapters.models.self_check.check import check_model
from imgsearch_desktop.adapters.models.self_check.drawings import NAMES, drawings
from imgsearch_desktop.application.ports import ImageEncoding, TextEncoding
from imgsearch_desktop.domain.embedding import EncoderInput, Pixels, normalise
from imgsearch_desktop.domain.errors import ModelError
from tests.support.fakes import FakeModel

DIMS = 16


class Understanding:
    """A model that knows the drawings by heart, and the names of some languages."""

    def __init__(self, languages: Sequence[str], side: int = 32) -> None:
        self.spec = replace(FakeModel().spec, dims=DIMS, encoder_input=EncoderInput(side, None))
        self.languages = languages
        self.meaning = normalise(np.random.default_rng(0).normal(size=(12, DIMS)))
        self.seen: list[tuple[int, ...]] = []

    @property
    def image_encoder(self) -> Understanding:
        return self

    @property
    def text_encoder(self) -> WordsOfUnderstanding:
        return WordsOfUnderstanding(self)

    def encode(self, pixels: Pixels) -> ImageEncoding:
        self.seen.append(pixels.shape)
        known = drawings(pixels.shape[1])
        order = [int(np.flatnonzero([np.array_equal(one, other) for other in known])[0]) for one in pixels]
        return ImageEncoding(self.meaning[order], tuple(() for _ in order))


class WordsOfUnderstanding:
    def __init__(self, model: Understanding) -> None:
        self.model = model

    def encode(self, texts: Sequence[str]) -> TextEncoding:
        language = next(code for code, names in NAMES.items() if tuple(texts) == names)
        if language in self.model.languages:
            return TextEncoding(self.model.meaning, None)
        strange = np.random.default_rng(len(language) + 7).normal(size=(12, DIMS))
        return TextEncoding(normalise(strange), None)


class Broken(Understanding):
    def __init__(self, error: Exception) -> None:
        super().__init__(())
        self.error = error

    @property
    def image_encoder(self) -> Understanding:
        raise self.error


def test_there_are_a_dozen_drawings_and_six_languages_that_name_each() -> None:
    assert len(NAMES) == 6
    for names in NAMES.values():
        assert len(set(names)) == 12
    assert drawings(24).shape == (12, 24, 24, 3)


def test_no_two_drawings_look_alike() -> None:
    flat = drawings(32).reshape(12, -1).astype(float)
    for row in range(12):
        for other in range(row):
            assert np.abs(flat[row] - flat[other]).mean() > 20


@pytest.mark.parametrize("side", [224, 256])
def test_they_are_drawn_in_the_size_the_model_takes(side: int) -> None:
    model = Understanding(list(NAMES), side)
    assert check_model(model, tuple(NAMES)).passed
    assert model.seen == [(12, side, side, 3)]


def test_a_model_is_held_to_the_languages_it_claims() -> None:
    model = Understanding(["en", "de"])
    assert check_model(model, ("en", "de", "ja")).passed
    refused = check_model(model, ("en", "zh"))
    assert not refused.passed
    assert refused.understood == ("en", "de")
    assert "zh" in refused.reason


def test_a_model_that_cannot_be_loaded_fails_in_its_own_words() -> None:
    report = check_model(Broken(ModelError("The file model.onnx is damaged.")), ("en",))
    assert report.problem == "The file model.onnx is damaged."


def test_a_model_that_cannot_be_run_fails_too() -> None:
    report = check_model(Broken(RuntimeError("shape mismatch")), ("en",))
    assert report.problem == "the model cannot be run (RuntimeError)"
