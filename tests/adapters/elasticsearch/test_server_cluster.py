"""Several nodes form a cluster, and one may go without the photos going with it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from imgsearch_desktop.adapters.elasticsearch.connection import ElasticsearchConnection
from imgsearch_desktop.adapters.elasticsearch.index import ElasticsearchIndex, IndexLayout
from imgsearch_desktop.application.ports import IndexRequest
from tests.contracts.photo_index_harness import MODEL, photo, spec, vector_of
from tests.support.elasticsearch.cluster import make_cluster
from tests.support.elasticsearch.server import RealServer


@pytest.fixture
def nodes(elasticsearch_distribution: Path, tmp_path: Path) -> Iterator[list[RealServer]]:
    made = make_cluster(tmp_path)
    yield made
    for node in made:
        node.discard()


def test_the_engine_goes_on_searching_and_taking_photos_when_a_node_is_killed(
    nodes: list[RealServer],
) -> None:
    first, second = nodes
    layout = IndexLayout(shards=3, replicas=1)
    index = ElasticsearchIndex(ElasticsearchConnection(first.url), "cluster", layout=layout)
    index.reset(spec(), "cluster", "epoch")
    index.apply(MODEL, [photo(number) for number in range(1, 41)], [], 40)
    request = IndexRequest(MODEL, vector_of(7).astype(np.float32), limit=20)
    before = index.search(request)
    first.ask("GET", "/_cluster/health?wait_for_status=green&timeout=60s", timeout_s=70)
    second.kill()
    first.ask("GET", "/_cluster/health?wait_for_nodes=1&wait_for_status=yellow&timeout=60s", timeout_s=70)
    after = index.search(request)
    assert after.photo_ids.tolist() == before.photo_ids.tolist()
    assert (after.searched, int(after.photo_ids[0])) == (40, 7)
    assert not index.apply(MODEL, [photo(41)], [], 41).rejected
    assert index.search(request).searched == 41
    second.start()
    whole = first.ask(
        "GET", "/_cluster/health?wait_for_nodes=2&wait_for_status=green&timeout=60s", timeout_s=70
    )
    assert not whole["timed_out"]
    index.close()
