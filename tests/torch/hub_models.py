"""The recipe's two models as the hub has them, with the small models' weights, and as exported to ONNX.

Everything is written by the libraries that wrote the real ones: transformers, sentence-transformers, torch's
ONNX exporter, ONNX Runtime's quantiser.
"""

from __future__ import annotations

import json
import shutil
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer import modules
from transformers import (
    CLIPConfig,
    CLIPImageProcessor,
    CLIPModel,
    CLIPProcessor,
    CLIPTokenizerFast,
    DistilBertConfig,
    DistilBertModel,
    DistilBertTokenizerFast,
)

from tests.support.small_models.folders import small_text_weights
from tests.support.small_models.tokenisers import CLASS, MASK, PAD, SEPARATOR, UNKNOWN, vocabulary
from tests.support.small_models.weights import (
    IMAGE_SIDE,
    PATCH,
    SMALL,
    TEXT_POSITIONS,
    Sizes,
    Weights,
    dense_weights,
    image_weights,
)


def write_clip(folder: Path, sizes: Sizes = SMALL) -> Path:
    """A folder like `sentence-transformers/clip-ViT-B-32`: the recipe's image model.

    Args:
        folder: is made.
        sizes: of the image tower; its own text tower is always small.
    """
    part = folder / "0_CLIPModel"
    part.mkdir(parents=True)
    tokeniser = _clip_tokeniser(part)
    text = {
        "hidden_size": SMALL.text_width,
        "intermediate_size": SMALL.text_inner,
        "num_hidden_layers": SMALL.text_layers,
        "num_attention_heads": SMALL.text_heads,
        "vocab_size": len(tokeniser),
        "projection_dim": sizes.dims,
        "bos_token_id": tokeniser.bos_token_id,
        "eos_token_id": tokeniser.eos_token_id,
        "pad_token_id": tokeniser.pad_token_id,
    }
    torch.manual_seed(0)
    vision = {
        "hidden_size": sizes.image_width,
        "intermediate_size": sizes.image_inner,
        "num_hidden_layers": sizes.image_layers,
        "num_attention_heads": sizes.image_heads,
        "image_size": IMAGE_SIDE,
        "patch_size": PATCH,
        "projection_dim": sizes.dims,
    }
    model = CLIPModel(CLIPConfig(text_config=text, vision_config=vision, projection_dim=sizes.dims))
    missing = model.load_state_dict(_tensors(image_weights(sizes=sizes)), strict=False)
    assert not missing.unexpected_keys, missing.unexpected_keys
    model.save_pretrained(part)
    CLIPProcessor(CLIPImageProcessor(), tokeniser).save_pretrained(part)
    _write_json(
        folder / "modules.json",
        [{"idx": 0, "name": "0", "path": "0_CLIPModel", "type": "sentence_transformers.models.CLIPModel"}],
    )
    return folder


def write_multilingual(folder: Path) -> Path:
    """A folder like `sentence-transformers/clip-ViT-B-32-multilingual-v1`: the recipe's text model."""
    base = folder.with_name(f"{folder.name}-encoder")
    config = DistilBertConfig(
        vocab_size=len(vocabulary()),
        dim=SMALL.text_width,
        hidden_dim=SMALL.text_inner,
        n_layers=SMALL.text_layers,
        n_heads=SMALL.text_heads,
        max_position_embeddings=TEXT_POSITIONS,
    )
    encoder = DistilBertModel(config)
    encoder.load_state_dict(_tensors(small_text_weights()))
    encoder.save_pretrained(base)
    lines = base / "vocab.txt"
    lines.write_text("\n".join(vocabulary()) + "\n", encoding="utf-8")
    DistilBertTokenizerFast(
        vocab_file=str(lines),
        do_lower_case=False,
        strip_accents=False,
        model_max_length=TEXT_POSITIONS,
        unk_token=UNKNOWN,
        sep_token=SEPARATOR,
        pad_token=PAD,
        cls_token=CLASS,
        mask_token=MASK,
    ).save_pretrained(base)
    words = modules.Transformer(str(base), max_seq_length=128)
    dense = modules.Dense(SMALL.text_width, SMALL.dims, bias=False, activation_function=torch.nn.Identity())
    dense.load_state_dict(_tensors(dense_weights()))
    whole = SentenceTransformer(modules=[words, modules.Pooling(SMALL.text_width), dense], device="cpu")
    whole.save_pretrained(str(folder), create_model_card=False)
    return folder


def export_pair(folder: Path, clip: Path, multilingual: Path) -> Path:
    """Both models as the hub's ONNX files, in the layout this program keeps them in."""
    visual, textual = folder / "visual", folder / "textual"
    (visual / "onnx").mkdir(parents=True)
    shutil.copytree(multilingual, textual)
    (textual / "onnx").mkdir(exist_ok=True)
    model = CLIPModel.from_pretrained(clip / "0_CLIPModel", attn_implementation="eager").eval()
    pictures = torch.zeros(2, 3, IMAGE_SIDE, IMAGE_SIDE)
    _export(
        visual / "onnx" / "vision_model.onnx",
        _module(model, lambda pixel_values: model.get_image_features(pixel_values=pixel_values)),
        {"pixel_values": pictures},
        {"image_embeds": 2},
    )
    shutil.copy(clip / "0_CLIPModel" / "preprocessor_config.json", visual)
    encoder = DistilBertModel.from_pretrained(multilingual, attn_implementation="eager").eval()
    ids = torch.ones(2, 7, dtype=torch.int64)
    _export(
        textual / "onnx" / "model.onnx",
        _module(encoder, lambda ids, mask: encoder(input_ids=ids, attention_mask=mask).last_hidden_state),
        {"input_ids": ids, "attention_mask": ids},
        {"last_hidden_state": 3},
    )
    return folder


def export_clip_text(folder: Path, clip: Path) -> None:
    """Put CLIP's own text encoder, `onnx/text_model.onnx`, and its tokeniser in place of the other one."""
    shutil.rmtree(folder / "textual")
    (folder / "textual" / "onnx").mkdir(parents=True)
    model = CLIPModel.from_pretrained(clip / "0_CLIPModel", attn_implementation="eager").eval()
    ids = torch.full((2, 7), model.config.text_config.eos_token_id, dtype=torch.int64)
    path = folder / "textual" / "onnx" / "text_model.onnx"
    _export(
        path,
        _module(model, lambda ids, mask: model.get_text_features(input_ids=ids, attention_mask=mask)),
        {"input_ids": ids, "attention_mask": torch.ones_like(ids)},
        {"text_embeds": 2},
    )
    for name in ("tokenizer.json", "tokenizer_config.json"):
        shutil.copy(clip / "0_CLIPModel" / name, folder / "textual")


def quantised_as_on_the_hub(pair: Path, folder: Path) -> Path:
    """The pair with uint8 weights, one scale per tensor: how the hub's small files were made."""
    shutil.copytree(pair, folder)
    for graph in (
        folder / "visual" / "onnx" / "vision_model.onnx",
        folder / "textual" / "onnx" / "model.onnx",
    ):
        name = graph.name.replace("vision_model", "vision_model_quantized")
        name = name.replace("model.onnx", "model_quint8_avx2.onnx") if graph.name == "model.onnx" else name
        model = onnx.load(graph)
        onnx.helper.set_model_props(
            model, {"onnx.quant.pre_process": "onnxruntime.quant"}
        )  # it warns without
        quantize_dynamic(model, graph.with_name(name), weight_type=QuantType.QUInt8)
        graph.unlink()
    return folder


def _module(model: Any, forward: Callable[..., Any]) -> Any:
    """What the exporter takes: one call of a model, whose weights it must find as those of a part."""
    module = torch.nn.Module()
    module.model = model
    module.forward = forward
    return module


def _export(path: Path, module: Any, inputs: dict[str, Any], outputs: dict[str, int]) -> None:
    """With open lengths: of batches, and of texts."""
    texts = "input_ids" in inputs
    axes = {name: {0: "batch", 1: "tokens"} if texts else {0: "batch"} for name in inputs}
    axes |= {name: {0: "batch", 1: "tokens"} if rank == 3 else {0: "batch"} for name, rank in outputs.items()}
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")  # the exporter that made the hub's files is called old
        torch.onnx.export(
            module,
            tuple(inputs.values()),
            str(path),
            input_names=list(inputs),
            output_names=list(outputs),
            dynamic_axes=axes,
            opset_version=17,
            dynamo=False,
        )


def _clip_tokeniser(folder: Path) -> Any:
    """Byte-level, every byte alone or at the end of a word, no merges."""
    from tokenizers.pre_tokenizers import ByteLevel

    letters = sorted(ByteLevel.alphabet())
    pieces = [*letters, *(f"{letter}</w>" for letter in letters), "<|startoftext|>", "<|endoftext|>"]
    _write_json(folder / "vocab.json", {piece: number for number, piece in enumerate(pieces)})
    (folder / "merges.txt").write_text("#version: 0.2\n", encoding="utf-8")
    return CLIPTokenizerFast(
        vocab_file=str(folder / "vocab.json"), merges_file=str(folder / "merges.txt"), model_max_length=77
    )


def _tensors(weights: Weights) -> dict[str, Any]:
    return {name: torch.from_numpy(tensor.copy()) for name, tensor in weights.items()}


def _write_json(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, indent=2), encoding="utf-8")
