"""Switching models while a real server searches: each model has an index of its own there."""

from __future__ import annotations

from pathlib import Path

from imgsearch_desktop.application.ports import ModelState
from imgsearch_desktop.application.tasks import TaskControl
from imgsearch_desktop.domain.embedding import ModelId
from tests.end2end.elasticsearch.conftest import Served
from tests.support.elasticsearch import faults
from tests.support.elasticsearch.proxy import Proxy
from tests.support.fake_models import entry_of
from tests.support.fakes import SPEC, FakeDisk, FakeExamples
from tests.support.two_models import BETTER, WordlessModel

PHOTOS = 10


def offer_better(served: Served) -> WordlessModel:
    model = WordlessModel(BETTER)
    served.library.store.add(entry_of(BETTER.model_id, "Better"), ModelState.READY, model)
    return model


def switch_to(served: Served, model_id: ModelId) -> None:
    switch = served.library.switching(FakeExamples(FakeDisk()))
    switch.choose(model_id)
    assert switch.run(TaskControl(), lambda _: None).model_id == model_id


def test_the_server_searches_with_the_new_model_and_forgets_what_is_removed(
    served: Served, photos: Path, elasticsearch_url: str
) -> None:
    served.use(elasticsearch_url)
    served.library.run(photos)
    offer_better(served)
    switch_to(served, BETTER.model_id)
    page = served.search()
    assert (page.model_id, page.engine, len(page.hits)) == (BETTER.model_id, "elasticsearch", PHOTOS)
    switch_to(served, SPEC.model_id)
    page = served.search()
    assert (page.model_id, page.engine, len(page.hits)) == (SPEC.model_id, "elasticsearch", PHOTOS)
    server = served.library.feeds.server
    assert server is not None
    assert server.position(BETTER.vectors_id) is not None
    switch = served.library.switching(FakeExamples(FakeDisk()))
    assert switch.remove_vectors(BETTER.vectors_id, TaskControl(), lambda _: None) == PHOTOS
    assert server.position(BETTER.vectors_id) is None
    assert len(served.search().hits) == PHOTOS


def test_a_server_that_is_away_stops_no_switch(
    served: Served, photos: Path, proxy: Proxy, elasticsearch_url: str
) -> None:
    served.use(proxy.url)
    served.library.run(photos)
    offer_better(served)
    proxy.add(faults.cut)
    switch_to(served, BETTER.model_id)
    page = served.search()
    assert (page.model_id, page.engine, len(page.hits)) == (BETTER.model_id, "embedded", PHOTOS)
    proxy.mend()
    served.use(elasticsearch_url)
    served.library.feeds.of(BETTER).catch_up(settle=True)
    page = served.search()
    assert (page.model_id, page.engine, len(page.hits)) == (BETTER.model_id, "elasticsearch", PHOTOS)
    served.library.feeds.forget(BETTER.vectors_id)
