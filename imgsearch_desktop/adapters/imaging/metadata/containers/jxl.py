"""Metadata boxes of JPEG XL files."""

from __future__ import annotations

from imgsearch_desktop.adapters.imaging.metadata.containers.blocks import LARGEST_XMP, EmbeddedMetadata
from imgsearch_desktop.adapters.imaging.metadata.containers.boxes import boxes
from imgsearch_desktop.adapters.imaging.metadata.containers.heif import exif_of_item

JXL_SIGNATURE = b"\0\0\0\x0cJXL \r\n\x87\n"


def jxl_metadata(data: memoryview) -> EmbeddedMetadata:
    """Read the Exif and XMP boxes; those compressed with Brotli ("brob") are left alone."""
    exif: tuple[memoryview, ...] = ()
    xmp: tuple[bytes, ...] = ()
    for kind, content in boxes(data):
        if kind == b"Exif" and not exif:
            exif = (exif_of_item(content),)
        elif kind == b"xml " and not xmp and len(content) <= LARGEST_XMP:
            xmp = (bytes(content),)
    return EmbeddedMetadata(exif, xmp)
