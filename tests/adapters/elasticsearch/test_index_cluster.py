"""An index spread over two nodes, with copies: one of them may go, and nothing is missed."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from imgsearch_desktop.adapters.elasticsearch.connection import ElasticsearchConnection
from imgsearch_desktop.adapters.elasticsearch.index import ElasticsearchIndex, IndexLayout
from imgsearch_desktop.application.ports import IndexRequest
from tests.contracts.photo_index_harness import EPOCH, MODEL, photo, spec, towards
from tests.support.elasticsearch.cluster import make_cluster
from tests.support.elasticsearch.server import RealServer


@pytest.fixture
def nodes(elasticsearch_distribution: Path, tmp_path: Path) -> Iterator[list[RealServer]]:
    made = make_cluster(tmp_path)
    yield made
    for node in made:
        node.discard()


def test_a_node_that_dies_takes_no_photo_with_it(nodes: list[RealServer]) -> None:
    first, second = nodes
    library_id, layout = uuid.uuid4().hex, IndexLayout(shards=2, replicas=1)
    connection = ElasticsearchConnection(first.url, answer_s=60)
    index = ElasticsearchIndex(connection, library_id, layout=layout)
    index.reset(spec(), library_id, EPOCH)
    first.ask("GET", "/_cluster/health?wait_for_status=green&timeout=60s", timeout_s=70)
    index.apply(MODEL, [photo(number, number, title="dog") for number in range(1, 31)], [], 30)
    asked = IndexRequest(MODEL, vector=towards(1).astype(np.float32), tokens=("dog",))
    before = index.search(asked)
    assert before.searched == len(before.photo_ids) == len(before.keyword_hits) == 30
    second.kill()
    first.ask("GET", "/_cluster/health?wait_for_nodes=1&timeout=60s", timeout_s=70)
    after = index.search(asked)
    np.testing.assert_array_equal(after.photo_ids, before.photo_ids)
    assert after.keyword_hits == before.keyword_hits
    index.apply(MODEL, [photo(31, 31, title="dog")], [], 31)
    assert index.search(asked).searched == 31
    index.close()
