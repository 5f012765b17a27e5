"""What a drop means: pictures, folders, mixtures, image data, addresses, texts."""

from __future__ import annotations

import io
import os

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QByteArray, QMimeData, QUrl
from PySide6.QtGui import QColor, QImage

from imgsearch_desktop.ui.grid.contents import Contents
from imgsearch_desktop.ui.grid.model import PhotoModel, url_of
from imgsearch_desktop.ui.state.dropped import Dropped, guess, look, path_of


def mime(*paths: str | bytes) -> QMimeData:
    data = QMimeData()
    data.setUrls([url_of(os.fsencode(path)) for path in paths])
    return data


def test_names_tell_pictures_from_folders_during_the_drag():
    dropped = guess(mime("/a/IMG.JPG", "/a/Holiday 2024", "/a/notes.txt"))
    assert dropped.pictures == (b"/a/IMG.JPG",)
    assert dropped.folders == (b"/a/Holiday 2024",)
    assert dropped.others == 1
    assert dropped.searches
    assert dropped.adds


def test_the_disk_decides_in_the_end(tmp_path):
    folder = tmp_path / "odd.jpg"
    folder.mkdir()
    bare = tmp_path / "picture-without-ending"
    bare.write_bytes(b"x")
    looked = look(guess(mime(str(folder), str(bare), str(tmp_path / "gone"))))
    assert looked.folders == (os.fsencode(folder),)
    assert looked.pictures == (os.fsencode(bare),)
    assert looked.others == 1


@pytest.mark.parametrize("name", [b"caf\xe9.jpg", "Übung ü.jpg".encode(), b"100% #1?.jpg"])
def test_every_byte_of_a_path_survives(name):
    assert path_of(url_of(b"/photos/" + name)) == b"/photos/" + name


def test_ten_thousand_files_are_pictures_to_search_with():
    dropped = guess(mime(*(f"/a/{number}.jpg" for number in range(10_000))))
    assert len(dropped.pictures) == 10_000
    assert not dropped.adds


def test_pixels_are_encoded_when_looked_at():
    data = QMimeData()
    image = QImage(8, 6, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    data.setImageData(image)
    dropped = guess(data)
    assert dropped.searches
    png = look(dropped).data
    assert Image.open(io.BytesIO(png)).size == (8, 6)


def test_an_encoded_picture_is_taken_as_it_is():
    data = QMimeData()
    data.setData("image/png", QByteArray(b"\x89PNG..."))
    assert guess(data).data == b"\x89PNG..."


def test_a_web_address_names_its_host():
    data = QMimeData()
    data.setUrls([QUrl("https://example.com/cat.jpg")])
    dropped = guess(data)
    assert dropped.url == "https://example.com/cat.jpg"
    assert dropped.host == "example.com"


def test_a_text_is_nothing():
    data = QMimeData()
    data.setText("hello")
    assert guess(data) == Dropped()
    assert not guess(data).searches


def test_tiles_of_our_own_are_photos_of_the_library(qapp):
    model = PhotoModel()
    model.set_contents(Contents(np.array([4, 8], np.int64)))
    assert guess(model.mime_of_rows([1])).photo_ids == (8,)
