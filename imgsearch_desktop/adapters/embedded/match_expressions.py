"""FTS5 match expressions over field-lettered tokens; nothing a user types can change their structure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from imgsearch_desktop.adapters.embedded.document_words import FIELDS
from imgsearch_desktop.domain.keywords import is_token


def any_field(token: str, *, prefix: bool = False) -> str | None:
    """The token in any of the fields; None if it is no token and can match nothing."""
    if not is_token(token):
        return None
    return any_of(one_field(token, letter, prefix=prefix) for letter in FIELDS)


def one_field(token: str, letter: str, *, prefix: bool = False) -> str:
    """A token in one field."""
    return f'"{letter}{token}"{"*" if prefix else ""}'


def phrase(tokens: Sequence[str], letters: Iterable[str] = FIELDS) -> str | None:
    """The tokens side by side and in order in one of the fields; None if they can match nothing."""
    if not tokens or not all(is_token(token) for token in tokens):
        return None
    spelled = (" ".join(letter + token for token in tokens) for letter in letters)
    return any_of(f'"{words}"' for words in spelled)


def all_of(expressions: Iterable[str]) -> str:
    """Every expression holds."""
    return " AND ".join(f"({expression})" for expression in expressions)


def any_of(expressions: Iterable[str]) -> str:
    """At least one expression holds."""
    return " OR ".join(expressions)
