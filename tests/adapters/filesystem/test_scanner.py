"""Scanning generated folders with everything in them that folders of real people have."""

from __future__ import annotations

import hashlib
import os
import socket
from pathlib import Path

import psutil
import pytest

from imgsearch_desktop.adapters.filesystem.scanner import FolderScanner
from imgsearch_desktop.domain.errors import FolderError, FolderGoneError
from tests.adapters.filesystem.trees import JPEG_HEAD, plant, scan
from tests.support.superuser import without_superuser


def test_pictures_of_every_extension_are_found_with_size_and_time(tmp_path: Path):
    names = {
        "a.jpg",
        "b.JPEG",
        "c.png",
        "d.WebP",
        "e.gif",
        "f.tif",
        "g.bmp",
        "h.heic",
        "i.avif",
        "j.jxl",
        "k.NEF",
    }
    plant(tmp_path, *names)
    os.utime(tmp_path / "a.jpg", ns=(5, 1_600_000_000_123_456_789))
    found = scan(tmp_path)
    assert found.names == names
    assert found.files[b"a.jpg"].size == len(JPEG_HEAD)
    assert found.files[b"a.jpg"].mtime_ns == 1_600_000_000_123_456_789
    assert found.files[b"a.jpg"].sidecars == ()
    assert found.files[b"a.jpg"].sidecar_stamp == ""
    assert not found.problems


def test_deep_trees_are_walked_without_recursion(tmp_path: Path):
    deep = tmp_path
    for _ in range(600):
        deep = deep / "d"
    deep.mkdir(parents=True)
    plant(deep, "a.jpg")
    assert scan(tmp_path).names == {"/".join(["d"] * 600) + "/a.jpg"}


def test_videos_are_told_apart_and_other_files_passed_by(tmp_path: Path):
    plant(
        tmp_path, "a.mp4", "sub/b.MOV", "c.txt", "d.json", "e.xmp", "f.pdf", "g.zip", "h.mp3", "i.db", "j.jpg"
    )
    found = scan(tmp_path)
    assert found.videos == {b"a.mp4", b"sub/b.MOV"}
    assert found.names == {"j.jpg"}


@pytest.mark.parametrize(
    "content",
    [
        JPEG_HEAD,
        b"\x89PNG\r\n\x1a\n" + bytes(30),
        b"GIF89a" + bytes(30),
        b"RIFF\x20\0\0\0WEBPVP8 " + bytes(30),
        b"II*\0\x08\0\0\0" + bytes(30),
        b"MM\0*\0\0\0\x08" + bytes(30),
        b"\0\0\0\x1cftypheic" + bytes(30),
        b"\0\0\0\x1cftypavif" + bytes(30),
        b"\0\0\0\x0cJXL \r\n\x87\n" + bytes(30),
        b"FUJIFILMCCD-RAW 0201" + bytes(30),
        b"BM\x46\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0" + bytes(52),
    ],
    ids=lambda content: repr(content[:12]),
)
def test_a_picture_is_recognised_by_content_where_the_name_says_nothing(tmp_path: Path, content: bytes):
    plant(tmp_path, "0A1B2C", "scan.holiday", content=content)
    assert scan(tmp_path).names == {"0A1B2C", "scan.holiday"}


@pytest.mark.parametrize(
    "content", [b"", b"BM is the name of a shop in town", b"just a letter to a friend", b"\xff\xd8\xff"]
)
def test_other_content_under_names_that_say_nothing_is_passed_by(tmp_path: Path, content: bytes):
    plant(tmp_path, "README", "notes.holiday", content=content)
    found = scan(tmp_path)
    assert not found.files
    assert not found.problems


def test_files_whose_extension_says_no_picture_are_not_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    plant(tmp_path, "a.txt", "b.zip", "c.db", "d.jpg", "e.mp4")
    monkeypatch.setattr("builtins.open", lambda *a, **k: pytest.fail(f"opened {a[0]!r}"))
    assert scan(tmp_path).names == {"d.jpg"}


def test_text_and_nothing_named_jpg_are_yielded_to_fail_in_words_later(tmp_path: Path):
    plant(tmp_path, "text.jpg", content=b"hello")
    plant(tmp_path, "empty.jpg", content=b"")
    assert scan(tmp_path).names == {"text.jpg", "empty.jpg"}


def test_a_folder_named_jpg_is_walked(tmp_path: Path):
    plant(tmp_path, "holiday.jpg/a.png")
    found = scan(tmp_path)
    assert found.names == {"holiday.jpg/a.png"}
    assert not found.problems


def test_hidden_and_system_folders_are_passed_by(tmp_path: Path):
    for folder in (
        ".git", ".thumbnails", ".Trash-1000", "$RECYCLE.BIN", "System Volume Information", "@eaDir",
        "lost+found", "node_modules", "__MACOSX", "#recycle",
    ):  # fmt: skip
        plant(tmp_path, f"{folder}/hidden.jpg", f"album/{folder}/hidden.jpg")
    plant(tmp_path, "._a.jpg", ".trashed-1-b.jpg", "album/seen.jpg")
    found = scan(tmp_path)
    assert found.names == {"album/seen.jpg"}
    assert not found.problems


def test_photo_libraries_of_other_programs_are_reported_and_program_bundles_are_not(tmp_path: Path):
    plant(
        tmp_path,
        "Photos.photoslibrary/originals/a.jpg",
        "sub/Old.APLibrary/b.jpg",
        "Previews.lrdata/c.jpg",
        "Camera.app/Contents/d.jpg",
    )
    found = scan(tmp_path)
    assert not found.files
    assert set(found.problems) == {b"Photos.photoslibrary", b"sub/Old.APLibrary"}
    assert "Apple Photos library" in found.problems[b"Photos.photoslibrary"]
    assert "Export" in found.problems[b"Photos.photoslibrary"]


def test_a_hidden_folder_or_a_bundle_can_be_a_root_itself(tmp_path: Path):
    plant(tmp_path, ".private/a.jpg", "P.photoslibrary/originals/b.jpg")
    assert scan(tmp_path / ".private").names == {"a.jpg"}
    assert scan(tmp_path / "P.photoslibrary").names == {"originals/b.jpg"}


def test_names_that_are_not_utf8_stay_bytes(tmp_path: Path):
    name = b"caf\xe9-\xff.jpg"
    (tmp_path / "x").mkdir()
    plant(tmp_path / "x", os.fsdecode(name))
    assert set(scan(tmp_path, "*.png").files) == {b"x/" + name}


def test_pipes_and_sockets_never_block_and_are_reported_only_where_named_like_pictures(tmp_path: Path):
    os.mkfifo(tmp_path / "pipe.jpg")
    os.mkfifo(tmp_path / "pipe")
    os.mkfifo(tmp_path / "pipe.xmp")
    plant(tmp_path, "pipe.png")
    plug = socket.socket(socket.AF_UNIX)
    with plug:
        plug.bind(os.path.relpath(tmp_path / "plug.png"))
    found = scan(tmp_path)
    assert found.names == {"pipe.png"}
    assert found.files[b"pipe.png"].sidecars == ()
    assert set(found.problems) == {b"pipe.jpg", b"plug.png"}
    assert "not a regular file" in found.problems[b"pipe.jpg"]


def test_a_folder_that_cannot_be_read_costs_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    plant(tmp_path, "locked/a.jpg", "open/b.jpg")
    list_folder = os.scandir

    def scandir(path: bytes) -> os._ScandirIterator[bytes]:
        if path.endswith(b"locked"):
            raise PermissionError(13, "Permission denied", path)
        return list_folder(path)

    monkeypatch.setattr(os, "scandir", scandir)
    found = scan(tmp_path)
    assert found.names == {"open/b.jpg"}
    assert set(found.problems) == {b"locked"}
    assert "permissions" in found.problems[b"locked"]


@without_superuser
def test_a_folder_without_permission_costs_one_line(tmp_path: Path):
    plant(tmp_path, "locked/a.jpg", "open/b.jpg")
    (tmp_path / "locked").chmod(0)
    try:
        found = scan(tmp_path)
    finally:
        (tmp_path / "locked").chmod(0o755)
    assert found.names == {"open/b.jpg"}
    assert set(found.problems) == {b"locked"}


def test_a_folder_that_vanishes_during_the_scan_is_passed_by(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    plant(tmp_path, "gone/a.jpg", "here/b.jpg")
    list_folder = os.scandir

    def scandir(path: bytes) -> os._ScandirIterator[bytes]:
        if path.endswith(b"gone"):
            raise FileNotFoundError(2, "No such file or directory", path)
        return list_folder(path)

    monkeypatch.setattr(os, "scandir", scandir)
    found = scan(tmp_path)
    assert found.names == {"here/b.jpg"}
    assert not found.problems


def test_a_file_that_vanishes_during_the_scan_is_passed_by(tmp_path: Path):
    plant(tmp_path, "a.jpg", "b.jpg", "c.jpg")
    entries = FolderScanner().scan(os.fsencode(tmp_path), ())
    first = next(entries)
    for name in {"a.jpg", "b.jpg", "c.jpg"} - {os.fsdecode(first.relative_path)}:
        (tmp_path / name).unlink()
    assert list(entries) == []


def test_paths_longer_than_the_system_allows_cost_one_line(tmp_path: Path):
    plant(tmp_path, "near.jpg")
    name = "d" * 200
    descriptor = os.open(tmp_path, os.O_RDONLY)
    for _ in range(25):
        os.mkdir(name, dir_fd=descriptor)
        below = os.open(name, os.O_RDONLY, dir_fd=descriptor)
        os.close(descriptor)
        descriptor = below
        os.close(os.open("p.jpg", os.O_CREAT | os.O_WRONLY, dir_fd=descriptor))
    os.close(descriptor)
    found = scan(tmp_path)
    assert "near.jpg" in found.names
    assert 15 <= len(found.names) <= 25
    # Where the limit falls decides whether the picture beside the first folder beyond it is met as well.
    assert 1 <= len(found.problems) <= 2
    assert all("longer than the system allows" in reason for reason in found.problems.values())


class TestExclusions:
    def test_names_are_left_out_whatever_their_case(self, tmp_path: Path):
        plant(tmp_path, "a.PNG", "b.jpg", "Private/c.jpg", "x/private/d.jpg", "x/Privateer.jpg")
        assert scan(tmp_path, "*.png", "private").names == {"b.jpg", "x/Privateer.jpg"}

    def test_paths_are_left_out_below_the_root(self, tmp_path: Path):
        plant(tmp_path, "2019/drafts/a.jpg", "drafts/b.jpg", "2019/c.jpg", "2020/drafts/d.jpg")
        assert scan(tmp_path, "2019/drafts/").names == {"drafts/b.jpg", "2019/c.jpg", "2020/drafts/d.jpg"}
        assert scan(tmp_path, "/drafts").names == {"2019/drafts/a.jpg", "2019/c.jpg", "2020/drafts/d.jpg"}
        assert scan(tmp_path, "*/drafts").names == {"drafts/b.jpg", "2019/c.jpg"}

    def test_composed_and_decomposed_accents_are_the_same(self, tmp_path: Path):
        plant(tmp_path, "Cafe\u0301/a.jpg", "b.jpg")
        assert scan(tmp_path, "caf\u00e9").names == {"b.jpg"}

    def test_nonsense_patterns_leave_nothing_out(self, tmp_path: Path):
        plant(tmp_path, "a.jpg")
        assert scan(tmp_path, "", " ", "[", "/", "***.png").names == {"a.jpg"}


class TestTheRoot:
    def test_that_is_gone(self, tmp_path: Path):
        with pytest.raises(FolderGoneError, match=r"no folder .*gone"):
            scan(tmp_path / "gone")

    def test_that_is_a_file(self, tmp_path: Path):
        plant(tmp_path, "a.jpg")
        with pytest.raises(FolderError, match="is a file") as caught:
            scan(tmp_path / "a.jpg")
        assert not isinstance(caught.value, FolderGoneError)

    def test_that_cannot_be_read(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
        def scandir(path: bytes) -> None:
            raise PermissionError(13, "Permission denied", path)

        monkeypatch.setattr(os, "scandir", scandir)
        with pytest.raises(FolderError, match="permissions"):
            scan(tmp_path)

    def test_whose_name_is_not_utf8(self, tmp_path: Path):
        root = os.fsencode(tmp_path) + b"/caf\xe9"
        Path(os.fsdecode(root)).mkdir()
        assert scan(root).names == set()
        with pytest.raises(FolderGoneError, match="no folder"):
            scan(root + b"/gone\xff")

    def test_with_a_slash_at_its_end(self, tmp_path: Path):
        plant(tmp_path, "sub/a.jpg", "sub/a.jpg.xmp")
        found = scan(os.fsencode(tmp_path) + b"/")
        assert found.names == {"sub/a.jpg"}
        assert Path(os.fsdecode(found.files[b"sub/a.jpg"].sidecars[0])).is_file()


def test_a_scan_that_is_dropped_halfway_leaves_nothing_open(tmp_path: Path):
    plant(tmp_path, *(f"{number % 7}/{number}.jpg" for number in range(50)))
    before = psutil.Process().num_fds()
    entries = FolderScanner().scan(os.fsencode(tmp_path), ())
    next(entries)
    assert psutil.Process().num_fds() == before


def test_scanning_changes_nothing(tmp_path: Path):
    plant(tmp_path, "a.jpg", "sub/b", "sub/c.mp4", "a.jpg.xmp", "P.photoslibrary/d.jpg")

    def state() -> str:
        digest = hashlib.sha256()
        for path in sorted(tmp_path.rglob("*")):
            digest.update(f"{path}{path.stat().st_mtime_ns}{path.stat().st_mode}".encode())
            digest.update(path.read_bytes() if path.is_file() else b"")
        return digest.hexdigest()

    before = state()
    scan(tmp_path)
    assert state() == before
