import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from imgsearch_desktop.adapters.models.starter.text_encoder import LONGEST_TEXT, StarterTextEncoder, readable
from tests.support.starter import REFERENCE, needs_reference, starter_model


@pytest.fixture(scope="module")
def encoder() -> StarterTextEncoder:
    return starter_model().text_encoder


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("  a dog\n on\tthe beach ", "a dog on the beach"),
        ("🐶", "dog face"),
        ("🐶🏽 am 🏖️", "dog face am beach with umbrella"),
        ("👩‍🚀", "woman rocket"),
        ("🇩🇪", ""),
        ("Größe", "Größe"),
        ("\udcff?", "??"),
        ("a\0b\x07c", "a b c"),
        ("", ""),
    ],
)
def test_what_is_read_of_a_text(text: str, read: str):
    assert readable(text) == read


def test_long_texts_are_cut_at_a_space():
    read = readable("longish " * 1000)
    assert LONGEST_TEXT - 8 <= len(read) <= LONGEST_TEXT
    assert set(read.split()) == {"longish"}
    assert readable("x" * 10_000) == "x" * LONGEST_TEXT


@given(st.text(max_size=3000))
def test_any_text_becomes_short_and_clean(text: str):
    read = readable(text)
    assert len(read) <= LONGEST_TEXT
    assert read == " ".join(read.split())
    read.encode("utf-8")


@needs_reference
def test_agrees_with_the_reference(encoder: StarterTextEncoder):
    with np.load(REFERENCE, allow_pickle=False) as arrays:
        queries, expected = [str(query) for query in arrays["queries"]], arrays["query_vectors"]
    vectors = encoder.encode(queries).vectors
    assert (vectors[:, :512] * expected).sum(axis=1).min() >= 0.999
    assert not vectors[:, 512:].any()


def test_an_emoji_is_searched_by_its_name(encoder: StarterTextEncoder):
    emoji, name = encoder.encode(["🐈", "cat"]).vectors
    assert emoji @ name > 0.9


@pytest.mark.parametrize("text", ["", " ", "🇩🇪", "\u200d", "ଓ"])
def test_a_text_without_a_meaning_is_near_to_nothing(encoder: StarterTextEncoder, text: str):
    encoding = encoder.encode([text])
    assert not encoding.vectors.any()
    assert encoding.reach is not None
    assert encoding.reach[0] == 0


def test_what_the_model_knows_has_a_higher_reach_than_people_and_moods(encoder: StarterTextEncoder):
    reach = encoder.encode(["dog", "banana", "Leuchtturm", "my sister", "nostalgia", "生日"]).reach
    assert reach is not None
    assert reach[:3].min() > reach[3:].max()


def test_ten_thousand_characters_cost_hardly_more_than_a_sentence(encoder: StarterTextEncoder):
    """Ratio on one machine in one moment: uncut it would be over a hundred."""

    def fastest(text: str) -> float:
        times = []
        for _ in range(5):
            start = time.perf_counter()
            encoder.encode([text])
            times.append(time.perf_counter() - start)
        return min(times)

    assert fastest("a dog runs " * 909) < 30 * fastest("a dog runs along the beach")
