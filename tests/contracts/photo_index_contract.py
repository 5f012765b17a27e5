"""The contract of `PhotoIndex`, the same for every engine.

A test module gives an engine to it by a class of its own::

    class TestMyEngine(PhotoIndexContract):
        @pytest.fixture
        def engine(self, tmp_path: Path) -> Engine:
            return MyEngineOn(tmp_path)
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.contracts.photo_index_feeding import FeedingContract
from tests.contracts.photo_index_filters import FilterContract
from tests.contracts.photo_index_harness import Engine, Fed
from tests.contracts.photo_index_keywords import KeywordContract
from tests.contracts.photo_index_vectors import VectorContract


class PhotoIndexContract(FeedingContract, VectorContract, KeywordContract, FilterContract):
    """Every engine passes all of it, unchanged."""

    @pytest.fixture
    def fed(self, engine: Engine) -> Iterator[Fed]:
        """The engine, opened, with an empty projection."""
        fed = Fed(engine)
        fed.reset()
        yield fed
        fed.index.close()
