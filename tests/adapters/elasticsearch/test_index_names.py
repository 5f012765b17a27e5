"""Names of indices: legible, allowed by Elasticsearch, never the same for different things."""

from __future__ import annotations

import re

import pytest

from imgsearch_desktop.adapters.elasticsearch.index_names import names_of
from imgsearch_desktop.domain.embedding import ModelId

LIBRARY = "4f1d8e2a9b7c4d6e8f0a1b2c3d4e5f60"
ALLOWED = re.compile(r"[a-z0-9][a-z0-9.-]*")


def test_names_tell_library_model_and_version() -> None:
    names = names_of(LIBRARY, ModelId("starter-1"), 3)
    assert names.alias == f"imgsearch-{LIBRARY}-starter-1"
    assert names.index == f"imgsearch-{LIBRARY}-starter-1-v3"
    assert names.generation("g1") == f"imgsearch-{LIBRARY}-starter-1-v3-g1"
    assert names.any_version == f"imgsearch-{LIBRARY}-starter-1-v*"


@pytest.mark.parametrize(
    "model", ["org/clip-ViT-B-32", "a b", "ä", "*", "_x", "..", "x" * 300, "", "a,b", "A", "\ud800", "a:b#c"]
)
def test_any_model_has_a_name_that_is_allowed(model: str) -> None:
    name = names_of(LIBRARY, ModelId(model), 1).generation("0" * 32)
    assert ALLOWED.fullmatch(name)
    assert len(name.encode()) < 255


def test_different_models_have_different_names() -> None:
    models = ["a/b", "a-b", "A-b", "a b", "a_b", "a-b-", "x" * 200, "x" * 201]
    assert len({names_of(LIBRARY, ModelId(model), 1).index for model in models}) == len(models)
