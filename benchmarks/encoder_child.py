"""One kind of encoder in a process of its own: ``python -m benchmarks.encoder_child KIND FOLDER``.

It prints JSON. KIND is "torch-single" (the published recipe: one picture a call), "torch-batched" or "onnx".
For torch it runs in `.venv-torch`; its models have random weights and the sizes of the recipe's.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import psutil

PICTURES, BATCH, SIDE = 24, 8, 224
TEXTS = (
    "a dog on the beach",
    "Zwei Hunde spielen im Schnee",
    "две собаки",
    "雪の中で二匹の犬が遊んでいる。",
) * 3

Encode = Callable[[Any], object]


def main(kind: str, folder: str) -> None:
    """Load, run once to warm up, measure, print."""
    process, started = psutil.Process(), time.perf_counter()
    before = process.memory_info().rss
    _import(kind)
    imported_s, imported = time.perf_counter() - started, process.memory_info().rss - before
    pictures, text = (
        _onnx(Path(folder)) if kind == "onnx" else _torch(BATCH if kind == "torch-batched" else 1)
    )
    pixels = np.random.default_rng(0).integers(0, 256, (PICTURES, SIDE, SIDE, 3), dtype=np.uint8)
    pictures(pixels[:BATCH])
    text(TEXTS[:1])
    started, busy = time.perf_counter(), time.process_time()
    pictures(pixels)
    pictures_s, processor_s = time.perf_counter() - started, time.process_time() - busy
    started = time.perf_counter()
    text(TEXTS)
    texts_s = time.perf_counter() - started
    figures = {
        "import_s": imported_s,
        "import_mb": imported / 2**20,
        "pictures_per_s": PICTURES / pictures_s,
        "pictures_per_processor_s": PICTURES / processor_s,
        "text_ms": 1000 * texts_s / len(TEXTS),
        "memory_mb": process.memory_info().rss / 2**20,
    }
    print(json.dumps(figures))


def _import(kind: str) -> None:
    if kind == "onnx":
        import onnxruntime
        import tokenizers

        assert onnxruntime and tokenizers
    else:
        import sentence_transformers

        assert sentence_transformers


def _onnx(folder: Path) -> tuple[Encode, Encode]:
    from imgsearch_desktop.adapters.models.onnx_clip.model import OnnxClipModel
    from tests.support.small_models.folders import small_entry

    model = OnnxClipModel(folder, small_entry())
    return model.image_encoder.encode, model.text_encoder.encode


def _torch(batch: int) -> tuple[Encode, Encode]:
    """What sentence-transformers runs within: transformers' processor and models, with the dense layer."""
    import torch
    from transformers import (
        CLIPImageProcessor,
        CLIPVisionConfig,
        CLIPVisionModelWithProjection,
        DistilBertConfig,
        DistilBertModel,
    )

    from tests.support.small_models.tokenisers import multilingual_tokeniser, vocabulary

    processor, tokeniser = CLIPImageProcessor(), multilingual_tokeniser()
    clip = CLIPVisionModelWithProjection(CLIPVisionConfig()).eval()
    sentence = DistilBertModel(DistilBertConfig(vocab_size=len(vocabulary()))).eval()
    dense = torch.nn.Linear(768, 512, bias=False)

    def pictures(pixels: Any) -> None:
        for start in range(0, len(pixels), batch):
            prepared = processor(list(pixels[start : start + batch]), return_tensors="pt")
            clip(**prepared).image_embeds.numpy()

    def texts(given: Sequence[str]) -> None:
        for text in given:
            ids = torch.tensor([tokeniser.encode(text).ids])
            dense(sentence(input_ids=ids).last_hidden_state.mean(1)).numpy()

    return torch.inference_mode()(pictures), torch.inference_mode()(texts)


if __name__ == "__main__":
    main(*sys.argv[1:])
