"""Filters of a search as clauses that Elasticsearch checks before it ranks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from imgsearch_desktop.adapters.elasticsearch.mapping import PHOTO, WORD_FIELDS
from imgsearch_desktop.adapters.elasticsearch.photo_document import folder_key
from imgsearch_desktop.application.ports import IndexRequest
from imgsearch_desktop.domain.filters import Filters
from imgsearch_desktop.domain.keywords import is_token
from imgsearch_desktop.domain.photo import RootId

Clause = dict[str, Any]
"""A query of Elasticsearch's own language."""

NOTHING: Clause = {"match_none": {}}
"""Lets nothing pass."""


@dataclass(slots=True)
class Allowed:
    """Which documents may be found at all.

    Attributes:
        wanted: each must hold.
        unwanted: none may hold.
    """

    wanted: list[Clause] = field(default_factory=list)
    unwanted: list[Clause] = field(default_factory=list)

    def clause(self) -> Clause:
        """All of it as one clause."""
        return {"bool": {"filter": self.wanted, "must_not": self.unwanted}}


def passing(filters: Filters, away_roots: frozenset[RootId] = frozenset()) -> Allowed:
    """Photos that pass the filters."""
    return Allowed([{"term": {"kind": PHOTO}}, *_conditions(filters, away_roots)])


def allowed(request: IndexRequest) -> Allowed:
    """Photos that a search may find, its phrases apart."""
    found = passing(request.filters, request.away_roots)
    for tokens in filter(None, request.minus_tokens):
        if all(map(is_token, tokens)):
            found.unwanted.append({"bool": {"filter": [any_field(token) for token in tokens]}})
    if request.exclude:
        found.unwanted.append({"terms": {"photo_id": sorted(request.exclude)}})
    return found


def any_field(token: str) -> Clause:
    """The token in any of the fields."""
    return any_of({"term": {field: token}} for field in WORD_FIELDS.values())


def any_of(clauses: Iterable[Clause]) -> Clause:
    """At least one of the clauses holds."""
    return {"bool": {"should": list(clauses), "minimum_should_match": 1}}


def holding_phrase(tokens: Sequence[str]) -> Clause:
    """The tokens side by side and in order in one of the fields."""
    if not all(map(is_token, tokens)):
        return NOTHING
    words = " ".join(tokens)
    return any_of({"match_phrase": {field: words}} for field in WORD_FIELDS.values())


def _conditions(filters: Filters, away_roots: frozenset[RootId]) -> Iterator[Clause]:
    if filters.folders:
        keys = {folder_key(folder.root_id, folder.relative_path) for folder in filters.folders}
        yield {"terms": {"folder": sorted(keys)}}
    if filters.after is not None or filters.before is not None:
        yield _days(filters)
    if filters.cameras:
        yield {"terms": {"camera_key": sorted({camera.casefold() for camera in filters.cameras})}}
    if filters.formats:
        names = sorted({name.lower() for name in filters.formats})
        raw: list[Clause] = [{"term": {"raw": True}}] if "raw" in names else []
        yield any_of([{"terms": {"format": names}}, *raw])
    if not filters.include_away and away_roots:
        yield _present(away_roots)


def _days(filters: Filters) -> Clause:
    if filters.after is not None and filters.before is not None and filters.after > filters.before:
        return NOTHING
    bounds: dict[str, str] = {}
    if filters.after is not None:
        bounds["gte"] = f"{filters.after.isoformat()}T00:00:00"
    if filters.before is not None:
        bounds["lte"] = f"{filters.before.isoformat()}T23:59:59.999"
    return {"range": {"exif.date": bounds}}


def _present(away_roots: frozenset[RootId]) -> Clause:
    """A file lies in a root that is not away: in one of the gaps between the numbers of those that are."""
    numbers = sorted(away_roots)
    gaps: list[dict[str, int]] = [{"lt": numbers[0]}]
    gaps += [{"gt": below, "lt": above} for below, above in pairwise(numbers)]
    gaps.append({"gt": numbers[-1]})
    return any_of({"range": {"root": gap}} for gap in gaps)
