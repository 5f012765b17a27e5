"""Any colours become sRGB; transparency shows white paper."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageCms

from imgsearch_desktop.adapters.imaging.colour import as_rgb, as_srgb, shrunk
from tests.adapters.imaging.decoding import decoded, difference, shown
from tests.support.pictures import scene

SCENE = scene(7, 120, 80)


def converted(image: Image.Image, profile: bytes | None = None) -> Image.Image:
    rgb = as_rgb(shrunk(image, 1), profile)
    assert rgb.mode == "RGB"
    return rgb


def saved(path: Path, image: Image.Image, **options: Any) -> Image.Image:
    """The thumbnail of a picture that went through a file."""
    image.save(path, **options)
    return shown(decoded(path))


@pytest.mark.parametrize("mode", ["RGBA", "RGBX", "YCbCr", "HSV", "CMYK"])
def test_colour_modes_look_the_same(mode: str) -> None:
    assert difference(converted(SCENE.convert(mode)), SCENE) < 3


@pytest.mark.parametrize("mode", ["L", "LA", "I", "F"])
def test_grey_modes_look_the_same(mode: str) -> None:
    grey = SCENE.convert("L")
    assert difference(converted(grey.convert(mode)), grey.convert("RGB")) < 1


def test_16_bit_grey_keeps_its_levels() -> None:
    levels = np.asarray(SCENE.convert("L"), dtype=np.uint16) * 257
    for image in (Image.fromarray(levels), Image.fromarray(levels.astype(np.int32))):
        assert difference(converted(image), SCENE.convert("L").convert("RGB")) < 1


def test_floating_levels_from_0_to_1_and_beyond() -> None:
    grey = np.asarray(SCENE.convert("L"), dtype=np.float32)
    assert difference(converted(Image.fromarray(grey / 255)), SCENE.convert("L").convert("RGB")) < 1.5
    wild = np.array([[-500.0, 0.0], [np.nan, 1e6]], dtype=np.float32)
    assert np.asarray(converted(Image.fromarray(wild))).max() == 255


def test_black_and_white() -> None:
    bilevel = SCENE.convert("1")
    assert difference(converted(bilevel), bilevel.convert("RGB")) == 0


@pytest.mark.parametrize("mode", ["RGBA", "LA"])
def test_transparency_shows_white(mode: str) -> None:
    clear = Image.new(mode, (8, 8), 0)
    assert np.asarray(converted(clear)).min() == 255


def test_transparent_palette_and_key_colour(tmp_path: Path) -> None:
    palette = SCENE.quantize(8)
    palette.info["transparency"] = palette.getpixel((0, 0))
    assert converted(palette).getpixel((0, 0)) == (255, 255, 255)
    keyed = Image.new("RGB", (8, 8), (10, 20, 30))
    assert saved(tmp_path / "keyed.png", keyed, transparency=(10, 20, 30)).getpixel((0, 0)) == (255, 255, 255)


def test_half_transparent_edges_do_not_darken_when_shrunk() -> None:
    pixels = np.zeros((64, 64, 4), dtype=np.uint8)
    pixels[:, 1::2] = (255, 0, 0, 255)  # every other column is clear black
    red = np.asarray(as_rgb(shrunk(Image.fromarray(pixels), 2), None))
    assert red[..., 0].min() == 255
    assert abs(int(red[..., 1].mean()) - 128) < 3


def test_gif_with_transparency_and_animation_shows_its_first_frame(tmp_path: Path) -> None:
    frames = [scene(seed, 90, 60) for seed in (1, 2, 3)]
    thumbnail = saved(tmp_path / "a.gif", frames[0], save_all=True, append_images=frames[1:], duration=50)
    assert difference(thumbnail, frames[0]) < 12
    for suffix in ("webp", "png"):
        path = tmp_path / f"a.{suffix}"
        thumbnail = saved(path, frames[0], save_all=True, append_images=frames[1:], duration=50)
        assert difference(thumbnail, frames[0]) < 12


@pytest.mark.parametrize("mode", ["CMYK", "L"])
def test_jpeg_of_other_colours(tmp_path: Path, mode: str) -> None:
    thumbnail = saved(tmp_path / "a.jpg", SCENE.convert(mode), quality=95)
    assert difference(thumbnail, SCENE.convert(mode).convert("RGB")) < 8


def wide_gamut() -> bytes:
    """A profile whose colours are sRGB's in another order: green, blue, red."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    at = {tag: profile.index(tag, 128) for tag in (b"rXYZ", b"gXYZ", b"bXYZ")}
    places = [bytes(profile[at[tag] + 4 : at[tag] + 12]) for tag in (b"gXYZ", b"bXYZ", b"rXYZ")]
    for tag, place in zip((b"rXYZ", b"gXYZ", b"bXYZ"), places, strict=True):
        profile[at[tag] + 4 : at[tag] + 12] = place
    return bytes(profile).replace("sRGB".encode("utf-16-be"), "WIDE".encode("utf-16-be"))


def test_srgb_and_broken_profiles_change_nothing() -> None:
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for profile in (None, b"", b"no profile at all", srgb, srgb[:200], b"x" * 5_000_000):
        assert as_srgb(SCENE, profile) is SCENE


def test_another_profile_is_converted(tmp_path: Path) -> None:
    red = Image.new("RGB", (64, 64), (255, 0, 0))
    expected = np.asarray(as_srgb(red, wide_gamut()))[0, 0]
    assert expected[1] > 200 > 100 > expected[0]
    for suffix in ("jpg", "png", "webp", "tif"):
        path = tmp_path / f"a.{suffix}"
        thumbnail = saved(path, red, icc_profile=wide_gamut())
        assert difference(thumbnail, Image.new("RGB", (64, 64), tuple(expected.tolist()))) < 6, suffix
        pixels = decoded(path).pixels
        assert pixels is not None
        assert np.abs(pixels[100, 100].astype(int) - expected).max() < 10, suffix


def test_a_profile_for_other_channels_is_left_alone() -> None:
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    assert as_srgb(SCENE, lab) is SCENE
    assert difference(converted(SCENE.convert("CMYK"), lab), SCENE) < 3


def test_a_16_bit_png_and_tiff(tmp_path: Path) -> None:
    levels = Image.fromarray(np.asarray(SCENE.convert("L"), dtype=np.uint16) * 257)
    for suffix in ("png", "tif"):
        assert difference(saved(tmp_path / f"a.{suffix}", levels), SCENE.convert("L").convert("RGB")) < 4
    buffer = io.BytesIO()
    levels.save(buffer, "PNG")
    assert buffer.getvalue()[24] == 16
