"""Between rows of the database and the values of the domain."""

from __future__ import annotations

import json
import math
import os
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from sqlite3 import Row

from imgsearch_desktop.domain.photo import (
    DateSource,
    DateTaken,
    Exposure,
    FileId,
    GpsPosition,
    Label,
    Photo,
    PhotoFile,
    PhotoId,
    PhotoMetadata,
    PhotoUid,
    PictureFacts,
    Rgb,
    RootId,
)

Value = int | float | str | bytes | None

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_INT64 = 1 << 63

PHOTO_QUERY = """
    SELECT photos.*, cameras.name AS camera_name, lenses.name AS lens_name
    FROM json_each(?) AS wanted
    JOIN photos ON photos.photo_id = wanted.value
    LEFT JOIN names AS cameras ON cameras.name_id = photos.camera
    LEFT JOIN names AS lenses ON lenses.name_id = photos.lens
"""
"""Rows for `photo_of`; the parameter is a JSON array of photo ids."""


def micros(moment: datetime) -> int:
    """Microseconds since 1970 UTC; a time without a zone is read as if it were UTC."""
    aware = moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
    return (aware - _EPOCH) // _MICROSECOND


def moment_of(microseconds: int) -> datetime:
    """The UTC time of `micros`."""
    return _EPOCH + timedelta(microseconds=microseconds)


def int64(number: int) -> int:
    """The nearest number SQLite can store; a time in the year 2300 is a strange file, not an error."""
    return max(-_INT64, min(_INT64 - 1, number))


def storable(text: str) -> str:
    """The text with what UTF-8 cannot say replaced (halves of surrogate pairs from undecodable names)."""
    return text.encode("utf-8", "replace").decode("utf-8")


def display_text(path: bytes) -> str:
    """A path as text for people; undecodable bytes are replaced."""
    text = path.decode("utf-8", "replace")
    return text.replace("/", os.sep) if os.sep != "/" else text


def with_slashes(path: bytes) -> bytes:
    """An absolute path with "/" between its parts, as relative paths have it on every system."""
    return path.replace(b"\\", b"/") if os.name == "nt" else path


def uid_text(uid: bytes) -> PhotoUid:
    """A `photo_uid` as the domain writes it."""
    return PhotoUid(uid.hex())


def fact_columns(facts: PictureFacts) -> dict[str, Value]:
    """Named parameters for what the picture itself says."""
    return {
        "format": storable(facts.format),
        "width": facts.width,
        "height": facts.height,
        "orientation": facts.orientation,
        "perceptual_hash": signed(facts.perceptual_hash),
        "average_colour": int.from_bytes(bytes(facts.average_colour), "big"),
        "palette": b"".join(bytes(colour) for colour in facts.palette),
        "derived_version": facts.derived_version,
    }


def metadata_columns(metadata: PhotoMetadata, name_id: Callable[[str], int]) -> dict[str, Value]:
    """Named parameters for what the files say.

    Args:
        metadata: the values.
        name_id: interns a text that many photos share.
    """
    taken, exposure, gps = metadata.date_taken, metadata.exposure, metadata.gps
    return {
        "date_taken": micros(taken.local) if taken else None,
        "date_offset": taken.utc_offset_minutes if taken else None,
        "date_source": taken.source.value if taken else None,
        "camera": name_id(metadata.camera) if metadata.camera else None,
        "lens": name_id(metadata.lens) if metadata.lens else None,
        "exposure_s": exposure.seconds,
        "f_number": exposure.f_number,
        "iso": None if exposure.iso is None else int64(exposure.iso),
        "focal_length_mm": exposure.focal_length_mm,
        "latitude": gps.latitude if gps else None,
        "longitude": gps.longitude if gps else None,
        "altitude_m": gps.altitude_m if gps else None,
        "keywords": _keyword_text(metadata.keywords),
        "title": None if metadata.title is None else storable(metadata.title),
        "description": None if metadata.description is None else storable(metadata.description),
        "rating": None if metadata.rating is None else int64(metadata.rating),
    }


def photo_of(row: Row, labels: Sequence[Label], files: Sequence[PhotoFile]) -> Photo:
    """A photo from a row of `PHOTO_QUERY`."""
    return Photo(
        photo_id=PhotoId(row["photo_id"]),
        uid=uid_text(row["uid"]),
        picture_hash=row["picture_hash"],
        facts=_facts(row),
        metadata=_metadata(row),
        labels=tuple(labels),
        files=tuple(files),
        added=moment_of(row["added"]),
    )


def file_of(row: Row) -> PhotoFile:
    """A file from a row with the columns of `files` and its root's path as `root_path`."""
    root_path, relative_path = row["root_path"], row["relative_path"]
    return PhotoFile(
        file_id=FileId(row["file_id"]),
        root_id=RootId(row["root_id"]),
        root_path=root_path,
        relative_path=relative_path,
        display_path=display_text(joined(root_path, relative_path)),
        size=row["size"],
        mtime_ns=row["mtime_ns"],
        missing=bool(row["missing"]),
    )


def joined(root_path: bytes, relative_path: bytes) -> bytes:
    """The absolute path of what lies below a root."""
    return root_path.rstrip(b"/") + b"/" + relative_path


def keywords_of(text: str | None) -> tuple[str, ...]:
    """Keywords as stored."""
    return tuple(json.loads(text)) if text else ()


def date_of(row: Row) -> DateTaken | None:
    """The date that counts: the user's correction, else what the files say."""
    if row["user_date"] is not None:
        return DateTaken(_wall_clock(row["user_date"]), row["user_offset"], DateSource.USER)
    if row["date_taken"] is None:
        return None
    return DateTaken(_wall_clock(row["date_taken"]), row["date_offset"], DateSource(row["date_source"]))


def signed(bits: int) -> int:
    """64 bits as the signed number that SQLite stores."""
    return bits - (1 << 64) if bits >= _INT64 else bits


def _facts(row: Row) -> PictureFacts:
    return PictureFacts(
        format=row["format"],
        width=row["width"],
        height=row["height"],
        orientation=row["orientation"],
        perceptual_hash=row["perceptual_hash"] & ((1 << 64) - 1),
        average_colour=_colour(row["average_colour"].to_bytes(3, "big")),
        palette=tuple(_colour(row["palette"][at : at + 3]) for at in range(0, len(row["palette"]), 3)),
        derived_version=row["derived_version"],
    )


def _metadata(row: Row) -> PhotoMetadata:
    return PhotoMetadata(
        date_taken=date_of(row),
        camera=row["camera_name"],
        lens=row["lens_name"],
        exposure=Exposure(row["exposure_s"], row["f_number"], row["iso"], row["focal_length_mm"]),
        gps=_position(row),
        keywords=keywords_of(row["keywords"]),
        title=row["title"],
        description=row["description"],
        rating=row["rating"],
    )


def _position(row: Row) -> GpsPosition | None:
    latitude, longitude, altitude = row["latitude"], row["longitude"], row["altitude_m"]
    if latitude is None or longitude is None or not math.isfinite(latitude + longitude):
        return None
    return GpsPosition(latitude, longitude, altitude)


def _colour(channels: bytes) -> Rgb:
    red, green, blue = channels
    return red, green, blue


def _wall_clock(microseconds: int) -> datetime:
    return moment_of(microseconds).replace(tzinfo=None)


def _keyword_text(keywords: Sequence[str]) -> str | None:
    if not keywords:
        return None
    return json.dumps([storable(word) for word in keywords], ensure_ascii=False)
