"""Copying photos out and writing lists: nothing is overwritten, no half file is left."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from imgsearch_desktop.adapters.filesystem import outgoing_files
from imgsearch_desktop.adapters.filesystem.outgoing_files import DiskOutgoingFiles
from imgsearch_desktop.domain.errors import Cancelled, CopyError, DiskFullError, FolderError, KnownError

LONG_AGO_NS = 1_000_000_000_123_456_000


@pytest.fixture
def files():
    return DiskOutgoingFiles()


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "in" / "a.photo.jpg"
    path.parent.mkdir()
    path.write_bytes(os.urandom(3_000_000))
    os.utime(path, ns=(LONG_AGO_NS, LONG_AGO_NS))
    return path


@pytest.fixture
def folder(tmp_path):
    path = tmp_path / "out"
    path.mkdir()
    return path


def nothing():
    pass


def copy(files, source, folder, checkpoint=nothing):
    return Path(os.fsdecode(files.copy(os.fsencode(source), os.fsencode(folder), checkpoint)))


def test_a_copy_has_the_bytes_the_name_and_the_time(files, source, folder):
    made = copy(files, source, folder)
    assert made == folder / "a.photo.jpg"
    assert made.read_bytes() == source.read_bytes()
    assert made.stat().st_mtime_ns == LONG_AGO_NS


def test_a_taken_name_gets_the_next_number_and_nothing_is_overwritten(files, source, folder):
    (folder / "a.photo.jpg").write_bytes(b"mine")
    (folder / "a.photo (3).jpg").write_bytes(b"mine too")
    made = [copy(files, source, folder).name for _ in range(2)]
    assert made == ["a.photo (2).jpg", "a.photo (4).jpg"]
    assert (folder / "a.photo.jpg").read_bytes() == b"mine"
    assert (folder / "a.photo (3).jpg").read_bytes() == b"mine too"


def test_into_its_own_folder_it_makes_a_second_file(files, source):
    assert copy(files, source, source.parent).name == "a.photo (2).jpg"


@pytest.mark.parametrize(
    ("name", "second"),
    [(b"photo", b"photo (2)"), (b"\xff\xfe.jpg", b"\xff\xfe (2).jpg"), (b".hidden", b".hidden (2)")],
)
def test_names_without_a_dot_and_names_that_are_no_text(files, tmp_path, folder, name, second):
    path = os.fsencode(tmp_path) + b"/" + name
    Path(os.fsdecode(path)).write_bytes(b"x")
    made = [files.copy(path, os.fsencode(folder), nothing) for _ in range(2)]
    assert made == [os.fsencode(folder) + b"/" + expected for expected in (name, second)]


def test_cancelling_in_the_middle_leaves_no_half_file(files, source, folder):
    calls = []

    def cancel_later():
        calls.append(1)
        if len(calls) == 3:
            raise Cancelled

    with pytest.raises(Cancelled):
        copy(files, source, folder, cancel_later)
    assert list(folder.iterdir()) == []


def test_a_source_that_is_gone_or_no_file_says_so(files, source, folder):
    with pytest.raises(CopyError, match="connect it"):
        copy(files, source.with_name("gone.jpg"), folder)
    with pytest.raises(CopyError, match="could not be read"):
        copy(files, source.parent, folder)
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("wrong", ["missing", "file"])
def test_a_folder_that_is_none_is_named(files, source, tmp_path, wrong):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(FolderError, match=wrong):
        copy(files, source, tmp_path / wrong)


def test_a_name_the_folder_cannot_take_fails_alone(files, tmp_path, folder):
    path = tmp_path / ("n" * 251 + ".jpg")
    path.write_bytes(b"x")
    copy(files, path, folder)
    with pytest.raises(CopyError, match="cannot be stored"):
        copy(files, path, folder)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is always full")
def test_a_full_disk_says_so_and_leaves_no_half_file(files, source, folder, monkeypatch):
    target = folder / "half.jpg"
    target.touch()
    full = Path("/dev/full").open("wb")  # noqa: SIM115 - closed by what is tested
    monkeypatch.setattr(outgoing_files, "_new_file", lambda *_: (os.fsencode(target), full))
    with pytest.raises(DiskFullError, match="no room"):
        copy(files, source, folder)
    assert full.closed
    assert list(folder.iterdir()) == []


def test_a_list_is_written_whole_in_place_of_the_old_one(files, folder):
    path = folder / "list.txt"
    path.write_text("old")
    files.write_list(os.fsencode(path), b"new\n")
    assert path.read_bytes() == b"new\n"
    assert [entry.name for entry in folder.iterdir()] == ["list.txt"]


def test_a_list_that_cannot_be_written_leaves_the_old_one(files, folder):
    path = folder / "list.txt"
    path.mkdir()
    with pytest.raises(KnownError, match=r"list\.txt"):
        files.write_list(os.fsencode(path), b"new\n")
    assert [entry.name for entry in folder.iterdir()] == ["list.txt"]
