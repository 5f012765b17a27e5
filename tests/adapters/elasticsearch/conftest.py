"""Engines on the real server, with a library of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from elasticsearch import Elasticsearch

from imgsearch_desktop.adapters.elasticsearch import mapping
from imgsearch_desktop.adapters.elasticsearch.bulk import Patience
from imgsearch_desktop.adapters.elasticsearch.connection import ElasticsearchConnection
from imgsearch_desktop.adapters.elasticsearch.index import ElasticsearchIndex
from imgsearch_desktop.adapters.elasticsearch.index_names import IndexNames, names_of
from tests.contracts.photo_index_harness import MODEL

QUICK = Patience(attempts=3, first_s=0.01, longest_s=0.01)

OpenIndex = Callable[..., ElasticsearchIndex]


@pytest.fixture
def open_index(elasticsearch_url: str, elasticsearch_library: str) -> Iterator[OpenIndex]:
    """Opens an engine on this test's library; `url` and what a connection takes may be given."""
    opened: list[ElasticsearchIndex] = []

    def open_one(
        url: str = elasticsearch_url, patience: Patience = QUICK, **connection: Any
    ) -> ElasticsearchIndex:
        place = ElasticsearchConnection(url, **connection)
        opened.append(ElasticsearchIndex(place, elasticsearch_library, patience=patience))
        return opened[-1]

    yield open_one
    for index in opened:
        index.close()


@pytest.fixture
def names(elasticsearch_library: str) -> IndexNames:
    """What this test's index is called."""
    return names_of(elasticsearch_library, MODEL, mapping.VERSION)


@pytest.fixture
def server(elasticsearch_url: str) -> Iterator[Elasticsearch]:
    """The server itself, for looking behind the engine."""
    with ElasticsearchConnection(elasticsearch_url).client() as client:
        yield client
