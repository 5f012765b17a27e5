"""What a keyword is worth where it is found: decided once, for every engine."""

from __future__ import annotations

from collections.abc import Mapping

from imgsearch_desktop.domain.result import Why

FIELD_WEIGHTS: Mapping[Why, float] = {
    Why.KEYWORD: 3.0,
    Why.TITLE: 3.0,
    Why.NAME: 2.0,
    Why.DESCRIPTION: 1.5,
    Why.FOLDER: 1.0,
    Why.CAMERA: 1.0,
}
"""What people wrote about a photo says more than where it lies and what took it; heaviest first."""

PREFIX_WEIGHT = 0.5
"""Of a word that only begins like the token still being typed."""

_FEWEST_LETTERS = 2


def matches_beginnings(token: str) -> bool:
    """Whether a token still being typed is looked for as the beginning of words.

    A single Latin letter begins a word of almost every photo: it only matches itself.
    """
    return len(token) >= _FEWEST_LETTERS or not token.isascii()
