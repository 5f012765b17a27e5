from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from imgsearch_desktop.runtime.log import LEVEL_VARIABLE, LogFile


@pytest.fixture
def log_file(tmp_path: Path) -> Iterator[LogFile]:
    log = LogFile(tmp_path / "log")
    yield log
    log.close()


def test_our_own_records_and_the_warnings_of_others_are_kept(
    log_file: LogFile, expect_log: Callable[[str], None]
) -> None:
    expect_log("^mind$")
    log_file.open()
    logging.getLogger("imgsearch_desktop.x").info("ours")
    logging.getLogger("imgsearch_desktop.x").debug("too fine")
    logging.getLogger("other").info("theirs")
    logging.getLogger("other").warning("mind")
    log_file.close()
    text = log_file.path.read_text()
    assert "ours" in text
    assert "mind" in text
    assert "theirs" not in text
    assert "too fine" not in text


def test_the_environment_sets_the_level(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(LEVEL_VARIABLE, "DEBUG")
    log = LogFile(tmp_path)
    log.open()
    logging.getLogger("imgsearch_desktop.x").debug("fine")
    log.close()
    assert "fine" in log.path.read_text()


def test_names_that_are_no_text_are_written_escaped(log_file: LogFile) -> None:
    log_file.open()
    logging.getLogger("imgsearch_desktop").info("read %s", b"caf\xe9.jpg".decode("utf-8", "surrogateescape"))
    log_file.close()
    assert "caf\\udce9.jpg" in log_file.path.read_text(encoding="utf-8")


def test_a_directory_that_cannot_be_made_costs_the_log_only(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    log = LogFile(tmp_path / "file" / "log")
    log.open()
    logging.getLogger("imgsearch_desktop").info("into the void")
    log.close()


def test_after_closing_nothing_is_taken_and_closing_twice_is_fine(log_file: LogFile) -> None:
    log_file.open()
    log_file.open()
    log_file.close()
    log_file.close()
    logging.getLogger("imgsearch_desktop").info("late")
    assert "late" not in log_file.path.read_text()
