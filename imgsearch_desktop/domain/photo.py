"""What is known about a photo and about the files it lies in."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import NewType

PhotoId = NewType("PhotoId", int)
"""Row id of a photo in one catalogue; not stable across catalogues."""

PhotoUid = NewType("PhotoUid", str)
"""Permanent random id of a photo (32 hex digits); user data and search engines refer to it."""

FileId = NewType("FileId", int)
RootId = NewType("RootId", int)

Rgb = tuple[int, int, int]

RAW_FORMATS = frozenset(
    "3fr arw cr2 cr3 crw dcr dng erf iiq kdc mef mos mrw nef orf pef raf raw rw2 srw x3f".split()  # noqa: SIM905
)
"""The values of `PictureFacts.format` that are a camera's RAW files; "raw" is one of an unknown make."""


class DateSource(StrEnum):
    """Where a date taken comes from, in the order of preference."""

    USER = "user"
    EXIF = "exif"
    XMP = "xmp"
    TAKEOUT = "takeout"
    FILE_NAME = "file name"
    FILE_TIME = "file time"


@dataclass(frozen=True, slots=True)
class DateTaken:
    """When a photo was taken, by the clock on the wall where it was taken.

    Attributes:
        local: wall-clock time without a zone.
        utc_offset_minutes: offset of that wall clock from UTC, None where unknown.
        source: where the date comes from; a file time is a guess.
    """

    local: datetime
    utc_offset_minutes: int | None
    source: DateSource

    @property
    def certain(self) -> bool:
        """Whether anything better than the file's own time said so."""
        return self.source is not DateSource.FILE_TIME

    @property
    def sort_key(self) -> int:
        """Seconds since 1970 of the wall clock, read as if it were UTC: photos sort by local time."""
        return int(self.local.replace(tzinfo=UTC).timestamp())


@dataclass(frozen=True, slots=True)
class Exposure:
    """How a photo was exposed; None where the camera did not say."""

    seconds: float | None = None
    f_number: float | None = None
    iso: int | None = None
    focal_length_mm: float | None = None


@dataclass(frozen=True, slots=True)
class GpsPosition:
    """A place on earth, in degrees (north and east positive) and metres above the sea."""

    latitude: float
    longitude: float
    altitude_m: float | None = None


@dataclass(frozen=True, slots=True)
class PhotoMetadata:
    """What EXIF, IPTC, XMP, sidecars and Takeout say about a photo, merged."""

    date_taken: DateTaken | None = None
    camera: str | None = None
    lens: str | None = None
    exposure: Exposure = field(default_factory=Exposure)
    gps: GpsPosition | None = None
    keywords: tuple[str, ...] = ()
    title: str | None = None
    description: str | None = None
    rating: int | None = None


@dataclass(frozen=True, slots=True)
class PictureFacts:
    """What the decoded picture itself says.

    Attributes:
        format: lower-case name of the content's format ("jpeg", "heic", "dng" ...), whatever the extension.
        width: pixels, upright (after the EXIF orientation).
        height: pixels, upright.
        orientation: the EXIF orientation that was applied, 1 to 8.
        perceptual_hash: 64-bit hash of the upright picture; near pictures differ in few bits.
        average_colour: mean colour, what a placeholder is painted with.
        palette: up to five dominant colours, the largest share first.
        derived_version: version of the code that made the three derived values and the thumbnail.
    """

    format: str
    width: int
    height: int
    orientation: int
    perceptual_hash: int
    average_colour: Rgb
    palette: tuple[Rgb, ...]
    derived_version: int


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """Which bytes a file holds, as read.

    Attributes:
        size: bytes.
        mtime_ns: modification time when it was read.
        file_hash: 16-byte BLAKE2b of the whole file.
        picture_hash: 16-byte BLAKE2b of the compressed picture payload without metadata segments (JPEG, PNG,
            WebP), else equal to `file_hash`.
    """

    size: int
    mtime_ns: int
    file_hash: bytes
    picture_hash: bytes


@dataclass(frozen=True, slots=True)
class Label:
    """A class that a model saw in a photo, with its probability (0 to 1)."""

    name: str
    probability: float


@dataclass(frozen=True, slots=True)
class PhotoFile:
    """One path where a photo lies.

    Attributes:
        file_id: row id.
        root_id: the folder (root) it lies below.
        root_path: absolute path of the root as it is mounted now.
        relative_path: path below the root, as the file system's bytes.
        display_path: the absolute path as text for people (undecodable bytes replaced).
        missing: the file was there once and is not any more.
    """

    file_id: FileId
    root_id: RootId
    root_path: bytes
    relative_path: bytes
    display_path: str
    size: int
    mtime_ns: int
    missing: bool = False

    @property
    def path(self) -> bytes:
        """Absolute path as the file system's bytes."""
        return self.root_path + b"/" + self.relative_path


@dataclass(frozen=True, slots=True)
class Photo:
    """One picture as the catalogue knows it, with every file it lies in."""

    photo_id: PhotoId
    uid: PhotoUid
    picture_hash: bytes
    facts: PictureFacts
    metadata: PhotoMetadata
    labels: tuple[Label, ...]
    files: tuple[PhotoFile, ...]
    added: datetime
