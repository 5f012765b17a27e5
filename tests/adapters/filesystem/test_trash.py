"""The real trash of the system, in a home directory of the test's own."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime

import pytest

from imgsearch_desktop.adapters.filesystem.trash import SystemTrash
from imgsearch_desktop.application.ports import TrashEntry
from imgsearch_desktop.domain.errors import NoTrashError, TrashError
from imgsearch_desktop.domain.photo import FileId, PhotoId

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks into the freedesktop.org trash")


@pytest.fixture
def home_trash(tmp_path, monkeypatch):
    import send2trash.plat_other as plat

    folder = tmp_path / "home" / "Trash"
    monkeypatch.setattr(plat, "HOMETRASH_B", os.fsencode(folder))
    monkeypatch.setattr(plat, "HOMETRASH", str(folder))
    return folder


@pytest.fixture
def picture(tmp_path):
    path = tmp_path / "photos" / "cat ü.jpg"
    path.parent.mkdir()
    path.write_bytes(b"picture")
    return path


def entry_for(path):
    found = path.stat()
    name = os.fsencode(path)
    due = datetime(2026, 1, 1, tzinfo=UTC)
    return TrashEntry(FileId(1), PhotoId(1), name, str(path), found.st_size, found.st_mtime_ns, due)


def test_a_file_goes_to_the_trash_and_can_be_found_there(home_trash, picture):
    SystemTrash().send(entry_for(picture))
    assert not picture.exists()
    assert (home_trash / "files" / "cat ü.jpg").read_bytes() == b"picture"
    assert (home_trash / "info" / "cat ü.jpg.trashinfo").exists()


def test_another_file_that_took_its_place_is_left_alone(home_trash, picture):
    entry = entry_for(picture)
    picture.write_bytes(b"somebody else's work")
    for remove in (SystemTrash().send, SystemTrash().delete):
        with pytest.raises(TrashError, match="has changed"):
            remove(entry)
    assert picture.read_bytes() == b"somebody else's work"


def test_a_file_that_is_gone_needs_no_removing(home_trash, picture):
    entry = entry_for(picture)
    picture.unlink()
    SystemTrash().send(entry)
    SystemTrash().delete(entry)


def test_a_volume_without_a_trash_is_told_apart(picture, monkeypatch):
    import send2trash
    from send2trash.exceptions import TrashPermissionError

    def refuse(path):
        raise TrashPermissionError(path)

    monkeypatch.setattr(send2trash, "send2trash", refuse)
    with pytest.raises(NoTrashError, match="without a trash"):
        SystemTrash().send(entry_for(picture))
    assert picture.exists()


def test_deleting_for_good_leaves_nothing_in_the_trash(home_trash, picture):
    SystemTrash().delete(entry_for(picture))
    assert not picture.exists()
    assert not home_trash.exists()
