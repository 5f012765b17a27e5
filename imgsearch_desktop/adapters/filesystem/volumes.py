"""Which volume a folder lies on, and whether that volume is connected."""

from __future__ import annotations

import os
import sys

from imgsearch_desktop.adapters.filesystem.mount_table import (
    DISKS_BY_UUID,
    MOUNT_TABLE,
    Mount,
    identity_of,
    mount_of,
    parse_mounts,
)
from imgsearch_desktop.application.ports import Volume
from imgsearch_desktop.domain.library import Root

_REMOVABLE = (b"/media/", b"/run/media/", b"/Volumes/")
_GNOME_SHARES = b"fuse.gvfsd-fuse"


class SystemVolumes:
    """Asks the operating system; fulfils `Volumes`.

    Args:
        mount_table: where Linux lists what is mounted; elsewhere it does not exist and is not used.
        disks: where Linux names disks by their UUID.
    """

    def __init__(self, mount_table: bytes = MOUNT_TABLE, disks: bytes = DISKS_BY_UUID) -> None:
        self._mount_table = mount_table
        self._disks = disks

    def volume_of(self, path: bytes) -> Volume:
        """The volume that holds a path, which need not exist."""
        real = os.path.realpath(path)
        mount = mount_of(real, self._mounts())
        if mount is not None:
            return _share(real, mount) or Volume(identity_of(mount, self._disks), mount.mount_point)
        mount_point = _mount_point(real)
        return Volume(_identity_by_path(mount_point), mount_point)

    def is_away(self, root: Root) -> bool:
        """Whether the root's volume is not connected (as opposed to: the folder was deleted).

        A folder on a volume that is there is never away, whether it exists or not. Neither is one that holds
        something: if it lies on another volume now, it has moved house with its path. Only where sticks and
        cards come and go does another volume at the same place mean that the root's own is away.
        """
        if _is_system(root.mount_point):
            return False
        now = self.volume_of(root.mount_point)
        if now.mount_point == root.mount_point and now.volume_id == root.volume_id:
            return False
        replaced = now.mount_point == root.mount_point and _comes_and_goes(root.mount_point)
        return replaced or _is_missing_or_empty(root.path)

    def _mounts(self) -> list[Mount]:
        try:
            with open(self._mount_table, "rb") as table:  # noqa: PTH123 - pathlib knows no bytes
                return parse_mounts(table.read())
        except OSError:
            return []


def _share(path: bytes, mount: Mount) -> Volume | None:
    """The network share or phone, if GNOME has it connected: one mount holds them all as its folders."""
    if mount.kind != _GNOME_SHARES:
        return None
    name = path[len(mount.mount_point) + 1 :].split(b"/", 1)[0]
    folder = mount.mount_point + b"/" + name
    return Volume(f"gvfs:{os.fsdecode(name)}", folder) if name and os.path.isdir(folder) else None  # noqa: PTH112


def _is_system(mount_point: bytes) -> bool:
    if sys.platform == "win32":
        drive = os.environ.get("SYSTEMDRIVE", "C:").encode()
        return mount_point.rstrip(b"\\/").lower() == drive.lower()
    return mount_point == b"/"


def _comes_and_goes(mount_point: bytes) -> bool:
    """Whether volumes are mounted there as they are plugged in."""
    return sys.platform == "win32" or mount_point.startswith(_REMOVABLE)


def _is_missing_or_empty(path: bytes) -> bool:
    try:
        with os.scandir(path) as entries:
            return next(entries, None) is None
    except PermissionError:
        return False
    except OSError:
        return True


def _mount_point(path: bytes) -> bytes:
    while not os.path.ismount(path):
        parent = os.path.split(path)[0]
        if parent == path:
            break
        path = parent
    return path


def _identity_by_path(mount_point: bytes) -> str:
    """Windows tells a volume's serial number as the device; elsewhere volumes go by their mount point."""
    if sys.platform == "win32":
        try:
            return f"serial:{os.stat(mount_point).st_dev:x}"  # noqa: PTH116 - pathlib knows no bytes
        except OSError:
            pass
    return f"mount:{os.fsdecode(mount_point)}"
