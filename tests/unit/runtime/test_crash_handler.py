from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from imgsearch_desktop.runtime.crash_handler import CrashHandler, crash_sentence, write_crash_report


class Told(list[str]):
    def __call__(self, sentence: str) -> None:
        self.append(sentence)


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def handler(tmp_path: Path, told: Told) -> Iterator[CrashHandler]:
    handler = CrashHandler(tmp_path, told)
    handler.install()
    yield handler
    handler.uninstall()


def _raised() -> ValueError:
    try:
        raise ValueError("first line\nsecond line")
    except ValueError as error:
        return error


def test_the_report_has_the_traceback_and_the_sentence_has_not(tmp_path: Path) -> None:
    error = _raised()
    path = write_crash_report(error, tmp_path / "new")
    assert path is not None
    assert path.parent == tmp_path / "new"
    assert "Traceback" in path.read_text()
    assert "in _raised" in path.read_text()
    sentence = crash_sentence(error, path)
    assert "ValueError: first line" in sentence
    assert "second line" not in sentence
    assert str(path) in sentence
    assert "\n" not in sentence


def test_only_the_newest_reports_are_kept(tmp_path: Path) -> None:
    written = [write_crash_report(_raised(), tmp_path) for _ in range(13)]
    assert sorted(tmp_path.glob("crash-*")) == written[-10:]


def test_a_directory_that_cannot_be_written_is_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(tmp_path / "tmp"))
    path = write_crash_report(_raised(), tmp_path / "file")
    assert path is not None
    assert path.parent == tmp_path / "tmp"


def test_an_exception_on_a_thread_is_told(
    handler: CrashHandler, told: Told, tmp_path: Path, expect_log: Callable[[str], None]
) -> None:
    expect_log("bug, reported in")

    def fail() -> None:
        raise RuntimeError("on a thread")

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    assert "RuntimeError: on a thread" in told[0]
    assert len(list(tmp_path.glob("crash-*"))) == 1


def test_hooks_are_given_back(tmp_path: Path, told: Told) -> None:
    before = sys.excepthook, threading.excepthook
    handler = CrashHandler(tmp_path, told)
    handler.install()
    assert sys.excepthook != before[0]
    handler.uninstall()
    assert (sys.excepthook, threading.excepthook) == before
    assert not list(tmp_path.glob("hard-crash*"))


def test_a_crash_of_native_code_is_told_at_the_next_start(tmp_path: Path, told: Told) -> None:
    code = (
        "import ctypes, sys; from pathlib import Path;"
        "from imgsearch_desktop.runtime.crash_handler import CrashHandler;"
        "CrashHandler(Path(sys.argv[1]), print).install(); ctypes.string_at(0)"
    )
    ended = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, check=False)
    assert ended.returncode not in (0, 1)
    handler = CrashHandler(tmp_path, told)
    try:
        assert "Segmentation fault" in (handler.install() or "")
    finally:
        handler.uninstall()
    assert list(tmp_path.iterdir()) == [], "told once, nothing stays"


def test_a_run_that_is_still_going_keeps_its_file(handler: CrashHandler, tmp_path: Path) -> None:
    other = CrashHandler(tmp_path, Told())
    assert other.install() is None
    other.uninstall()
