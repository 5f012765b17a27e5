"""Everything that is known about a photo from its file, its sidecars and its name, merged."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from imgsearch_desktop.adapters.imaging.metadata.containers.blocks import NOTHING, EmbeddedMetadata
from imgsearch_desktop.adapters.imaging.metadata.dates import from_utc, now_here
from imgsearch_desktop.adapters.imaging.metadata.embedded import extract_embedded
from imgsearch_desktop.adapters.imaging.metadata.exif import (
    Exif,
    date_changed,
    date_digitised,
    exif_metadata,
    orientation_of,
    read_exif,
)
from imgsearch_desktop.adapters.imaging.metadata.iptc import iptc_metadata
from imgsearch_desktop.adapters.imaging.metadata.merge import Sources, merge
from imgsearch_desktop.adapters.imaging.metadata.sidecars import NO_SIDECARS, read_sidecars
from imgsearch_desktop.adapters.imaging.metadata.xmp import xmp_metadata
from imgsearch_desktop.adapters.imaging.metadata.xmp_packet import parse_xmp
from imgsearch_desktop.domain.date_from_name import date_from_name
from imgsearch_desktop.domain.photo import DateSource, DateTaken, PhotoMetadata

logger = logging.getLogger(__name__)

T = TypeVar("T")


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
    embedded = _attempt(lambda: extract_embedded(data, image_format), NOTHING)
    exif = _attempt(lambda: read_exif(embedded.exif), None)
    sources = Sources(
        exif=_attempt(lambda: exif_metadata(exif), PhotoMetadata()) if exif else PhotoMetadata(),
        xmp=_attempt(lambda: _packets(embedded), ()),
        iptc=_attempt(lambda: iptc_metadata(embedded.iptc or b""), PhotoMetadata()),
        sidecars=_attempt(lambda: read_sidecars(sidecars), NO_SIDECARS),
    )
    later_dates = _later_dates(exif, sources.sidecars.takeout, path, mtime_ns)
    return MetadataReading(merge(sources, later_dates), orientation_of(exif))


def _attempt(read: Callable[[], T], otherwise: T) -> T:
    """Read one source; should the reader itself be at fault, that costs this source and not the photo."""
    try:
        return read()
    except Exception:
        logger.warning("a source of metadata could not be read", exc_info=True)
        return otherwise


def _packets(embedded: EmbeddedMetadata) -> tuple[PhotoMetadata, ...]:
    return tuple(xmp_metadata(packet) for data in embedded.xmp if (packet := parse_xmp(data)))


def _later_dates(
    exif: Exif | None, takeout: tuple[PhotoMetadata, ...], path: bytes, mtime_ns: int
) -> Iterator[DateTaken | None]:
    yield date_digitised(exif)
    yield from (source.date_taken for source in takeout)
    yield _date_in_name(path)
    yield date_changed(exif)
    yield from_utc(mtime_ns / 1e9, DateSource.FILE_TIME)


def _date_in_name(path: bytes) -> DateTaken | None:
    name = os.fsdecode(path).replace("\\", "/").rsplit("/", 1)[-1]
    date = date_from_name(name, now_here())
    # A name that says UTC: show the wall clock here, as for every other instant.
    return from_utc(date.sort_key, date.source) if date and date.utc_offset_minutes == 0 else date
