"""Thumbnail, perceptual hash, average colour and palette."""

from __future__ import annotations

import io
import itertools
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from imgsearch_desktop.adapters.imaging.derived import derive, thumbnail_image, thumbnail_jpeg
from tests.adapters.imaging.decoding import difference
from tests.support.photos import PHOTOS, needs_photos
from tests.support.pictures import scene


def hash_of(image: Image.Image) -> int:
    return derive(thumbnail_image(image.convert("RGB"), 384)).perceptual_hash


def distance(first: int, second: int) -> int:
    return (first ^ second).bit_count()


def recompressed(image: Image.Image, quality: int) -> Image.Image:
    buffer = io.BytesIO()
    image.convert("RGB").save(buffer, "JPEG", quality=quality)
    return Image.open(io.BytesIO(buffer.getvalue()))


@pytest.mark.parametrize("size", [(1000, 750), (750, 1000), (385, 10), (5000, 1), (1, 5000), (384, 384)])
def test_a_thumbnail_fits_and_keeps_the_shape(size: tuple[int, int]) -> None:
    image = Image.new("RGB", size, (9, 99, 199))
    thumbnail = thumbnail_image(image, 384)
    assert max(thumbnail.size) == 384
    assert min(thumbnail.size) == max(round(min(size) * 384 / max(size)), 1)
    assert thumbnail.getpixel((0, 0)) == (9, 99, 199)


def test_a_small_picture_is_not_enlarged() -> None:
    image = scene(1, 60, 40)
    assert thumbnail_image(image, 384) is image


def test_a_thumbnail_is_sharp() -> None:
    image = scene(2, 1600, 1200)
    exact = image.resize((384, 288), Image.Resampling.BICUBIC)
    assert difference(thumbnail_image(image, 384), exact) < 2


def test_a_thumbnail_is_a_plain_small_jpeg() -> None:
    data = thumbnail_jpeg(scene(3, 384, 288))
    assert len(data) < 40_000
    opened = Image.open(io.BytesIO(data))
    assert (opened.format, opened.mode, opened.size) == ("JPEG", "RGB", (384, 288))
    assert not opened.getexif()


def test_average_colour_and_palette() -> None:
    image = Image.new("RGB", (300, 200), (200, 40, 40))
    image.paste((20, 20, 220), (0, 0, 100, 200))
    values = derive(image)
    assert values.average_colour == pytest.approx((140, 33, 100), abs=2)
    assert values.palette[0] == pytest.approx((200, 40, 40), abs=6)
    assert any(colour == pytest.approx((20, 20, 220), abs=6) for colour in values.palette)


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 10_000), st.integers(1, 400), st.integers(1, 400))
def test_values_of_any_picture(seed: int, width: int, height: int) -> None:
    values = derive(thumbnail_image(scene(seed, width, height), 384))
    assert 0 <= values.perceptual_hash < 2**64
    assert 1 <= len(values.palette) <= 5
    assert len(set(values.palette)) == len(values.palette)
    assert all(0 <= level <= 255 for colour in (*values.palette, values.average_colour) for level in colour)


def test_pictures_of_one_colour_share_a_hash() -> None:
    hashes = {hash_of(Image.new("RGB", (300, 200), (level, level, level))) for level in (0, 1, 127, 254, 255)}
    assert hashes == {0}


def test_noise_of_one_level_does_not_make_a_hash() -> None:
    noise = np.random.default_rng(1).integers(127, 129, (200, 300, 3)).astype(np.uint8)
    assert hash_of(Image.fromarray(noise)) == 0


def test_half_of_the_bits_are_set() -> None:
    counts = [hash_of(scene(seed)).bit_count() for seed in range(20)]
    assert all(24 <= count <= 32 for count in counts)


@pytest.mark.parametrize("seed", range(6))
def test_the_hash_survives_compression_and_scaling(seed: int) -> None:
    image = scene(seed, 800, 600)
    for other in (recompressed(image, 40), image.resize((400, 300)), image.resize((1600, 1200))):
        assert distance(hash_of(image), hash_of(other)) <= 4


def test_different_pictures_are_far_apart() -> None:
    hashes = [hash_of(scene(seed)) for seed in range(30)]
    assert min(distance(a, b) for a, b in itertools.combinations(hashes, 2)) > 8


def sample_photos(count: int) -> list[Path]:
    photos = sorted(
        path for folder in ("subjects", "scenes", "clothing") for path in (PHOTOS / folder).rglob("*.jpg")
    )
    return photos[:: max(len(photos) // count, 1)]


@needs_photos
def test_the_hash_on_real_photos() -> None:
    hashes = []
    for path in sample_photos(60):
        image = Image.open(path).convert("RGB")
        original = hash_of(image)
        half = image.resize((image.width // 2, image.height // 2), Image.Resampling.LANCZOS)
        assert distance(original, hash_of(recompressed(image, 50))) <= 8, path
        assert distance(original, hash_of(recompressed(half, 75))) <= 8, path
        hashes.append(original)
    distances = [distance(a, b) for a, b in itertools.combinations(hashes, 2)]
    assert np.mean(np.array(distances) > 16) > 0.97
    assert np.mean(np.array(distances) <= 8) < 0.002
