"""XMP in GIF files."""

from __future__ import annotations

import re

from imgsearch_desktop.adapters.imaging.metadata.containers.blocks import (
    LARGEST_XMP,
    NOTHING,
    EmbeddedMetadata,
)

_BEGIN = re.compile(rb"\x21\xff\x0bXMP DataXMP")
_END = re.compile(rb"\x01\xff\xfe\xfd")
"""Where the "magic trailer" begins that lets readers which expect sub-blocks skip the packet."""


def gif_metadata(data: memoryview) -> EmbeddedMetadata:
    """Read the XMP application extension of a GIF."""
    begin = _BEGIN.search(data)
    end = _END.search(data, begin.end(), begin.end() + LARGEST_XMP) if begin else None
    return EmbeddedMetadata(xmp=(bytes(data[begin.end() : end.start()]),)) if begin and end else NOTHING
