"""Pictures in a terminal with 24-bit colours: every character cell shows two pixels, one above the other."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PIL import Image
from rich.color import Color
from rich.console import Group
from rich.style import Style
from rich.table import Table
from rich.text import Text

HEIGHT = 20
"""Rows of pixels of a picture: two per line."""

WIDEST = 34
"""Columns of the widest picture."""

GAP = 2


def gallery(pictures: Sequence[tuple[Path, str]], width: int) -> Table:
    """Pictures side by side with their captions below, as many as fit.

    Args:
        pictures: picture files with captions; cut where a caption is wider than its picture.
        width: columns of the terminal that may be used.
    """
    table = Table.grid(padding=(0, GAP, 0, 0))
    cells: list[Group] = []
    used = 0
    for path, caption in pictures:
        with Image.open(path) as opened:
            picture = _scaled(opened.convert("RGB"))
        used += picture.width + GAP
        if used - GAP > width:
            break
        table.add_column(width=picture.width)
        words = Text(caption, style="dim", no_wrap=True, overflow="ellipsis")
        cells.append(Group(_painted(picture), words))
    table.add_row(*cells)
    return table


def _scaled(picture: Image.Image) -> Image.Image:
    scale = min(HEIGHT / picture.height, WIDEST / picture.width)
    size = (max(1, round(picture.width * scale)), max(2, round(picture.height * scale / 2) * 2))
    return picture.resize(size, Image.Resampling.LANCZOS)


def _painted(picture: Image.Image) -> Text:
    lines = []
    for row in range(0, picture.height, 2):
        line = Text(no_wrap=True)
        for column in range(picture.width):
            upper, lower = _colour(picture, column, row), _colour(picture, column, row + 1)
            line.append("▀", Style(color=upper, bgcolor=lower))
        lines.append(line)
    return Text("\n").join(lines)


def _colour(picture: Image.Image, column: int, row: int) -> Color:
    pixel = picture.getpixel((column, row))
    assert isinstance(pixel, tuple)
    red, green, blue = (int(value) for value in pixel[:3])
    return Color.from_rgb(red, green, blue)
