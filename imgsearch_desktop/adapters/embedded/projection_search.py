"""One search on one snapshot of a projection."""

from __future__ import annotations

import sqlite3

import numpy as np
from numpy.typing import NDArray

from imgsearch_desktop.adapters.embedded import match_expressions as match
from imgsearch_desktop.adapters.embedded.keyword_search import KeywordSearch, lines_with
from imgsearch_desktop.adapters.embedded.line_filters import LineFilters
from imgsearch_desktop.adapters.embedded.line_sets import lines_of
from imgsearch_desktop.adapters.embedded.projection_state import ProjectionState
from imgsearch_desktop.adapters.embedded.vector_matrix import VectorMatrix
from imgsearch_desktop.application.ports import IndexAnswer, IndexRequest, KeywordHit
from imgsearch_desktop.domain.embedding import Vector
from imgsearch_desktop.domain.errors import EngineError


class ProjectionSearch:
    """Answers requests on a snapshot.

    Args:
        connection: inside a read transaction.
        state: of the snapshot.
        matrix: in that state.
        filters: remembers masks from one search to the next.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        state: ProjectionState,
        matrix: VectorMatrix,
        filters: LineFilters,
    ) -> None:
        self._connection = connection
        self._state = state
        self._matrix = matrix
        self._filters = filters

    def answer(self, request: IndexRequest) -> IndexAnswer:
        """See `PhotoIndex.search`.

        Raises:
            EngineError: the vector is not one of this model.
        """
        query = self._query(request)
        allowed = self._allowed(request)
        photo_ids, cosines = np.empty(0, np.int64), np.empty(0, np.float32)
        if query is not None:
            photo_ids, cosines = self._matrix.nearest(query, request.limit, allowed)
        alive = self._matrix.alive
        searched = int(np.count_nonzero(alive if allowed is None else alive & allowed))
        return IndexAnswer(photo_ids, cosines, self._keyword_hits(request, allowed), searched)

    def _query(self, request: IndexRequest) -> Vector | None:
        if request.vector is None:
            return None
        vector = np.ascontiguousarray(request.vector, np.float32)
        if vector.shape != (self._state.dims,) or not np.isfinite(vector).all():
            raise EngineError(f"The query does not fit the model {request.model_id}. Choose the model again.")
        return vector[: self._state.text_dims] if request.text_only else vector

    def _allowed(self, request: IndexRequest) -> NDArray[np.bool_] | None:
        """Which rows may be found at all, (rows,); None for all of them."""
        rows = self._matrix.rows
        mask = self._filters.mask(
            self._connection, self._state.stamp(request.model_id), rows, request.filters, request.away_roots
        )
        for phrase in filter(None, request.phrases):
            expression = match.phrase(phrase)
            holding = np.zeros(rows, np.bool_)
            if expression is not None:
                holding[lines_with(self._connection, expression)] = True
            mask = holding if mask is None else mask & holding
        unwanted = self._unwanted(request)
        if len(unwanted):
            mask = np.ones(rows, np.bool_) if mask is None else mask.copy()
            mask[unwanted] = False
        return mask

    def _unwanted(self, request: IndexRequest) -> NDArray[np.int64]:
        found = [np.empty(0, np.int64)]
        for tokens in filter(None, request.minus_tokens):
            expressions = [match.any_field(token) for token in tokens]
            known = [expression for expression in expressions if expression is not None]
            if len(known) == len(tokens):
                found.append(lines_with(self._connection, match.all_of(known)))
        if request.exclude:
            numbers = ", ".join(str(int(photo_id)) for photo_id in sorted(request.exclude))
            select = f"SELECT line FROM documents WHERE photo_id IN ({numbers})"  # noqa: S608 - integers only
            found.append(lines_of(self._connection, select, ()))
        return np.concatenate(found)

    def _keyword_hits(
        self, request: IndexRequest, allowed: NDArray[np.bool_] | None
    ) -> tuple[KeywordHit, ...]:
        tokens = tuple(dict.fromkeys(request.tokens))
        phrases = tuple(filter(None, request.phrases))
        if request.limit <= 0 or not (tokens or phrases):
            return ()
        present = self._matrix.photo_ids >= 0
        search = KeywordSearch(
            self._connection,
            present if allowed is None else present & allowed,
            self._matrix.photo_ids,
            int(np.count_nonzero(present)),
            request.limit,
        )
        return tuple(search.run(tokens, request.prefix_last, phrases))
