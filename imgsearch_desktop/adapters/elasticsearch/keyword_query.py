"""Keyword search: BM25 over weighted fields, and what of the query each hit holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from imgsearch_desktop.adapters.elasticsearch.filter_clauses import NOTHING, Allowed, Clause, any_of
from imgsearch_desktop.adapters.elasticsearch.mapping import MAX_RESULTS, WORD_FIELDS
from imgsearch_desktop.application.ports import IndexRequest, KeywordHit
from imgsearch_desktop.domain.keyword_weights import FIELD_WEIGHTS, PREFIX_WEIGHT, matches_beginnings
from imgsearch_desktop.domain.keywords import is_token
from imgsearch_desktop.domain.photo import PhotoId
from imgsearch_desktop.domain.result import Why

_NAMED = "{what}{number}:{why}"
"""Name of a clause, handed back with each hit that it matches; `what` and `number` keep names apart."""


def keyword_body(request: IndexRequest, allowed: Allowed) -> dict[str, Any] | None:
    """The body of a search for the tokens and phrases; None where there is nothing to look for.

    Args:
        request: what is asked for.
        allowed: which documents may be found at all.
    """
    tokens = [token for token in dict.fromkeys(request.tokens) if is_token(token)]
    typed = request.tokens[-1] if request.prefix_last and request.tokens else None
    phrases = tuple(filter(None, request.phrases))
    if request.limit <= 0 or not (tokens or phrases):
        return None
    should = [*_token_clauses(tokens, typed), *_field_clauses(tokens, typed)]
    query: dict[str, Any] = {"filter": allowed.wanted, "must_not": allowed.unwanted, "should": should}
    if phrases:
        query["must"] = [_phrase_clause(number, phrase) for number, phrase in enumerate(phrases)]
    else:
        query["minimum_should_match"] = 1
    return {
        "query": {"bool": query},
        "size": min(request.limit, MAX_RESULTS),
        "sort": [{"_score": "desc"}, {"photo_id": "asc"}],
        "track_total_hits": False,
        "_source": False,
        "stored_fields": "_none_",
    }


def keyword_hits(hits: Iterable[Mapping[str, Any]]) -> tuple[KeywordHit, ...]:
    """What was found, in the order it came."""
    return tuple(
        KeywordHit(PhotoId(photo_id), score, *_evidence(tuple(hit.get("matched_queries", ()))))
        for hit in hits
        for score, photo_id in [hit["sort"]]
    )


def _token_clauses(tokens: Sequence[str], typed: str | None) -> Iterator[Clause]:
    """One scoring clause a token: however many fields hold it, it is one match."""
    fields = [f"{WORD_FIELDS[why]}^{weight:g}" for why, weight in FIELD_WEIGHTS.items()]
    for number, token in enumerate(tokens):
        name = _NAMED.format(what="word", number=number, why="")
        exact: Clause = {"combined_fields": {"query": token, "fields": fields}}
        if token == typed and matches_beginnings(token):
            yield {"bool": {"should": [exact, _beginning(token)], "minimum_should_match": 1, "_name": name}}
        else:
            exact["combined_fields"]["_name"] = name
            yield exact


def _beginning(token: str) -> Clause:
    """Words that begin like the token: the most telling field counts."""
    queries = [
        {"constant_score": {"filter": {"prefix": {WORD_FIELDS[why]: token}}, "boost": PREFIX_WEIGHT * weight}}
        for why, weight in FIELD_WEIGHTS.items()
    ]
    return {"dis_max": {"queries": queries}}


def _field_clauses(tokens: Sequence[str], typed: str | None) -> Iterator[Clause]:
    """One clause a field that scores nothing: it only says that a token was found there."""
    if not tokens:
        return
    for why, field in WORD_FIELDS.items():
        found: list[Clause] = [{"terms": {field: list(tokens)}}]
        if typed is not None and typed == tokens[-1] and matches_beginnings(typed):
            found.append({"prefix": {field: typed}})
        name = _NAMED.format(what="field", number=0, why=why)
        yield {"constant_score": {"filter": any_of(found), "boost": 0.0, "_name": name}}


def _phrase_clause(number: int, tokens: Sequence[str]) -> Clause:
    if not all(map(is_token, tokens)):
        return NOTHING
    words = " ".join(tokens)
    return any_of(
        {
            "match_phrase": {
                field: {
                    "query": words,
                    "boost": FIELD_WEIGHTS[why],
                    "_name": _NAMED.format(what="phrase", number=number, why=why),
                }
            }
        }
        for why, field in WORD_FIELDS.items()
    )


@lru_cache(maxsize=4096)
def _evidence(names: tuple[str, ...]) -> tuple[int, tuple[Why, ...]]:
    """How many tokens matched, and the fields, in the order of `Why`."""
    matched = sum(name.startswith("word") for name in names)
    fields = {name.partition(":")[2] for name in names}
    return matched, tuple(why for why in Why if why in fields)
