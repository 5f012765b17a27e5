"""Pictures that are examples in a query."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from imgsearch_desktop.adapters.imaging.example_reader import PoolExampleReader
from imgsearch_desktop.application.settings import IndexingSettings
from imgsearch_desktop.domain.errors import PhotoUnreadableError
from imgsearch_desktop.domain.query import Box
from tests.adapters.imaging.decoding import INPUT, decoded, wait_until
from tests.support.pictures import encoded, exif_bytes, scene, turned, write_picture


@pytest.fixture
def reader() -> Iterator[PoolExampleReader]:
    reader = PoolExampleReader(IndexingSettings(file_deadline_s=20.0))
    yield reader
    reader.close()


def test_a_file_gives_what_indexing_gives(tmp_path: Path, reader: PoolExampleReader) -> None:
    path = write_picture(tmp_path / "a.jpg", 3, 640, 480)
    pixels = reader.read(os.fsencode(path), INPUT, None)
    indexed = decoded(path).pixels
    assert indexed is not None
    assert pixels.dtype == np.uint8
    assert (pixels == indexed).all()


def test_a_picture_in_memory_gives_the_same(tmp_path: Path, reader: PoolExampleReader) -> None:
    for image_format in ("jpeg", "png", "webp"):
        data = encoded(scene(4), image_format)
        path = tmp_path / f"a.{image_format}"
        path.write_bytes(data)
        from_memory = reader.read_data(data, INPUT, None)
        assert (from_memory == reader.read(os.fsencode(path), INPUT, None)).all()


def test_a_box_of_the_upright_picture(reader: PoolExampleReader) -> None:
    upright = Image.new("RGB", (400, 200), (255, 0, 0))
    upright.paste((0, 0, 255), (200, 0, 400, 200))
    data = encoded(turned(upright, 6), "png", exif_bytes(6))
    pixels = reader.read_data(data, INPUT, Box(0.6, 0.1, 0.9, 0.9))
    assert (pixels == (0, 0, 255)).all()


def test_a_small_box_of_a_large_picture_keeps_its_detail(reader: PoolExampleReader) -> None:
    image = scene(5, 3000, 2000)
    box = Box(0.4, 0.4, 0.5, 0.55)
    pixels = reader.read_data(encoded(image, "jpeg"), INPUT, box)
    part = (
        image.crop((1200, 800, 1500, 1100))
        .resize((256, 256), Image.Resampling.BICUBIC)
        .crop((16, 16, 240, 240))
    )
    assert np.abs(pixels.astype(int) - np.asarray(part)).mean() < 4


@pytest.mark.parametrize(
    ("data", "words"),
    [(b"", "empty"), (b"no picture", "not a picture"), (b"\xff\xd8\xff\xe0broken", "picture")],
)
def test_what_cannot_be_read_is_said_clearly(reader: PoolExampleReader, data: bytes, words: str) -> None:
    with pytest.raises(PhotoUnreadableError, match=words):
        reader.read_data(data, INPUT, None)


def test_a_file_that_is_gone(tmp_path: Path, reader: PoolExampleReader) -> None:
    with pytest.raises(PhotoUnreadableError, match="not there"):
        reader.read(os.fsencode(tmp_path / "gone.jpg"), INPUT, None)


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="this system cannot stop a process by a signal")
def test_an_example_that_crashes_the_decoder(tmp_path: Path, reader: PoolExampleReader) -> None:
    data = encoded(scene(6), "png")
    reader.read_data(data, INPUT, None)
    (pid,) = reader.worker_pids
    os.kill(pid, signal.SIGSTOP)
    with ThreadPoolExecutor(1) as executor:
        reading = executor.submit(reader.read_data, data, INPUT, None)
        assert wait_until(lambda: not reader._supervisor._crew[0].idle)
        os.kill(pid, signal.SIGKILL)
        with pytest.raises(PhotoUnreadableError, match="crashed the decoder"):
            reading.result(30)
    assert reader.read_data(data, INPUT, None).shape == (224, 224, 3)


def test_many_threads_at_once(reader: PoolExampleReader) -> None:
    pictures = [encoded(Image.new("RGB", (32, 32), (seed, 0, 0)), "png") for seed in range(24)]
    with ThreadPoolExecutor(8) as executor:
        results = list(executor.map(lambda data: reader.read_data(data, INPUT, None), pictures))
    assert [int(pixels[0, 0, 0]) for pixels in results] == list(range(24))


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="this system cannot stop a process by a signal")
def test_closing_releases_whoever_waits(reader: PoolExampleReader) -> None:
    data = encoded(scene(7), "png")
    reader.read_data(data, INPUT, None)
    os.kill(reader.worker_pids[0], signal.SIGSTOP)
    told: list[str] = []

    def wait() -> None:
        try:
            reader.read_data(data, INPUT, None)
        except PhotoUnreadableError as error:
            told.append(str(error))

    thread = threading.Thread(target=wait)
    thread.start()
    assert wait_until(lambda: not reader._supervisor._crew[0].idle)
    reader.close()
    thread.join(10)
    assert told == ["The program is closing."]
    with pytest.raises(PhotoUnreadableError, match="closing"):
        reader.read_data(data, INPUT, None)


def test_a_reader_that_was_never_used_can_be_closed_twice() -> None:
    reader = PoolExampleReader(IndexingSettings())
    reader.close()
    reader.close()
