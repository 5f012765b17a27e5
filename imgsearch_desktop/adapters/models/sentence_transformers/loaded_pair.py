"""A pair of which nothing is known but where its two models lie: loaded, and tried for what it gives."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
from PIL import Image

from imgsearch_desktop.adapters.models.onnx_clip.preprocessing import of_transformers
from imgsearch_desktop.adapters.models.sentence_transformers.library import Place, load
from imgsearch_desktop.adapters.models.sentence_transformers.model import SentenceTransformersModel
from imgsearch_desktop.domain.embedding import EncoderInput
from imgsearch_desktop.domain.errors import ModelError
from imgsearch_desktop.domain.model_list import ModelEntry


def loaded_pair(
    entry: ModelEntry, images: Place, texts: Place, device: str | None = None
) -> SentenceTransformersModel:
    """Load both models, each once, and find out what they make.

    Args:
        entry: what the pair is; its `dims` need not be right.
        images: the model for pictures; a name is fetched unless it lies in the hub's cache.
        texts: the model for texts, likewise.
        device: see `library.load`.

    Returns:
        The pair, whose `spec` has the length of the embeddings and how pictures are cut.

    Raises:
        ModelError: the extra is missing, a model cannot be loaded, one takes no pictures or the other no
            texts, or the two do not share a space.
    """
    loaded = {place: load(place, device, fetch=True) for place in dict.fromkeys((images, texts))}
    cut = _cut_of(loaded[images], images)
    grey = Image.new("RGB", (cut.size, cut.size), (128, 128, 128))
    of_pictures = _dims(loaded[images], images, grey, _takes_no_pictures)
    of_texts = _dims(loaded[texts], texts, {"text": "a photo"}, _takes_no_texts)
    if of_pictures != of_texts:
        raise ModelError(
            f"The two models do not belong together: {images} gives embeddings of {of_pictures} numbers, "
            f"{texts} of {of_texts}."
        )
    found = replace(entry, dims=of_pictures)
    return SentenceTransformersModel(found, images, texts, cut, loader=loaded.__getitem__)


def _cut_of(model: Any, place: Place) -> EncoderInput:
    """How pictures have to arrive, so that the model's own processor leaves them as they are.

    One that scales the short side to more than it cuts out of the middle gets the square of that side, and
    does the cutting.
    """
    processor = getattr(model[0], "processor", None)
    to_json: Callable[[], str] | None = getattr(
        getattr(processor, "image_processor", processor), "to_json_string", None
    )
    if to_json is None:
        raise _takes_no_pictures(place)
    cut = of_transformers(json.loads(to_json()), str(place)).encoder_input
    return cut if cut.short_side is None else EncoderInput(cut.short_side, cut.short_side)


def _dims(model: Any, place: Place, tried: object, refused: Callable[[Place], ModelError]) -> int:
    """Length of the embeddings that it makes."""
    try:
        made = np.asarray(model.encode([tried], show_progress_bar=False))
    except Exception as error:  # its modules, transformers and torch each have their own kinds
        raise refused(place) from error
    if made.ndim != 2 or not np.isfinite(made).all():
        raise ModelError(f"The model {place} gives no usable embeddings. It cannot be used here.")
    return int(made.shape[1])


def _takes_no_pictures(place: Place) -> ModelError:
    return ModelError(f"The model {place} does not take pictures. Name the model for pictures first.")


def _takes_no_texts(place: Place) -> ModelError:
    return ModelError(f"The model {place} does not take texts. Name the model for texts second.")
