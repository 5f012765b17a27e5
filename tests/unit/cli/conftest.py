"""A library of a few generated pictures, indexed once per test process."""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from imgsearch_desktop.cli import main
from tests.support.command_line import CommandLine, seed_model_cache
from tests.support.pictures import encoded, exif_bytes, scene, write_picture


@dataclass(frozen=True)
class Indexed:
    """A folder of pictures and the library that knows it."""

    folder: Path
    library: Path


def make_folder(folder: Path) -> None:
    """Six readable photos in seven files, two files that are none, one name that is no text."""
    for seed, name in enumerate(("red/one.jpg", "red/two.png", "blue/three.webp", "blue/four.jpg")):
        write_picture(folder / name, seed)
    shutil.copy(folder / "red" / "one.jpg", folder / "blue" / "copy of one.jpg")
    camera = exif_bytes(make="Canon", model="EOS 5D", date="2021:07:14 12:00:00")
    (folder / "red" / "beach holiday.jpg").write_bytes(encoded(scene(11), "jpeg", camera))
    (folder / "broken.jpg").write_bytes(b"\xff\xd8\xff\xe0 this is no picture")
    (folder / "empty.png").touch()
    if sys.platform == "linux":
        Path(os.fsdecode(bytes(folder) + b"/caf\xe9.jpg")).write_bytes(encoded(scene(12)))


@pytest.fixture(scope="session")
def indexed(tmp_path_factory: pytest.TempPathFactory, worked_out_model: Path) -> Indexed:
    """An indexed library; tests only read it."""
    base = tmp_path_factory.mktemp("indexed")
    folder, library = base / "photos", base / "library"
    make_folder(folder)
    seed_model_cache(worked_out_model, library)
    assert main(["--library", str(library), "index", str(folder)]) == 0
    return Indexed(folder, library)


@pytest.fixture
def run(indexed: Indexed, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    """Runs commands on the shared library."""
    return CommandLine(indexed.library, capsys)


@pytest.fixture
def run_new(tmp_path: Path, worked_out_model: Path, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    """Runs commands on an empty library of the test's own."""
    library = tmp_path / "library"
    seed_model_cache(worked_out_model, library)
    return CommandLine(library, capsys)
