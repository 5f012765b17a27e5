"""What the libraries of the published recipe make of pictures and texts.

`python -m tests.torch.reference` writes down what they make of the small models, for tests without them.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image
from sentence_transformers import SentenceTransformer

from tests.support.small_models.recorded import RECORDED, recorded_pictures
from tests.support.small_models.sentences import SENTENCES
from tests.torch.hub_models import write_clip, write_multilingual

Rows = NDArray[np.float32]


def of_pictures(model: Any, pictures: Sequence[Image.Image]) -> Rows:
    """Unit vectors of a `SentenceTransformer` for pictures."""
    return _unit(model.encode(list(pictures), show_progress_bar=False))


def of_a_flat_picture(model: Any, picture: Image.Image) -> Rows:
    """Unit vector, (1, dims), for a picture that is one pixel high.

    The processor would take its height for one channel and fail, unless it is told where the channels are.
    """
    processor, clip = model[0].processor.image_processor, model[0].auto_model
    prepared = processor(picture, input_data_format="channels_last", return_tensors="pt")
    with torch.inference_mode():
        return _unit(clip.get_image_features(**prepared))


def of_texts(model: Any, texts: Sequence[str]) -> Rows:
    """Unit vectors of a `SentenceTransformer` for texts."""
    return _unit(model.encode(list(texts), show_progress_bar=False))


def cosines(ours: Rows, theirs: Rows) -> Rows:
    """Of row with row, all of unit length."""
    product: Rows = np.einsum("ij,ij->i", ours, theirs)
    return product


def _unit(vectors: Any) -> Rows:
    rows: Rows = np.asarray(vectors, dtype=np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return rows


def record() -> dict[str, list[list[float]]]:
    """What is written down."""
    with tempfile.TemporaryDirectory() as folder:
        images = SentenceTransformer(str(write_clip(Path(folder) / "clip")), device="cpu")
        texts = SentenceTransformer(str(write_multilingual(Path(folder) / "texts")), device="cpu")
        return {
            "pictures": of_pictures(images, recorded_pictures()).round(5).tolist(),
            "texts": of_texts(texts, SENTENCES).round(5).tolist(),
        }


def _one_row_a_line(tables: dict[str, list[list[float]]]) -> str:
    parts = [f'"{name}": [\n' + ",\n".join(map(json.dumps, rows)) + "\n]" for name, rows in tables.items()]
    return "{\n" + ",\n".join(parts) + "\n}\n"


if __name__ == "__main__":
    RECORDED.write_text(_one_row_a_line(record()), encoding="utf-8")
