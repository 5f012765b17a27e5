"""Writes small models as folders, in the layouts of the real ones."""

from __future__ import annotations

import json
import struct
from pathlib import Path

from imgsearch_desktop.domain.embedding import ModelId
from imgsearch_desktop.domain.model_list import ModelEntry
from tests.support.small_models import towers
from tests.support.small_models.tokenisers import (
    PAD,
    multilingual_tokeniser,
    tokens_of_same_meaning,
    vocabulary,
)
from tests.support.small_models.weights import (
    SMALL,
    Sizes,
    Weights,
    dense_weights,
    image_weights,
    text_weights,
)

CLIP_MEAN = (0.48145466, 0.4578275, 0.40821073)
CLIP_STD = (0.26862954, 0.26130258, 0.27577711)

PREPROCESSOR = {
    "crop_size": 224,
    "do_center_crop": True,
    "do_normalize": True,
    "do_resize": True,
    "feature_extractor_type": "CLIPFeatureExtractor",
    "image_mean": CLIP_MEAN,
    "image_std": CLIP_STD,
    "resample": 3,
    "size": 224,
}
"""As beside the recipe's image tower."""

PREPROCESS_CFG = {
    "size": (224, 224),
    "mode": "RGB",
    "mean": CLIP_MEAN,
    "std": CLIP_STD,
    "interpolation": "bicubic",
    "resize_mode": "shortest",
    "fill_color": 0,
}
"""As open_clip writes it."""

POOLING = {
    "word_embedding_dimension": SMALL.text_width,
    "pooling_mode_cls_token": False,
    "pooling_mode_mean_tokens": True,
    "pooling_mode_max_tokens": False,
    "pooling_mode_mean_sqrt_len_tokens": False,
}
DENSE = {
    "in_features": SMALL.text_width,
    "out_features": SMALL.dims,
    "bias": False,
    "activation_function": "torch.nn.modules.linear.Identity",
}
CONTEXT = 77


def small_entry(model_id: str = "small") -> ModelEntry:
    """What a list would say of a small model."""
    return ModelEntry(
        model_id=ModelId(model_id),
        name=f"The small model {model_id}",
        summary="For tests.",
        dims=SMALL.dims,
        languages=("en", "de"),
        licence="MIT",
    )


def recipe_pair(folder: Path, seed: int = 1, sizes: Sizes = SMALL) -> Path:
    """The recipe's pair: Xenova/clip-vit-base-patch32 and clip-ViT-B-32-multilingual-v1.

    Args:
        folder: is made.
        seed: of the image tower's weights; the text tower is always the same.
        sizes: of both towers.
    """
    towers.write_image_tower(
        folder / "visual" / "onnx" / "vision_model.onnx", image_weights(seed, sizes), sizes
    )
    _write_json(folder / "visual" / "preprocessor_config.json", PREPROCESSOR)
    textual = folder / "textual"
    towers.write_text_tower(textual / "onnx" / "model.onnx", small_text_weights(sizes), sizes)
    multilingual_tokeniser().save(str(textual / "tokenizer.json"))
    _write_json(textual / "sentence_bert_config.json", {"max_seq_length": 128, "do_lower_case": False})
    _write_json(
        textual / "1_Pooling" / "config.json", POOLING | {"word_embedding_dimension": sizes.text_width}
    )
    _write_json(
        textual / "2_Dense" / "config.json",
        DENSE | {"in_features": sizes.text_width, "out_features": sizes.dims},
    )
    (textual / "2_Dense" / "model.safetensors").write_bytes(safetensors(dense_weights(sizes=sizes)))
    return folder


def open_clip_pair(folder: Path, seed: int = 1) -> Path:
    """The same towers in the layout of `immich-app/XLM-Roberta-Base-ViT-B-32__laion5b_s13b_b90k`."""
    towers.write_image_tower(folder / "visual" / "model.onnx", image_weights(seed), open_clip=True)
    _write_json(folder / "visual" / "preprocess_cfg.json", PREPROCESS_CFG)
    textual = folder / "textual"
    towers.write_open_clip_text_tower(textual / "model.onnx", small_text_weights(), dense_weights(), CONTEXT)
    multilingual_tokeniser().save(str(textual / "tokenizer.json"))
    _write_json(textual / "tokenizer_config.json", {"pad_token": PAD, "model_max_length": 512})
    _write_json(folder / "config.json", {"embed_dim": SMALL.dims, "text_cfg": {"context_length": CONTEXT}})
    return folder


def small_text_weights(sizes: Sizes = SMALL) -> Weights:
    """Of the text encoder with the small vocabulary."""
    return text_weights(len(vocabulary()), tokens_of_same_meaning(), sizes=sizes)


def safetensors(tensors: Weights) -> bytes:
    """A file of that format."""
    header: dict[str, object] = {"__metadata__": {"format": "pt"}}
    body = b""
    for name, tensor in tensors.items():
        content = tensor.astype("<f4").tobytes()
        place = [len(body), len(body) + len(content)]
        header[name] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": place}
        body += content
    told = json.dumps(header).encode()
    told += b" " * (-len(told) % 8)
    return struct.pack("<Q", len(told)) + told + body


def _write_json(path: Path, content: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, indent=2), encoding="utf-8")
