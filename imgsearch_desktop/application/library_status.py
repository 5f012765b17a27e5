"""How far a library is."""

from __future__ import annotations

from collections.abc import Callable

from imgsearch_desktop.application.active_model import ModelInUse, ModelSource
from imgsearch_desktop.application.list_failures import ListFailures
from imgsearch_desktop.application.ports import CatalogueReader, PhotoIndex
from imgsearch_desktop.application.server_feed import ServerState
from imgsearch_desktop.domain.embedding import ModelSpec
from imgsearch_desktop.domain.errors import EngineError
from imgsearch_desktop.domain.library import LibraryState


class LibraryStatus:
    """Counts what there is and what waits.

    Args:
        catalogue: the truth.
        index: the embedded engine.
        models: says which model is active, and what the engine has not yet taken of it.
        library: path of the library directory, for people.
        server: how the engine on a server is for a model, None where none is chosen.
    """

    def __init__(
        self,
        catalogue: CatalogueReader,
        index: PhotoIndex,
        models: ModelSource,
        library: str,
        server: Callable[[ModelSpec], ServerState | None] = lambda _spec: None,
    ) -> None:
        self._catalogue = catalogue
        self._index = index
        self._models = models
        self._failures = ListFailures(catalogue, models)
        self._library = library
        self._server = server

    def read(self) -> LibraryState:
        """The state now; an engine that cannot be reached has everything still to take."""
        in_use = self._models.now()
        counts = self._catalogue.counts()
        searchable = self._catalogue.searchable(in_use.spec.vectors_id)
        server = self._server(in_use.spec)
        server_waiting = server.waiting if server else 0
        to_encode = counts.photos - searchable
        return LibraryState(
            photos=counts.photos,
            files=counts.files,
            missing=counts.missing,
            searchable=searchable,
            failed=self._failures.count(),
            waiting=to_encode + _waiting_for_engine(in_use, searchable) + server_waiting,
            videos=counts.videos,
            model_id=in_use.spec.model_id,
            model_name=in_use.spec.name,
            engine=server.name if server else self._index.name,
            library=self._library,
            engine_waiting=server_waiting,
            engine_away=server.away if server else None,
        )


def _waiting_for_engine(in_use: ModelInUse, searchable: int) -> int:
    try:
        return in_use.feed.waiting()
    except EngineError:
        return searchable
