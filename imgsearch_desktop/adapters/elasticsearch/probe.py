"""Looks at a server in words: can it be used, and what does it hold."""

from __future__ import annotations

from imgsearch_desktop.adapters.elasticsearch.connection import ElasticsearchConnection
from imgsearch_desktop.application.ports import Examination, IndexFacts
from imgsearch_desktop.domain.embedding import ModelId


class ElasticsearchProbe:
    """`EngineProbe` of one server; changes nothing there. Thread-safe.

    Args:
        connection: the server.
        library_id: whose indices are looked for.
    """

    def __init__(self, connection: ElasticsearchConnection, library_id: str) -> None:
        self._connection = connection
        self._library_id = library_id

    def examine(self, model_id: ModelId) -> Examination:
        """See `EngineProbe.examine`."""
        raise NotImplementedError

    def facts(self, model_id: ModelId) -> IndexFacts | None:
        """See `EngineProbe.facts`."""
        raise NotImplementedError

    def close(self) -> None:
        """Let go of the server; safe to call twice."""
