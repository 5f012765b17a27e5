"""Everything that is known about a photo from its file, its sidecars and its name, merged."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace

from imgsearch_desktop.adapters.imaging.metadata.dates import from_utc, now_here
from imgsearch_desktop.adapters.imaging.metadata.embedded import extract_embedded
from imgsearch_desktop.adapters.imaging.metadata.exif import (
    Exif,
    date_changed,
    exif_metadata,
    orientation_of,
    read_exif,
)
from imgsearch_desktop.domain.date_from_name import date_from_name
from imgsearch_desktop.domain.photo import DateSource, PhotoMetadata


@dataclass(frozen=True, slots=True)
class MetadataReading:
    """What was read.

    Attributes:
        metadata: merged from all sources.
        orientation: the EXIF orientation, 1 to 8.
    """

    metadata: PhotoMetadata
    orientation: int


def read_metadata(
    data: bytes | memoryview, image_format: str, path: bytes, mtime_ns: int, sidecars: Sequence[bytes]
) -> MetadataReading:
    """Read a photo's metadata; never raises for odd, invalid or hostile metadata.

    Args:
        data: the whole file.
        image_format: name of the content's format ("jpeg", "heic", "dng" ...).
        path: of the file; only its name is looked at.
        mtime_ns: modification time of the file, nanoseconds since 1970.
        sidecars: absolute paths of XMP and Takeout JSON files that belong to the photo.
    """
    embedded = extract_embedded(data, image_format)
    exif = read_exif(embedded.exif)
    metadata = exif_metadata(exif) if exif else PhotoMetadata()
    date = (
        metadata.date_taken
        or date_from_name(os.fsdecode(os.path.basename(path)), now_here())
        or date_changed(exif)
        or from_utc(mtime_ns / 1e9, DateSource.FILE_TIME)
    )
    return MetadataReading(replace(metadata, date_taken=date), orientation_of(exif))
