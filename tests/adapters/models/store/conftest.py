from __future__ import annotations

from pathlib import Path

import pytest

from imgsearch_desktop.adapters.models.store.model_store import DiskModelStore
from tests.support.stored_models import Judge, store_in


@pytest.fixture
def judge() -> Judge:
    return Judge()


@pytest.fixture
def store(tmp_path: Path, judge: Judge) -> DiskModelStore:
    """An empty store; what its self-check finds is the judge's to say."""
    return store_in(tmp_path / "models", judge)
