"""Random weights, the same on every machine, under the names that the library transformers gives them.

Shapes are those of CLIP ViT-B/32 and of DistilBERT, narrower and with fewer layers; pictures and texts have
their real sizes.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Weights = dict[str, NDArray[np.float32]]

IMAGE_SIDE, PATCH, TEXT_POSITIONS = 224, 32, 512


@dataclass(frozen=True)
class Sizes:
    """How wide and deep both towers are.

    Attributes:
        dims: length of an embedding.
        image_width: of a patch within the image tower.
        image_inner: within its feed-forward layers.
        image_layers: how many it has.
        image_heads: of its attention.
        text_width: of a token within the text tower.
        text_inner: within its feed-forward layers.
        text_layers: how many it has.
        text_heads: of its attention.
    """

    dims: int = 32
    image_width: int = 64
    image_inner: int = 128
    image_layers: int = 2
    image_heads: int = 4
    text_width: int = 48
    text_inner: int = 96
    text_layers: int = 2
    text_heads: int = 4


SMALL = Sizes()
FULL = Sizes(512, 768, 3072, 12, 12, 768, 3072, 6, 12)
"""As clip-ViT-B-32 and clip-ViT-B-32-multilingual-v1, for measurements."""


class _Source:
    """Draws weights one after the other from one seed."""

    def __init__(self, seed: int) -> None:
        self._random = np.random.default_rng(seed)

    def normal(self, *shape: int, scale: float) -> NDArray[np.float32]:
        return (self._random.standard_normal(shape) * scale).astype(np.float32)

    def linear(self, weights: Weights, name: str, outputs: int, inputs: int) -> None:
        weights[f"{name}.weight"] = self.normal(outputs, inputs, scale=1.5 / inputs**0.5)
        weights[f"{name}.bias"] = self.normal(outputs, scale=0.1)

    def norm(self, weights: Weights, name: str, width: int) -> None:
        weights[f"{name}.weight"] = 1 + self.normal(width, scale=0.1)
        weights[f"{name}.bias"] = self.normal(width, scale=0.1)


def image_weights(seed: int = 1, sizes: Sizes = SMALL) -> Weights:
    """Of a `CLIPVisionModelWithProjection`."""
    source, weights = _Source(seed), Weights()
    base = "vision_model.embeddings"
    weights[f"{base}.class_embedding"] = source.normal(sizes.image_width, scale=1)
    weights[f"{base}.patch_embedding.weight"] = source.normal(sizes.image_width, 3, PATCH, PATCH, scale=0.05)
    patches = (IMAGE_SIDE // PATCH) ** 2
    weights[f"{base}.position_embedding.weight"] = source.normal(patches + 1, sizes.image_width, scale=0.5)
    source.norm(weights, "vision_model.pre_layrnorm", sizes.image_width)  # the library's own spelling
    for layer in range(sizes.image_layers):
        name = f"vision_model.encoder.layers.{layer}"
        for part in ("q_proj", "k_proj", "v_proj", "out_proj"):
            source.linear(weights, f"{name}.self_attn.{part}", sizes.image_width, sizes.image_width)
        source.norm(weights, f"{name}.layer_norm1", sizes.image_width)
        source.linear(weights, f"{name}.mlp.fc1", sizes.image_inner, sizes.image_width)
        source.linear(weights, f"{name}.mlp.fc2", sizes.image_width, sizes.image_inner)
        source.norm(weights, f"{name}.layer_norm2", sizes.image_width)
    source.norm(weights, "vision_model.post_layernorm", sizes.image_width)
    weights["visual_projection.weight"] = source.normal(
        sizes.dims, sizes.image_width, scale=sizes.image_width**-0.5
    )
    return weights


def text_weights(vocabulary: int, same: list[list[int]], seed: int = 2, sizes: Sizes = SMALL) -> Weights:
    """Of a `DistilBertModel`.

    Args:
        vocabulary: how many tokens there are.
        same: groups of tokens that get the same vector.
        seed: of the random numbers.
        sizes: of the tower.
    """
    source, weights = _Source(seed), Weights()
    words = source.normal(vocabulary, sizes.text_width, scale=1)
    for group in same:
        words[group] = words[group[0]]
    weights["embeddings.word_embeddings.weight"] = words
    weights["embeddings.position_embeddings.weight"] = source.normal(
        TEXT_POSITIONS, sizes.text_width, scale=0.2
    )
    source.norm(weights, "embeddings.LayerNorm", sizes.text_width)
    for layer in range(sizes.text_layers):
        name = f"transformer.layer.{layer}"
        for part in ("q_lin", "k_lin", "v_lin", "out_lin"):
            source.linear(weights, f"{name}.attention.{part}", sizes.text_width, sizes.text_width)
        source.norm(weights, f"{name}.sa_layer_norm", sizes.text_width)
        source.linear(weights, f"{name}.ffn.lin1", sizes.text_inner, sizes.text_width)
        source.linear(weights, f"{name}.ffn.lin2", sizes.text_width, sizes.text_inner)
        source.norm(weights, f"{name}.output_layer_norm", sizes.text_width)
    return weights


def dense_weights(seed: int = 3, sizes: Sizes = SMALL) -> Weights:
    """Of the dense layer after the pooling."""
    return {"linear.weight": _Source(seed).normal(sizes.dims, sizes.text_width, scale=sizes.text_width**-0.5)}
