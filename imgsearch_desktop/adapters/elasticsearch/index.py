"""The Elasticsearch engine: one index per library and model on a server."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from imgsearch_desktop.adapters.elasticsearch import mapping
from imgsearch_desktop.adapters.elasticsearch.batch import Batch, batch_of
from imgsearch_desktop.adapters.elasticsearch.bulk import Operation, Patience, send
from imgsearch_desktop.adapters.elasticsearch.connection import ElasticsearchConnection
from imgsearch_desktop.adapters.elasticsearch.errors import IndexGoneError
from imgsearch_desktop.adapters.elasticsearch.index_names import IndexNames, names_of
from imgsearch_desktop.adapters.elasticsearch.index_search import IndexSearch
from imgsearch_desktop.adapters.elasticsearch.photo_document import position_source
from imgsearch_desktop.adapters.elasticsearch.server import Server
from imgsearch_desktop.adapters.elasticsearch.stored_index import (
    ForeignIndexError,
    NothingThereError,
    StoredIndex,
    delete_index,
    make_index,
    nothing_for,
    read_index,
    read_position,
    refresh_regularly,
)
from imgsearch_desktop.application.ports import (
    ApplyReport,
    Facets,
    IndexAnswer,
    IndexDeletion,
    IndexDocument,
    IndexPosition,
    IndexRebuiltError,
    IndexRequest,
)
from imgsearch_desktop.domain.embedding import ModelId, ModelSpec
from imgsearch_desktop.domain.errors import EngineError
from imgsearch_desktop.domain.filters import Filters
from imgsearch_desktop.domain.photo import PhotoUid

LOAD_BATCH = 128
"""A smaller batch is no longer part of a first load: photos come as they are indexed."""

_REBUILT = "Another program has begun to build the search index anew. Try again when it has finished."

_Answer = TypeVar("_Answer")


@dataclass(frozen=True, slots=True)
class IndexLayout:
    """How an index is spread over a cluster; a change counts from the next rebuild on.

    Attributes:
        shards: parts that are searched side by side.
        replicas: copies of each part, for when a node fails.
    """

    shards: int = 1
    replicas: int = 0


class ElasticsearchIndex:
    """`PhotoIndex` on a server. Thread-safe. Nothing is sent before the first call.

    Args:
        connection: the server.
        library_id: of the library whose index this is; it is part of the index's name.
        layout: of an index that is made.
        patience: with a server that is busy or away, while photos are sent to it.
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
        self._server = Server(connection)
        self._library_id = library_id
        self._layout = layout or IndexLayout()
        self._patience = patience or Patience()
        self._lock = threading.Lock()
        self._showing = threading.Lock()
        self._known: dict[ModelId, StoredIndex] = {}
        self._loading: set[str] = set()
        self._unseen: set[str] = set()

    def position(self, model_id: ModelId) -> IndexPosition | None:
        """See `PhotoIndex.position`."""
        try:
            return self._with_index(model_id, lambda stored: read_position(self._server, stored))
        except NothingThereError:
            return None

    def reset(self, model: ModelSpec, library_id: str, epoch: str) -> IndexPosition:
        """See `PhotoIndex.reset`; an index of another library under this name is refused."""
        names = self._names(model.vectors_id)
        found = read_index(self._server, names)
        if found is not None and found.library_id not in (self._library_id, library_id):
            raise ForeignIndexError(
                f"The index {names.index} on Elasticsearch at {self._server.address} belongs to another"
                " library. It is left as it is: delete or rename it there if this library is to be searched"
                " with Elasticsearch."
            )
        settings = mapping.settings(self._layout.shards, self._layout.replicas)
        made = make_index(self._server, names, model, (library_id, epoch), settings)
        with self._lock:
            self._loading.add(made.generation)
            self._known[model.vectors_id] = made
        return made.at(0)

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

        def taken(stored: StoredIndex) -> ApplyReport:
            if generation not in (None, stored.generation):
                raise IndexGoneError(_REBUILT)
            batch = batch_of(documents, deletions, stored.dims)
            return self._taken(stored, batch, change_id)

        try:
            return self._with_index(model_id, taken)
        except IndexGoneError as error:
            if generation is None:
                raise
            raise IndexRebuiltError(_REBUILT) from error

    def search(self, request: IndexRequest) -> IndexAnswer:
        """See `PhotoIndex.search`."""

        def found(stored: StoredIndex) -> IndexAnswer:
            self._show(stored)
            return IndexSearch(self._server, stored).answer(request)

        return self._with_index(request.model_id, found)

    def facets(self, model_id: ModelId, filters: Filters) -> Facets:
        """See `PhotoIndex.facets`."""

        def counted(stored: StoredIndex) -> Facets:
            self._show(stored)
            return IndexSearch(self._server, stored).facets(filters)

        return self._with_index(model_id, counted)

    def forget(self, model_id: ModelId) -> None:
        """See `PhotoIndex.forget`."""
        with self._lock:
            self._known.pop(model_id, None)
        delete_index(self._server, self._names(model_id))

    def close(self) -> None:
        """Leave the index as others want to find it, and let go of the server; safe to call twice."""
        with self._lock:
            known = list(self._known.values())
        self._server.hurry()
        with contextlib.suppress(EngineError):  # else Elasticsearch shows it, or whoever opens the index next
            for stored in known:
                if stored.generation in self._loading:
                    self._end_load(stored)
                self._show(stored)
        self._server.close()

    def _with_index(self, model_id: ModelId, work: Callable[[StoredIndex], _Answer]) -> _Answer:
        """Work with an index as it is known; where it has been emptied or deleted since, as it is now.

        Raises:
            NothingThereError: there is none.
            IndexGoneError: it keeps going away, or is not the one that `work` asks for.
        """
        with self._lock:
            known = self._known.get(model_id)
        if known is not None:
            with contextlib.suppress(IndexGoneError):
                return work(known)
        return work(self._read(model_id))

    def _read(self, model_id: ModelId) -> StoredIndex:
        """Look an index up on the server; a first load that nobody ended is ended."""
        stored = read_index(self._server, self._names(model_id))
        with self._lock:
            if stored is None:
                self._known.pop(model_id, None)
                raise nothing_for(model_id)
            self._known[model_id] = stored
            abandoned = not stored.refreshed and stored.generation not in self._loading
        if abandoned:
            self._end_load(stored)
        return stored

    def _taken(self, stored: StoredIndex, batch: Batch, change_id: int) -> ApplyReport:
        try:
            refused = send(self._server, stored.alias, batch.operations, self._patience)
        finally:
            with self._lock:
                self._unseen.add(stored.generation)
        if change_id > 0:
            position = Operation(mapping.POSITION_ID, change_id, position_source(change_id))
            send(self._server, stored.alias, [position], self._patience)
            if len(batch.operations) < LOAD_BATCH and stored.generation in self._loading:
                self._end_load(stored)
        return ApplyReport(batch.rejected | {PhotoUid(uid): reason for uid, reason in refused.items()})

    def _show(self, stored: StoredIndex) -> None:
        """What was sent from here is found, even if Elasticsearch would show it a second later only."""
        with self._showing:  # a search beside this one waits until it can see as much
            with self._lock:
                if stored.generation not in self._unseen:
                    return
                self._unseen.discard(stored.generation)
            try:
                with self._server.asked() as client:
                    client.indices.refresh(index=stored.alias)
            except EngineError:
                with self._lock:
                    self._unseen.add(stored.generation)
                raise

    def _end_load(self, stored: StoredIndex) -> None:
        refresh_regularly(self._server, stored)
        with self._lock:
            self._loading.discard(stored.generation)

    def _names(self, model_id: ModelId) -> IndexNames:
        return names_of(self._library_id, model_id, mapping.VERSION)
