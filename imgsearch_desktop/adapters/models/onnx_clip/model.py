"""A model that lies in a folder."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from imgsearch_desktop.adapters.models.lazy import Lazy
from imgsearch_desktop.adapters.models.onnx_clip.image_encoder import OnnxImageEncoder
from imgsearch_desktop.adapters.models.onnx_clip.layout import inspect_folder
from imgsearch_desktop.adapters.models.onnx_clip.session import SessionSettings
from imgsearch_desktop.adapters.models.onnx_clip.text_encoder import OnnxTextEncoder
from imgsearch_desktop.domain.embedding import Calibration, ModelId, ModelSpec
from imgsearch_desktop.domain.errors import ModelError
from imgsearch_desktop.domain.model_list import ModelEntry

_BATCH = 8
"""Pictures per run: more are no faster (m)."""


@dataclass(frozen=True, slots=True)
class OnnxSettings:
    """How a model's encoders run.

    Attributes:
        image: the image encoder's threads and providers.
        text: the text encoder's.
        batch: pictures per run, where the graph takes any number.
    """

    image: SessionSettings = field(default_factory=SessionSettings)
    text: SessionSettings = field(default_factory=SessionSettings)
    batch: int = _BATCH


class OnnxClipModel:
    """Fulfils `ports.Model`; thread-safe. Each encoder is loaded on first access, apart from the other.

    Args:
        folder: in one of the layouts that `layout` tells of; it must stay while the model is in use.
        entry: what the model is.
        calibration: where its results end; None for nothing known.
        image_tower: names what makes the vectors of photos, where several models share it.
        settings: how its encoders run.

    Raises:
        ModelError: not a folder of a known layout, or something is missing; the message says what.
    """

    def __init__(
        self,
        folder: Path,
        entry: ModelEntry,
        calibration: Calibration | None = None,
        image_tower: ModelId | None = None,
        settings: OnnxSettings | None = None,
    ) -> None:
        chosen = settings or OnnxSettings()
        layout = inspect_folder(folder)
        self._spec = ModelSpec(
            model_id=entry.model_id,
            name=entry.name,
            dims=layout.dims,
            text_dims=layout.dims,
            encoder_input=layout.image.preprocessing.encoder_input,
            calibration=calibration or Calibration(),
            licence=entry.licence,
            image_tower=image_tower,
        )
        self._image = Lazy(lambda: OnnxImageEncoder(layout.image, layout.dims, chosen.image, chosen.batch))
        self._text = Lazy(lambda: OnnxTextEncoder(layout.text, layout.dims, chosen.text))

    @property
    def spec(self) -> ModelSpec:
        """What kind of vectors it makes; loads nothing."""
        return self._spec

    @property
    def image_encoder(self) -> OnnxImageEncoder:
        """Loaded on first access.

        Raises:
            ModelError: files are missing or damaged.
        """
        return self._image.get()

    @property
    def text_encoder(self) -> OnnxTextEncoder:
        """Loaded on first access.

        Raises:
            ModelError: files are missing or damaged.
        """
        return self._text.get()

    def self_test(self) -> None:
        """Load both encoders and run each once.

        Raises:
            ModelError: an encoder cannot be loaded, or what it gives is no embedding.
        """
        side = self._spec.encoder_input.size
        grey = np.full((1, side, side, 3), 128, dtype=np.uint8)
        for vectors in (
            self.image_encoder.encode(grey).vectors,
            self.text_encoder.encode(["a photo"]).vectors,
        ):
            if not np.isclose(np.linalg.norm(vectors), 1, atol=1e-3):
                raise ModelError(
                    f"The model {self._spec.name} gives no usable embeddings. "
                    "Fetch it again, or use another one."
                )
