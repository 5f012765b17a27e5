"""The thumbnail loader: order, dropping, sizes, bad bytes."""

from __future__ import annotations

import io
import threading

import pytest
from PIL import Image

from imgsearch_desktop.workers import threads
from imgsearch_desktop.workers.thumbnails import ThumbnailLoader, TileSize, decode

WHOLE = TileSize(100, fill=False)


def jpeg(width: int, height: int, colour: str = "red") -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(data, "JPEG")
    return data.getvalue()


@pytest.fixture
def loader_of(qapp):
    loaders: list[ThumbnailLoader] = []

    def make(load, threads=1):
        loaders.append(ThumbnailLoader(load, threads))
        return loaders[-1]

    yield make
    for loader in loaders:
        loader.close()
        assert threads.wait()


def test_whole_pictures_keep_their_shape_and_fill_cuts_a_square():
    data = jpeg(384, 192)
    whole = decode(data, TileSize(100, fill=False))
    assert (whole.width(), whole.height()) == (100, 50)
    fill = decode(data, TileSize(100, fill=True))
    assert (fill.width(), fill.height()) == (100, 100)


def test_small_pictures_are_enlarged_twice_at_most():
    image = decode(jpeg(40, 30), TileSize(100, fill=False))
    assert (image.width(), image.height()) == (80, 60)
    image = decode(jpeg(80, 60), TileSize(100, fill=False))
    assert (image.width(), image.height()) == (100, 75)


def test_a_very_long_picture_is_at_least_one_pixel_high():
    image = decode(jpeg(300, 1), TileSize(100, fill=False))
    assert (image.width(), image.height()) == (100, 1)


def test_qt_is_not_asked_what_the_bytes_are():
    """Asking loads its SVG reader on this thread, which can stop the GUI thread for ever (see `decode`)."""
    png = io.BytesIO()
    Image.new("RGB", (40, 30)).save(png, "png")
    assert decode(png.getvalue(), TileSize(64, False)).isNull()


def test_the_visible_ones_come_first_and_in_order(qtbot, loader_of):
    loader = loader_of(lambda photo_id: jpeg(20 + photo_id, 50))
    order: list[tuple[int, int]] = []
    loader.loaded.connect(lambda photo_id, _size, image: order.append((photo_id, image.width())))
    loader.request([3, 1, 2], TileSize(50, fill=False))
    qtbot.waitUntil(lambda: len(order) == 3)
    assert order == [(3, 23), (1, 21), (2, 22)]


def test_what_was_scrolled_past_is_dropped(qtbot, loader_of):
    gate, begun = threading.Event(), threading.Event()
    asked: list[int] = []

    def load(photo_id):
        asked.append(photo_id)
        begun.set()
        gate.wait(5)
        return jpeg(10, 10)

    loader = loader_of(load)
    got: list[int] = []
    loader.loaded.connect(lambda photo_id, *_: got.append(photo_id))
    loader.request([1, 2, 3], WHOLE)
    qtbot.waitUntil(begun.is_set)
    loader.request([8, 9], WHOLE)
    gate.set()
    qtbot.waitUntil(lambda: len(got) == 3)
    assert asked == [1, 8, 9]


def test_a_missing_or_broken_thumbnail_is_none(qtbot, loader_of, expect_log):
    expect_log("thumbnail of photo 3")

    def load(photo_id):
        if photo_id == 3:
            raise OSError("the disk is gone")
        return None if photo_id == 1 else b"no picture"

    loader = loader_of(load)
    got = {}
    loader.loaded.connect(lambda photo_id, _size, image: got.update({photo_id: image}))
    loader.request([1, 2, 3], WHOLE)
    qtbot.waitUntil(lambda: len(got) == 3)
    assert got == {1: None, 2: None, 3: None}


def test_two_threads_never_load_the_same_twice(qtbot, loader_of):
    asked: list[int] = []

    def load(photo_id):
        asked.append(photo_id)
        return jpeg(10, 10)

    loader = loader_of(load, threads=2)
    got: list[int] = []
    loader.loaded.connect(lambda photo_id, *_: got.append(photo_id))
    loader.request(list(range(50)), WHOLE)
    qtbot.waitUntil(lambda: len(got) == 50)
    assert sorted(asked) == list(range(50))


def test_closing_with_work_left_ends_the_threads(qtbot, loader_of):
    loader = loader_of(lambda _photo_id: jpeg(10, 10), threads=2)
    loader.request(list(range(10_000)), WHOLE)
    loader.close()
    assert threads.wait()
    loader.request([1], WHOLE)
