from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from imgsearch_desktop.domain.keywords import (
    MAX_QUERY_TOKENS,
    MAX_TOKEN,
    document_tokens,
    fold,
    phrase_tokens,
    query_tokens,
)

ANY_TEXT = st.text(
    st.characters(exclude_categories=()), max_size=60
)  # with lone surrogates, as in file names
SCRIPTS = st.text(
    st.sampled_from(
        "aZß łŁøÆ9٣ äÖÜå.-_'\"東京都ねこカﾞが강아지สุนัำหมาខ្មែរहिन्दीкЁйİıΣς\u0301\u0308\u200d\ufe0f🐕"
    ),
    max_size=40,
)


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("IMG_2041.jpg", ["img", "2041"]),
        ("DSC0001.NEF", ["dsc", "0001"]),
        ("archive.tar.gz", ["archive", "tar", "gz"]),
        ("photo.jpgx", ["photo", "jpgx"]),
        ("Straße", ["strasse"]),
        ("Łódź", ["lodz"]),
        ("İstanbul", ["istanbul"]),
        ("ISPARTA \u0131l\u0131ca", ["isparta", "ilica"]),
        ("Кёльн", ["кельн"]),
        ("٢٠٢٤ ๒๐๒๔", ["2024", "2024"]),
        ("ﬁne", ["fine"]),
        ("東京都", ["東", "東京", "京", "京都", "都"]),
        ("強調iPhone", ["強", "強調", "調", "iphone", "i", "phone"]),
        ("हिन्दी", ["हिन्दी"]),
        ("👨‍👩‍👧 dog❤️", ["dog"]),
        ("SunsetBeach", ["sunsetbeach", "sunset", "beach"]),
        ("HTMLFile", ["htmlfile", "html", "file"]),
        ("München Größe", ["munchen", "grosse", "muenchen", "groesse"]),
        ("Canon EOS 5D", ["canon", "eos", "5", "d"]),
        ("", []),
        ("...", []),
    ],
)
def test_a_stored_text_becomes_these_tokens(text: str, tokens: list[str]) -> None:
    assert document_tokens(text) == tokens


@pytest.mark.parametrize(
    ("query", "stored"),
    [
        ("strasse", "Straße"),
        ("STRASSE", "Straße"),
        ("Straße", "STRASSE"),
        ("Lodz", "Łódź"),
        ("Muenchen", "München"),
        ("munchen", "München"),
        ("Goteborg", "Göteborg"),
        ("Aarhus", "Århus"),
        ("iphone", "iPhone 14"),
        ("sunset", "SunsetBeach.jpg"),
        ("sunsetbeach", "SunsetBeach.jpg"),
        ("img2041", "IMG_2041.jpg"),
        ("IMG_2041.JPG", "IMG_2041.jpg"),
        ("京都", "東京都の写真"),
        ("北海", "北海道"),
        ("강아지", "우리강아지가"),
        ("หมา", "รูปหมาดำ"),
        ("カメラ", "ｶﾒﾗ"),
        ("がっこう", "か\u3099っこう"),
        ("tieng viet", "Tiếng Việt"),
    ],
)
def test_what_people_type_finds_what_is_stored(query: str, stored: str) -> None:
    assert set(query_tokens(query)) <= set(document_tokens(stored))


@pytest.mark.parametrize(
    ("query", "stored"), [("京東", "東京"), ("かっこう", "がっこう"), ("jpg", "IMG_1.jpg"), ("ก", "ข")]
)
def test_other_words_do_not_match(query: str, stored: str) -> None:
    assert not set(query_tokens(query)) <= set(document_tokens(stored))


def test_two_characters_are_one_query_token_and_one_alone_is_kept() -> None:
    assert query_tokens("東京") == ("東京",)
    assert query_tokens("犬") == ("犬",)


@given(ANY_TEXT | SCRIPTS)
@settings(deadline=None)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(ANY_TEXT | SCRIPTS)
@settings(deadline=None)
def test_a_folded_text_has_the_same_tokens(text: str) -> None:
    assert phrase_tokens(fold(text)) == phrase_tokens(text)
    assert query_tokens(fold(text)) == query_tokens(text)


@given(ANY_TEXT | SCRIPTS)
@settings(deadline=None)
def test_query_tokens_of_query_tokens_are_the_same(text: str) -> None:
    tokens = query_tokens(text)
    assert query_tokens(" ".join(tokens)) == tokens
    assert len(set(tokens)) == len(tokens) <= MAX_QUERY_TOKENS


@given(ANY_TEXT | SCRIPTS)
@settings(deadline=None)
def test_every_text_is_found_by_itself(text: str) -> None:
    stored = document_tokens(text)
    assert set(query_tokens(text)) <= set(stored)
    assert tuple(stored[: len(phrase_tokens(text))]) == phrase_tokens(text)


@given(SCRIPTS, st.data())
@settings(deadline=None)
def test_words_next_to_each_other_are_a_phrase(text: str, data: st.DataObject) -> None:
    words = text.split()
    first = data.draw(st.integers(0, len(words)))
    last = data.draw(st.integers(first, len(words)))
    stored, phrase = phrase_tokens(" ".join(words)), phrase_tokens(" ".join(words[first:last]))
    assert any(stored[at : at + len(phrase)] == phrase for at in range(len(stored) + 1))


@given(st.text(st.sampled_from("東京都北海道犬猫"), min_size=1, max_size=12), st.data())
@settings(deadline=None)
def test_a_part_of_an_unspaced_text_is_a_phrase_in_it(text: str, data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(text) - 1))
    last = data.draw(st.integers(first + 1, len(text)))
    stored, phrase = phrase_tokens(text), phrase_tokens(text[first:last])
    assert any(stored[at : at + len(phrase)] == phrase for at in range(len(stored) + 1))


@given(ANY_TEXT | SCRIPTS)
@settings(deadline=None)
def test_tokens_are_safe_to_join_with_spaces(text: str) -> None:
    for token in document_tokens(text):
        assert 0 < len(token) <= MAX_TOKEN
        assert token.split() == [token]
        assert all(not char.isascii() or char.isalnum() for char in token)
        token.encode("utf-8")  # no lone surrogate is left


@pytest.mark.parametrize(
    "unit", ["\u0301\u0323", "aB", ".jpg", "東", "ü ", "\ud800", "\u0f71\u0f72", "Aa.\u0301"]
)
def test_time_grows_with_the_length_only(unit: str) -> None:
    def seconds(text: str) -> float:
        start = time.perf_counter()
        document_tokens(text)
        query_tokens(text)
        return time.perf_counter() - start

    seconds(unit * 10)
    short = min(seconds(unit * 250) for _ in range(3))
    long = min(seconds(unit * 4000) for _ in range(3))
    assert long < 16 * short * 8 + 0.02  # quadratic would be 256 times as long


def test_a_long_word_matches_itself() -> None:
    assert query_tokens("x" * 500) == ("x" * MAX_TOKEN,) == tuple(document_tokens("x" * 500))
