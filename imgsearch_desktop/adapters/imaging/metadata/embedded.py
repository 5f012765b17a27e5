"""Finding the metadata blocks inside a picture file, whatever its format."""

from __future__ import annotations

from collections.abc import Callable

from imgsearch_desktop.adapters.imaging.metadata.containers.blocks import NOTHING, EmbeddedMetadata
from imgsearch_desktop.adapters.imaging.metadata.containers.gif import gif_metadata
from imgsearch_desktop.adapters.imaging.metadata.containers.heif import heif_metadata
from imgsearch_desktop.adapters.imaging.metadata.containers.jpeg import jpeg_metadata
from imgsearch_desktop.adapters.imaging.metadata.containers.jxl import JXL_SIGNATURE, jxl_metadata
from imgsearch_desktop.adapters.imaging.metadata.containers.png import PNG_SIGNATURE, png_metadata
from imgsearch_desktop.adapters.imaging.metadata.containers.raw import (
    RAF_SIGNATURE,
    cr3_metadata,
    raf_metadata,
)
from imgsearch_desktop.adapters.imaging.metadata.containers.tiff_file import tiff_metadata
from imgsearch_desktop.adapters.imaging.metadata.containers.webp import webp_metadata

_Walker = Callable[[memoryview], EmbeddedMetadata]

_BY_FORMAT: dict[str, _Walker] = {
    "jpeg": jpeg_metadata,
    "png": png_metadata,
    "webp": webp_metadata,
    "gif": gif_metadata,
    "tiff": tiff_metadata,
    "dng": tiff_metadata,
    "heic": heif_metadata,
    "heif": heif_metadata,
    "avif": heif_metadata,
    "jxl": jxl_metadata,
    "raf": raf_metadata,
    "cr3": cr3_metadata,
}
_BY_SIGNATURE: tuple[tuple[int, bytes, _Walker], ...] = (
    (0, b"\xff\xd8\xff", jpeg_metadata),
    (0, PNG_SIGNATURE, png_metadata),
    (8, b"WEBP", webp_metadata),
    (0, b"GIF8", gif_metadata),
    (0, JXL_SIGNATURE, jxl_metadata),
    (0, RAF_SIGNATURE, raf_metadata),
    (4, b"ftypcrx ", cr3_metadata),
    (4, b"ftyp", heif_metadata),
    (0, b"II", tiff_metadata),
    (0, b"MM", tiff_metadata),
)


def extract_embedded(data: bytes | memoryview, image_format: str) -> EmbeddedMetadata:
    """Find the EXIF, XMP and IPTC blocks of a picture file; never raises for what the file contains.

    Args:
        data: the whole file.
        image_format: name of the content's format ("jpeg", "heic", "dng" ...); for a name not known here, as
            that of most RAW formats, the first bytes decide.
    """
    view = memoryview(data)
    walk = _BY_FORMAT.get(image_format) or _by_signature(bytes(view[:16]))
    return walk(view) if walk else NOTHING


def _by_signature(head: bytes) -> _Walker | None:
    for offset, signature, walk in _BY_SIGNATURE:
        if head.startswith(signature, offset):
            return walk
    return None
