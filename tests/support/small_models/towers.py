"""The two towers as ONNX graphs, without torch."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from tests.support.small_models.graph_writer import FLOAT, INT32, INT64, GraphWriter
from tests.support.small_models.tokenisers import PAD, vocabulary
from tests.support.small_models.weights import IMAGE_SIDE, PATCH, SMALL, Sizes, Weights


def write_image_tower(path: Path, weights: Weights, sizes: Sizes = SMALL, *, open_clip: bool = False) -> None:
    """CLIP's vision transformer with its projection.

    Args:
        path: the file.
        weights: as `weights.image_weights` makes them.
        sizes: of the tower.
        open_clip: as exports of open_clip for Immich are: one picture a run, embeddings of unit length.
    """
    writer = GraphWriter(weights)
    taken, given, count = ("image", "embedding", 1) if open_clip else ("pixel_values", "image_embeds", "n")
    base = "vision_model.embeddings"
    patches = writer.node(
        "Conv", taken, writer.weight(f"{base}.patch_embedding.weight"), strides=[PATCH, PATCH]
    )
    flat = writer.node("Reshape", patches, writer.constant([0, sizes.image_width, -1]))
    tokens = writer.node("Transpose", flat, perm=[0, 2, 1])
    batch = writer.node("Slice", writer.node("Shape", tokens), *map(writer.constant, ([0], [1])))
    target = writer.node("Concat", batch, writer.constant([1, sizes.image_width]), axis=0)
    first = writer.node("Expand", writer.weight(f"{base}.class_embedding"), target)
    tokens = writer.node("Concat", first, tokens, axis=1)
    tokens = writer.node("Add", tokens, writer.weight(f"{base}.position_embedding.weight"))
    tokens = writer.norm(tokens, "vision_model.pre_layrnorm", 1e-5)
    for layer in range(sizes.image_layers):
        name = f"vision_model.encoder.layers.{layer}"
        parts = [f"{name}.self_attn.{part}" for part in ("q_proj", "k_proj", "v_proj", "out_proj")]
        attended = writer.attention(
            writer.norm(tokens, f"{name}.layer_norm1", 1e-5), parts, sizes.image_width, sizes.image_heads
        )
        tokens = writer.node("Add", tokens, attended)
        inner = writer.linear(writer.norm(tokens, f"{name}.layer_norm2", 1e-5), f"{name}.mlp.fc1")
        tokens = writer.node("Add", tokens, writer.linear(writer.quick_gelu(inner), f"{name}.mlp.fc2"))
    pooled = writer.node("Gather", tokens, writer.constant(0), axis=1)
    pooled = writer.norm(pooled, "vision_model.post_layernorm", 1e-5)
    embedding = writer.linear(pooled, "visual_projection", bias=False)
    writer.save(
        path,
        {taken: (FLOAT, (count, 3, IMAGE_SIDE, IMAGE_SIDE))},
        {given: (writer.unit(embedding) if open_clip else embedding, (count, sizes.dims))},
    )


def write_text_tower(path: Path, weights: Weights, sizes: Sizes = SMALL) -> None:
    """DistilBERT, which gives what every token became; pooling and the dense layer come after it."""
    writer = GraphWriter(weights)
    mask = writer.node("Cast", "attention_mask", to=FLOAT)
    tokens = _sentence(writer, "input_ids", mask, sizes)
    shape = ("n", "tokens")
    writer.save(
        path,
        {"input_ids": (INT64, shape), "attention_mask": (INT64, shape)},
        {"last_hidden_state": (tokens, (*shape, sizes.text_width))},
    )


def write_open_clip_text_tower(path: Path, weights: Weights, dense: Weights, length: int) -> None:
    """The same encoder with all inside, as exports of open_clip are: one text of a fixed length a run."""
    writer = GraphWriter(weights | dense)
    counts = writer.node(
        "Not", writer.node("Equal", "text", writer.constant(np.array(vocabulary()[PAD], dtype=np.int32)))
    )
    mask = writer.node("Cast", counts, to=FLOAT)
    tokens = _sentence(writer, "text", mask, SMALL)
    axis = writer.constant([1])
    column = writer.node("Unsqueeze", mask, writer.constant([2]))
    total = writer.node("ReduceSum", writer.node("Mul", tokens, column), axis, keepdims=0)
    mean = writer.node("Div", total, writer.node("ReduceSum", mask, axis, keepdims=1))
    embedding = writer.unit(writer.linear(mean, "linear", bias=False))
    writer.save(path, {"text": (INT32, (1, length))}, {"embedding": (embedding, (1, SMALL.dims))})


def _sentence(writer: GraphWriter, ids: str, mask: str, sizes: Sizes) -> str:
    """Every token after the last layer, (n, tokens, width); mask is float, 1 for tokens that count."""
    length = writer.node("Slice", writer.node("Shape", ids), *map(writer.constant, ([1], [2])))
    positions = writer.node(
        "Slice",
        writer.weight("embeddings.position_embeddings.weight"),
        writer.constant([0]),
        length,
    )
    words = writer.node("Gather", writer.weight("embeddings.word_embeddings.weight"), ids)
    tokens = writer.norm(writer.node("Add", words, positions), "embeddings.LayerNorm", 1e-12)
    away = writer.node("Mul", writer.node("Sub", mask, writer.constant(1.0)), writer.constant(1e9))
    hidden = writer.node("Unsqueeze", away, writer.constant([1, 2]))
    for layer in range(sizes.text_layers):
        name = f"transformer.layer.{layer}"
        parts = [f"{name}.attention.{part}" for part in ("q_lin", "k_lin", "v_lin", "out_lin")]
        attended = writer.attention(tokens, parts, sizes.text_width, sizes.text_heads, hidden)
        tokens = writer.norm(writer.node("Add", tokens, attended), f"{name}.sa_layer_norm", 1e-12)
        inner = writer.gelu(writer.linear(tokens, f"{name}.ffn.lin1"))
        tokens = writer.node("Add", tokens, writer.linear(inner, f"{name}.ffn.lin2"))
        tokens = writer.norm(tokens, f"{name}.output_layer_norm", 1e-12)
    return tokens
