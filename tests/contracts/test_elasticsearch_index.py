"""The Elasticsearch engine under the contract, on a real server."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from imgsearch_desktop.adapters.elasticsearch.connection import ElasticsearchConnection
from imgsearch_desktop.adapters.elasticsearch.index import ElasticsearchIndex, IndexLayout
from imgsearch_desktop.application.ports import PhotoIndex
from tests.contracts.photo_index_contract import PhotoIndexContract
from tests.contracts.photo_index_harness import DIMS, LIBRARY
from tests.support.stored_embeddings import StoredEmbeddings


@dataclass
class ElasticsearchEngine:
    url: str
    embeddings: StoredEmbeddings = field(default_factory=lambda: StoredEmbeddings(DIMS))
    opened: list[ElasticsearchIndex] = field(default_factory=list)

    def open(self) -> PhotoIndex:
        layout = IndexLayout(shards=2)  # scores of different parts have to fit together
        self.opened.append(ElasticsearchIndex(ElasticsearchConnection(self.url), LIBRARY, layout=layout))
        return self.opened[-1]

    def settle(self, index: PhotoIndex) -> None:
        """What an engine has been fed it shows at once."""


class TestElasticsearchIndex(PhotoIndexContract):
    @pytest.fixture
    def engine(self, elasticsearch_url: str) -> Iterator[ElasticsearchEngine]:
        engine = ElasticsearchEngine(elasticsearch_url)
        yield engine
        for index in engine.opened:
            index.close()
        with ElasticsearchConnection(elasticsearch_url).client() as client:
            client.indices.delete(index=f"imgsearch-{LIBRARY}-*")
