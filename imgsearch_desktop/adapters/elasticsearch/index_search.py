"""One search: vectors, keywords and a count in one round trip."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from imgsearch_desktop.adapters.elasticsearch.errors import refusal_in_words
from imgsearch_desktop.adapters.elasticsearch.facet_query import facet_body, facets_of
from imgsearch_desktop.adapters.elasticsearch.filter_clauses import Allowed, allowed, holding_phrase
from imgsearch_desktop.adapters.elasticsearch.keyword_query import keyword_body, keyword_hits
from imgsearch_desktop.adapters.elasticsearch.server import Server
from imgsearch_desktop.adapters.elasticsearch.stored_index import StoredIndex
from imgsearch_desktop.adapters.elasticsearch.vector_query import nearest, vector_body
from imgsearch_desktop.application.ports import Facets, IndexAnswer, IndexRequest
from imgsearch_desktop.domain.embedding import Vector
from imgsearch_desktop.domain.errors import EngineError
from imgsearch_desktop.domain.filters import Filters

_HEADER = {"allow_partial_search_results": False, "search_type": "dfs_query_then_fetch"}
"""All parts of the index or none; words weigh the same in each of them."""

_WANTED = [
    "responses.status",
    "responses.error",
    "responses.hits.total",
    "responses.hits.hits.sort",
    "responses.hits.hits.matched_queries",
]


class IndexSearch:
    """Answers requests out of one index.

    Args:
        server: where it is.
        stored: the index.
    """

    def __init__(self, server: Server, stored: StoredIndex) -> None:
        self._server = server
        self._stored = stored

    def answer(self, request: IndexRequest) -> IndexAnswer:
        """See `PhotoIndex.search`.

        Raises:
            IndexGoneError: the index is not there any more.
            EngineError: the vector is not one of this model, or the server cannot be reached or refuses.
        """
        vector = self._vector(request)
        found = allowed(request)
        narrowed = Allowed(
            [*found.wanted, *map(holding_phrase, filter(None, request.phrases))], found.unwanted
        ).clause()
        bodies: dict[str, dict[str, Any]] = {
            "count": {"query": narrowed, "size": 0, "track_total_hits": True}
        }
        if vector is not None and request.limit > 0:
            bodies["vectors"] = vector_body(vector, request.limit, narrowed)
        words = keyword_body(request, found)
        if words is not None:
            bodies["words"] = words
        answers = self._asked(bodies)
        photo_ids, cosines = nearest(_hits(answers.get("vectors")))
        searched = int(answers["count"]["hits"]["total"]["value"])
        return IndexAnswer(photo_ids, cosines, keyword_hits(_hits(answers.get("words"))), searched)

    def facets(self, filters: Filters) -> Facets:
        """See `PhotoIndex.facets`.

        Raises:
            IndexGoneError: the index is not there any more.
            EngineError: the server cannot be reached or refuses.
        """
        with self._server.asked() as client:
            answer = client.search(
                index=self._stored.alias, allow_partial_search_results=False, **facet_body(filters)
            )
        return facets_of(answer["aggregations"])

    def _vector(self, request: IndexRequest) -> Vector | None:
        if request.vector is None:
            return None
        vector = np.array(request.vector, np.float32)
        if vector.shape == (self._stored.dims,) and request.text_only:
            vector[self._stored.text_dims :] = 0
        if vector.shape != (self._stored.dims,) or not np.isfinite(vector).all() or not vector.any():
            raise EngineError(f"The query does not fit the model {request.model_id}. Choose the model again.")
        return vector

    def _asked(self, bodies: Mapping[str, Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
        """The answers to several searches, asked in one go."""
        searches = [line for body in bodies.values() for line in (_HEADER, body)]
        with self._server.asked() as client:
            answer = client.msearch(index=self._stored.alias, searches=searches, filter_path=_WANTED)
        for response in answer["responses"]:
            if "error" in response:
                raise refusal_in_words(int(response["status"]), response["error"], self._server.address)
        return dict(zip(bodies, answer["responses"], strict=True))


def _hits(answer: Mapping[str, Any] | None) -> list[Mapping[str, Any]]:
    if answer is None:
        return []
    found: list[Mapping[str, Any]] = answer.get("hits", {}).get("hits", [])
    return found
