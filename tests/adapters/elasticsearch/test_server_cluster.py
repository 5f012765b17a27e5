"""Nodes started by hand form a cluster, and one may go without the photos going with it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.elasticsearch.cluster import make_cluster
from tests.support.elasticsearch.server import RealServer


@pytest.fixture
def nodes(elasticsearch_distribution: Path, tmp_path: Path) -> Iterator[list[RealServer]]:
    made = make_cluster(tmp_path)
    yield made
    for node in made:
        node.discard()


def test_a_replica_answers_for_a_killed_node(nodes: list[RealServer]) -> None:
    first, second = nodes
    settings = {"number_of_shards": 2, "number_of_replicas": 1}
    assert first.ask("PUT", "/kept?wait_for_active_shards=all", {"settings": settings})["shards_acknowledged"]
    for number in range(10):
        first.ask("PUT", f"/kept/_doc/{number}?refresh=true", {"n": number})
    assert second.ask("GET", "/kept/_count")["count"] == 10
    second.kill()
    first.ask("GET", "/_cluster/health?wait_for_nodes=1&timeout=30s", timeout_s=40)
    assert first.ask("GET", "/kept/_count")["count"] == 10
