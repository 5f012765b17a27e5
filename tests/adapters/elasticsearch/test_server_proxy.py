"""The proxy in front of the real server passes on what it gets, and does what it is told to do to it."""

from __future__ import annotations

import http.client
import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.support.elasticsearch import faults
from tests.support.elasticsearch.exchange import Fault
from tests.support.elasticsearch.proxy import Proxy
from tests.support.elasticsearch.server import ask

MakeProxy = Callable[..., Proxy]


def port_of(url: str) -> int:
    return int(url.rsplit(":", 1)[1])


@pytest.fixture
def index(elasticsearch_library: str) -> str:
    return f"imgsearch-{elasticsearch_library}-proxied"


def bulk(port: int, index: str, count: int, **asked: Any) -> tuple[int, Any]:
    """Write documents 0 to `count` - 1; status and body."""
    lines = [line for n in range(count) for line in ({"index": {"_index": index, "_id": str(n)}}, {"n": n})]
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=asked.get("timeout_s", 30))
    try:
        body = "".join(json.dumps(line) + "\n" for line in lines)
        connection.request("POST", "/_bulk?refresh=true", body, {"Content-Type": "application/x-ndjson"})
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read())
    finally:
        connection.close()


def count(url: str, index: str) -> int:
    return int(ask(port_of(url), "GET", f"/{index}/_count?ignore_unavailable=true")["count"])


def test_what_is_asked_is_passed_on(
    elasticsearch_proxy: MakeProxy, elasticsearch_url: str, index: str
) -> None:
    proxy = elasticsearch_proxy()
    assert bulk(port_of(proxy.url), index, 3)[0] == 200
    assert count(elasticsearch_url, index) == 3
    assert ask(port_of(proxy.url), "GET", f"/{index}/_doc/2")["_source"] == {"n": 2}
    assert proxy.asked == ["POST /_bulk?refresh=true", f"GET /{index}/_doc/2"]


def test_the_next_requests_alone_are_refused(elasticsearch_proxy: MakeProxy, index: str) -> None:
    proxy = elasticsearch_proxy()
    proxy.add(faults.too_busy, on="/_bulk", times=1)
    proxy.add(faults.not_ready, on="/_bulk", times=1)
    statuses = [bulk(port_of(proxy.url), index, 1)[0] for _ in range(3)]
    assert statuses == [503, 429, 200]


def test_a_connection_is_cut_before_the_work(
    elasticsearch_proxy: MakeProxy, elasticsearch_url: str, index: str
) -> None:
    proxy = elasticsearch_proxy()
    proxy.add(faults.cut)
    with pytest.raises(OSError):
        bulk(port_of(proxy.url), index, 1)
    assert count(elasticsearch_url, index) == 0


@pytest.mark.parametrize("fault", [faults.cut_after, faults.stall_after])
def test_an_answer_is_swallowed_after_the_work(
    elasticsearch_proxy: MakeProxy, elasticsearch_url: str, index: str, fault: Fault
) -> None:
    proxy = elasticsearch_proxy()
    proxy.add(fault, on="/_bulk", times=1)
    with pytest.raises(OSError):
        bulk(port_of(proxy.url), index, 2, timeout_s=5)
    assert count(elasticsearch_url, index) == 2


def test_a_stalled_server_says_nothing_until_it_is_mended(elasticsearch_proxy: MakeProxy) -> None:
    proxy = elasticsearch_proxy()
    proxy.add(faults.stall)
    with pytest.raises(TimeoutError):
        ask(port_of(proxy.url), "GET", "/_cluster/health", timeout_s=0.2)
    proxy.mend()
    assert ask(port_of(proxy.url), "GET", "/_cluster/health")["status"] in ("green", "yellow")


def test_some_items_of_a_bulk_are_refused_and_not_done(
    elasticsearch_proxy: MakeProxy, elasticsearch_url: str, index: str
) -> None:
    proxy = elasticsearch_proxy()
    proxy.add(faults.busy_items(every=3), on="/_bulk", times=1)
    status, answer = bulk(port_of(proxy.url), index, 7)
    assert (status, answer["errors"]) == (200, True)
    assert [item["index"]["status"] for item in answer["items"]] == [201, 201, 429, 201, 201, 429, 201]
    assert [item["index"]["_id"] for item in answer["items"]] == list("0123456")
    assert count(elasticsearch_url, index) == 5


def test_the_root_and_the_nodes_name_the_version_that_is_set(elasticsearch_proxy: MakeProxy) -> None:
    port = port_of(elasticsearch_proxy(version="9.1.4").url)
    assert ask(port, "GET", "/")["version"]["number"] == "9.1.4"
    nodes = ask(port, "GET", "/_nodes?filter_path=nodes.*.version")["nodes"]
    assert [node["version"] for node in nodes.values()] == ["9.1.4"]


def test_a_server_that_is_away_closes_what_comes(
    real_server: Callable[..., Any], elasticsearch_proxy: MakeProxy
) -> None:
    server = real_server()
    proxy = elasticsearch_proxy(server.url)
    with pytest.raises(OSError):
        ask(port_of(proxy.url), "GET", "/_cluster/health")
