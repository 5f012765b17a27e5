"""Feeding and searching through faults: what was acknowledged is there, nothing twice, the rest is told."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from imgsearch_desktop.adapters.elasticsearch import server
from imgsearch_desktop.adapters.elasticsearch.bulk import Patience
from imgsearch_desktop.adapters.elasticsearch.errors import ServerAwayError, ServerBusyError
from imgsearch_desktop.adapters.elasticsearch.index import ElasticsearchIndex
from imgsearch_desktop.application.ports import IndexRequest
from imgsearch_desktop.domain.errors import EngineError
from imgsearch_desktop.domain.filters import NO_FILTERS
from tests.adapters.elasticsearch.conftest import OpenIndex
from tests.contracts.photo_index_harness import EPOCH, MODEL, gone, photo, spec
from tests.support.elasticsearch import faults
from tests.support.elasticsearch.exchange import Answer, Exchange, Fault
from tests.support.elasticsearch.proxy import Proxy
from tests.support.elasticsearch.server import RealServer

BULK = "_bulk"


@pytest.fixture
def proxy(elasticsearch_proxy: Callable[..., Proxy]) -> Proxy:
    return elasticsearch_proxy()


@pytest.fixture
def index(open_index: OpenIndex, proxy: Proxy, elasticsearch_library: str) -> ElasticsearchIndex:
    """An engine behind the proxy that waits for no answer longer than half a second."""
    made = open_index(proxy.url, answer_s=5.0, write_s=0.5)
    open_index().reset(spec(), elasticsearch_library, EPOCH)
    return made


def feed(index: ElasticsearchIndex, first: int = 1, count: int = 10) -> None:
    batch = [photo(number, number, title="dog") for number in range(first, first + count)]
    index.apply(MODEL, batch, [], first + count - 1)


def found(index: ElasticsearchIndex) -> list[int]:
    answer = index.search(IndexRequest(MODEL, tokens=("dog",)))
    assert answer.searched == len(answer.keyword_hits)
    return sorted(hit.photo_id for hit in answer.keyword_hits)


def change_id(index: ElasticsearchIndex) -> int:
    position = index.position(MODEL)
    assert position is not None
    return position.change_id


PASSING: dict[str, Fault] = {
    "429": faults.too_busy,
    "503": faults.not_ready,
    "502 in HTML": faults.gateway_error,
    "cut": faults.cut,
    "cut after the work": faults.cut_after,
    "silence": faults.stall,
    "silence after the work": faults.stall_after,
    "half refused": faults.busy_items(2),
}


@pytest.mark.parametrize("fault", PASSING.values(), ids=PASSING.keys())
def test_a_batch_survives_what_passes(index: ElasticsearchIndex, proxy: Proxy, fault: Fault) -> None:
    proxy.add(fault, on=BULK, times=2)
    feed(index)
    assert found(index) == list(range(1, 11))
    assert change_id(index) == 10


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (faults.too_busy, ServerBusyError),
        (faults.not_ready, ServerBusyError),
        (faults.gateway_error, ServerBusyError),
        (faults.cut, ServerAwayError),
        (faults.stall, ServerAwayError),
        (faults.busy_items(1), ServerBusyError),
    ],
)
def test_what_lasts_is_told_and_the_position_waits(
    index: ElasticsearchIndex, proxy: Proxy, fault: Fault, error: type[EngineError]
) -> None:
    feed(index, 1, 4)
    proxy.add(fault, on=BULK)
    with pytest.raises(error, match=r"Elasticsearch at http.*\."):
        feed(index, 5, 6)
    proxy.mend()
    assert change_id(index) == 4
    feed(index, 5, 6)
    assert found(index) == list(range(1, 11))
    assert change_id(index) == 10


def test_only_what_was_refused_is_sent_again(index: ElasticsearchIndex, proxy: Proxy) -> None:
    sent: list[int] = []

    def counting(fault: Fault) -> Fault:
        def counted(exchange: Exchange) -> None:
            sent.append(exchange.asked.body.count(b'"kind"'))
            fault(exchange)

        return counted

    proxy.add(counting(lambda exchange: exchange.send(exchange.forward())), on=BULK, times=1)
    proxy.add(counting(faults.busy_items(2)), on=BULK, times=1)
    feed(index)
    assert sent == [10, 5]
    assert found(index) == list(range(1, 11))


@pytest.mark.parametrize("fault", [faults.cut, faults.too_busy, faults.not_ready, faults.gateway_error])
def test_a_search_that_fails_is_told_at_once(index: ElasticsearchIndex, proxy: Proxy, fault: Fault) -> None:
    feed(index)
    assert len(found(index)) == 10
    asked = len(proxy.asked)
    proxy.add(fault)
    for work in (
        lambda: found(index),
        lambda: index.facets(MODEL, NO_FILTERS),
        lambda: index.position(MODEL),
    ):
        with pytest.raises(ServerAwayError if fault is faults.cut else ServerBusyError):
            work()
    assert len(proxy.asked) - asked == 3
    proxy.mend()
    assert len(found(index)) == 10


def test_a_gateway_that_knows_nothing_is_not_taken_for_an_empty_server(
    index: ElasticsearchIndex, proxy: Proxy
) -> None:
    feed(index)
    proxy.add(lambda exchange: exchange.send(Answer(404, b"<html></html>", {"Content-Type": "text/html"})))
    for work in (lambda: index.position(MODEL), lambda: found(index), lambda: feed(index, 11, 1)):
        with pytest.raises(EngineError, match="is not Elasticsearch"):
            work()
    proxy.mend()
    assert change_id(index) == 10


def test_a_search_waits_no_longer_than_it_may(
    index: ElasticsearchIndex, proxy: Proxy, open_index: OpenIndex
) -> None:
    feed(index)
    assert len(found(index)) == 10
    hasty = open_index(proxy.url, answer_s=0.3)
    proxy.add(faults.stall)
    with pytest.raises(ServerAwayError, match="did not answer in time"):
        found(hasty)
    proxy.mend()


def test_closing_does_not_wait_for_patience(
    index: ElasticsearchIndex, proxy: Proxy, open_index: OpenIndex
) -> None:
    patient = open_index(proxy.url, Patience(attempts=9, first_s=600.0, longest_s=600.0))
    tried, ended = threading.Event(), list[Exception]()

    def refuse(exchange: Exchange) -> None:
        tried.set()
        faults.too_busy(exchange)

    def work() -> None:
        try:
            feed(patient)
        except EngineError as error:
            ended.append(error)

    proxy.add(refuse, on=BULK)
    thread = threading.Thread(target=work)
    thread.start()
    assert tried.wait(30)
    patient.close()
    thread.join(30)
    assert not thread.is_alive()
    assert [type(error) for error in ended] == [ServerBusyError]


def test_closing_does_not_wait_for_a_server_that_says_nothing(
    index: ElasticsearchIndex, proxy: Proxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "FAREWELL_S", 0.1)
    feed(index)
    proxy.add(faults.stall)
    asked = len(proxy.asked)
    index.close()
    assert len(proxy.asked) == asked + 1
    proxy.mend()


def test_what_was_acknowledged_survives_a_kill(
    real_server: Callable[..., RealServer], open_index: OpenIndex, elasticsearch_library: str
) -> None:
    """Also that a photo is gone: older news of it that come after the restart do not bring it back."""
    node = real_server().start()
    index = open_index(node.url)
    begun = index.reset(spec(), elasticsearch_library, EPOCH)
    feed(index)
    index.apply(MODEL, [], [gone(3, 12), gone(99, 12)], 12)
    node.kill()
    with pytest.raises(ServerAwayError):
        index.position(MODEL)
    with pytest.raises(ServerAwayError):
        feed(index, 20, 1)
    node.start()
    position = index.position(MODEL)
    assert position == begun.__class__(elasticsearch_library, EPOCH, 12)
    assert position.generation == begun.generation
    index.apply(MODEL, [photo(3, 11, title="dog"), photo(99, 11, title="dog")], [], 12)
    assert found(index) == [1, 2, 4, 5, 6, 7, 8, 9, 10]
