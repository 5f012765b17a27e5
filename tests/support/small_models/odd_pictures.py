"""Pictures that a preparation for an encoder may stumble over, and how they look to a person.

Where a file format leaves open what is shown (transparency, 16 bits), the second picture of each pair is what
the program takes it for: an 8-bit RGB picture on white paper.
"""

from __future__ import annotations

import io
from collections.abc import Callable

import numpy as np
from PIL import Image

from tests.support.pictures import scene

Odd = tuple[bytes, Image.Image]
"""A file, and its picture as RGB."""


def _file(image: Image.Image, image_format: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, image_format, **options)
    return buffer.getvalue()


def _plain(image: Image.Image, image_format: str = "png") -> Odd:
    return _file(image, image_format), image.convert("RGB")


def _sixteen_bit() -> Odd:
    levels = np.asarray(scene(3).convert("L"), dtype=np.uint16) * 257
    return _file(Image.fromarray(levels), "png"), Image.fromarray((levels >> 8).astype(np.uint8)).convert(
        "RGB"
    )


def _cmyk() -> Odd:
    image = scene(4).convert("CMYK")
    return _file(image, "tiff"), image.convert("RGB")


def _transparent_palette() -> Odd:
    image = scene(5).quantize(16)
    data = _file(image, "png", transparency=3)
    with Image.open(io.BytesIO(data)) as stored:
        layer = stored.convert("RGBA")
    paper = Image.new("RGBA", layer.size, "white")
    return data, Image.alpha_composite(paper, layer).convert("RGB")


def _animated() -> Odd:
    frames = [scene(seed).quantize(64) for seed in (6, 7, 8)]
    data = _file(frames[0], "gif", save_all=True, append_images=frames[1:])
    with Image.open(io.BytesIO(data)) as stored:
        return data, stored.convert("RGB")


ODD_PICTURES: dict[str, Callable[[], Odd]] = {
    "grey": lambda: _plain(scene(2).convert("L")),
    "16 bits": _sixteen_bit,
    "CMYK": _cmyk,
    "palette with transparency": _transparent_palette,
    "1 x 1": lambda: _plain(Image.new("RGB", (1, 1), (200, 30, 90))),
    "1 x 5000": lambda: _plain(scene(9).resize((1, 5000))),
    "5000 x 1": lambda: _plain(scene(9).resize((5000, 1))),
    "odd sides": lambda: _plain(scene(10, 333, 251)),
    "smaller than the encoder's input": lambda: _plain(scene(11, 97, 61)),
    "animated": _animated,
}
