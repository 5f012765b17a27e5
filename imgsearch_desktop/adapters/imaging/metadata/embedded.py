"""Finding the metadata blocks inside a picture file, whatever its format."""

from __future__ import annotations

from collections.abc import Callable

from imgsearch_desktop.adapters.imaging.metadata.containers.blocks import NOTHING, EmbeddedMetadata
from imgsearch_desktop.adapters.imaging.metadata.containers.jpeg import jpeg_metadata
from imgsearch_desktop.adapters.imaging.metadata.containers.tiff_file import tiff_metadata

_Walker = Callable[[memoryview], EmbeddedMetadata]

_BY_CONTENT: tuple[tuple[bytes, _Walker], ...] = (
    (b"\xff\xd8", jpeg_metadata),
    (b"II", tiff_metadata),
    (b"MM", tiff_metadata),
)


def extract_embedded(data: bytes | memoryview, image_format: str) -> EmbeddedMetadata:
    """Find the EXIF, XMP and IPTC blocks of a picture file; never raises for what the file contains.

    Args:
        data: the whole file.
        image_format: name of the content's format ("jpeg", "heic", "dng" ...).
    """
    view = memoryview(data)
    head = bytes(view[:16])
    for magic, walk in _BY_CONTENT:
        if head.startswith(magic):
            return walk(view)
    return NOTHING
