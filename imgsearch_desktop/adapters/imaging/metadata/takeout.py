"""What the JSON files of a Google Takeout say about the photos beside them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from imgsearch_desktop.adapters.imaging.metadata.dates import from_utc
from imgsearch_desktop.adapters.imaging.metadata.gps import checked_position
from imgsearch_desktop.adapters.imaging.metadata.text import clean, unique_keywords
from imgsearch_desktop.domain.photo import DateSource, DateTaken, GpsPosition, PhotoMetadata


def takeout_metadata(data: bytes) -> PhotoMetadata | None:
    """Read one such file; its title is the file's name and therefore no title.

    Returns:
        None where it is no JSON object or says nothing of a photo.
    """
    try:
        said = json.loads(data)
    except (ValueError, RecursionError):
        return None
    if not isinstance(said, dict):
        return None
    found = PhotoMetadata(
        date_taken=_date(said),
        gps=_position(said.get("geoData")) or _position(said.get("geoDataExif")),
        keywords=unique_keywords(_people(said.get("people"))),
        description=clean(_text(said.get("description"))),
    )
    return found if found != PhotoMetadata() else None


def _people(value: Any) -> Iterator[str]:
    for person in value if isinstance(value, list) else ():
        name = person.get("name") if isinstance(person, dict) else None
        if isinstance(name, str):
            yield name


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _number(value: Any) -> float | None:
    """A number, also where it stands as text (timestamps do); None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        return float(value)
    except (ValueError, OverflowError):
        return None


def _date(said: dict[str, Any]) -> DateTaken | None:
    taken = said.get("photoTakenTime")
    seconds = _number(taken.get("timestamp")) if isinstance(taken, dict) else None
    return from_utc(seconds, DateSource.TAKEOUT) if seconds is not None else None


def _position(place: Any) -> GpsPosition | None:
    if not isinstance(place, dict):
        return None
    altitude = _number(place.get("altitude")) or None
    return checked_position(_number(place.get("latitude")), _number(place.get("longitude")), altitude)
