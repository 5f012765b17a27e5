"""Where the 1000 ImageNet classes lie among the texts (6 s to work out, then cached)."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from imgsearch_desktop.adapters.models.starter.joint_space import (
    centre_class_vectors,
    mix_class_texts,
    typical_photos,
)
from imgsearch_desktop.adapters.models.starter.legacy_torch_file import read_tensors
from imgsearch_desktop.adapters.models.starter.packages import (
    ClassText,
    read_class_texts,
    read_image_weights,
    text_files,
)
from imgsearch_desktop.adapters.models.starter.rebuilt_file import read_or_build, source_hash
from imgsearch_desktop.adapters.models.starter.sentences import SentenceEncoder
from imgsearch_desktop.domain.embedding import Vectors

_FILE = "starter-class-space.bin"
_RECIPE = b"class space 1"


@dataclass(frozen=True, slots=True)
class ClassSpace:
    """The classes as places among the texts.

    Attributes:
        vectors: t, what each class means, float32 unit rows (1000, 512).
        typical: what the image tower makes of a typical photo of each class, same shape.
    """

    vectors: Vectors
    typical: Vectors


def load_class_space(cache_directory: Path, sentences: SentenceEncoder) -> ClassSpace:
    """Take the class space from the cache, or work it out and keep it.

    Raises:
        ModelError: a package is missing or damaged.
    """
    weights = read_image_weights()

    def build() -> bytes:
        vectors = class_vectors(read_class_texts(), sentences)
        typical = typical_photos(read_tensors(weights)["_fc.weight"], vectors)
        stream = io.BytesIO()
        np.save(stream, np.stack((vectors, typical)), allow_pickle=False)
        return stream.getvalue()

    source = source_hash(_RECIPE, weights, *text_files())
    content = read_or_build(cache_directory / _FILE, source, build)
    vectors, typical = np.load(io.BytesIO(content), allow_pickle=False)
    return ClassSpace(vectors, typical)


def class_vectors(texts: Sequence[ClassText], sentences: SentenceEncoder) -> Vectors:
    """Embed names and descriptions of all classes and centre them; unit rows (classes, 512)."""
    embeddings = sentences.embed([synonym for text in texts for synonym in text.synonyms])
    ends = np.cumsum([len(text.synonyms) for text in texts])
    synonyms = np.split(embeddings, ends[:-1])
    descriptions = sentences.embed([text.description for text in texts])
    return centre_class_vectors(mix_class_texts(synonyms, descriptions))
