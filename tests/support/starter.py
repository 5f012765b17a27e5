"""The starter model for tests, and the reference values it must agree with."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from imgsearch_desktop.adapters.models.starter.model import StarterModel
from imgsearch_desktop.runtime.label_words import classes_by_word

REFERENCE = Path(__file__).parents[3] / "shared" / "reference" / "starter_model.npz"

needs_reference = pytest.mark.skipif(
    not REFERENCE.is_file(), reason="../shared/reference is not on this machine"
)

CACHE = Path(__file__).parents[2] / ".cache" / "tests" / "starter"
"""What takes seconds to work out is kept between runs; it is checked against its sources at every start."""


@cache
def starter_model() -> StarterModel:
    """One model for all tests of a process."""
    return StarterModel(CACHE, threads=2)


@cache
def starter_model_with_words() -> StarterModel:
    """As the program has it: words for its classes lead to them."""
    return StarterModel(CACHE, threads=2, words=classes_by_word)
