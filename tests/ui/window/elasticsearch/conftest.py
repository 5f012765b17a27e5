"""The real window over a library that a real Elasticsearch server searches."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from imgsearch_desktop.application.settings import EngineSettings
from tests.support.elasticsearch.proxy import Proxy
from tests.support.fakes import SPEC
from tests.support.real_library import RealLibrary


@pytest.fixture
def proxy(elasticsearch_proxy) -> Proxy:
    """What stands between the window and the shared server."""
    made: Proxy = elasticsearch_proxy()
    return made


@pytest.fixture
def library(library, proxy, elasticsearch_url) -> Iterator[RealLibrary]:
    """The library of the window tests, with the server chosen and fed in the background."""
    use(library, proxy.url)
    with library.feeds.in_background():
        yield library
    use(library, elasticsearch_url)
    library.feeds.forget(SPEC.vectors_id)


@pytest.fixture
def opened_window(library, photos, open_window, qtbot):
    """A window on a library that has been indexed and that the server holds."""
    library.run(photos)
    qtbot.waitUntil(lambda: fed(library), timeout=60_000)
    made = open_window(library)
    qtbot.waitUntil(lambda: len(made.names) == 12)
    return made


def use(library: RealLibrary, url: str) -> None:
    library.engine.switch(EngineSettings(engine="elasticsearch", elasticsearch_url=url))


def fed(library: RealLibrary) -> bool:
    """Whether the server is there and has everything."""
    state = library.engine.state()
    return state is not None and state.away is None and state.waiting == 0
