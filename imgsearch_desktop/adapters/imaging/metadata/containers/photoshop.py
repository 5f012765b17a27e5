"""Photoshop image resources ("8BIM"), in which JPEG and TIFF keep IPTC."""

from __future__ import annotations

import struct

_SIGNATURE = b"8BIM"
_IPTC = 0x0404
_MAX_RESOURCES = 1000


def iptc_of_resources(resources: bytes) -> bytes | None:
    """Find the IPTC datasets among Photoshop's image resources.

    Source of the layout: Adobe Photoshop File Formats Specification, "Image Resource Blocks".
    """
    position = 0
    for _ in range(_MAX_RESOURCES):
        if resources[position : position + 4] != _SIGNATURE or position + 7 > len(resources):
            return None
        (kind,) = struct.unpack_from(">H", resources, position + 4)
        position += 6 + (resources[position + 6] // 2 + 1) * 2
        if position + 4 > len(resources):
            return None
        (size,) = struct.unpack_from(">I", resources, position)
        position += 4
        if kind == _IPTC:
            return resources[position : position + size] or None
        position += size + size % 2
    return None
