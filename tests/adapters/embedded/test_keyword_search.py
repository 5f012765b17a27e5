"""Keyword search against a naive reading of the same documents."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from imgsearch_desktop.adapters.embedded import keyword_search
from imgsearch_desktop.adapters.embedded.keyword_scores import FIELD_WEIGHTS, idf
from imgsearch_desktop.adapters.embedded.match_expressions import all_of, any_field, any_of, phrase
from imgsearch_desktop.application.ports import IndexDocument, IndexRequest
from imgsearch_desktop.domain.keywords import document_tokens
from imgsearch_desktop.domain.result import Why
from tests.adapters.embedded.embedded_library import EmbeddedLibrary
from tests.contracts.photo_index_harness import MODEL, photo

VOCABULARY = ("red", "reddish", "dog", "do", "sea", "seaside", "東京", "京")
TEXTS = st.lists(st.sampled_from(VOCABULARY), max_size=4).map(" ".join)
PHOTOS = st.lists(
    st.fixed_dictionaries(
        {
            "title": TEXTS,
            "description": TEXTS,
            "camera": TEXTS,
            "keywords": st.lists(TEXTS, max_size=2).map(tuple),
            "file_names": st.lists(TEXTS, max_size=2).map(tuple),
            "places": st.just(()),
        }
    ),
    min_size=1,
    max_size=14,
)
TOKENS = st.lists(st.sampled_from((*VOCABULARY[:6], "東京", "東", "zebra")), max_size=4, unique=True).map(
    tuple
)
FIELDS = {
    Why.NAME: "file_names",
    Why.KEYWORD: "keywords",
    Why.TITLE: "title",
    Why.DESCRIPTION: "description",
    Why.CAMERA: "camera",
}


def values(fields: dict[str, Any]) -> dict[Why, list[list[str]]]:
    """Tokens of every value, per field."""
    texts = {why: fields[name] for why, name in FIELDS.items()}
    return {
        why: [document_tokens(text) for text in ((given,) if isinstance(given, str) else given)]
        for why, given in texts.items()
    }


def holders(fields: dict[str, Any], token: str, prefix: bool) -> set[Why]:
    """Fields in which a token stands."""
    return {
        why
        for why, lists in values(fields).items()
        for tokens in lists
        if any(word == token or (prefix and word.startswith(token)) for word in tokens)
    }


def phrase_holders(fields: dict[str, Any], wanted: tuple[str, ...]) -> set[Why]:
    """Fields that hold the tokens side by side."""
    return {
        why
        for why, lists in values(fields).items()
        for tokens in lists
        if any(tuple(tokens[at : at + len(wanted)]) == wanted for at in range(len(tokens)))
    }


def library_of(photos: list[dict[str, Any]], directory: str) -> EmbeddedLibrary:
    library = EmbeddedLibrary(Path(directory) / "cache")
    documents: list[IndexDocument] = [
        photo(number, number, **fields) for number, fields in enumerate(photos, 1)
    ]
    library.change = len(photos)
    library.apply(documents, [])
    return library


@given(PHOTOS, TOKENS, st.booleans(), TOKENS, TOKENS)
@settings(deadline=None, max_examples=40)
def test_hits_are_those_of_a_naive_reading(
    photos: list[dict[str, Any]],
    tokens: tuple[str, ...],
    prefix_last: bool,
    wanted: tuple[str, ...],
    unwanted: tuple[str, ...],
) -> None:
    wanted, unwanted = wanted[:2], unwanted[:2]
    with tempfile.TemporaryDirectory() as directory:
        library = library_of(photos, directory)
        hits = library.index.search(
            IndexRequest(
                MODEL,
                tokens=tokens,
                prefix_last=prefix_last,
                phrases=(wanted,) if wanted else (),
                minus_tokens=(unwanted,),
            )
        ).keyword_hits
        library.close()
    expected = {}
    for number, fields in enumerate(photos, 1):
        typed = prefix_last and (len(tokens[-1]) > 1 or not tokens[-1].isascii()) if tokens else False
        found = [holders(fields, token, typed and token == tokens[-1]) for token in tokens]
        quoted = phrase_holders(fields, wanted) if wanted else set()
        left_out = unwanted and all(holders(fields, token, False) for token in unwanted)
        if not left_out and (quoted or (not wanted and any(found))):
            whys = set().union(*found, quoted)
            expected[number] = sum(map(bool, found)), tuple(why for why in Why if why in whys)
    assert {hit.photo_id: (hit.matched, hit.fields) for hit in hits} == expected
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert all(hit.score >= 0 for hit in hits)


@pytest.fixture
def few_are_frequent(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Two photos with a word make it frequent: every way through the search is taken."""
    monkeypatch.setattr(keyword_search, "FREQUENT", 2)
    yield


@given(PHOTOS, TOKENS.filter(bool), st.booleans())
@settings(deadline=None, max_examples=40)
@pytest.mark.usefixtures("few_are_frequent")
def test_photos_with_every_word_are_found_however_frequent_the_words(
    photos: list[dict[str, Any]], tokens: tuple[str, ...], prefix_last: bool
) -> None:
    with tempfile.TemporaryDirectory() as directory:
        library = library_of(photos, directory)
        request = IndexRequest(MODEL, tokens=tokens, prefix_last=prefix_last)
        hits = library.index.search(request).keyword_hits
        library.close()
    found = {int(hit.photo_id): hit for hit in hits}
    typed = prefix_last and (len(tokens[-1]) > 1 or not tokens[-1].isascii())
    for number, fields in enumerate(photos, 1):
        whys = [holders(fields, token, typed and token == tokens[-1]) for token in tokens]
        if all(whys):
            assert found[number].matched == len(tokens)
        if number in found:
            assert found[number].matched == sum(map(bool, whys))
            assert set(found[number].fields) == set().union(*whys)


def test_expressions_quote_every_term() -> None:
    assert phrase(("red", "dog"), "nt") == '"nred ndog" OR "tred tdog"'
    assert any_field("red", prefix=True) == any_of(f'"{letter}red"*' for letter in "nfktdc")
    assert all_of(["a", "b OR c"]) == "(a) AND (b OR c)"
    assert any_field('red" OR "x') is None
    assert any_field("") is None
    assert phrase(()) is None
    assert phrase(("red", "d og")) is None


def test_a_rare_word_is_worth_more_and_no_word_is_worth_nothing_or_less() -> None:
    assert idf(1000, 1) > idf(1000, 500) > idf(1000, 1000) > 0
    assert idf(0, 5) > 0
    assert list(FIELD_WEIGHTS.values()) == sorted(FIELD_WEIGHTS.values(), reverse=True)
