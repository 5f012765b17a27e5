"""The vector space that pictures and texts share, as pure functions.

Joint vector, 768-d: [ sqrt(0.3) x semantic 512 | sqrt(0.7) x visual 256 ]. The semantic part is ConSE
(Norouzi et al. 2013, "Zero-shot learning by convex combination of semantic embeddings"): the text
embeddings of the classes an image classifier sees, mixed by their probabilities. The visual part is a
fixed Gaussian random projection of the classifier's pooled features (Johnson-Lindenstrauss), which keeps
their cosines. A text fills the first part alone; nothing has to be learnt.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from imgsearch_desktop.domain.embedding import Vectors, normalise

SEMANTIC_DIMS, VISUAL_DIMS = 512, 256
DIMS = SEMANTIC_DIMS + VISUAL_DIMS
FEATURE_DIMS = 1280

SEMANTIC_SHARE = 0.3
TEMPERATURE = 2.0
TOP_CLASSES = 20
COMMON_SHARE = 0.6

CONFUSION = 3.5
"""Sharpness of `typical_photos`, chosen by `benchmarks/calibrate_starter.py`."""

NEAREST_KINDS = 5
"""How many kinds of photo make the reach, chosen likewise."""

ONE_CLASS_SHARE = 2 / 3
"""How much of a class is seen at least in a photo of it, chosen likewise."""

_PROJECTION_SEED = 20_130_312


def probabilities(logits: NDArray[np.float32], temperature: float = TEMPERATURE) -> NDArray[np.float32]:
    """Softmax of logits / temperature, float32 (n, classes); 2 spreads over related classes."""
    scaled = logits / temperature
    powers = np.exp(scaled - scaled.max(axis=1, keepdims=True))
    result: NDArray[np.float32] = powers / powers.sum(axis=1, keepdims=True)
    return result


def centre_class_vectors(class_texts: NDArray[np.float32]) -> Vectors:
    """t_c = normalise(u_c - 0.6 mean(u)): what all class texts have in common carries no meaning.

    Args:
        class_texts: u, unit rows (classes, 512).
    """
    return normalise(class_texts - COMMON_SHARE * class_texts.mean(axis=0))


def semantic_part(probability: NDArray[np.float32], class_vectors: Vectors) -> Vectors:
    """ConSE: the 20 most probable classes' vectors, weighted by probability; unit rows (n, 512).

    Args:
        probability: (n, classes).
        class_vectors: t, (classes, 512).
    """
    best = np.argpartition(probability, -TOP_CLASSES, axis=1)[:, -TOP_CLASSES:]
    weights = np.take_along_axis(probability, best, axis=1)
    return normalise(np.einsum("nk,nkd->nd", weights, class_vectors[best]))


@cache
def projection() -> NDArray[np.float32]:
    """The fixed Gaussian projection, float32 (1280, 256).

    Box-Muller on the raw output of PCG64: numpy keeps a bit generator's raw output for good, while the
    methods that draw normal numbers may change between versions, and stored vectors must stay comparable.
    """
    count = FEATURE_DIMS * VISUAL_DIMS
    raw = np.random.PCG64(_PROJECTION_SEED).random_raw(2 * (count // 2))
    uniform = (np.asarray(raw >> np.uint64(11), dtype=np.float64) + 0.5) * 2.0**-53
    radius = np.sqrt(-2.0 * np.log(uniform[: count // 2]))
    angle = 2.0 * np.pi * uniform[count // 2 :]
    normal = np.concatenate((radius * np.cos(angle), radius * np.sin(angle)))
    matrix = normal.reshape(FEATURE_DIMS, VISUAL_DIMS).astype(np.float32)
    matrix.setflags(write=False)
    return matrix


def join(semantic: Vectors, features: NDArray[np.float32]) -> Vectors:
    """Joint vectors of pictures, unit rows (n, 768).

    Args:
        semantic: unit rows (n, 512).
        features: pooled features (n, 1280).
    """
    visual = normalise(features @ projection())
    parts = (np.sqrt(SEMANTIC_SHARE) * semantic, np.sqrt(1.0 - SEMANTIC_SHARE) * visual)
    return normalise(np.concatenate(parts, axis=1))


def text_vectors(embeddings: NDArray[np.float32]) -> Vectors:
    """Joint vectors of texts: the first part alone, zero beyond; (n, 768).

    Args:
        embeddings: text embeddings (n, 512); a zero row stays zero.
    """
    vectors = np.zeros((len(embeddings), DIMS), dtype=np.float32)
    vectors[:, :SEMANTIC_DIMS] = normalise(embeddings)
    return vectors


def typical_photos(class_weights: NDArray[np.float32], class_vectors: Vectors) -> Vectors:
    """Where a typical photo of each class lies among the texts; unit rows (classes, 512).

    A photo never shows one class and nothing else: the classifier spreads it over the classes it confuses it
    with, and those are the ones with similar weights. So the similarity of the weights stands in for logits.

    Args:
        class_weights: of the classifier's last layer, (classes, 1280).
        class_vectors: t, (classes, 512).
    """
    directions = normalise(class_weights - class_weights.mean(axis=0))
    return semantic_part(probabilities(CONFUSION * (directions @ directions.T)), class_vectors)


def reach(embeddings: NDArray[np.float32], class_vectors: Vectors, typical: Vectors) -> NDArray[np.float32]:
    """What photos of the things the model knows reach for each text: joint cosines, float32 (n,).

    The mean over the five typical photos that come nearest; where one class stands out, two thirds of what
    that class itself reaches, if that is more. 0 for a text without a meaning (a zero row).

    Args:
        embeddings: text embeddings (n, 512).
        class_vectors: t, (classes, 512).
        typical: `typical_photos`, (classes, 512).
    """
    unit = normalise(embeddings)
    kinds = np.partition(unit @ typical.T, -NEAREST_KINDS, axis=1)[:, -NEAREST_KINDS:].mean(axis=1)
    one_class = (unit @ class_vectors.T).max(axis=1)
    nearest = np.maximum(kinds, ONE_CLASS_SHARE * one_class) * np.sqrt(SEMANTIC_SHARE)
    return np.asarray(nearest, dtype=np.float32)


def mix_class_texts(synonyms: Sequence[NDArray[np.float32]], descriptions: NDArray[np.float32]) -> Vectors:
    """u_c = normalise(normalise(mean of the synonyms) + description), unit rows (classes, 512).

    Args:
        synonyms: per class, the embeddings of its names (names, 512).
        descriptions: (classes, 512).
    """
    names = normalise(np.stack([rows.mean(axis=0) for rows in synonyms]))
    return normalise(names + descriptions)
