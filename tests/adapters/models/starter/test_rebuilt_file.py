from __future__ import annotations

import multiprocessing
import time
from multiprocessing.sharedctypes import Synchronized
from multiprocessing.synchronize import Event
from pathlib import Path

import pytest

from imgsearch_desktop.adapters.models.starter.building_lock import PATIENCE_S, building_lock
from imgsearch_desktop.adapters.models.starter.rebuilt_file import read_or_build, source_hash


def names(directory: Path) -> list[str]:
    return [entry.name for entry in directory.iterdir()]


class Builder:
    def __init__(self, content: bytes = b"content") -> None:
        self.content, self.times = content, 0

    def __call__(self) -> bytes:
        self.times += 1
        return self.content


SOURCE = source_hash(b"weights")


def test_builds_once_and_reads_afterwards(tmp_path: Path):
    path, build = tmp_path / "deep" / "cache" / "file", Builder()
    assert read_or_build(path, SOURCE, build) == b"content"
    assert read_or_build(path, SOURCE, build) == b"content"
    assert build.times == 1
    assert names(path.parent) == ["file"]


def test_a_file_of_other_sources_is_built_anew(tmp_path: Path):
    read_or_build(tmp_path / "file", SOURCE, Builder())
    assert read_or_build(tmp_path / "file", source_hash(b"other weights"), Builder(b"new")) == b"new"


def test_any_damage_is_noticed_and_mended(tmp_path: Path):
    path = tmp_path / "file"
    read_or_build(path, SOURCE, Builder())
    whole = path.read_bytes()
    damaged = [whole[:length] for length in range(0, len(whole), 7)]
    damaged += [whole[:n] + bytes([whole[n] ^ 1]) + whole[n + 1 :] for n in range(0, len(whole), 5)]
    damaged += [whole + b"more"]
    for data in damaged:
        path.write_bytes(data)
        build = Builder()
        assert read_or_build(path, SOURCE, build) == b"content"
        assert build.times == 1
        assert path.read_bytes() == whole


def test_works_where_nothing_can_be_written(tmp_path: Path):
    blocked = tmp_path / "a file, no directory"
    blocked.write_bytes(b"")
    build = Builder()
    assert read_or_build(blocked / "file", SOURCE, build) == b"content"
    assert read_or_build(blocked / "file", SOURCE, build) == b"content"
    assert build.times == 2


def test_a_full_disk_costs_the_cache_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def full(_: Path, __: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    assert read_or_build(tmp_path / "file", SOURCE, Builder()) == b"content"
    assert names(tmp_path) == []


def test_an_error_of_the_builder_reaches_the_caller(tmp_path: Path):
    def fail() -> bytes:
        raise ValueError("no weights")

    with pytest.raises(ValueError, match="no weights"):
        read_or_build(tmp_path / "file", SOURCE, fail)
    assert names(tmp_path) == []


def _read_or_build_often(path: Path) -> None:
    for number in range(50):
        build = Builder(bytes([number % 2]) * 100_000)
        assert read_or_build(path, source_hash(build.content), build) == build.content


def test_processes_may_build_at_once(tmp_path: Path):
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=_read_or_build_often, args=(tmp_path / "file",)) for _ in range(2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0, 0]
    assert names(tmp_path) == ["file"]


def _build_slowly(path: Path, started: Event, builds: Synchronized[int]) -> None:
    def build() -> bytes:
        with builds.get_lock():
            builds.value += 1
        started.set()
        time.sleep(0.5)
        return b"content"

    assert read_or_build(path, SOURCE, build) == b"content"


def test_of_processes_that_need_it_at_once_one_builds(tmp_path: Path):
    context = multiprocessing.get_context("spawn")
    started, builds = context.Event(), context.Value("i", 0)
    path = tmp_path / "file"
    processes = [context.Process(target=_build_slowly, args=(path, started, builds)) for _ in range(3)]
    for process in processes:
        process.start()
    assert started.wait(60)
    build = Builder()
    assert read_or_build(path, SOURCE, build) == b"content"
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0, 0, 0]
    assert (builds.value, build.times) == (1, 0)
    assert names(tmp_path) == ["file"]


def test_a_builder_that_is_stuck_is_not_waited_for(tmp_path: Path):
    """Two opened files hold each other off within one process, too."""
    with building_lock(tmp_path / "file"):
        before = time.monotonic()
        with building_lock(tmp_path / "file", patience_s=0.2):
            assert 0.2 <= time.monotonic() - before < 30


def test_a_killed_builder_holds_nobody_off(tmp_path: Path):
    (tmp_path / ".file.lock").touch()
    build = Builder()
    before = time.monotonic()
    assert read_or_build(tmp_path / "file", SOURCE, build) == b"content"
    assert time.monotonic() - before < PATIENCE_S / 2
    assert names(tmp_path) == ["file"]


def test_the_hash_tells_where_a_part_ends():
    assert source_hash(b"ab", b"c") != source_hash(b"a", b"bc")
    assert source_hash(b"ab") == source_hash(b"ab")
