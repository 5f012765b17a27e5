"""An index made by the recipe's own script: `my-image-embeddings` and its like. Only ever read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from imgsearch_desktop.adapters.elasticsearch.connection import ElasticsearchConnection
from imgsearch_desktop.adapters.elasticsearch.errors import IndexGoneError
from imgsearch_desktop.adapters.elasticsearch.server import Server
from imgsearch_desktop.application.ports import ForeignPhoto
from imgsearch_desktop.domain.embedding import Vector, normalise
from imgsearch_desktop.domain.errors import EngineError

if TYPE_CHECKING:
    from elasticsearch import Elasticsearch

EMBEDDING, PATH = "image_embedding", "relative_path"
PAGE = 500
KEPT = "2m"
"""How long the server keeps a reading open between two pages."""

CANDIDATES = 10
"""Looked at per hit that is wanted: quantised indices are near, not exact; cosines are worked out here."""

MOST = 10_000
"""Hits that a server gives at most."""


class RecipeIndex:
    """Fulfils `ForeignIndex`.

    Args:
        connection: the server.
        name: of the index there.
    """

    def __init__(self, connection: ElasticsearchConnection, name: str) -> None:
        self.name = name
        self._server = Server(connection)

    @cached_property
    def dims(self) -> int:
        """See `ForeignIndex.dims`."""
        with self._asked() as client:
            answer = client.indices.get_mapping(index=self.name)
        (described, *_) = answer.body.values()
        properties = described["mappings"].get("properties", {})
        field = properties.get(EMBEDDING, {})
        if field.get("type") != "dense_vector" or "dims" not in field or PATH not in properties:
            raise EngineError(
                f"The index {self.name} was not made by the recipe's script: it lacks {EMBEDDING} or {PATH}."
                " Give the name of one that was, such as my-image-embeddings."
            )
        return int(field["dims"])

    def count(self) -> int:
        """See `ForeignIndex.count`."""
        with self._asked() as client:
            return int(client.count(index=self.name)["count"])

    def photos(self) -> Iterator[Sequence[ForeignPhoto]]:
        """See `ForeignIndex.photos`."""
        with self._asked() as client:
            page = client.search(index=self.name, scroll=KEPT, size=PAGE, sort=["_doc"], **self._wanted())
        try:
            while hits := page["hits"]["hits"]:
                yield [photo for hit in hits if (photo := self._photo(hit)) is not None]
                with self._asked() as client:
                    page = client.scroll(scroll_id=page["_scroll_id"], scroll=KEPT)
        finally:
            with self._asked() as client:
                client.options(ignore_status=404).clear_scroll(scroll_id=page["_scroll_id"])

    def search(self, vector: Vector, limit: int) -> Sequence[ForeignPhoto]:
        """See `ForeignIndex.search`."""
        many = min(max(100, limit * CANDIDATES), MOST)
        knn = {"field": EMBEDDING, "query_vector": vector.tolist(), "k": many, "num_candidates": many}
        with self._asked() as client:
            answer = client.search(index=self.name, knn=knn, size=many, **self._wanted())
        found = [photo for hit in answer["hits"]["hits"] if (photo := self._photo(hit, vector)) is not None]
        return sorted(found, key=lambda photo: (-photo.cosine, photo.relative_path))[:limit]

    def close(self) -> None:
        """Let go of the server; safe to call twice."""
        self._server.close()

    @contextmanager
    def _asked(self) -> Iterator[Elasticsearch]:
        try:
            with self._server.worked() as client:
                yield client
        except IndexGoneError as error:
            raise EngineError(
                f"There is no index {self.name} on Elasticsearch at {self._server.address}. Check its name."
            ) from error

    def _wanted(self) -> dict[str, Any]:
        """Vectors are asked for as fields: since 9.2 the stored document is without them."""
        return {"source": [PATH], "fields": [EMBEDDING]}

    def _photo(self, hit: Mapping[str, Any], searched: Vector | None = None) -> ForeignPhoto | None:
        """A hit as a photo; None for a document without a path or an embedding."""
        path = hit.get("_source", {}).get(PATH)
        values = np.asarray(hit.get("fields", {}).get(EMBEDDING, ()), np.float32).ravel()
        if not isinstance(path, str) or values.shape != (self.dims,) or not np.isfinite(values).all():
            return None
        vector: Vector = normalise(values)
        return ForeignPhoto(path, vector, 0.0 if searched is None else float(vector @ searched))
