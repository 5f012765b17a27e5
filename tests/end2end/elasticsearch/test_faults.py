"""Whatever goes wrong on the way to the server: indexing goes on, and nothing is lost or done twice."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from imgsearch_desktop.application.settings import EngineSettings
from imgsearch_desktop.application.tasks import Progress, TaskControl
from tests.end2end.elasticsearch.conftest import Served
from tests.support.elasticsearch import faults
from tests.support.elasticsearch.exchange import Answer, Exchange, Fault
from tests.support.elasticsearch.proxy import Proxy
from tests.support.elasticsearch.server import ask
from tests.support.pictures import write_picture

NOT_DONE: dict[str, tuple[Fault, str]] = {
    "the connection is cut": (faults.cut, ""),
    "nothing comes back": (faults.stall, ""),
    "too many requests": (faults.too_busy, ""),
    "not ready yet": (faults.not_ready, ""),
    "a gateway in between": (faults.gateway_error, ""),
    "each other document is refused for now": (faults.busy_items(2), "_bulk"),
}
DONE: dict[str, tuple[Fault, str]] = {
    "cut after the work": (faults.cut_after, "_bulk"),
    "silent after the work": (faults.stall_after, "_bulk"),
}


def more_photos(folder: Path, count: int = 4) -> None:
    for number in range(count):
        write_picture(folder / f"more {number}.jpg", seed=50 + number, width=70, height=50)


@pytest.mark.parametrize("fault", [*NOT_DONE, *DONE])
def test_indexing_goes_on_and_the_server_catches_up(
    served: Served, proxy: Proxy, photos: Path, fault: str
) -> None:
    served.use(proxy.url)
    served.library.run(photos)
    assert set(served.held) == served.present
    assert served.state.waiting == 0

    what, on = {**NOT_DONE, **DONE}[fault]
    proxy.add(what, on=on)
    more_photos(photos)
    (photos / "0.jpg").unlink()
    report = served.library.run(photos)
    assert (report.added, report.missing, report.failed) == (4, 1, ())
    assert len(served.present) == 13
    assert served.state.away
    assert served.state.waiting == 5

    page = served.search()
    assert page.engine == "embedded"
    assert {int(hit.photo_id) for hit in page.hits} == served.present
    assert page.notice is not None
    assert page.notice.startswith(served.state.away or "?")
    assert page.notice.endswith("The embedded engine answers meanwhile.")

    proxy.mend()
    assert served.catch_up().away is None
    assert served.held == sorted(served.present)
    assert served.search().engine == "elasticsearch"


def test_what_was_done_before_a_time_out_is_not_done_again(
    served: Served, proxy: Proxy, photos: Path
) -> None:
    served.use(proxy.url)
    served.library.run(photos)
    versions = _versions(served, proxy)
    more_photos(photos, 1)
    proxy.add(faults.cut_after, on="_bulk", times=1)
    served.library.run(photos)
    served.catch_up()
    after = _versions(served, proxy)
    assert {uid: after[uid] for uid in versions} == versions
    assert len(after) == len(versions) + 1


def _versions(served: Served, proxy: Proxy) -> dict[str, tuple[int, int]]:
    """Version and sequence number of each photo on the server; the number grows with every write."""
    uids = [photo.uid for photo in served.library.catalogue.photos(sorted(served.present))]  # type: ignore[arg-type]
    path = f"/imgsearch-{served.library.catalogue.library_id}-*"
    (name,) = ask(proxy.upstream[1], "GET", path)
    found = ask(proxy.upstream[1], "POST", f"/{name}/_mget", {"ids": uids})["docs"]
    return {doc["_id"]: (doc["_version"], doc["_seq_no"]) for doc in found if doc["found"]}


def test_a_disk_that_is_full_makes_the_changes_wait(
    served: Served, elasticsearch_url: str, photos: Path
) -> None:
    served.use(elasticsearch_url)
    served.library.run(photos)
    port = int(elasticsearch_url.rsplit(":", 1)[1])
    settings = f"/imgsearch-{served.library.catalogue.library_id}-*/_settings"
    assert ask(port, "PUT", settings, {"index.blocks.read_only_allow_delete": True})["acknowledged"]
    more_photos(photos)
    assert served.library.run(photos).added == 4
    assert served.state.waiting == 4
    assert "disk" in (served.state.away or "")
    assert ask(port, "PUT", settings, {"index.blocks.read_only_allow_delete": None})["acknowledged"]
    served.catch_up()
    assert set(served.held) == served.present


def test_an_index_that_somebody_deleted_is_built_again_without_encoding(
    served: Served, elasticsearch_url: str, photos: Path
) -> None:
    served.use(elasticsearch_url)
    served.library.run(photos)
    encoded = served.library.model.encoded
    port = int(elasticsearch_url.rsplit(":", 1)[1])
    (name,) = ask(port, "GET", f"/imgsearch-{served.library.catalogue.library_id}-*")
    assert ask(port, "DELETE", f"/{name}")["acknowledged"]
    page = served.search()
    assert (page.engine, {int(hit.photo_id) for hit in page.hits}) == ("embedded", served.present)
    served.catch_up()
    assert set(served.held) == served.present
    assert served.library.model.encoded == encoded


def test_a_document_that_is_refused_is_told_and_the_others_are_taken(
    served: Served, proxy: Proxy, photos: Path
) -> None:
    served.library.run(photos)
    proxy.add(_refuse_first, on="_bulk", times=1)
    served.use(proxy.url)
    state = served.catch_up()
    assert (state.waiting, state.away, state.refused) == (0, None, 1)
    assert "failed to parse" in state.refusal
    assert len(served.held) == len(served.present) - 1
    served.library.engine.rebuild(TaskControl(), lambda _: None)
    assert (served.state.refused, set(served.held)) == (0, served.present)


def _refuse_first(exchange: Exchange) -> None:
    """The first document of a bulk request cannot be parsed; the others are done."""
    lines = exchange.asked.body.splitlines(keepends=True)
    ((kind, target),) = json.loads(lines[0]).items()
    done = json.loads(exchange.forward(b"".join(lines[2:])).body)
    error = {"type": "document_parsing_exception", "reason": "[1:2] failed to parse field [exif.date]"}
    refused = {kind: {"_id": target["_id"], "status": 400, "error": error}}
    answer = {"took": 1, "errors": True, "items": [refused, *done["items"]]}
    exchange.send(Answer.of(200, answer))


def test_a_rebuild_encodes_nothing(served: Served, elasticsearch_url: str, photos: Path) -> None:
    served.library.run(photos)
    encoded = served.library.model.encoded
    served.use(elasticsearch_url)
    seen: list[Progress] = []
    state = served.library.engine.rebuild(TaskControl(), seen.append)
    assert (state.waiting, state.away) == (0, None)
    assert (set(served.held), served.library.model.encoded) == (served.present, encoded)
    assert seen[-1].done == 10


def test_going_back_to_the_embedded_engine_is_at_once(served: Served, proxy: Proxy, photos: Path) -> None:
    served.use(proxy.url)
    served.library.run(photos)
    proxy.add(faults.cut)
    asked = len(proxy.asked)
    served.library.engine.switch(EngineSettings())
    served.library.engine.give_up_others()
    assert served.search().engine == "embedded"
    assert served.library.catalogue.projections() == {"embedded"}
    assert not [line for line in proxy.asked[asked:] if "_bulk" in line or "_msearch" in line]
