"""Reading files without changing, blocking on or trusting them."""

from __future__ import annotations

import os
import socket
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from imgsearch_desktop.adapters.imaging import source_file as module
from imgsearch_desktop.adapters.imaging.source_file import SourceFileError, source_file
from tests.adapters.imaging.decoding import failure
from tests.support.pictures import write_picture
from tests.support.superuser import without_superuser


def refusal(path: Path | bytes) -> SourceFileError:
    with pytest.raises(SourceFileError) as caught, source_file(os.fsencode(path)):
        pass
    return caught.value


def test_reads_every_byte_and_leaves_no_trace(tmp_path: Path) -> None:
    path = write_picture(tmp_path / "a.jpg")
    os.utime(path, ns=(1_000_000_000, 2_000_000_000))
    before = path.stat()
    with source_file(os.fsencode(path)) as source:
        assert bytes(source.data) == path.read_bytes()
        assert (source.size, source.mtime_ns) == (before.st_size, 2_000_000_000)
    after = path.stat()
    assert (after.st_mtime_ns, after.st_size, after.st_mode) == (
        before.st_mtime_ns,
        before.st_size,
        before.st_mode,
    )


@pytest.mark.skipif(not hasattr(os, "O_NOATIME"), reason="only Linux can leave the access time alone")
def test_own_files_keep_their_access_time(tmp_path: Path) -> None:
    path = write_picture(tmp_path / "a.jpg")
    os.utime(path, ns=(1_000_000_000, 2_000_000_000))
    with source_file(os.fsencode(path)) as source:
        assert len(source.data) > 0
    assert path.stat().st_atime_ns == 1_000_000_000


def test_large_files_are_mapped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAPPED_FROM", 100)
    path = write_picture(tmp_path / "a.png")
    with source_file(os.fsencode(path)) as source:
        assert not isinstance(source.data, bytes)
        assert source.data[:] == path.read_bytes()


def test_what_is_gone_has_vanished(tmp_path: Path) -> None:
    for path in (tmp_path / "gone.jpg", write_picture(tmp_path / "a.jpg") / "below"):
        error = refusal(path)
        assert (error.vanished, error.retry) == (True, True)


def test_an_empty_file(tmp_path: Path) -> None:
    (tmp_path / "empty.jpg").touch()
    error = refusal(tmp_path / "empty.jpg")
    assert "empty" in str(error)
    assert not error.retry


def test_a_folder_named_like_a_picture(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").mkdir()
    assert "folder" in str(refusal(tmp_path / "a.jpg"))


@pytest.fixture
def pipe(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "pipe.jpg"
    os.mkfifo(path)
    yield path
    path.unlink()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_without_a_writer_does_not_block(pipe: Path) -> None:
    assert "pipe" in str(refusal(pipe))


def test_devices_and_sockets(tmp_path: Path) -> None:
    assert "device" in str(refusal(Path("/dev/zero")))
    path = tmp_path / "socket.jpg"
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(path))
        assert refusal(path)


@without_superuser
def test_without_permission(tmp_path: Path) -> None:
    path = write_picture(tmp_path / "a.jpg")
    path.chmod(0)
    error = refusal(path)
    assert "permission" in str(error)
    assert error.retry


def test_refused_permission_is_worth_another_try(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    path = write_picture(tmp_path / "a.jpg")
    monkeypatch.setattr(os, "open", refuse)
    error = refusal(path)
    assert "permission" in str(error)
    assert (error.retry, error.vanished) == (True, False)


def test_a_file_beyond_any_picture(tmp_path: Path) -> None:
    path = tmp_path / "huge.jpg"
    with path.open("wb") as file:
        file.truncate(module.LARGEST_FILE + 1)  # sparse: takes no room
    assert "2 GB" in str(refusal(path))


def grow(path: Path) -> None:
    with path.open("ab") as file:
        file.write(b"more")


def shrink(path: Path) -> None:
    os.truncate(path, 100)


def rewrite(path: Path) -> None:
    os.utime(path, ns=(1, 1))


@pytest.mark.parametrize("change", [grow, shrink, rewrite])
def test_a_file_that_changes_while_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: object
) -> None:
    assert callable(change)
    path = write_picture(tmp_path / "a.jpg")
    read = os.read

    def read_meanwhile(descriptor: int, count: int) -> bytes:
        data = read(descriptor, count)
        change(path)
        return data

    monkeypatch.setattr(os, "read", read_meanwhile)
    error = refusal(path)
    assert "still being written" in str(error)
    assert error.retry


def test_a_disk_that_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> bytes:
        raise OSError(5, "Input/output error")

    path = write_picture(tmp_path / "a.jpg")
    monkeypatch.setattr(os, "read", fail)
    error = refusal(path)
    assert "Input/output error" in str(error)
    assert error.retry


def test_short_reads_are_put_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read = os.read
    monkeypatch.setattr(os, "read", lambda descriptor, count: read(descriptor, min(count, 1000)))
    path = write_picture(tmp_path / "a.png")
    with source_file(os.fsencode(path)) as source:
        assert source.data == path.read_bytes()


def test_no_descriptor_is_left_open(tmp_path: Path) -> None:
    fds = Path("/proc/self/fd")
    if not fds.is_dir():
        pytest.skip("this system does not list open files")
    path = write_picture(tmp_path / "a.jpg")
    (tmp_path / "empty.jpg").touch()
    before = len(list(fds.iterdir()))
    with source_file(os.fsencode(path)):
        pass
    refusal(tmp_path / "empty.jpg")
    refusal(tmp_path)
    assert len(list(fds.iterdir())) == before


def test_reasons_reach_the_outcome_without_the_path(tmp_path: Path) -> None:
    outcome = failure(tmp_path / "secret-name.jpg")
    assert (outcome.vanished, outcome.retry) == (True, True)
    assert "secret-name" not in outcome.reason
    assert stat.S_ISDIR(tmp_path.stat().st_mode)


def test_a_name_that_is_no_text(tmp_path: Path) -> None:
    path = write_picture(tmp_path / "a.jpg")
    odd = os.fsencode(tmp_path) + b"/caf\xe9 \xff.jpg"
    try:
        path.rename(os.fsdecode(odd))
    except OSError:
        pytest.skip("this file system takes only valid text for names")
    with source_file(odd) as source:
        assert source.size > 0
