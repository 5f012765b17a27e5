"""`imgsearch-desktop` as an installed program: it opens, works on what it is given, and closes cleanly."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from imgsearch_desktop import __version__
from tests.support.command_line import IMGSEARCH, CommandLine, seed_model_cache
from tests.support.newer_library import write_catalogue_of_a_newer_version
from tests.support.pictures import write_picture

PROGRAM = IMGSEARCH.with_name("imgsearch-desktop")

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals as POSIX has them")


def _environment(**changes: str) -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    }
    return kept | changes


def _run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(PROGRAM), *arguments],
        capture_output=True,
        text=True,
        env=_environment(),
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("name", [signal.SIGINT, signal.SIGTERM])
def test_it_indexes_a_folder_it_is_given_and_closes_on_a_signal(
    name: signal.Signals, tmp_path: Path, worked_out_model: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    library = tmp_path / "library"
    seed_model_cache(worked_out_model, library)
    for seed in range(3):
        write_picture(tmp_path / "photos" / f"{seed}.jpg", seed)
    command = [str(PROGRAM), "--library", str(library), str(tmp_path / "photos")]
    environment = _environment(QT_QPA_PLATFORM="offscreen")
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as process:
        run = CommandLine(library, capsys)
        deadline = time.monotonic() + 60
        while not (library / "catalogue.sqlite").exists() or run.json("status")["searchable"] < 3:
            assert process.poll() is None, "the program ended by itself"
            assert time.monotonic() < deadline, "nothing was indexed"
            time.sleep(0.2)
        process.send_signal(name)
        _, told = process.communicate(timeout=30)
    assert process.returncode == 0
    assert told == ""
    assert run("index", tmp_path / "photos").code == 0, "the library is free again"
    assert not list((library / "cache" / "log").glob("*crash*"))


def test_without_a_display_one_line_says_so() -> None:
    ended = _run()
    assert ended.returncode == 1
    (line,) = ended.stderr.splitlines()
    assert "no display" in line
    assert "imgsearch --help" in line


def test_usage() -> None:
    assert _run("--version").stdout == f"imgsearch-desktop {__version__}\n"
    assert "imgsearch-desktop [--library DIR] [PATH...]" in _run("--help").stdout
    for wrong in (("--nonsense",), ("--library",)):
        ended = _run(*wrong)
        assert ended.returncode == 2
        assert "usage:" in ended.stderr


def test_a_library_of_a_newer_version_is_told_in_one_line(tmp_path: Path) -> None:
    write_catalogue_of_a_newer_version(tmp_path)
    ended = subprocess.run(
        [str(PROGRAM), f"--library={tmp_path}"],
        capture_output=True,
        text=True,
        env=_environment(QT_QPA_PLATFORM="offscreen"),
        timeout=60,
        check=False,
    )
    assert ended.returncode == 1
    (line,) = ended.stderr.splitlines()
    assert "newer version" in line
