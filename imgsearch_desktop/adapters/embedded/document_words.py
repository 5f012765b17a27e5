"""What of a photo is found by keywords: tokens, each led by the letter of the field it stands in.

One letter in front of a token keeps fields apart in a single column: a word in the title is another term than
the same word in a folder name, so each has an entry of its own in the index, and rare fields are found
without reading through frequent ones.
"""

from __future__ import annotations

from collections.abc import Iterable

from imgsearch_desktop.adapters.embedded.schema import GAP
from imgsearch_desktop.application.ports import IndexDocument
from imgsearch_desktop.domain.keywords import document_tokens
from imgsearch_desktop.domain.result import Why

FIELDS: dict[str, Why] = {
    "n": Why.NAME,
    "f": Why.FOLDER,
    "k": Why.KEYWORD,
    "t": Why.TITLE,
    "d": Why.DESCRIPTION,
    "c": Why.CAMERA,
}


def document_words(document: IndexDocument) -> str:
    """All tokens of a photo, joined by spaces."""
    values: list[tuple[str, Iterable[str | None]]] = [
        ("k", document.keywords),
        ("t", (document.title,)),
        ("n", document.file_names),
        ("d", (document.description,)),
        ("f", (name for place in document.places for name in place.names)),
        ("c", (document.camera,)),
    ]
    words: list[str] = []
    for letter, texts in values:
        for text in dict.fromkeys(text for text in texts if text):
            words += [letter + token for token in document_tokens(text)]
            words.append(GAP)
    return " ".join(words)
