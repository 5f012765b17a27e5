"""The mount table of Linux, `/proc/self/mountinfo` (see proc(5))."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass

MOUNT_TABLE = b"/proc/self/mountinfo"
DISKS_BY_UUID = b"/dev/disk/by-uuid"

_ESCAPED = re.compile(rb"\\([0-7]{3})")


@dataclass(frozen=True, slots=True)
class Mount:
    """One line of the table.

    Attributes:
        mount_point: where it is mounted.
        part: which folder of the file system is mounted; "/" for all of it.
        kind: type of the file system.
        source: device, share or name.
        device: "major:minor"; numbers of virtual file systems change from one boot to the next.
    """

    mount_point: bytes
    part: bytes
    kind: bytes
    source: bytes
    device: bytes


def parse_mounts(table: bytes) -> list[Mount]:
    """The mounts of a table in its order; lines that cannot be understood are left out."""
    mounts = []
    for line in table.splitlines():
        before, _, after = line.partition(b" - ")
        fields, about = before.split(b" "), after.split(b" ")
        if len(fields) >= 5 and len(about) >= 2:
            part, mount_point, kind, source = map(_unescaped, (fields[3], fields[4], about[0], about[1]))
            mounts.append(Mount(mount_point, part, kind, source, fields[2]))
    return mounts


def mount_of(path: bytes, mounts: list[Mount]) -> Mount | None:
    """The mount that holds a path without links: the longest mount point, of equal ones the one on top."""
    found: Mount | None = None
    for mount in mounts:
        prefix = mount.mount_point.rstrip(b"/") + b"/"
        inside = (path.rstrip(b"/") + b"/").startswith(prefix)
        if inside and (found is None or len(mount.mount_point) >= len(found.mount_point)):
            found = mount
    return found


def identity_of(mount: Mount, disks: bytes = DISKS_BY_UUID) -> str:
    """A text that names a volume wherever and whenever it is mounted, as far as the system tells.

    Args:
        mount: the volume.
        disks: folder whose links named by UUID lead to devices.
    """
    part = "" if mount.part == b"/" else f":{os.fsdecode(mount.part)}"
    uuid = _uuid(mount.source, disks)
    if uuid:
        return f"uuid:{uuid}{part}"
    named = b"/" in mount.source or b":" in mount.source
    device = "" if named else f":{mount.device.decode('ascii', 'replace')}"
    return f"{os.fsdecode(mount.kind)}:{os.fsdecode(mount.source)}{device}{part}"


def _uuid(source: bytes, disks: bytes) -> str | None:
    if not source.startswith(b"/dev/"):
        return None
    device = os.path.realpath(source)
    try:
        names = sorted(os.listdir(disks))  # noqa: PTH208 - pathlib knows no bytes
    except OSError:
        return None
    return next((os.fsdecode(n) for n in names if os.path.realpath(disks + b"/" + n) == device), None)


def _unescaped(field: bytes) -> bytes:
    """Blanks and backslashes stand in the table as octal numbers."""
    return _ESCAPED.sub(lambda match: bytes([int(match[1], 8) & 255]), field)
