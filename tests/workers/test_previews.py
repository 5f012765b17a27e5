"""Previews are shown as their photos will be."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from imgsearch_desktop.application.ports import Preview
from imgsearch_desktop.workers.previews import upright
from tests.support.pictures import turned


def quarters() -> Image.Image:
    """32 x 16, each quarter of another colour."""
    picture = Image.new("RGB", (32, 16))
    for place, colour in (((0, 0), "red"), ((16, 0), "lime"), ((0, 8), "blue"), ((16, 8), "white")):
        picture.paste(Image.new("RGB", (16, 8), colour), place)
    return picture


@pytest.mark.parametrize("orientation", range(1, 9))
def test_it_is_upright(qapp, orientation):
    buffer = io.BytesIO()
    turned(quarters(), orientation).save(buffer, "JPEG", quality=95, subsampling=0)
    image = upright(Preview(buffer.getvalue(), orientation))
    assert (image.width(), image.height()) == (32, 16)
    shown = [image.pixelColor(x, y) for x, y in ((4, 2), (28, 2), (4, 13), (28, 13))]
    corners = [(colour.red(), colour.green(), colour.blue()) for colour in shown]
    wanted = [(255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 255)]
    for found, colour in zip(corners, wanted, strict=True):
        assert max(abs(a - b) for a, b in zip(found, colour, strict=True)) < 12


@pytest.mark.qt_log_ignore("Corrupt JPEG", "Not a JPEG", "Unsupported", "Premature", "qt.gui")
def test_what_is_no_picture_is_no_image(qapp):
    assert upright(Preview(b"\xff\xd8\xff nothing", 1)).isNull()
