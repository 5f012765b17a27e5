"""Links: followed where they lead to something new, never into loops."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.adapters.filesystem.trees import plant, scan


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "root").mkdir()
    return tmp_path / "root"


def test_loops_end(root: Path):
    plant(root, "a/b/x.jpg")
    (root / "a/b/up").symlink_to(root / "a")
    (root / "a/self").symlink_to(".")
    (root / "loop1").symlink_to(root / "loop2")
    (root / "loop2").symlink_to(root / "loop1")
    found = scan(root)
    assert found.names == {"a/b/x.jpg"}
    assert not found.problems


def test_a_linked_folder_outside_is_walked_once(root: Path):
    plant(root.parent, "elsewhere/deep/x.jpg", "root/own.jpg")
    (root / "first").symlink_to(root.parent / "elsewhere")
    (root / "second").symlink_to(root.parent / "elsewhere")
    (root / "third").symlink_to(root.parent / "elsewhere/deep")
    assert scan(root).names == {"own.jpg", "first/deep/x.jpg"}


def test_linked_folders_that_link_to_each_other_end(root: Path):
    plant(root.parent, "one/a.jpg", "two/b.jpg")
    (root.parent / "one/two").symlink_to(root.parent / "two")
    (root.parent / "two/one").symlink_to(root.parent / "one")
    (root / "entry").symlink_to(root.parent / "one")
    assert scan(root).names == {"entry/a.jpg", "entry/two/b.jpg"}


def test_a_folder_inside_the_root_keeps_its_plain_path(root: Path):
    plant(root, "z/photos/a.jpg")
    (root / "a-link").symlink_to(root / "z/photos")
    assert scan(root).names == {"z/photos/a.jpg"}


def test_a_link_to_a_folder_around_the_root_is_not_followed(root: Path):
    plant(root.parent, "neighbour/a.jpg", "root/b.jpg")
    (root / "everything").symlink_to("/")
    (root / "up").symlink_to(root.parent)
    assert scan(root).names == {"b.jpg"}


def test_linked_hidden_folders_and_bundles_stay_left_out(root: Path):
    plant(root.parent, "elsewhere/a.jpg")
    (root / ".hidden").symlink_to(root.parent / "elsewhere")
    (root / "node_modules").symlink_to(root.parent / "elsewhere")
    (root / "L.photoslibrary").symlink_to(root.parent / "elsewhere")
    found = scan(root)
    assert not found.files
    assert set(found.problems) == {b"L.photoslibrary"}


def test_a_link_to_a_file_outside_is_a_file(root: Path):
    plant(root.parent, "elsewhere/a.jpg", content=b"12345")
    (root / "linked.jpg").symlink_to(root.parent / "elsewhere/a.jpg")
    found = scan(root)
    assert found.names == {"linked.jpg"}
    assert found.files[b"linked.jpg"].size == 5


def test_a_link_to_a_file_that_is_met_anyway_does_not_make_it_two(root: Path):
    plant(root, "2019/a.jpg")
    plant(root.parent, "elsewhere/b.jpg")
    (root / "best").mkdir()
    (root / "best/a.jpg").symlink_to(root / "2019/a.jpg")
    (root / "there").symlink_to(root.parent / "elsewhere")
    (root / "best/b.jpg").symlink_to(root.parent / "elsewhere/b.jpg")
    (root.parent / "elsewhere/c.jpg").symlink_to(root.parent / "elsewhere/b.jpg")
    assert scan(root).names == {"2019/a.jpg", "there/b.jpg"}


def test_a_link_to_a_file_in_a_folder_that_is_passed_by_is_a_file(root: Path):
    """As git-annex keeps all its photos."""
    plant(root, ".git/annex/objects/1/key.jpg")
    (root / "a.jpg").symlink_to(root / ".git/annex/objects/1/key.jpg")
    assert scan(root).names == {"a.jpg"}


def test_broken_links_are_passed_by(root: Path):
    (root / "a.jpg").symlink_to(root / "gone.jpg")
    (root / "folder").symlink_to(root / "nowhere")
    found = scan(root)
    assert not found.files
    assert not found.problems


def test_a_root_that_is_a_link_is_walked(root: Path):
    plant(root, "sub/a.jpg")
    (root / "again.jpg").symlink_to(root / "sub/a.jpg")
    link = root.parent / "link"
    link.symlink_to(root)
    assert scan(link).names == {"sub/a.jpg"}
