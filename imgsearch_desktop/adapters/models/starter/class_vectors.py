"""The class vectors t_c: where each ImageNet class lies among the texts (5 s to work out, then cached)."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from imgsearch_desktop.adapters.models.starter.joint_space import centre_class_vectors, mix_class_texts
from imgsearch_desktop.adapters.models.starter.packages import ClassText, read_class_texts, text_files
from imgsearch_desktop.adapters.models.starter.rebuilt_file import read_or_build, source_hash
from imgsearch_desktop.adapters.models.starter.sentences import SentenceEncoder
from imgsearch_desktop.domain.embedding import Vectors

_FILE = "starter-class-vectors.bin"
_RECIPE = b"class vectors 1"


def load_class_vectors(cache_directory: Path, sentences: SentenceEncoder) -> Vectors:
    """Class vectors, float32 unit rows (1000, 512), from the cache or worked out.

    Raises:
        ModelError: a package is missing or damaged.
    """

    def build() -> bytes:
        stream = io.BytesIO()
        np.save(stream, work_out_class_vectors(read_class_texts(), sentences), allow_pickle=False)
        return stream.getvalue()

    source = source_hash(_RECIPE, *text_files())
    content = read_or_build(cache_directory / _FILE, source, build)
    vectors: Vectors = np.load(io.BytesIO(content), allow_pickle=False)
    return vectors


def work_out_class_vectors(texts: Sequence[ClassText], sentences: SentenceEncoder) -> Vectors:
    """Embed names and descriptions of all classes and centre them; unit rows (classes, 512)."""
    embeddings = sentences.embed([synonym for text in texts for synonym in text.synonyms])
    ends = np.cumsum([len(text.synonyms) for text in texts])
    synonyms = np.split(embeddings, ends[:-1])
    descriptions = sentences.embed([text.description for text in texts])
    return centre_class_vectors(mix_class_texts(synonyms, descriptions))
