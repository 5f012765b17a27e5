"""From the parts of a query to what an engine is asked: one vector, tokens, what is left out."""

from __future__ import annotations

import os
from dataclasses import dataclass

import numpy as np

from imgsearch_desktop.application.active_model import ModelInUse
from imgsearch_desktop.application.ports import CatalogueReader, ExampleReader
from imgsearch_desktop.domain.embedding import Pixels, Vector
from imgsearch_desktop.domain.errors import PhotoUnreadableError, QueryError
from imgsearch_desktop.domain.photo import PhotoId
from imgsearch_desktop.domain.query import Example, FileExample, LibraryExample, PictureExample, Query
from imgsearch_desktop.domain.ranking import compose
from imgsearch_desktop.domain.result_end import QueryKind

LONG_TEXT = 32
"""Words of a text up to which a word that comes again is grammar ("a dog and a cat")."""


@dataclass(frozen=True, slots=True)
class QueryVectors:
    """What the encoders made of a query.

    Attributes:
        vector: of everything wanted less everything unwanted, None where there is nothing to compare.
        text_only: only words went into it.
        kind: what went into it: words, pictures, both, or words less other words.
        reach: cosine that photos of what the model knows have to the words, None without words or measure.
        minus: (text, vector) of each unwanted part that has a meaning to the model.
        exclude: examples that lie in the library: they are no answer to themselves.
    """

    vector: Vector | None
    text_only: bool
    kind: QueryKind
    reach: float | None
    minus: tuple[tuple[str, Vector], ...]
    exclude: frozenset[PhotoId]


class QueryEncoder:
    """Encodes the parts of a query.

    Args:
        catalogue: has the embeddings of library photos.
        model: encodes words and pictures.
        examples: reads pictures that are not in the library.
    """

    def __init__(self, catalogue: CatalogueReader, model: ModelInUse, examples: ExampleReader) -> None:
        self._catalogue = catalogue
        self._model = model
        self._examples = examples

    def encode(self, query: Query) -> QueryVectors:
        """Encode a query.

        Raises:
            QueryError: an example is no photo of the library, or not indexed yet.
            PhotoUnreadableError: an example cannot be read; the message names it.
            ModelError: the model cannot be loaded.
        """
        wanted, reach, minus = self._encode_texts(query)
        exclude = {example.photo_id for example in query.examples if isinstance(example, LibraryExample)}
        positive = [(wanted, 1.0)] if wanted is not None else []
        for example in query.examples:
            positive.append((self._encode_example(example), 1.0))
            if isinstance(example, FileExample) and example.box is None:
                photo_id = self._catalogue.photo_at(example.path)
                exclude |= {photo_id} if photo_id is not None else set()
        return QueryVectors(
            vector=compose(positive, [vector for _, vector in minus]),
            text_only=not query.examples,
            kind=_kind(wanted is not None, bool(query.examples), bool(minus)),
            reach=reach,
            minus=minus,
            exclude=frozenset(exclude),
        )

    def _encode_texts(
        self, query: Query
    ) -> tuple[Vector | None, float | None, tuple[tuple[str, Vector], ...]]:
        """Vector and reach of the wanted words, vectors of the unwanted; the zero vector means nothing."""
        wanted = [query.text] if query.text.strip() else []
        texts = [*wanted, *query.minus]
        if not texts:
            return None, None, ()
        encoding = self._model.text_encoder.encode([_said_once(text) for text in texts])
        meaning = [vector if vector.any() else None for vector in encoding.vectors]
        reach = float(encoding.reach[0]) if wanted and encoding.reach is not None else None
        unwanted = zip(query.minus, meaning[len(wanted) :], strict=True)
        minus = tuple((text, vector) for text, vector in unwanted if vector is not None)
        return (meaning[0] if wanted else None), reach, minus

    def _encode_example(self, example: Example) -> Vector:
        if isinstance(example, LibraryExample):
            return self._stored(example)
        pixels = self._read(example)
        vector: Vector = self._model.image_encoder.encode(np.expand_dims(pixels, 0)).vectors[0]
        return vector

    def _stored(self, example: LibraryExample) -> Vector:
        vectors_id = self._model.spec.vectors_id
        vector = self._catalogue.embedding(example.photo_id, vectors_id, example.region)
        if vector is not None:
            return vector
        if not self._catalogue.photos([example.photo_id]):
            raise QueryError("That photo is not in the library any more. Choose another one.")
        raise QueryError(
            "That photo has not been indexed for this model yet, so nothing can be compared with it. "
            "Let indexing finish and try again."
        )

    def _read(self, example: FileExample | PictureExample) -> Pixels:
        encoder_input = self._model.spec.encoder_input
        try:
            if isinstance(example, FileExample):
                return self._examples.read(example.path, encoder_input, example.box)
            return self._examples.read_data(example.data, encoder_input, example.box)
        except PhotoUnreadableError as error:
            name = os.fsdecode(example.path) if isinstance(example, FileExample) else example.name
            raise PhotoUnreadableError(f"{name} cannot be searched with: {error}") from error


def _said_once(text: str) -> str:
    """A text without words said again at once, and a long one without any word said again.

    To say a word a thousand times adds nothing to what it means, but takes an encoder out of what it knows.
    """
    words = text.split()
    spoken = [word.casefold() for word in words]
    if len(words) > LONG_TEXT:
        first = {word: at for at, word in reversed(list(enumerate(spoken)))}
        kept = [words[at] for at in sorted(first.values())]
    else:
        kept = [word for at, word in enumerate(words) if not at or spoken[at] != spoken[at - 1]]
    return text if len(kept) == len(words) else " ".join(kept)


def _kind(words: bool, pictures: bool, unwanted: bool) -> QueryKind:
    if not pictures:
        return QueryKind.LESS if unwanted else QueryKind.WORDS
    return QueryKind.MIXED if words or unwanted else QueryKind.PICTURES
