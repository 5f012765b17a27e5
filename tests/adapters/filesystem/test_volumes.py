"""Volumes: what is mounted where, and telling a drive that is away from a folder that was deleted."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from imgsearch_desktop.adapters.filesystem.mount_table import identity_of, mount_of, parse_mounts
from imgsearch_desktop.adapters.filesystem.volumes import SystemVolumes
from imgsearch_desktop.domain.library import Root
from imgsearch_desktop.domain.photo import RootId

SYSTEM = "27 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda1 rw"


def line(
    mount_point: Path | str, source: str, kind: str = "vfat", part: str = "/", device: str = "8:17"
) -> str:
    place = str(mount_point).replace("\\", "\\134").replace(" ", "\\040")
    return f"90 27 {device} {part} {place} rw,nosuid shared:2 master:1 - {kind} {source} rw"


class Machine:
    """A computer whose mount table and disks are made up."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.table = folder / "mountinfo"
        self.disks = folder / "by-uuid"
        self.disks.mkdir()
        self.mounts()

    def mounts(self, *lines: str) -> None:
        self.table.write_text("\n".join([SYSTEM, *lines]) + "\n")

    def disk(self, uuid: str, device: str) -> None:
        (self.disks / uuid).symlink_to(device)

    @property
    def volumes(self) -> SystemVolumes:
        return SystemVolumes(os.fsencode(self.table), os.fsencode(self.disks))

    def root(self, path: Path) -> Root:
        """A root as the catalogue would keep it, added now."""
        volume = self.volumes.volume_of(os.fsencode(path))
        return Root(RootId(1), os.fsencode(path), str(path), volume.volume_id, volume.mount_point)


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


@pytest.fixture
def stick(machine: Machine) -> Path:
    """Where a stick with a folder of photos is mounted."""
    place = machine.folder / "media" / "My Stick"
    (place / "photos").mkdir(parents=True)
    (place / "photos" / "a.jpg").touch()
    machine.disk("1234-ABCD", "/dev/sdb1")
    machine.mounts(line(place, "/dev/sdb1"))
    return place


def unplug(machine: Machine, stick: Path, *, keep_mount_point: bool) -> None:
    machine.mounts()
    for path in sorted(stick.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    if not keep_mount_point:
        stick.rmdir()


class TestMountTable:
    def test_blanks_and_backslashes_are_unescaped(self):
        (mount,) = parse_mounts(line("/media/My Stick\\1", "/dev/sdb1").encode())
        assert mount.mount_point == b"/media/My Stick\\1"
        assert (mount.part, mount.kind, mount.source, mount.device) == (b"/", b"vfat", b"/dev/sdb1", b"8:17")

    @pytest.mark.parametrize("table", [b"", b"\n\n", b"nonsense", b"1 2 3 - 4", b"90 27 8:17 / /x rw - vfat"])
    def test_lines_that_cannot_be_understood_are_left_out(self, table: bytes):
        assert parse_mounts(table) == []

    def test_the_longest_mount_point_holds_a_path_and_the_last_of_equal_ones_lies_on_top(self):
        lines = [
            SYSTEM,
            line("/a", "one:/"),
            line("/a/b", "two:/"),
            line("/a/b", "three:/"),
            line("/ab", "four:/"),
        ]
        mounts = parse_mounts("\n".join(lines).encode())

        def source(path: bytes) -> bytes | None:
            mount = mount_of(path, mounts)
            return mount.source if mount else None

        assert source(b"/a/b/c") == b"three:/"
        assert source(b"/a/b") == b"three:/"
        assert source(b"/a/bc") == b"one:/"
        assert source(b"/abc") == b"/dev/vda1"
        assert source(b"/") == b"/dev/vda1"

    def test_network_shares_go_by_their_name_and_virtual_ones_by_their_number(self, tmp_path: Path):
        def name(text: str) -> str:
            return identity_of(parse_mounts(text.encode())[0], os.fsencode(tmp_path))

        assert name(line("/nas", "nas:/photos", "nfs4", device="0:45")) == "nfs4:nas:/photos"
        assert name(line("/nas", "//nas/photos", "cifs", device="0:46")) == "cifs://nas/photos"
        assert name(line("/tmp", "tmpfs", "tmpfs", device="0:30")) == "tmpfs:tmpfs:0:30"
        assert name(line("/home", "/dev/sda2", "btrfs", part="/@home")) == "btrfs:/dev/sda2:/@home"


class TestVolumeOf:
    def test_a_disk_goes_by_its_uuid_wherever_it_is_mounted(self, machine: Machine, stick: Path):
        here = machine.volumes.volume_of(os.fsencode(stick / "photos"))
        assert here.volume_id == "uuid:1234-ABCD"
        assert here.mount_point == os.fsencode(stick)
        there = machine.folder / "elsewhere"
        machine.mounts(line(there, "/dev/sdb1"))
        moved = machine.volumes.volume_of(os.fsencode(there / "photos"))
        assert (moved.volume_id, moved.mount_point) == (here.volume_id, os.fsencode(there))

    def test_a_link_leads_to_the_volume_of_its_target(self, machine: Machine, stick: Path):
        (machine.folder / "link").symlink_to(stick / "photos")
        assert machine.volumes.volume_of(os.fsencode(machine.folder / "link")).mount_point == os.fsencode(
            stick
        )

    def test_without_a_mount_table_the_file_system_tells_the_mount_point(self, tmp_path: Path):
        volume = SystemVolumes(os.fsencode(tmp_path / "none")).volume_of(os.fsencode(tmp_path))
        assert os.path.ismount(volume.mount_point)
        assert volume.volume_id

    def test_on_this_machine(self, tmp_path: Path):
        volume = SystemVolumes().volume_of(os.fsencode(tmp_path))
        assert os.path.ismount(volume.mount_point)
        assert os.fsencode(tmp_path).startswith(volume.mount_point)

    def test_a_share_connected_by_gnome_is_a_volume_of_its_own(self, machine: Machine):
        gvfs = machine.folder / "gvfs"
        (gvfs / "smb-share:server=nas" / "photos").mkdir(parents=True)
        machine.mounts(line(gvfs, "gvfsd-fuse", "fuse.gvfsd-fuse", device="0:50"))
        root = machine.root(gvfs / "smb-share:server=nas" / "photos")
        assert root.volume_id == "gvfs:smb-share:server=nas"
        assert root.mount_point == os.fsencode(gvfs / "smb-share:server=nas")
        assert not machine.volumes.is_away(root)
        (gvfs / "smb-share:server=nas" / "photos").rmdir()
        assert not machine.volumes.is_away(root)
        (gvfs / "smb-share:server=nas").rmdir()
        assert machine.volumes.is_away(root)


class TestIsAway:
    def test_a_connected_volume_is_not(self, machine: Machine, stick: Path):
        assert not machine.volumes.is_away(machine.root(stick / "photos"))
        assert not machine.volumes.is_away(machine.root(stick))

    def test_a_folder_deleted_from_a_connected_volume_is_not(self, machine: Machine, stick: Path):
        root = machine.root(stick / "photos")
        (stick / "photos" / "a.jpg").unlink()
        (stick / "photos").rmdir()
        assert not machine.volumes.is_away(root)

    @pytest.mark.parametrize("keep_mount_point", [True, False])
    def test_an_unplugged_volume_is_whether_its_mount_point_stays_or_not(
        self, machine: Machine, stick: Path, keep_mount_point: bool
    ):
        whole, part = machine.root(stick), machine.root(stick / "photos")
        unplug(machine, stick, keep_mount_point=keep_mount_point)
        assert machine.volumes.is_away(whole)
        assert machine.volumes.is_away(part)

    def test_a_volume_mounted_elsewhere_is(self, machine: Machine, stick: Path):
        root = machine.root(stick / "photos")
        unplug(machine, stick, keep_mount_point=False)
        machine.mounts(line(machine.folder / "elsewhere", "/dev/sdb1"))
        assert machine.volumes.is_away(root)

    def test_another_volume_at_its_place_without_the_folder_is(self, machine: Machine, stick: Path):
        root = machine.root(stick / "photos")
        unplug(machine, stick, keep_mount_point=True)
        machine.disk("5678-EF01", "/dev/sdc1")
        machine.mounts(line(stick, "/dev/sdc1"))
        assert machine.volumes.is_away(root)

    def test_another_stick_with_the_same_folder_names_is(self, machine: Machine):
        """Cameras' cards all have a folder DCIM, and all are mounted at the same place."""
        machine.disk("AAAA-0001", "/dev/sdb1")
        machine.disk("BBBB-0002", "/dev/sdc1")
        machine.mounts(line("/media/someone/EOS_DIGITAL", "/dev/sdb1"))
        root = machine.root(Path("/media/someone/EOS_DIGITAL/DCIM"))
        assert not machine.volumes.is_away(root)
        machine.mounts(line("/media/someone/EOS_DIGITAL", "/dev/sdc1"))
        assert machine.volumes.is_away(root)

    def test_a_folder_that_was_copied_to_a_new_disk_at_the_same_path_is_not(
        self, machine: Machine, stick: Path
    ):
        root = machine.root(stick / "photos")
        machine.mounts(line(stick, "/dev/nvme0n1p3", "ext4"))
        assert not machine.volumes.is_away(root)

    def test_a_folder_on_the_system_volume_never_is(self, machine: Machine):
        folder = machine.folder / "pictures"
        folder.mkdir()
        root = machine.root(folder)
        assert root.mount_point == b"/"
        assert not machine.volumes.is_away(root)
        folder.rmdir()
        assert not machine.volumes.is_away(root)

    def test_a_folder_that_may_not_be_read_is_not(
        self, machine: Machine, stick: Path, monkeypatch: pytest.MonkeyPatch
    ):
        root = machine.root(stick / "photos")
        machine.mounts()

        def scandir(path: bytes) -> None:
            raise PermissionError(13, "Permission denied", path)

        monkeypatch.setattr(os, "scandir", scandir)
        assert not machine.volumes.is_away(root)
