"""Several nodes that form one cluster."""

from __future__ import annotations

import uuid
from pathlib import Path

from tests.support.elasticsearch.server import TEST_SETTINGS, RealServer


def make_cluster(folder: Path, nodes: int = 2) -> list[RealServer]:
    """Start nodes that form a cluster and wait until it is complete.

    The first is its master, so that the others may come and go as they like.

    Args:
        folder: gets a folder for each node.
        nodes: how many.

    Returns:
        The running nodes, for the caller to stop.
    """
    common = {name: value for name, value in TEST_SETTINGS.items() if name != "discovery.type"}
    common |= {"cluster.name": f"test-{uuid.uuid4().hex}", "cluster.initial_master_nodes": "node-1"}
    made: list[RealServer] = []
    for number in range(1, nodes + 1):
        seeds = f"127.0.0.1:{made[0].transport_port}" if made else ""
        roles = "master,data" if number == 1 else "data"
        settings = common | {"node.roles": roles, "discovery.seed_hosts": seeds}
        made.append(RealServer(folder / f"node-{number}", settings, name=f"node-{number}"))
    try:
        for node in made:
            node.launch()
        for node in made:
            node.wait()
        joined = made[0].ask("GET", f"/_cluster/health?wait_for_nodes={nodes}&timeout=60s", timeout_s=70)
        assert not joined["timed_out"], joined
    except BaseException:
        for node in made:
            node.kill()
        raise
    return made
