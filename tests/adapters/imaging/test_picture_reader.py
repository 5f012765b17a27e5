"""Whole pictures for the viewer: upright, in the colours of a screen, from a process that may break."""

from __future__ import annotations

import os
import signal
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from imgsearch_desktop.adapters.imaging.picture_reader import PoolPictureReader
from imgsearch_desktop.adapters.imaging.whole_picture import NO_ROOM, write_picture
from imgsearch_desktop.application.settings import IndexingSettings
from imgsearch_desktop.domain.errors import PhotoUnreadableError
from tests.adapters.imaging.decoding import wait_until
from tests.adapters.imaging.test_colour import wide_gamut
from tests.support.photos import PHOTOS, needs_photos
from tests.support.pictures import encoded, exif_bytes, scene, turned


@pytest.fixture
def reader(tmp_path, monkeypatch):
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    made = PoolPictureReader(IndexingSettings(file_deadline_s=20.0))
    yield made
    made.close()
    assert list(temporary.iterdir()) == [], "a picture was left in the temporary files"


def read(reader, path, longest_side=4096):
    return reader.read_whole(os.fsencode(path), longest_side)


def difference(pixels, image):
    assert pixels.shape == (image.height, image.width, 3)
    return float(np.abs(pixels.astype(np.float32) - np.asarray(image, np.float32)).mean())


def test_every_pixel_comes_as_it_is(reader, tmp_path):
    path = tmp_path / "a.png"
    path.write_bytes(encoded(scene(1, 401, 299), "png"))
    pixels = read(reader, path)
    assert pixels.dtype == np.uint8
    assert pixels.flags.writeable
    assert difference(pixels, scene(1, 401, 299)) == 0


@pytest.mark.parametrize("orientation", [3, 6, 7])
def test_it_is_upright(reader, tmp_path, orientation):
    upright = scene(2, 320, 200)
    path = tmp_path / "a.jpg"
    path.write_bytes(encoded(turned(upright, orientation), "jpeg", exif_bytes(orientation)))
    assert difference(read(reader, path), upright) < 4


def test_a_larger_picture_is_scaled_down_and_a_smaller_one_is_not(reader, tmp_path):
    path = tmp_path / "a.jpg"
    path.write_bytes(encoded(scene(3, 1600, 1200)))
    small = scene(3, 1600, 1200).resize((400, 300), Image.Resampling.LANCZOS)
    assert difference(read(reader, path, 400), small) < 4
    assert read(reader, path, 1600).shape == (1200, 1600, 3)


def test_colours_of_another_profile_become_those_of_a_screen(reader, tmp_path):
    path = tmp_path / "wide.png"
    Image.new("RGB", (64, 48), (255, 0, 0)).save(path, icc_profile=wide_gamut())
    red = read(reader, path)[20, 20]
    assert red[1] > 250
    assert red[0] < 5


@pytest.mark.parametrize(
    ("content", "reason"), [(b"", "empty"), (b"not a picture at all", "not"), (None, "cut off")]
)
def test_a_broken_file_says_why_and_the_next_one_is_read(reader, tmp_path, content, reason):
    broken, whole = tmp_path / "broken.jpg", tmp_path / "whole.jpg"
    whole.write_bytes(encoded(scene(4)))
    broken.write_bytes(whole.read_bytes()[:2000] if content is None else content)
    with pytest.raises(PhotoUnreadableError, match=reason):
        read(reader, broken)
    assert read(reader, whole).shape == (240, 320, 3)


def test_a_file_that_is_gone_says_so(reader, tmp_path):
    with pytest.raises(PhotoUnreadableError):
        read(reader, tmp_path / "gone.jpg")


def test_names_that_are_no_text_are_read(reader, tmp_path):
    path = os.fsencode(tmp_path) + b"/\xff\xfe.jpg"
    Path(os.fsdecode(path)).write_bytes(encoded(scene(5)))
    assert reader.read_whole(path, 4096).shape == (240, 320, 3)


def test_several_threads_get_each_their_own(reader, tmp_path):
    paths = [tmp_path / f"{seed}.png" for seed in range(6)]
    for seed, path in enumerate(paths):
        path.write_bytes(encoded(scene(seed, 100 + seed, 80), "png"))
    with ThreadPoolExecutor(3) as threads:
        found = list(threads.map(lambda path: read(reader, path), paths))
    assert [difference(pixels, scene(seed, 100 + seed, 80)) for seed, pixels in enumerate(found)] == [0.0] * 6


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="this system cannot hold a process still")
def test_closing_tells_whoever_waits(reader, tmp_path):
    path = tmp_path / "a.jpg"
    path.write_bytes(encoded(scene(7)))
    read(reader, path)
    (worker,) = reader.worker_pids
    os.kill(worker, signal.SIGSTOP)
    with ThreadPoolExecutor(1) as thread:
        waiting = thread.submit(read, reader, path)
        assert wait_until(lambda: reader.waiting == 1)
        reader.close()
        with pytest.raises(PhotoUnreadableError, match="closing"):
            waiting.result(20)
    with pytest.raises(PhotoUnreadableError, match="closing"):
        read(reader, path)


def test_a_worker_that_dies_costs_one_picture(reader, tmp_path):
    path = tmp_path / "a.jpg"
    path.write_bytes(encoded(scene(8)))
    read(reader, path)
    (worker,) = reader.worker_pids
    os.kill(worker, signal.SIGKILL)
    with suppress(PhotoUnreadableError):  # unless it was replaced before
        read(reader, path)
    assert read(reader, path).shape == (240, 320, 3)


def test_without_room_for_the_pixels_it_says_what_to_do(tmp_path):
    path = tmp_path / "a.jpg"
    path.write_bytes(encoded(scene(6)))
    with pytest.raises(PhotoUnreadableError) as refused:
        write_picture(os.fsencode(path), 4096, b"/dev/full")
    assert str(refused.value) == NO_ROOM


@needs_photos
@pytest.mark.parametrize(
    ("path", "size"),
    [
        ("formats/formats/jxl/8bit-sRGB.jxl", (1440, 1080)),
        ("formats/formats/avif/8bit-sRGB.avif", (1617, 1080)),
        ("formats/formats/heic/IMG_2682.heic", (4032, 3024)),
    ],
)
def test_real_photos_come_whole(reader, path, size):
    pixels = read(reader, PHOTOS / path)
    assert (pixels.shape[1], pixels.shape[0]) == size
    assert pixels.std() > 20
