"""A pair of models of the library sentence-transformers."""

from __future__ import annotations

from functools import partial

from imgsearch_desktop.adapters.models.lazy import Lazy
from imgsearch_desktop.adapters.models.sentence_transformers.encoders import (
    SentenceImageEncoder,
    SentenceTextEncoder,
)
from imgsearch_desktop.adapters.models.sentence_transformers.library import Loader, Place, load
from imgsearch_desktop.domain.embedding import Calibration, EncoderInput, ModelId, ModelSpec
from imgsearch_desktop.domain.model_list import ModelEntry

RECIPE_IMAGE = "sentence-transformers/clip-ViT-B-32"
RECIPE_TEXT = "sentence-transformers/clip-ViT-B-32-multilingual-v1"
"""The published recipe's own pair."""

CLIP_INPUT = EncoderInput(size=224, short_side=224)


class SentenceTransformersModel:
    """Fulfils `ports.Model`; thread-safe. Each encoder is loaded on first access, apart from the other.

    Args:
        entry: what the pair is; its `dims` must be right.
        image: name or folder of the model for pictures.
        text: name or folder of the model for texts.
        encoder_input: how pictures are cut for it.
        calibration: where its results end; None for nothing known.
        image_tower: names what makes the vectors of photos, where several models share it.
        device: "cpu", "cuda" ..., None for the best there is.
        loader: gives the two models; None loads them on the device, without asking the hub.
    """

    def __init__(
        self,
        entry: ModelEntry,
        image: Place = RECIPE_IMAGE,
        text: Place = RECIPE_TEXT,
        encoder_input: EncoderInput = CLIP_INPUT,
        calibration: Calibration | None = None,
        image_tower: ModelId | None = None,
        device: str | None = None,
        loader: Loader | None = None,
    ) -> None:
        give: Loader = loader or partial(load, device=device)
        self._spec = ModelSpec(
            model_id=entry.model_id,
            name=entry.name,
            dims=entry.dims,
            text_dims=entry.dims,
            encoder_input=encoder_input,
            calibration=calibration or Calibration(),
            licence=entry.licence,
            image_tower=image_tower,
        )
        self._image = Lazy(lambda: SentenceImageEncoder(give(image), image, entry.dims, encoder_input))
        self._text = Lazy(lambda: SentenceTextEncoder(give(text), text, entry.dims))

    @property
    def spec(self) -> ModelSpec:
        """What kind of vectors it makes; loads nothing."""
        return self._spec

    @property
    def image_encoder(self) -> SentenceImageEncoder:
        """Loaded on first access.

        Raises:
            ModelError: the extra is missing, or the model cannot be loaded.
        """
        return self._image.get()

    @property
    def text_encoder(self) -> SentenceTextEncoder:
        """Loaded on first access.

        Raises:
            ModelError: the extra is missing, or the model cannot be loaded.
        """
        return self._text.get()
