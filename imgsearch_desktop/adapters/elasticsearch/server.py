"""The server as the engine talks to it: one client, every failure told in words."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from imgsearch_desktop.adapters.elasticsearch.connection import ElasticsearchConnection
from imgsearch_desktop.adapters.elasticsearch.errors import told_in_words
from imgsearch_desktop.domain.errors import EngineError

if TYPE_CHECKING:
    from elasticsearch import Elasticsearch

FAREWELL_S = 2.0
"""How long the last answers before closing may take."""


class Server:
    """Thread-safe; the client is made on first use.

    Args:
        connection: where the server is.
    """

    def __init__(self, connection: ElasticsearchConnection) -> None:
        self._connection = connection
        self._lock = threading.Lock()
        self._client: Elasticsearch | None = None
        self._closed = threading.Event()
        self._hurried = False

    @property
    def address(self) -> str:
        """As people know it."""
        return self._connection.address

    @contextmanager
    def asked(self) -> Iterator[Elasticsearch]:
        """A client for what is answered at once.

        Raises:
            EngineError: whatever goes wrong, in words.
        """
        client = self._open()
        if self._hurried:
            client = client.options(request_timeout=FAREWELL_S)
        with told_in_words(self.address):
            yield client

    @contextmanager
    def worked(self) -> Iterator[Elasticsearch]:
        """A client for what takes its time: a batch of photos, a new index.

        Raises:
            EngineError: whatever goes wrong, in words.
        """
        client = self._open().options(request_timeout=self._connection.write_s)
        with told_in_words(self.address):
            yield client

    def hurry(self) -> None:
        """Wait only briefly for what is asked from now on: nobody wants to wait for the end."""
        self._hurried = True

    def wait(self, seconds: float) -> bool:
        """Wait; returns at once, true, when the server is let go of."""
        return self._closed.wait(seconds)

    def close(self) -> None:
        """Let go of it; safe to call twice."""
        self._closed.set()
        with self._lock:
            client, self._client = self._client, None
        if client is not None:
            client.close()

    def _open(self) -> Elasticsearch:
        with self._lock:
            if self._closed.is_set():
                raise EngineError("The search engine is closed.")
            if self._client is None:
                self._client = self._connection.client()
            return self._client
