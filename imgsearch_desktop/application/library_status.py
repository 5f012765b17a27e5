"""How far a library is."""

from __future__ import annotations

from imgsearch_desktop.application.ports import CatalogueReader, PhotoIndex
from imgsearch_desktop.application.sync_engine import SyncEngine
from imgsearch_desktop.domain.embedding import ModelId
from imgsearch_desktop.domain.errors import EngineError
from imgsearch_desktop.domain.library import LibraryState


class LibraryStatus:
    """Counts what there is and what waits.

    Args:
        catalogue: the truth.
        index: the engine that answers.
        sync: knows what the engine has not yet taken.
        model_id: the active model.
        library: path of the library directory, for people.
    """

    def __init__(
        self,
        catalogue: CatalogueReader,
        index: PhotoIndex,
        sync: SyncEngine,
        model_id: ModelId,
        library: str,
    ) -> None:
        self._catalogue = catalogue
        self._index = index
        self._sync = sync
        self._model_id = model_id
        self._library = library

    def read(self) -> LibraryState:
        """The state now; an engine that cannot be reached has everything still to take."""
        counts = self._catalogue.counts()
        searchable = self._catalogue.searchable(self._model_id)
        return LibraryState(
            photos=counts.photos,
            files=counts.files,
            missing=counts.missing,
            searchable=searchable,
            failed=counts.failed,
            waiting=counts.photos - searchable + self._waiting_for_engine(searchable),
            videos=counts.videos,
            model_id=self._model_id,
            engine=self._index.name,
            library=self._library,
        )

    def _waiting_for_engine(self, searchable: int) -> int:
        try:
            return self._sync.waiting()
        except EngineError:
            return searchable
