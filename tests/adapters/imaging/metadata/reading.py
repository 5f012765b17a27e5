"""Reading metadata in tests: a file of known content, name and time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from imgsearch_desktop.adapters.imaging.metadata.reader import MetadataReading, read_metadata
from imgsearch_desktop.domain.photo import DateTaken, PhotoMetadata

FILE_TIME = datetime(2022, 3, 4, 5, 6, 7, tzinfo=UTC)
FILE_TIME_NS = int(FILE_TIME.timestamp()) * 10**9


def read(
    data: bytes | memoryview,
    name: str = "photo.jpg",
    sidecars: Sequence[Path] = (),
    image_format: str = "",
) -> MetadataReading:
    """Read metadata; the format is told from the content unless given."""
    beside = [bytes(path) for path in sidecars]
    return read_metadata(data, image_format, b"/photos/" + name.encode(), FILE_TIME_NS, beside)


def metadata(data: bytes, name: str = "photo.jpg", sidecars: Sequence[Path] = ()) -> PhotoMetadata:
    return read(data, name, sidecars).metadata


def taken(data: bytes, name: str = "photo.jpg", sidecars: Sequence[Path] = ()) -> DateTaken:
    """The date taken, which a file with a time always has."""
    date = metadata(data, name, sidecars).date_taken
    assert date is not None
    return date


def when(date: DateTaken) -> tuple[str, int | None, str]:
    return date.local.isoformat(" "), date.utc_offset_minutes, date.source.value
