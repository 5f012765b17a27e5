"""Metadata of TIFF, DNG and the RAW formats built like TIFF: the file itself is the EXIF structure."""

from __future__ import annotations

from imgsearch_desktop.adapters.imaging.metadata.containers.blocks import (
    LARGEST_BLOCK,
    LARGEST_XMP,
    NOTHING,
    EmbeddedMetadata,
)
from imgsearch_desktop.adapters.imaging.metadata.containers.photoshop import iptc_of_resources
from imgsearch_desktop.adapters.imaging.metadata.tiff import parse_tiff

_XMP, _IPTC, _PHOTOSHOP = 700, 33723, 34377


def tiff_metadata(data: memoryview) -> EmbeddedMetadata:
    """Read the metadata of a file with a TIFF structure."""
    tiff = parse_tiff(data)
    if tiff is None:
        return NOTHING
    image = tiff.directory(tiff.first_offset)
    xmp, iptc, resources = image.raw(_XMP), image.raw(_IPTC), image.raw(_PHOTOSHOP)
    datasets = bytes(iptc[:LARGEST_BLOCK]) if iptc is not None else None
    if not datasets and resources is not None:
        datasets = iptc_of_resources(bytes(resources[:LARGEST_BLOCK]))
    return EmbeddedMetadata(
        exif=(data,),
        xmp=(bytes(xmp),) if xmp is not None and len(xmp) <= LARGEST_XMP else (),
        iptc=datasets,
    )
