"""Previews out of files on a disk."""

from __future__ import annotations

import os
from pathlib import Path

from imgsearch_desktop.adapters.imaging.embedded_previews import EmbeddedPreviews
from imgsearch_desktop.application.ports import Preview
from tests.support.pictures import write_picture, write_with_preview


def test_the_preview_comes_as_the_camera_wrote_it(tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg"
    preview = write_with_preview(path, orientation=6)
    assert EmbeddedPreviews().read(os.fsencode(path)) == Preview(preview, 6)


def test_files_without_one_and_files_that_are_gone_have_none(tmp_path: Path) -> None:
    plain = write_picture(tmp_path / "plain.jpg", width=64, height=48)
    for path in (plain, tmp_path / "gone.jpg", tmp_path):
        assert EmbeddedPreviews().read(os.fsencode(path)) is None
