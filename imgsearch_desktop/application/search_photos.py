"""Searching: a query in, an ordered slice of hits out."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from imgsearch_desktop.application.active_model import ModelInUse, ModelSource
from imgsearch_desktop.application.ports import (
    CatalogueReader,
    ExampleReader,
    IndexAnswer,
    IndexRequest,
    PhotoIndex,
    SortOrder,
)
from imgsearch_desktop.application.query_vectors import QueryEncoder, QueryVectors
from imgsearch_desktop.domain.errors import EngineError
from imgsearch_desktop.domain.filters import Filters
from imgsearch_desktop.domain.keywords import phrase_tokens, query_tokens
from imgsearch_desktop.domain.photo import PhotoId, RootId
from imgsearch_desktop.domain.query import Query
from imgsearch_desktop.domain.ranking import fuse
from imgsearch_desktop.domain.result import Hit, ResultPage
from imgsearch_desktop.domain.result_end import QueryKind, end_of_results, is_beyond_model

CANDIDATES = 10_000
"""Hits of either kind an engine is asked for: so many that `total` is right for realistic numbers.

Where there may be more, that is said."""

FIRST_ASKED = 1000
"""Hits of either kind a server is asked for first: each of them travels, and results mostly end before.

At 10,000 photos Elasticsearch answers words with 10,000 hits of either kind in 327 ms, with 1,000 in 30 ms,
and these are the same.
"""

_LOOKED_UP = 256
"""Hits of a page at most whose cosine the engine did not tell and that are compared here."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A page of hits, and how many there are in all."""

    hits: tuple[Hit, ...]
    good: int
    weak: int
    engine: str
    notices: tuple[str, ...] = ()
    beyond_model: bool = False


@dataclass(frozen=True, slots=True)
class _Asked:
    """What was asked for besides the query itself, and of which model.

    Attributes:
        model: whose vectors are compared, from the first step to the last.
        page: cuts the slice out of all hits.
        weak: go on beyond the drop of the score.
        prefix_last: the last word is still being typed.
    """

    model: ModelInUse
    page: slice
    weak: bool
    prefix_last: bool


class SearchPhotos:
    """Answers queries; thread-safe.

    Args:
        catalogue: the truth.
        index: the embedded engine; it answers unless there is one on a server.
        models: says which model encodes words and pictures; its vectors are compared. Its feed fills an
            engine that holds nothing of this library (its cache was deleted, or damaged and set aside, or the
            library was restored).
        examples: reads pictures that are not in the library.
        server: the engine on a server, None where none is chosen. It is asked first; while it is away the
            embedded one answers.
    """

    def __init__(
        self,
        catalogue: CatalogueReader,
        index: PhotoIndex,
        models: ModelSource,
        examples: ExampleReader,
        server: Callable[[], PhotoIndex | None] = lambda: None,
    ) -> None:
        self._catalogue = catalogue
        self._index = index
        self._models = models
        self._examples = examples
        self._server = server

    def search(
        self,
        query: Query,
        *,
        offset: int = 0,
        limit: int = 20,
        weak: bool = False,
        prefix_last: bool = False,
    ) -> ResultPage:
        """Find photos.

        An empty query shows the photos that pass the filters, newest first. A query of nothing but unwanted
        parts shows those that none of them fits, newest first.

        Args:
            query: what is asked for.
            offset: rank of the first hit wanted.
            limit: how many hits at most.
            weak: go on beyond the drop of the score.
            prefix_last: the last word is still being typed.

        Raises:
            QueryError: an example is no photo of the library, or not indexed yet.
            PhotoUnreadableError: an example cannot be read.
            EngineError: no engine can answer.
            ModelError: the model cannot be loaded.
        """
        started = time.perf_counter()
        model = self._models.now()
        found = self._find(query, _Asked(model, slice(offset, offset + limit), weak, prefix_last))
        return ResultPage(
            hits=found.hits,
            offset=offset,
            total=found.good,
            weak_total=found.weak,
            model_id=model.spec.model_id,
            engine=found.engine,
            notice=" ".join(found.notices) or None,
            took_ms=(time.perf_counter() - started) * 1000,
            beyond_model=found.beyond_model,
        )

    def _find(self, query: Query, asked: _Asked) -> _Found:
        if query.empty:
            return self._browse(query.filters, asked.page, set(), self._chosen)
        query = _spoken(query)
        model = asked.model
        vectors = QueryEncoder(self._catalogue, model, self._examples).encode(query)
        if not (query.text or query.phrases or query.examples):
            return self._everything_but(query, vectors, asked)
        request = self._request(query, vectors, asked)
        if request.vector is None and not (request.tokens or request.phrases):
            return _Found((), 0, 0, self._chosen, ("There is nothing to go by in these words.",))
        answer, engine, trouble = self._ask(request, vectors, asked)
        good = _good(answer, vectors, model)
        limits = _limits(query, vectors, model)
        nothing = _Found((), 0, 0, engine, (*trouble, *model.notices, *limits), beyond_model=bool(limits))
        found = _cut(answer, good, len(request.tokens), asked, nothing)
        if not (found.good or found.notices):
            found = replace(found, notices=(self._nothing_good(answer, request, found.weak),))
        return replace(found, hits=self._compared(found.hits, answer, request))

    def _request(self, query: Query, vectors: QueryVectors, asked: _Asked) -> IndexRequest:
        return IndexRequest(
            model_id=asked.model.spec.vectors_id,
            vector=vectors.vector,
            text_only=vectors.text_only,
            tokens=query_tokens(query.text),
            prefix_last=asked.prefix_last,
            phrases=tuple(phrase_tokens(phrase) for phrase in query.phrases),
            minus_tokens=_minus_tokens(query),
            filters=query.filters,
            away_roots=self._away_roots(query.filters),
            exclude=vectors.exclude,
            limit=CANDIDATES,
        )

    def _ask(
        self, request: IndexRequest, vectors: QueryVectors, asked: _Asked
    ) -> tuple[IndexAnswer, str, list[str]]:
        """Ask the engine on a server, else the embedded one, saying so."""
        server, model = self._server(), asked.model
        if server is None:
            return self._ask_embedded(request, model), self._index.name, []
        try:
            return _ask_server(server, request, vectors, asked), server.name, []
        except EngineError as error:
            answer, name = self._ask_embedded(request, model), self._index.name
            return answer, name, [str(error), "The embedded engine answers meanwhile."]

    @property
    def _chosen(self) -> str:
        """Name of the engine that is asked first."""
        return (self._server() or self._index).name

    def _ask_embedded(self, request: IndexRequest, model: ModelInUse) -> IndexAnswer:
        """Ask the engine; one that holds nothing of this library is fed first, which encodes nothing."""
        if not model.feed.holds_this_library():
            model.feed.catch_up()
        try:
            return self._index.search(request)
        except EngineError:
            model.feed.catch_up()
            return self._index.search(request)

    def _nothing_good(self, answer: IndexAnswer, request: IndexRequest, weak: int) -> str:
        if answer.searched:
            return "No good match; weaker ones can be shown." if weak else "No match."
        if request.phrases and self._catalogue.searchable(request.model_id):
            return "No photo has these words and passes the filters."
        return "There is no photo to search here: none is indexed yet, or none passes the filters."

    def _compared(self, hits: tuple[Hit, ...], answer: IndexAnswer, request: IndexRequest) -> tuple[Hit, ...]:
        """Hits with the cosine of those that only their words put among the nearest the engine names."""
        vector = request.vector
        if vector is None or len(answer.photo_ids) >= answer.searched:
            return hits
        unknown = [hit.photo_id for hit in hits if hit.score is None][:_LOOKED_UP]
        cosines: dict[PhotoId, float] = {}
        for photo_id in unknown:
            stored = self._catalogue.embedding(photo_id, request.model_id)
            if stored is not None:
                cosines[photo_id] = float(stored @ vector)
        return tuple(replace(hit, score=cosines.get(hit.photo_id, hit.score)) for hit in hits)

    def _away_roots(self, filters: Filters) -> frozenset[RootId]:
        if filters.include_away:
            return frozenset()
        return frozenset(root.root_id for root in self._catalogue.roots() if root.away)

    def _browse(self, filters: Filters, page: slice, without: set[PhotoId], engine: str) -> _Found:
        photo_ids = self._catalogue.browse(filters, SortOrder.DATE_NEWEST)
        if without:
            photo_ids = photo_ids[~np.isin(photo_ids, np.fromiter(without, dtype=np.int64))]
        hits = tuple(Hit(PhotoId(photo_id), None, ()) for photo_id in photo_ids[page].tolist())
        return _Found(hits, len(photo_ids), 0, engine)

    def _everything_but(self, query: Query, vectors: QueryVectors, asked: _Asked) -> _Found:
        """Photos that pass the filters less those that any of the unwanted parts would find."""
        unwanted: set[PhotoId] = set()
        meanings = dict(vectors.minus)
        engine, trouble = self._chosen, list[str]()
        for text in query.minus:
            part = replace(vectors, vector=meanings.get(text), kind=QueryKind.WORDS, reach=None)
            whole_words = replace(asked, prefix_last=False, weak=False)
            request = self._request(Query(text=text, filters=query.filters), part, whole_words)
            answer, engine, trouble = self._ask(request, part, whole_words)
            near = answer.photo_ids[: _good(answer, part, asked.model)].tolist()
            named = (hit.photo_id for hit in answer.keyword_hits if hit.matched >= len(request.tokens))
            unwanted.update((PhotoId(photo_id) for photo_id in near), named)
        found = self._browse(query.filters, asked.page, unwanted, engine)
        return replace(found, notices=(*trouble, *asked.model.notices))


def _ask_server(
    server: PhotoIndex, request: IndexRequest, vectors: QueryVectors, asked: _Asked
) -> IndexAnswer:
    """The best hits, and all of them only where weaker ones are wanted or the good ones may go on."""
    if not asked.weak:
        first = replace(request, limit=min(FIRST_ASKED, request.limit))
        answer = server.search(first)
        good, named = _good(answer, vectors, asked.model), len(answer.keyword_hits)
        if max(good, named) < first.limit:
            return answer
    return server.search(request)


def _good(answer: IndexAnswer, vectors: QueryVectors, model: ModelInUse) -> int:
    """How many of the nearest photos lie before the drop of the score."""
    calibration = model.spec.calibration
    return end_of_results(answer.cosines, vectors.reach, calibration, vectors.kind, answer.searched)


def _limits(query: Query, vectors: QueryVectors, model: ModelInUse) -> list[str]:
    """What the model does not know, where words are far from all that it knows."""
    spec = model.spec
    alone = bool(query.text) and not query.examples and vectors.reach is not None
    if spec.limits and alone and is_beyond_model(vectors.reach, spec.calibration):
        return [spec.limits]
    return []


def _cut(answer: IndexAnswer, good: int, token_count: int, asked: _Asked, found: _Found) -> _Found:
    """Fuse the lists of an engine and cut the page out; hits beyond the drop are fused only when wanted."""
    ids, named = answer.photo_ids, answer.keyword_hits
    ranking = fuse(ids, answer.cosines, good, named, token_count, weak=asked.weak, page=asked.page)
    both = np.union1d(ids, np.array([hit.photo_id for hit in named], dtype=np.int64))
    complete = len(named) >= CANDIDATES and named[-1].matched >= token_count
    notices = found.notices
    if complete or (good >= CANDIDATES and answer.searched > good):
        notices += (f"{CANDIDATES:,} photos or more match; the best of them are shown.",)
    elif asked.weak and answer.searched > len(both) and len(ids) >= CANDIDATES:
        notices += (f"Weaker matches end at the nearest {CANDIDATES:,} of {answer.searched:,} photos.",)
    compared = min(answer.searched, CANDIDATES) if len(ids) else 0  # also those that were not handed over
    weak = max(len(both), compared) - ranking.good
    return replace(found, hits=ranking.hits, good=ranking.good, weak=weak, notices=notices)


def _spoken(query: Query) -> Query:
    """Quoted signs that are no words (an emoji) cannot be looked up exactly: they are searched as text."""
    signs = [phrase for phrase in query.phrases if not phrase_tokens(phrase)]
    if not signs:
        return query
    phrases = tuple(phrase for phrase in query.phrases if phrase not in signs)
    return replace(query, text=" ".join((query.text, *signs)).strip(), phrases=phrases)


def _minus_tokens(query: Query) -> tuple[tuple[str, ...], ...]:
    return tuple(tokens for tokens in (query_tokens(text) for text in query.minus) if tokens)
