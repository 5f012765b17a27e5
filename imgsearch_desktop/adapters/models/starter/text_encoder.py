"""Texts to joint vectors."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from imgsearch_desktop.adapters.models.blas_threads import one_blas_thread
from imgsearch_desktop.adapters.models.starter.class_space import ClassSpace
from imgsearch_desktop.adapters.models.starter.joint_space import SEMANTIC_DIMS, reach, text_vectors
from imgsearch_desktop.adapters.models.starter.sentences import SentenceEncoder
from imgsearch_desktop.application.ports import TextEncoding
from imgsearch_desktop.domain.embedding import Vector, Vectors, normalise

LONGEST_TEXT = 512
"""Characters that are read of a text; nobody describes a picture in more, and each costs time."""

_VARIANTS = re.compile(
    "[\N{VARIATION SELECTOR-1}-\N{VARIATION SELECTOR-16}"
    "\N{EMOJI MODIFIER FITZPATRICK TYPE-1-2}-\N{EMOJI MODIFIER FITZPATRICK TYPE-6}]"
)
"""What only changes how the character before is drawn."""


def readable(text: str) -> str:
    """What the sentence encoder is given for a text.

    Pictographs are unknown to it: each is replaced by its Unicode name ("dog face"), joiners and skin tones
    are dropped. Lone surrogates (undecodable bytes of a command line) become question marks. Cut to
    `LONGEST_TEXT` characters, at a space where there is one near.
    """
    valid = text[: 4 * LONGEST_TEXT].encode("utf-8", "replace").decode("utf-8")
    words = "".join(_spell_out(character) for character in valid)
    short = " ".join(words.split())
    if len(short) <= LONGEST_TEXT:
        return short
    space = short.rfind(" ", LONGEST_TEXT // 2, LONGEST_TEXT + 1)
    return short[: space if space > 0 else LONGEST_TEXT]


def _spell_out(character: str) -> str:
    if character.isascii():
        return character if character.isprintable() else " "
    category = unicodedata.category(character)
    if category == "So":
        name = unicodedata.name(character, "")
        return " " if name.startswith("REGIONAL INDICATOR") else f" {name.lower()} "
    return "" if category == "Cf" or _VARIANTS.match(character) else character


class StarterTextEncoder:
    """Fulfils `ports.TextEncoder`; thread-safe.

    A text without a meaning (empty, or nothing in it is in the encoder's vocabulary) has the zero vector and
    reach 0: it is near to nothing.

    The sentence encoder has read little about animals and things by their bare names: of the photos it puts
    nearest to the name of a group of classes, 0.69 (English) and 0.57 (German) show one of them. A text that
    is such a name is therefore led half-way to the classes it names, which makes it 0.94 and 0.93.

    Args:
        sentences: the sentence encoder.
        classes: where the classes lie among the texts.
        named: word in lower case -> the numbers of the classes it means.
    """

    def __init__(
        self, sentences: SentenceEncoder, classes: ClassSpace, named: Mapping[str, Sequence[int]] = {}
    ) -> None:
        self._sentences = sentences
        self._classes = classes
        self._named = named

    def encode(self, texts: Sequence[str]) -> TextEncoding:
        """Encode texts; see `joint_space.reach` for what the reach is.

        Raises:
            ModelError: the text encoder's package is missing or damaged.
        """
        sentences = [readable(text) for text in texts]
        meaningful = [
            n for n, sentence in enumerate(sentences) if sentence and self._sentences.knows(sentence)
        ]
        embeddings = np.zeros((len(sentences), SEMANTIC_DIMS), dtype=np.float32)
        embeddings[meaningful] = self._sentences.embed([sentences[n] for n in meaningful])
        for row, sentence in enumerate(sentences):
            if (classes := self._named.get(sentence.casefold())) is not None:
                embeddings[row] = self._led_to(classes, embeddings[row])
        with one_blas_thread():
            return TextEncoding(text_vectors(embeddings), self._reach(embeddings))

    def _led_to(self, classes: Sequence[int], embedding: Vector) -> Vector:
        """A text embedding (512,) half-way to the middle of classes."""
        middle = normalise(self._classes.vectors[list(classes)].sum(axis=0))
        return normalise(normalise(embedding) + middle)

    def _reach(self, embeddings: Vectors) -> NDArray[np.float32]:
        return reach(embeddings, self._classes.vectors, self._classes.typical)
