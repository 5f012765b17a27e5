"""Every format, upright, from one decode."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from imgsearch_desktop.adapters.imaging import opened_picture
from imgsearch_desktop.application.ports import DecodedPhoto, DecodeScope
from imgsearch_desktop.domain.photo import PictureFacts
from tests.adapters.imaging.decoding import decoded, difference, failure, shown
from tests.support.photos import PHOTOS, needs_photos
from tests.support.pictures import FORMATS, dng, encoded, exif_bytes, scene, turned, write_picture

UPRIGHT = scene(11, 300, 200)


def facts_of(photo: DecodedPhoto) -> PictureFacts:
    assert photo.facts is not None
    return photo.facts


def written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("image_format", FORMATS)
def test_every_format_looks_as_it_should(tmp_path: Path, image_format: str) -> None:
    photo = decoded(written(tmp_path / "a", encoded(UPRIGHT, image_format)))
    facts = facts_of(photo)
    assert (facts.format, facts.width, facts.height, facts.orientation) == (image_format, 300, 200, 1)
    assert difference(shown(photo), UPRIGHT) < (14 if image_format == "gif" else 6)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("image_format", ["jpeg", "png", "webp", "tiff", "avif", "dng"])
def test_pictures_are_turned_upright(tmp_path: Path, image_format: str, orientation: int) -> None:
    lying = turned(UPRIGHT, orientation)
    if image_format == "dng":
        data = dng(lying, orientation)
    else:
        data = encoded(lying, image_format, exif_bytes(orientation))
    path = written(tmp_path / "a", data)
    photo = decoded(path)
    facts = facts_of(photo)
    assert (facts.width, facts.height) == (300, 200)
    assert facts.orientation == photo.orientation
    assert difference(shown(photo), UPRIGHT) < 8
    known = decoded(path, DecodeScope.FINGERPRINT).orientation
    assert known == (None if image_format in {"avif", "dng"} else orientation)
    if known is not None:
        assert facts.orientation == known


@pytest.mark.parametrize("orientation", [0, 9, 77])
def test_an_orientation_that_is_none_turns_nothing(tmp_path: Path, orientation: int) -> None:
    photo = decoded(written(tmp_path / "a", encoded(UPRIGHT, "jpeg", exif_bytes(orientation))))
    assert facts_of(photo).orientation == 1
    assert difference(shown(photo), UPRIGHT) < 6


def test_the_encoder_sees_the_upright_picture(tmp_path: Path) -> None:
    straight = decoded(written(tmp_path / "a", encoded(UPRIGHT, "png"))).pixels
    quarter = decoded(written(tmp_path / "b", encoded(turned(UPRIGHT, 6), "png", exif_bytes(6)))).pixels
    assert straight is not None
    assert quarter is not None
    assert np.abs(straight.astype(int) - quarter).mean() < 0.5


@pytest.mark.parametrize("suffix", [".jpg", ".png"])
def test_a_large_picture_is_shrunk_without_a_visible_difference(tmp_path: Path, suffix: str) -> None:
    path = write_picture(tmp_path / f"a{suffix}", 12, 3000, 2000)
    photo = decoded(path)
    whole = Image.open(path).convert("RGB")
    assert (facts_of(photo).width, facts_of(photo).height) == (3000, 2000)
    assert difference(shown(photo), whole.resize((384, 256), Image.Resampling.BICUBIC)) < 4
    short = whole.resize((384, 256), Image.Resampling.BICUBIC).crop((80, 16, 304, 240))
    assert photo.pixels is not None
    assert np.abs(photo.pixels.astype(int) - np.asarray(short)).mean() < 2


@pytest.mark.parametrize("size", [(1, 1), (1, 5000), (5000, 1), (3, 2), (40, 4000)])
@pytest.mark.parametrize("image_format", ["jpeg", "png", "webp", "gif", "bmp", "tiff"])
def test_odd_shapes(tmp_path: Path, image_format: str, size: tuple[int, int]) -> None:
    photo = decoded(written(tmp_path / "a", encoded(scene(2, *size), image_format)))
    assert (facts_of(photo).width, facts_of(photo).height) == size
    assert max(shown(photo).size) == min(max(size), 384)
    assert photo.pixels is not None
    assert photo.pixels.shape == (224, 224, 3)


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9, 0.99])
@pytest.mark.parametrize("image_format", FORMATS)
def test_a_cut_off_file_is_told_from_a_whole_one(tmp_path: Path, image_format: str, share: float) -> None:
    data = encoded(scene(3, 640, 480), image_format)
    outcome = failure(written(tmp_path / "a", data[: int(len(data) * share)]))
    assert ("damaged" if image_format == "jxl" else "cut off") in outcome.reason


def test_a_cut_off_progressive_jpeg(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    scene(3, 640, 480).save(buffer, "JPEG", progressive=True)
    data = buffer.getvalue()
    assert "cut off" in failure(written(tmp_path / "a", data[: len(data) * 2 // 3])).reason


@needs_photos
@pytest.mark.parametrize("share", [0.3, 0.9])
def test_a_cut_off_heic_is_not_half_black(tmp_path: Path, share: float) -> None:
    data = (PHOTOS / "formats/formats/heic/IMG_2682.heic").read_bytes()
    assert "cut off" in failure(written(tmp_path / "a", data[: int(len(data) * share)])).reason


@pytest.mark.parametrize("image_format", [name for name in FORMATS if name != "dng"])
def test_a_picture_with_too_many_pixels(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, image_format: str
) -> None:
    for module in ("pillow_formats", "heic_format", "jxl_format"):
        check = opened_picture.check_pixels
        monkeypatch.setattr(
            f"imgsearch_desktop.adapters.imaging.{module}.check_pixels",
            lambda width, height, most=0, check=check: check(width, height, 10_000),
        )
    outcome = failure(written(tmp_path / "a", encoded(scene(1, 200, 100), image_format)))
    assert "200 x 100 pixels, too many" in outcome.reason


def test_a_raw_file_with_a_large_preview_shows_it(tmp_path: Path) -> None:
    preview = scene(4, 900, 600)
    photo = decoded(written(tmp_path / "a.dng", dng(preview)))
    assert difference(shown(photo), preview.resize((384, 256))) < 6
    assert (facts_of(photo).width, facts_of(photo).height) == (900, 600)


def test_a_preview_that_the_camera_turned_is_left_alone(tmp_path: Path) -> None:
    """Sensor data lie, the file says 'turn', but its preview stands already."""
    standing = scene(4, 600, 900)
    photo = decoded(written(tmp_path / "a.dng", dng(standing, 6, sensor=(900, 600))))
    facts = facts_of(photo)
    assert (facts.width, facts.height, facts.orientation) == (600, 900, 1)
    assert difference(shown(photo), standing.resize((256, 384))) < 6


def test_a_raw_file_without_a_preview_is_developed(tmp_path: Path) -> None:
    for orientation, size in ((1, (300, 200)), (6, (200, 300))):
        photo = decoded(written(tmp_path / "a.dng", dng(UPRIGHT, orientation, with_preview=False)))
        assert (facts_of(photo).width, facts_of(photo).height) == size
        assert np.asarray(shown(photo)).std() > 3


def test_a_raw_file_that_libraw_does_not_know_shows_its_largest_jpeg(tmp_path: Path) -> None:
    preview = scene(4, 900, 600)
    unknown = dng(preview).replace(b"\x12\xc6\x01\0\x04\0\0\0", b"\x11\xc6\x01\0\x04\0\0\0")
    unknown = unknown.replace(b"\x03\x01\x03\0\x01\0\0\0\x01\0", b"\x03\x01\x03\0\x01\0\0\0\x77\x77")
    photo = decoded(written(tmp_path / "a.raw", unknown))
    assert facts_of(photo).format == "raw"
    assert difference(shown(photo), preview.resize((384, 256))) < 6


def test_a_raw_file_without_anything_readable(tmp_path: Path) -> None:
    outcome = failure(written(tmp_path / "a.cr2", b"II*\0\x10\0\0\0CR\2\0" + bytes(5000)))
    assert "RAW file is damaged, or its camera is not known" in outcome.reason


def test_a_raw_file_that_is_turned_upside_down(tmp_path: Path) -> None:
    preview = scene(4, 900, 600)
    photo = decoded(written(tmp_path / "a.dng", dng(turned(preview, 3), 3)))
    assert facts_of(photo).orientation == 3
    assert difference(shown(photo), preview.resize((384, 256))) < 6
