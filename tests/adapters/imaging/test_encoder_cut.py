"""The encoder's square is what scaling first and cropping then would give."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from imgsearch_desktop.adapters.imaging.encoder_cut import encoder_square, pixels_of
from imgsearch_desktop.domain.embedding import EncoderInput
from imgsearch_desktop.domain.query import Box
from tests.adapters.imaging.decoding import INPUT, difference
from tests.support.pictures import scene

BICUBIC = Image.Resampling.BICUBIC


def scaled_then_cropped(image: Image.Image, size: int, short_side: int) -> Image.Image:
    scale = short_side / min(image.size)
    scaled = image.resize((int(image.width * scale), int(image.height * scale)), BICUBIC)
    left, top = (scaled.width - size) // 2, (scaled.height - size) // 2
    return scaled.crop((left, top, left + size, top + size))


@pytest.mark.parametrize("size", [(640, 480), (480, 640), (256, 256), (900, 600), (601, 377), (120, 90)])
def test_agrees_with_the_models_own_way(size: tuple[int, int]) -> None:
    image = scene(3, *size)
    assert difference(encoder_square(image, INPUT), scaled_then_cropped(image, 224, 256)) < 0.3


def test_squashing_shows_the_whole_picture() -> None:
    image = scene(4, 300, 100)
    square = encoder_square(image, EncoderInput(64, None))
    assert difference(square, image.resize((64, 64), BICUBIC)) == 0


def test_the_faster_way_is_near() -> None:
    image = scene(5, 1000, 750)
    fast, exact = encoder_square(image, INPUT, exact=False), encoder_square(image, INPUT)
    assert 0 < difference(fast, exact) < 2


@settings(deadline=None, max_examples=60)
@given(
    st.integers(1, 40), st.integers(1, 5000), st.booleans(), st.sampled_from([INPUT, EncoderInput(32, None)])
)
def test_any_shape(short: int, long: int, lying: bool, encoder_input: EncoderInput) -> None:
    image = Image.new("RGB", (long, short) if lying else (short, long), (10, 200, 30))
    pixels = pixels_of(encoder_square(image, encoder_input, exact=False))
    assert pixels.shape == (encoder_input.size, encoder_input.size, 3)
    assert pixels.dtype == np.uint8
    assert pixels.flags.c_contiguous
    assert pixels.flags.writeable
    assert (pixels == (10, 200, 30)).all()


def test_a_box_shows_that_part() -> None:
    image = Image.new("RGB", (400, 200), (255, 0, 0))
    image.paste((0, 0, 255), (200, 0, 400, 200))
    right = pixels_of(encoder_square(image, INPUT, Box(0.55, 0.0, 1.0, 1.0)))
    assert (right == (0, 0, 255)).all()


FRACTION = st.floats(-0.5, 1.5, allow_nan=False)


@settings(deadline=None, max_examples=60)
@given(FRACTION, FRACTION, FRACTION, FRACTION, st.integers(1, 90), st.integers(1, 90))
def test_any_box(left: float, top: float, right: float, bottom: float, width: int, height: int) -> None:
    image = Image.new("RGB", (width, height), (1, 2, 3))
    square = encoder_square(image, INPUT, Box(left, top, right, bottom))
    assert (pixels_of(square) == (1, 2, 3)).all()
