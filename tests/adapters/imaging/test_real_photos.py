"""Real files through the real pool: each ends as a photo or as one clear line, and the pool lives on."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from imgsearch_desktop.application.ports import DecodedPhoto, DecodeFailure
from tests.adapters.imaging.decoding import decode_all, decode_pool, decoded, difference, shown
from tests.support.photos import PHOTOS, needs_photos

pytestmark = needs_photos

READABLE = {"formats": 118, "exif": 85, "orientation": 18, "broken": 10}
"""How many files of a folder are pictures."""

REASONS = {
    "truncated_jpeg.jpg": "cut off",
    "truncated_image.png": "cut off",
    "tests_images_heif_corrupted_corrupted.heic": "cut off",
    "tests_images_heif_corrupted_empty.heic": "empty",
    "decompression_bomb.gif": "too large",
    "decompression_bomb.ico": "not supported",
    "negative_layer_count.psd": "Photoshop document",
    "crash-5762152299364352.fli": "FLI animation",
    "negative_size.ppm": "Netpbm",
    "bad_palette_file.gpl": "not a picture",
    "testcases_bike_5_input.jxl": "not a picture",
}
"""Words of the reason that some files must be refused for."""


def files_below(folder: str) -> list[Path]:
    return sorted(path for path in (PHOTOS / folder).rglob("*") if path.is_file())


@pytest.mark.parametrize("folder", READABLE)
def test_every_file_ends_in_one_clear_way(folder: str) -> None:
    paths = files_below(folder)
    with decode_pool(workers=2) as pool:
        outcomes = decode_all(pool, paths)
        pids = pool.worker_pids
        again = decode_all(pool, paths[-1:])
        assert set(pool.worker_pids) <= set(pids), "a worker died"
    assert type(again[0]) is type(outcomes[-1])
    for path, outcome in zip(paths, outcomes, strict=True):
        if isinstance(outcome, DecodeFailure):
            assert re.fullmatch(r"(The|This) [^\n]{10,120}\.", outcome.reason), path
            assert not outcome.retry, path
            assert not outcome.vanished, path
            assert REASONS.get(path.name, "") in outcome.reason, path
        else:
            assert path.name not in REASONS
            assert outcome.pixels is not None, path
            assert outcome.pixels.shape == (224, 224, 3), path
            assert max(shown(outcome).size) <= 384, path
    readable = Counter(type(outcome) for outcome in outcomes)[DecodedPhoto]
    assert readable == READABLE[folder]


@pytest.mark.parametrize("shape", ["Landscape", "Portrait"])
def test_every_orientation_shows_the_same_picture(shape: str) -> None:
    photos = [decoded(PHOTOS / "orientation" / f"{shape}_{number}.jpg") for number in range(9)]
    upright = shown(photos[1])
    assert (upright.width > upright.height) == (shape == "Landscape")
    for number, photo in enumerate(photos):
        assert photo.facts is not None
        assert photo.facts.orientation == max(number, 1)
        assert difference(shown(photo), upright) < 6  # the number painted on it differs


@pytest.mark.parametrize("number", range(1, 9))
def test_perceptual_hashes_of_turned_copies_agree(number: int) -> None:
    first = decoded(PHOTOS / "orientation" / "Landscape_1.jpg").facts
    other = decoded(PHOTOS / "orientation" / f"Landscape_{number}.jpg").facts
    assert first is not None
    assert other is not None
    assert (first.perceptual_hash ^ other.perceptual_hash).bit_count() <= 8


def test_an_iphone_photo() -> None:
    photo = decoded(PHOTOS / "formats/formats/heic/IMG_2682.heic")
    assert photo.facts is not None
    assert (photo.facts.format, photo.facts.width, photo.facts.height) == ("heic", 4032, 3024)
    assert photo.facts.orientation == photo.orientation == 1
    assert photo.fingerprint.picture_hash == photo.fingerprint.file_hash


def test_jxl_and_avif_of_real_writers() -> None:
    for path, size in (
        ("formats/jxl/8bit-sRGB.jxl", (1440, 1080)),
        ("formats/avif/8bit-sRGB.avif", (1617, 1080)),
    ):
        facts = decoded(PHOTOS / "formats" / path).facts
        assert facts is not None
        assert (facts.width, facts.height) == size


def test_a_jxl_in_other_colours_and_turned() -> None:
    """A conformance file, its channels swapped by its profile, turned by its code stream: a red bench."""
    bench = shown(decoded(PHOTOS / "formats/jxl/testcases_bench_oriented_brg_input.jxl"))
    red, green, _ = bench.getpixel((bench.width // 10, bench.height * 47 // 100))  # type: ignore[misc]
    assert bench.width > bench.height
    assert red > 1.5 * green
