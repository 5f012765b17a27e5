"""Libraries that are searched by a real Elasticsearch server, and what stands between the two."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from imgsearch_desktop.application.ports import IndexRequest
from imgsearch_desktop.application.search_photos import SearchPhotos
from imgsearch_desktop.application.server_feed import ServerState
from imgsearch_desktop.application.settings import EngineSettings
from imgsearch_desktop.application.tasks import TaskControl
from imgsearch_desktop.bootstrap.engines import Waits
from imgsearch_desktop.domain.query import Query
from imgsearch_desktop.domain.result import ResultPage
from tests.support.elasticsearch.proxy import Proxy
from tests.support.fakes import SPEC, FakeDisk, FakeExamples
from tests.support.real_library import LentPool, RealLibrary, opened

IMPATIENT = Waits(answer_s=3.0, write_s=6.0, attempts=2)
"""Long enough for a server that does answer on a busy machine."""

DEADLINE_S = 120.0


@dataclass
class Served:
    """A library with an engine on a server."""

    library: RealLibrary

    def use(self, url: str, **more: object) -> None:
        settings = EngineSettings(engine="elasticsearch", elasticsearch_url=url, **more)  # type: ignore[arg-type]
        self.library.engine.switch(settings)

    @property
    def state(self) -> ServerState:
        found = self.library.engine.state()
        assert found is not None
        return found

    @property
    def present(self) -> set[int]:
        """Every photo that is to be found."""
        block = self.library.catalogue.embeddings(SPEC.vectors_id, 0, 10_000)  # type: ignore[arg-type]
        return set(block.photo_ids.tolist())

    @property
    def held(self) -> list[int]:
        """Every photo that the server finds, by number."""
        server = self.library.feeds.server
        assert server is not None
        vector = np.zeros(SPEC.dims, np.float32)
        vector[0] = 1
        found = server.search(IndexRequest(SPEC.vectors_id, vector=vector, limit=1000))
        return sorted(found.photo_ids.tolist())

    def catch_up(self) -> ServerState:
        """Feed until the server has everything."""
        wait_until(self._fed)
        return self.state

    def _fed(self) -> bool:
        state = self.library.engine.catch_up(TaskControl(), lambda _: None)
        assert state is not None
        return state.away is None and state.waiting == 0

    def search(self, text: str = "rex") -> ResultPage:
        library = self.library
        use_case = SearchPhotos(
            library.catalogue,
            library.index,
            library.models,
            FakeExamples(FakeDisk()),
            lambda: library.feeds.server,
        )
        return use_case.search(Query(text=text), weak=True, limit=100)


def wait_until(true: Callable[[], bool], deadline_s: float = DEADLINE_S) -> None:
    """Look every now and then; fails after a time that no working program needs."""
    pause = threading.Event()
    for _ in range(int(deadline_s / 0.05)):
        if true():
            return
        pause.wait(0.05)
    pytest.fail("it never came true")


@pytest.fixture
def alone(tmp_path: Path, lent_pool: LentPool) -> Iterator[Served]:
    """An empty library that gives a server up soon."""
    with opened(tmp_path / "library", lambda: lent_pool, IMPATIENT) as library:
        yield Served(library)


@pytest.fixture
def served(alone: Served, elasticsearch_url: str) -> Iterator[Served]:
    """The same for the shared server: its index goes with it."""
    yield alone
    alone.use(elasticsearch_url)
    alone.library.feeds.forget(SPEC.vectors_id)


@pytest.fixture
def proxy(elasticsearch_proxy: Callable[..., Proxy]) -> Proxy:
    """What stands between the library and the shared server."""
    return elasticsearch_proxy()
