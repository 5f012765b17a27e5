"""Random weights, the same on every machine, under the names that the library transformers gives them.

Shapes are those of CLIP ViT-B/32 and of DistilBERT, narrower and with fewer layers; pictures and texts have
their real sizes.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Weights = dict[str, NDArray[np.float32]]

DIMS = 32
"""Length of an embedding."""

IMAGE_SIDE, PATCH = 224, 32
IMAGE_WIDTH, IMAGE_INNER = 64, 128
TEXT_WIDTH, TEXT_INNER, TEXT_POSITIONS = 48, 96, 512
HEADS, LAYERS = 4, 2


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


def image_weights(seed: int = 1) -> Weights:
    """Of a `CLIPVisionModelWithProjection`."""
    source, weights = _Source(seed), Weights()
    base = "vision_model.embeddings"
    weights[f"{base}.class_embedding"] = source.normal(IMAGE_WIDTH, scale=1)
    weights[f"{base}.patch_embedding.weight"] = source.normal(IMAGE_WIDTH, 3, PATCH, PATCH, scale=0.05)
    patches = (IMAGE_SIDE // PATCH) ** 2
    weights[f"{base}.position_embedding.weight"] = source.normal(patches + 1, IMAGE_WIDTH, scale=0.5)
    source.norm(weights, "vision_model.pre_layrnorm", IMAGE_WIDTH)  # the library's own spelling
    for layer in range(LAYERS):
        name = f"vision_model.encoder.layers.{layer}"
        for part in ("q_proj", "k_proj", "v_proj", "out_proj"):
            source.linear(weights, f"{name}.self_attn.{part}", IMAGE_WIDTH, IMAGE_WIDTH)
        source.norm(weights, f"{name}.layer_norm1", IMAGE_WIDTH)
        source.linear(weights, f"{name}.mlp.fc1", IMAGE_INNER, IMAGE_WIDTH)
        source.linear(weights, f"{name}.mlp.fc2", IMAGE_WIDTH, IMAGE_INNER)
        source.norm(weights, f"{name}.layer_norm2", IMAGE_WIDTH)
    source.norm(weights, "vision_model.post_layernorm", IMAGE_WIDTH)
    weights["visual_projection.weight"] = source.normal(DIMS, IMAGE_WIDTH, scale=IMAGE_WIDTH**-0.5)
    return weights


def text_weights(vocabulary: int, same: list[list[int]], seed: int = 2) -> Weights:
    """Of a `DistilBertModel`.

    Args:
        vocabulary: how many tokens there are.
        same: groups of tokens that get the same vector.
        seed: of the random numbers.
    """
    source, weights = _Source(seed), Weights()
    words = source.normal(vocabulary, TEXT_WIDTH, scale=1)
    for group in same:
        words[group] = words[group[0]]
    weights["embeddings.word_embeddings.weight"] = words
    weights["embeddings.position_embeddings.weight"] = source.normal(TEXT_POSITIONS, TEXT_WIDTH, scale=0.2)
    source.norm(weights, "embeddings.LayerNorm", TEXT_WIDTH)
    for layer in range(LAYERS):
        name = f"transformer.layer.{layer}"
        for part in ("q_lin", "k_lin", "v_lin", "out_lin"):
            source.linear(weights, f"{name}.attention.{part}", TEXT_WIDTH, TEXT_WIDTH)
        source.norm(weights, f"{name}.sa_layer_norm", TEXT_WIDTH)
        source.linear(weights, f"{name}.ffn.lin1", TEXT_INNER, TEXT_WIDTH)
        source.linear(weights, f"{name}.ffn.lin2", TEXT_WIDTH, TEXT_INNER)
        source.norm(weights, f"{name}.output_layer_norm", TEXT_WIDTH)
    return weights


def dense_weights(seed: int = 3) -> Weights:
    """Of the dense layer after the pooling."""
    return {"linear.weight": _Source(seed).normal(DIMS, TEXT_WIDTH, scale=TEXT_WIDTH**-0.5)}
