"""The embedded engine under the contract, in both precisions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from imgsearch_desktop.adapters.embedded.index import EmbeddedIndex
from imgsearch_desktop.adapters.embedded.vector_matrix import FLOAT_BYTES
from imgsearch_desktop.application.ports import PhotoIndex
from tests.contracts.photo_index_contract import PhotoIndexContract
from tests.contracts.photo_index_harness import DIMS
from tests.support.stored_embeddings import StoredEmbeddings


@dataclass
class EmbeddedEngine:
    directory: Path
    float_bytes: int
    embeddings: StoredEmbeddings = field(default_factory=lambda: StoredEmbeddings(DIMS))
    opened: list[EmbeddedIndex] = field(default_factory=list)

    def open(self) -> PhotoIndex:
        self.opened.append(
            EmbeddedIndex(self.directory, self.embeddings.reader, float_bytes=self.float_bytes)
        )
        return self.opened[-1]

    def settle(self, index: PhotoIndex) -> None:
        """What is applied can be found at once."""


class TestEmbeddedIndex(PhotoIndexContract):
    @pytest.fixture(params=[FLOAT_BYTES, 10 * DIMS * 4], ids=["float32", "int8"])
    def engine(self, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[EmbeddedEngine]:
        engine = EmbeddedEngine(tmp_path / "cache", request.param)
        yield engine
        for index in engine.opened:
            index.close()
