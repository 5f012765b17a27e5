"""Engines: projections of the catalogue that answer searches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from imgsearch_desktop.domain.embedding import ModelId, ModelSpec, Vector
from imgsearch_desktop.domain.errors import EngineError
from imgsearch_desktop.domain.filters import NO_FILTERS, Filters
from imgsearch_desktop.domain.photo import PhotoId, PhotoUid, RootId
from imgsearch_desktop.domain.result import Why


@dataclass(frozen=True, slots=True)
class FolderPlace:
    """A folder that holds a file of a photo.

    Attributes:
        root_id: the root.
        relative_path: the folder below it as bytes, b"" for the root itself.
        names: the root's own name and the folder names below it, as text.
    """

    root_id: RootId
    relative_path: bytes
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IndexDocument:
    """The current state of one photo as a projection stores it.

    Attributes:
        change_id: of the newest change that it reflects.
        file_names: names of its present files, without folders, as text.
        places: where its present files lie.
        date_key: `DateTaken.sort_key`, None without a date.
        format: content format.
        raw: whether the format is a RAW format.
        vectors: per region (0 = whole photo), float16 (dims,).
    """

    photo_id: PhotoId
    uid: PhotoUid
    change_id: int
    file_names: tuple[str, ...]
    places: tuple[FolderPlace, ...]
    keywords: tuple[str, ...]
    title: str | None
    description: str | None
    camera: str | None
    date_key: int | None
    latitude: float | None
    longitude: float | None
    format: str
    raw: bool
    vectors: Mapping[int, NDArray[np.float16]]


@dataclass(frozen=True, slots=True)
class IndexDeletion:
    """A photo that a projection must not hold any more."""

    photo_id: PhotoId
    uid: PhotoUid
    change_id: int


@dataclass(frozen=True, slots=True)
class IndexPosition:
    """Up to where a projection reflects which catalogue.

    Attributes:
        library_id: of which library.
        epoch: of that library.
        change_id: up to where the change log is applied.
        generation: random, new whenever the projection is emptied; two positions are compared without it.
    """

    library_id: str
    epoch: str
    change_id: int
    generation: str = field(default="", compare=False)


class IndexRebuiltError(EngineError):
    """Another feeder has emptied the projection: what was fed before is gone."""


@dataclass(frozen=True, slots=True)
class ApplyReport:
    """What came of feeding a projection: photos it refused, with the reason."""

    rejected: Mapping[PhotoUid, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class IndexRequest:
    """A search as an engine understands it.

    Attributes:
        model_id: whose vectors are compared.
        vector: (dims,), unit length; None for a search by keywords alone.
        text_only: only the first `text_dims` dimensions of the vector are not zero.
        tokens: keyword tokens (`domain.keywords`), any of them may match; more matches rank higher.
        prefix_last: the last token is still being typed: it matches as a prefix too.
        phrases: token sequences that must each occur, adjacent and in order, in one field.
        minus_tokens: photos with all tokens of any of these tuples in their fields are left out.
        filters: what may be found at all; applied before ranking, never after.
        away_roots: roots that are not connected now, for `Filters.include_away`.
        exclude: photos that must not be found (the example itself).
        limit: how many hits of either kind at most.
    """

    model_id: ModelId
    vector: Vector | None = None
    text_only: bool = False
    tokens: tuple[str, ...] = ()
    prefix_last: bool = False
    phrases: tuple[tuple[str, ...], ...] = ()
    minus_tokens: tuple[tuple[str, ...], ...] = ()
    filters: Filters = NO_FILTERS
    away_roots: frozenset[RootId] = frozenset()
    exclude: frozenset[PhotoId] = frozenset()
    limit: int = 1000


class KeywordHit(NamedTuple):
    """A photo whose fields match the tokens; `matched` counts distinct query tokens found.

    A tuple: an answer holds up to ten thousand of them, and these are made four times as fast.
    """

    photo_id: PhotoId
    score: float
    matched: int
    fields: tuple[Why, ...]


@dataclass(frozen=True, slots=True)
class IndexAnswer:
    """What an engine found, two lists to be fused by `domain.ranking`.

    Attributes:
        photo_ids: int64 (n,), nearest first; ties by ascending photo id.
        cosines: float32 (n,), of `photo_ids`.
        keyword_hits: best first.
        searched: photos that pass the filters and were compared.
    """

    photo_ids: NDArray[np.int64]
    cosines: NDArray[np.float32]
    keyword_hits: tuple[KeywordHit, ...]
    searched: int


@dataclass(frozen=True, slots=True)
class Facets:
    """Counts of what could be filtered by, over the photos that pass the filters."""

    cameras: Mapping[str, int]
    formats: Mapping[str, int]
    years: Mapping[int, int]


class PhotoIndex(Protocol):
    """An engine: a projection of the catalogue that answers searches. Thread-safe for searching while fed."""

    @property
    def name(self) -> str:
        """The engine's name: "embedded" or "elasticsearch"."""
        ...

    def position(self, model_id: ModelId) -> IndexPosition | None:
        """Up to where it is fed, None if it holds nothing for this model.

        Raises:
            EngineError: it cannot be reached.
        """
        ...

    def reset(self, model: ModelSpec, library_id: str, epoch: str) -> IndexPosition:
        """Empty the projection of a model (creating it if need be).

        Returns:
            Its position: change id 0 of a new generation.
        """
        ...

    def apply(
        self,
        model_id: ModelId,
        documents: Sequence[IndexDocument],
        deletions: Sequence[IndexDeletion],
        change_id: int,
        *,
        generation: str | None = None,
    ) -> ApplyReport:
        """Take the current state of photos, durably; afterwards `position` is at `change_id` or beyond.

        Applying the same again changes nothing; older state never replaces newer.

        Args:
            model_id: whose projection.
            documents: what the photos are.
            deletions: what is to be found no more.
            change_id: up to where the change log is applied then.
            generation: of the projection that the caller has fed so far, None for whichever there is.

        Raises:
            IndexRebuiltError: the projection has been emptied since; nothing is taken.
            EngineError: it cannot be reached or holds nothing for this model.
        """
        ...

    def search(self, request: IndexRequest) -> IndexAnswer:
        """Find photos.

        Raises:
            EngineError: it cannot be reached or holds nothing for this model.
        """
        ...

    def facets(self, model_id: ModelId, filters: Filters) -> Facets:
        """Count what could be filtered by."""
        ...

    def forget(self, model_id: ModelId) -> None:
        """Give back the room that the projection of a model takes; nothing happens where there is none.

        Raises:
            EngineError: it cannot be reached.
        """
        ...

    def close(self) -> None:
        """Keep what makes the next start fast and close; safe to call twice."""
        ...
