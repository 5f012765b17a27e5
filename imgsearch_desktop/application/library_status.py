"""How far a library is."""

from __future__ import annotations

from imgsearch_desktop.application.active_model import ModelInUse, ModelSource
from imgsearch_desktop.application.ports import CatalogueReader, PhotoIndex
from imgsearch_desktop.domain.errors import EngineError
from imgsearch_desktop.domain.library import LibraryState


class LibraryStatus:
    """Counts what there is and what waits.

    Args:
        catalogue: the truth.
        index: the engine that answers.
        models: says which model is active, and what the engine has not yet taken of it.
        library: path of the library directory, for people.
    """

    def __init__(
        self,
        catalogue: CatalogueReader,
        index: PhotoIndex,
        models: ModelSource,
        library: str,
    ) -> None:
        self._catalogue = catalogue
        self._index = index
        self._models = models
        self._library = library

    def read(self) -> LibraryState:
        """The state now; an engine that cannot be reached has everything still to take."""
        in_use = self._models.now()
        counts = self._catalogue.counts()
        searchable = self._catalogue.searchable(in_use.spec.vectors_id)
        return LibraryState(
            photos=counts.photos,
            files=counts.files,
            missing=counts.missing,
            searchable=searchable,
            failed=counts.failed,
            waiting=counts.photos - searchable + _waiting_for_engine(in_use, searchable),
            videos=counts.videos,
            model_id=in_use.spec.model_id,
            model_name=in_use.spec.name,
            engine=self._index.name,
            library=self._library,
        )


def _waiting_for_engine(in_use: ModelInUse, searchable: int) -> int:
    try:
        return in_use.feed.waiting()
    except EngineError:
        return searchable
