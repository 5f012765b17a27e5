"""A word that names classes leads to them, in English and German."""

from __future__ import annotations

import numpy as np
import pytest

from imgsearch_desktop.adapters.models.starter.model import StarterModel
from imgsearch_desktop.adapters.models.starter.packages import read_class_names
from imgsearch_desktop.runtime.label_words import class_words, group_words
from tests.support.starter import starter_model, starter_model_with_words


@pytest.fixture
def model() -> StarterModel:
    return starter_model_with_words()


def nearest_classes(model: StarterModel, text: str, count: int) -> set[str]:
    """Classes whose typical photos lie nearest to a text."""
    vector = model.text_encoder.encode([text]).vectors[0, :512]
    near = np.argsort(-(model._classes.get().typical @ vector))[:count]
    names = read_class_names()
    return {names[number] for number in near}


@pytest.mark.parametrize("code", ["en", "de"])
def test_the_word_of_a_group_finds_its_classes(model: StarterModel, code: str) -> None:
    shares = {}
    for group, words in group_words().items():
        members = {one.stored for one in class_words() if one.group == group}
        count = min(len(members), 10)
        shares[words.names[code]] = len(members & nearest_classes(model, words.names[code], count)) / count
    assert min(shares.values()) >= 0.5, {word: share for word, share in shares.items() if share < 0.5}
    assert np.mean(list(shares.values())) > 0.9


@pytest.mark.parametrize("text", ["Fuchs", "FÜCHSE", "  foxes "])
def test_neither_case_nor_spaces_nor_number_matter(model: StarterModel, text: str) -> None:
    assert len([name for name in nearest_classes(model, text, 4) if "fox" in name]) >= 3


def test_other_texts_are_left_to_the_sentence_encoder(model: StarterModel) -> None:
    texts = ["a fox in the snow", "", "Geburtstag"]
    plain = starter_model().text_encoder.encode(texts)
    led = model.text_encoder.encode(texts)
    assert np.array_equal(plain.vectors, led.vectors)
    assert plain.reach is not None
    assert led.reach is not None
    assert np.array_equal(plain.reach, led.reach)
