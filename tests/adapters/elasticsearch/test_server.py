"""The server that the tests of the engine rely on is a real one, and ends with whoever started it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from tests.support.elasticsearch import lifeline
from tests.support.elasticsearch.server import RealServer, ask
from tests.support.elasticsearch.shared import data_place, shared_server

MakeServer = Callable[..., RealServer]


def test_the_shared_server_is_elasticsearch_9_2_and_finds_what_it_is_given(
    elasticsearch_url: str, elasticsearch_library: str
) -> None:
    port, index = int(elasticsearch_url.rsplit(":", 1)[1]), f"imgsearch-{elasticsearch_library}-made"
    nodes = ask(port, "GET", "/_nodes")["nodes"]
    assert [node["version"] for node in nodes.values()] == ["9.2.0"]
    vectors = {
        "type": "dense_vector",
        "dims": 3,
        "similarity": "cosine",
        "index_options": {"type": "int8_hnsw"},
    }
    assert ask(port, "PUT", f"/{index}", {"mappings": {"properties": {"v": vectors}}})["acknowledged"]
    for name, vector in {"near": [1, 0, 0.1], "far": [0, 1, 0]}.items():
        assert ask(port, "PUT", f"/{index}/_doc/{name}?refresh=true", {"v": vector})["result"] == "created"
    nearest = {"field": "v", "query_vector": [1, 0, 0], "k": 1, "num_candidates": 10}
    assert [
        hit["_id"] for hit in ask(port, "POST", f"/{index}/_search", {"knn": nearest})["hits"]["hits"]
    ] == ["near"]


def test_a_killed_server_comes_back_with_its_data_on_its_port(real_server: MakeServer) -> None:
    server = real_server().start()
    url = server.url
    server.ask("PUT", "/kept/_doc/1?refresh=true", {"word": "here"})
    server.kill()
    with pytest.raises(OSError, match="refused"):
        server.ask("GET", "/")
    server.start()
    assert server.url == url
    assert server.ask("GET", "/kept/_doc/1")["_source"] == {"word": "here"}
    server.stop()
    assert (server.folder / "data").is_dir()


def test_a_frozen_server_accepts_and_does_not_answer(real_server: MakeServer) -> None:
    server = real_server().start()
    server.freeze()
    with pytest.raises(TimeoutError):
        server.ask("GET", "/_cluster/health", timeout_s=0.2)
    server.thaw()
    assert server.ask("GET", "/_cluster/health")["status"] == "green"


HOLDER = """
import os, sys
from pathlib import Path
from tests.support.elasticsearch import lifeline
from tests.support.elasticsearch.server import RealServer
server = RealServer(Path(sys.argv[1]))
server.launch()
print(server.pid, flush=True)
sys.stdin.read()
"""


def test_a_server_ends_when_the_process_that_started_it_is_killed(
    elasticsearch_distribution: Path, tmp_path: Path
) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path / "node")], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout
        node = psutil.Process(int(holder.stdout.readline()))
        os.kill(holder.pid, signal.SIGKILL)
    node.wait(120)


def test_data_lie_in_memory_only_where_there_is_room_for_them(tmp_path: Path) -> None:
    memory, disk = tmp_path / "memory", tmp_path / "disk"
    assert data_place(disk, memory) == disk
    memory.mkdir()
    assert data_place(disk, memory, room=1) == memory
    assert data_place(disk, memory, room=2**60) == disk


def test_a_shared_server_is_joined_and_ends_with_the_last(
    elasticsearch_distribution: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "shared"
    with shared_server(folder) as first:
        with shared_server(folder) as second:
            assert second == first
        port = int(first.rsplit(":", 1)[1])
        node = next(process for process in psutil.process_iter() if str(folder) in _command_line(process))
        assert ask(port, "GET", "/_cluster/health")["status"] == "green"
        data = Path(json.loads(node.cmdline()[-1])["data"])
        assert any(data.iterdir())
    node.wait(60)
    assert not data.exists()


def _command_line(process: psutil.Process) -> str:
    try:
        return " ".join(process.cmdline())
    except psutil.Error:
        return ""


def test_who_joins_while_the_last_one_leaves_keeps_the_server(tmp_path: Path) -> None:
    reading, first = lifeline.make(tmp_path)
    waiting = threading.Thread(target=lifeline.wait_for_the_last, args=(tmp_path, reading))
    with lifeline.locked(tmp_path):
        waiting.start()
        os.close(first)
        second = lifeline.join(tmp_path)
        assert second is not None
    with lifeline.locked(tmp_path):
        third = lifeline.join(tmp_path)
        assert third is not None
    os.close(second)
    os.close(third)
    waiting.join(30)
    assert lifeline.join(tmp_path) is None
    os.close(reading)
