import sys

import pytest

from imgsearch_desktop.adapters.models.sentence_transformers.model import SentenceTransformersModel
from imgsearch_desktop.domain.errors import ModelError
from tests.support.small_models.folders import small_entry


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    model = SentenceTransformersModel(small_entry())
    assert model.spec.text_dims == model.spec.dims == 32
    with pytest.raises(ModelError, match=r"pip install 'imgsearch-desktop\[sentence-transformers\]'"):
        assert model.text_encoder
