"""Fixtures with a real Elasticsearch server; the only reason to skip is that Maven cannot be had."""

from __future__ import annotations

import http.client
import os
import sys
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.support.elasticsearch.distribution import MavenMissingError, provide_distribution
from tests.support.elasticsearch.proxy import Proxy
from tests.support.elasticsearch.server import RealServer
from tests.support.elasticsearch.shared import shared_server


@pytest.fixture(scope="session")
def elasticsearch_distribution() -> Path:
    """The server's files."""
    if sys.platform == "win32":
        pytest.skip("The Elasticsearch server of the tests needs a POSIX system.")
    try:
        return provide_distribution()
    except MavenMissingError as missing:
        pytest.skip(str(missing))


@pytest.fixture(scope="session")
def elasticsearch_url(
    elasticsearch_distribution: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """Address of the one server of this run. Tests keep to indices of their own (`elasticsearch_library`)."""
    base = tmp_path_factory.getbasetemp()
    with shared_server(
        (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "elasticsearch"
    ) as url:
        yield url


@pytest.fixture
def elasticsearch_library(elasticsearch_url: str) -> Iterator[str]:
    """Id of a library that is this test's alone; indices `imgsearch-<id>-*` are removed afterwards."""
    library_id = uuid.uuid4().hex
    yield library_id
    address = urlsplit(elasticsearch_url)
    connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=60)
    connection.request("DELETE", f"/imgsearch-{library_id}-*?ignore_unavailable=true")
    answer = connection.getresponse()
    assert answer.status == 200, answer.read()
    connection.close()


@pytest.fixture
def elasticsearch_proxy(elasticsearch_url: str) -> Iterator[Callable[..., Proxy]]:
    """Makes proxies in front of the shared server, or of `upstream`; options as of `Proxy`."""
    with ExitStack() as stack:

        def make(upstream: str = elasticsearch_url, **options: Any) -> Proxy:
            return stack.enter_context(Proxy(upstream, **options))

        yield make


@pytest.fixture
def real_server(elasticsearch_distribution: Path, tmp_path: Path) -> Iterator[Callable[..., RealServer]]:
    """Makes servers of this test's own, to be started, stopped, killed; they are removed afterwards."""
    made: list[RealServer] = []

    def make(name: str = "own", **options: Any) -> RealServer:
        made.append(RealServer(tmp_path / name, name=name, **options))
        return made[-1]

    yield make
    for server in made:
        server.discard()
