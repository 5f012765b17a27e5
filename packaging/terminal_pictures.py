"""Pictures in a terminal with 24-bit colours: every character cell shows two pixels, one above the other."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PIL import Image
from rich.color import Color
from rich.style import Style
from rich.text import Text

HEIGHT = 16
"""Rows of pixels of a gallery: two per line."""

GAP = 2


def gallery(paths: Sequence[Path], width: int) -> Text:
    """Pictures side by side, as many as fit.

    Args:
        paths: picture files.
        width: columns of the terminal that may be used.

    Returns:
        HEIGHT / 2 lines.
    """
    pictures: list[Image.Image] = []
    used = 0
    for path in paths:
        with Image.open(path) as opened:
            picture = opened.convert("RGB")
        columns = max(1, round(HEIGHT * picture.width / picture.height))
        if used + columns > width:
            break
        pictures.append(picture.resize((columns, HEIGHT), Image.Resampling.LANCZOS))
        used += columns + GAP
    lines = Text(no_wrap=True)
    for row in range(0, HEIGHT, 2):
        for picture in pictures:
            for column in range(picture.width):
                lines.append(
                    "▀", Style(color=_colour(picture, column, row), bgcolor=_colour(picture, column, row + 1))
                )
            lines.append(" " * GAP)
        lines.append("\n")
    lines.right_crop(1)
    return lines


def _colour(picture: Image.Image, column: int, row: int) -> Color:
    pixel = picture.getpixel((column, row))
    assert isinstance(pixel, tuple)
    red, green, blue = (int(value) for value in pixel[:3])
    return Color.from_rgb(red, green, blue)
