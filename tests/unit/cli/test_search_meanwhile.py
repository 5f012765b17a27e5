"""Searching while another process writes to the search index."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from imgsearch_desktop.adapters.embedded import database
from tests.support.command_line import CommandLine
from tests.support.pictures import write_picture


@pytest.fixture
def waiting(run_new: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    """A library of one photo whose engine is behind the change log."""
    monkeypatch.setattr(database, "_BUSY_MS", 50)
    write_picture(tmp_path / "photos" / "beach.jpg")
    assert run_new("index", tmp_path / "photos").code == 0
    with closing(sqlite3.connect(index_file(run_new))) as connection, connection:
        connection.execute("UPDATE state SET change_id = 0")
    return run_new


def index_file(run: CommandLine) -> Path:
    [path] = (run.library / "cache").rglob("embedded-*.sqlite")
    return path


@contextmanager
def writing(path: Path, statement: str = "SELECT 1") -> Iterator[None]:
    """Another process is in the middle of a transaction that began with `statement`."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(statement)
        connection.execute("BEGIN IMMEDIATE")
        yield


def test_an_index_that_cannot_be_fed_now_answers_and_that_is_told(waiting: CommandLine) -> None:
    with writing(index_file(waiting)):
        ran = waiting("--json", "search", "beach")
    assert [hit["path"].rpartition("/")[2] for hit in ran.json["hits"]] == ["beach.jpg"]
    assert "may be missing" in ran.err
    assert "Another process is busy writing the search index" in ran.err
    ran = waiting("--json", "search", "beach")
    assert len(ran.json["hits"]) == 1
    assert "may be missing" not in ran.err


def test_an_index_of_another_library_that_cannot_be_fed_answers_nothing(waiting: CommandLine) -> None:
    with writing(index_file(waiting), "UPDATE state SET library_id = 'another'"):
        ran = waiting("search", "beach")
    assert (ran.code, ran.out) == (1, "")
    assert "Another process is busy writing the search index" in ran.err
