"""The Elasticsearch engine: one index per library and model on a server."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from imgsearch_desktop.adapters.elasticsearch.connection import ElasticsearchConnection
from imgsearch_desktop.application.ports import (
    ApplyReport,
    Facets,
    IndexAnswer,
    IndexDeletion,
    IndexDocument,
    IndexPosition,
    IndexRequest,
)
from imgsearch_desktop.domain.embedding import ModelId, ModelSpec
from imgsearch_desktop.domain.filters import Filters


@dataclass(frozen=True, slots=True)
class IndexLayout:
    """How an index is spread over a cluster; a change counts from the next rebuild on.

    Attributes:
        shards: parts that are searched side by side.
        replicas: copies of each part, for when a node fails.
    """

    shards: int = 1
    replicas: int = 0


@dataclass(frozen=True, slots=True)
class Patience:
    """How often a batch is tried again while the server is busy or away, and how long is waited in between.

    Attributes:
        attempts: in all.
        first_s: wait before the second; each further wait is twice as long.
        longest_s: no wait is longer.
    """

    attempts: int = 4
    first_s: float = 0.5
    longest_s: float = 8.0


class ElasticsearchIndex:
    """`PhotoIndex` on a server. Thread-safe. Nothing is sent before the first call.

    Args:
        connection: the server.
        library_id: of the library whose index this is; it is part of the index's name.
        layout: of an index that is made.
        patience: with a server that is busy or away.
    """

    name = "elasticsearch"

    def __init__(
        self,
        connection: ElasticsearchConnection,
        library_id: str,
        *,
        layout: IndexLayout | None = None,
        patience: Patience | None = None,
    ) -> None:
        self._connection = connection
        self._library_id = library_id
        self._layout = layout or IndexLayout()
        self._patience = patience or Patience()

    def position(self, model_id: ModelId) -> IndexPosition | None:
        """See `PhotoIndex.position`."""
        raise NotImplementedError

    def reset(self, model: ModelSpec, library_id: str, epoch: str) -> IndexPosition:
        """See `PhotoIndex.reset`; an index of another library under this name is refused."""
        raise NotImplementedError

    def apply(
        self,
        model_id: ModelId,
        documents: Sequence[IndexDocument],
        deletions: Sequence[IndexDeletion],
        change_id: int,
        *,
        generation: str | None = None,
    ) -> ApplyReport:
        """See `PhotoIndex.apply`."""
        raise NotImplementedError

    def search(self, request: IndexRequest) -> IndexAnswer:
        """See `PhotoIndex.search`."""
        raise NotImplementedError

    def facets(self, model_id: ModelId, filters: Filters) -> Facets:
        """See `PhotoIndex.facets`."""
        raise NotImplementedError

    def close(self) -> None:
        """Let go of the server; safe to call twice."""
