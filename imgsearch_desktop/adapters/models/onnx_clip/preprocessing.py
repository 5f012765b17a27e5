"""How a picture becomes what an image tower takes, read from the file beside it.

The cut is made by whoever decodes the picture (`EncoderInput`), always bicubic; here is what comes after it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from imgsearch_desktop.adapters.models.onnx_clip.config_file import Config
from imgsearch_desktop.domain.embedding import EncoderInput, Pixels
from imgsearch_desktop.domain.errors import ModelError

Colour = tuple[float, float, float]

CLIP_MEAN: Colour = (0.48145466, 0.4578275, 0.40821073)
CLIP_STD: Colour = (0.26862954, 0.26130258, 0.27577711)
"""Of OpenAI's CLIP; what both families of configuration mean where they say nothing."""


@dataclass(frozen=True, slots=True)
class Preprocessing:
    """What is done to a picture.

    Attributes:
        encoder_input: how it is cut.
        mean: subtracted from R, G, B of 0 to 1.
        std: divided by then.
        rescale: levels are multiplied by this first.
    """

    encoder_input: EncoderInput
    mean: Colour = CLIP_MEAN
    std: Colour = CLIP_STD
    rescale: float = 1 / 255

    def apply(self, pixels: Pixels) -> NDArray[np.float32]:
        """What the tower takes.

        Args:
            pixels: uint8 (n, size, size, 3).

        Returns:
            float32 (n, 3, size, size), contiguous.
        """
        scale = np.float32(self.rescale) / np.asarray(self.std, dtype=np.float32)
        shift = np.asarray(self.mean, dtype=np.float32) / np.asarray(self.std, dtype=np.float32)
        prepared = np.empty((len(pixels), 3, *pixels.shape[1:3]), dtype=np.float32)
        for channel in range(3):
            np.multiply(pixels[..., channel], scale[channel], out=prepared[:, channel])
            prepared[:, channel] -= shift[channel]
        return prepared


def of_transformers(config: Config, where: str) -> Preprocessing:
    """What a `preprocessor_config.json` says (image processors of the library transformers).

    Args:
        config: its content.
        where: its path, for messages.

    Raises:
        ModelError: it asks for something that cannot be done.
    """
    size, crop = config.get("size", 224), config.get("crop_size")
    if isinstance(size, dict):
        short_side = size.get("shortest_edge")
        whole = size.get("height") if short_side is None else None
        known = short_side is not None or whole is not None
        _refuse_unless(known and (whole is None or whole == size.get("width")), where)
    else:
        # Old files have one number: the short side where a crop follows, else the side of a square.
        short_side, whole = (size, None) if config.get("do_center_crop") else (None, size)
    if config.get("do_center_crop", short_side is not None) and crop is not None:
        height, width = (crop.get("height"), crop.get("width")) if isinstance(crop, dict) else (crop, crop)
        _refuse_unless(height == width, where)
        side = height
    else:
        side = short_side or whole
    _refuse_unless(config.get("do_resize", True) and whole in {None, side}, where)
    mean, std = _colours(config, "image_mean", "image_std", where)
    if not config.get("do_normalize", True):
        mean, std = (0.0, 0.0, 0.0), (1.0, 1.0, 1.0)
    rescale = float(config.get("rescale_factor", 1 / 255)) if config.get("do_rescale", True) else 1.0
    return Preprocessing(_cut(side, short_side, where), mean, std, rescale)


def of_open_clip(config: Config, where: str) -> Preprocessing:
    """What a `preprocess_cfg.json` says (the library open_clip).

    Args:
        config: its content.
        where: its path, for messages.

    Raises:
        ModelError: it asks for something that cannot be done.
    """
    size = config.get("size", 224)
    height, width = size if isinstance(size, list) and len(size) == 2 else (size, size)
    mode = config.get("resize_mode", "shortest")
    _refuse_unless(height == width and mode in {"shortest", "squash"}, where)
    mean, std = _colours(config, "mean", "std", where)
    return Preprocessing(_cut(height, height if mode == "shortest" else None, where), mean, std)


def _cut(side: Any, short_side: Any, where: str) -> EncoderInput:
    _refuse_unless(isinstance(side, int) and side > 0, where)
    _refuse_unless(short_side is None or (isinstance(short_side, int) and short_side >= side), where)
    return EncoderInput(side, short_side)


def _colours(config: Config, mean: str, std: str, where: str) -> tuple[Colour, Colour]:
    try:
        (r, g, b), (dr, dg, db) = config.get(mean) or CLIP_MEAN, config.get(std) or CLIP_STD
        colours = (float(r), float(g), float(b)), (float(dr), float(dg), float(db))
    except (TypeError, ValueError):
        colours = CLIP_MEAN, (0.0, 0.0, 0.0)
    _refuse_unless(all(deviation > 0 for deviation in colours[1]), where)
    return colours


def _refuse_unless(fine: bool, where: str) -> None:
    if not fine:
        raise ModelError(
            f"The model prepares pictures in a way that this program does not know ({where}). "
            "It cannot be used here."
        )
