"""The embedded engine: exact vector scan and keyword search in this process, nothing to install or start."""

from __future__ import annotations

import logging
import shutil
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from imgsearch_desktop.adapters.embedded.database import DatabaseDamagedError
from imgsearch_desktop.adapters.embedded.facet_counts import facets
from imgsearch_desktop.adapters.embedded.line_filters import LineFilters
from imgsearch_desktop.adapters.embedded.projection import Projection, nothing_for
from imgsearch_desktop.adapters.embedded.projection_search import ProjectionSearch
from imgsearch_desktop.adapters.embedded.vector_matrix import FLOAT_BYTES
from imgsearch_desktop.application.ports import (
    ApplyReport,
    CatalogueReader,
    Facets,
    IndexAnswer,
    IndexDeletion,
    IndexDocument,
    IndexPosition,
    IndexRequest,
)
from imgsearch_desktop.domain.embedding import ModelId, ModelSpec
from imgsearch_desktop.domain.errors import EngineError
from imgsearch_desktop.domain.filters import Filters

_log = logging.getLogger(__name__)


class EmbeddedIndex:
    """`PhotoIndex` over `embedded-<model>.sqlite` and `embedded-<model>.vectors` in the cache directory.

    A cache directory that cannot be written is replaced by a temporary one: searching works, and the index is
    built again at the next start.

    Args:
        cache_directory: made if it is not there.
        embeddings: the catalogue; vectors are read from it to build the matrix.
        float_bytes: a float32 matrix larger than this becomes int8.
    """

    name = "embedded"

    def __init__(
        self, cache_directory: Path, embeddings: CatalogueReader, *, float_bytes: int = FLOAT_BYTES
    ) -> None:
        self._catalogue = embeddings
        self._float_bytes = float_bytes
        self._lock = threading.Lock()
        self._projections: dict[ModelId, Projection] = {}
        self._filters = LineFilters()
        self._closed = False
        self._temporary: Path | None = None
        self._directory = cache_directory if _writable(cache_directory) else self._own_directory()

    def position(self, model_id: ModelId) -> IndexPosition | None:
        """See `PhotoIndex.position`; a damaged index is set aside and holds nothing."""
        projection = self._projection(model_id, make=False)
        if projection is None:
            return None
        incarnation = projection.incarnation
        try:
            return projection.position()
        except DatabaseDamagedError as error:
            self._set_aside(projection, incarnation, error)
            return None

    def reset(self, model: ModelSpec, library_id: str, epoch: str) -> IndexPosition:
        """See `PhotoIndex.reset`."""
        projection = self._projection(model.vectors_id, make=True)
        assert projection is not None
        incarnation = projection.incarnation
        try:
            return projection.reset(model, library_id, epoch)
        except DatabaseDamagedError as error:
            self._set_aside(projection, incarnation, error)
            return projection.reset(model, library_id, epoch)

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
        with self._filled(model_id) as projection:
            return projection.apply(documents, deletions, change_id, generation)

    def search(self, request: IndexRequest) -> IndexAnswer:
        """See `PhotoIndex.search`."""
        with self._filled(request.model_id) as projection, projection.view() as (connection, state, matrix):
            return ProjectionSearch(connection, state, matrix, self._filters).answer(request)

    def facets(self, model_id: ModelId, filters: Filters) -> Facets:
        """See `PhotoIndex.facets`."""
        with self._filled(model_id) as projection, projection.view() as (connection, state, matrix):
            stamp = state.stamp(model_id)
            return facets(
                connection, self._filters.mask(connection, stamp, matrix.rows, filters, frozenset())
            )

    def forget(self, model_id: ModelId) -> None:
        """See `PhotoIndex.forget`."""
        projection = self._projection(model_id, make=False)
        if projection is None:
            return
        with self._lock:
            self._projections.pop(model_id, None)
        self._filters.clear()
        projection.remove()

    def close(self) -> None:
        """Save what makes the next start fast and close; safe to call twice."""
        with self._lock:
            self._closed = True
            projections, self._projections = list(self._projections.values()), {}
        for projection in projections:
            projection.close()
        if self._temporary is not None:
            shutil.rmtree(self._temporary, ignore_errors=True)
            self._temporary = None

    def _projection(self, model_id: ModelId, *, make: bool) -> Projection | None:
        with self._lock:
            if self._closed:
                raise EngineError("The search engine is closed.")
            known = self._projections.get(model_id)
            if known is None:
                path = self._directory / f"embedded-{quote(model_id, safe='')}.sqlite"
                if not make and not path.exists():
                    return None
                known = Projection(path, model_id, self._catalogue, self._float_bytes)
                self._projections[model_id] = known
            return known

    @contextmanager
    def _filled(self, model_id: ModelId) -> Iterator[Projection]:
        """A projection there is; damage found on the way sets it aside."""
        projection = self._projection(model_id, make=False)
        if projection is None:
            raise nothing_for(model_id)
        incarnation = projection.incarnation
        try:
            yield projection
        except DatabaseDamagedError as error:
            self._set_aside(projection, incarnation, error)
            raise EngineError(
                "The search index was damaged and has been set aside. It is built again from the library;"
                " nothing of the library is lost."
            ) from error

    def _set_aside(self, projection: Projection, incarnation: int, error: DatabaseDamagedError) -> None:
        _log.info("The search index is damaged (%s); it is built again.", error)
        self._filters.clear()
        projection.set_aside(incarnation)

    def _own_directory(self) -> Path:
        try:
            self._temporary = Path(tempfile.mkdtemp(prefix="imgsearch-"))
        except OSError as error:
            raise EngineError(
                "The search index has nowhere to be: neither the cache directory nor the temporary directory"
                f" can be written ({error.strerror}). Free some space or give yourself permission to write."
            ) from error
        _log.info("The cache directory cannot be written; the search index is temporary.")
        return self._temporary


def _writable(directory: Path) -> bool:
    try:
        directory.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=directory):
            return True
    except OSError:
        return False
