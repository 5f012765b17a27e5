"""Places on earth and the time GPS gave, as EXIF says."""

from __future__ import annotations

import math
from calendar import timegm
from datetime import timedelta

from imgsearch_desktop.adapters.imaging.metadata.dates import from_utc, parse_date
from imgsearch_desktop.adapters.imaging.metadata.tiff import Directory
from imgsearch_desktop.domain.photo import DateSource, DateTaken, GpsPosition

_LATITUDE, _LONGITUDE, _ALTITUDE = (2, 1), (4, 3), (6, 5)
_TIME, _DATE = 7, 29
_BELOW_SEA = 1


def checked_position(
    latitude: float | None, longitude: float | None, altitude_m: float | None = None
) -> GpsPosition | None:
    """A position on earth; None beyond its poles, and for 0/0, which devices write for "unknown".

    Args:
        latitude: degrees, north positive.
        longitude: degrees, east positive.
        altitude_m: metres above the sea; dropped alone if it cannot be.
    """
    if latitude is None or longitude is None or not (math.isfinite(latitude) and math.isfinite(longitude)):
        return None
    if abs(latitude) > 90 or abs(longitude) > 180 or latitude == longitude == 0:
        return None
    if altitude_m is not None and not -12_000 < altitude_m < 100_000:
        altitude_m = None
    return GpsPosition(latitude, longitude, altitude_m)


def exif_position(gps: Directory) -> GpsPosition | None:
    """Read the position of a GPS directory."""
    altitude = gps.number(_ALTITUDE[0])
    if altitude is not None and gps.integer(_ALTITUDE[1]) == _BELOW_SEA:
        altitude = -altitude
    return checked_position(_degrees(gps, _LATITUDE, "S"), _degrees(gps, _LONGITUDE, "W"), altitude)


def gps_date(gps: Directory) -> DateTaken | None:
    """The satellites' UTC date and time of a GPS directory, on this computer's clock."""
    day, clock = parse_date(gps.text(_DATE), DateSource.EXIF), gps.numbers(_TIME)[:3]
    if day is None or len(clock) < 3 or not all(0 <= part < 61 for part in clock):
        return None
    hours, minutes, seconds = clock
    moment = day.local + timedelta(hours=hours, minutes=minutes, seconds=seconds)
    return from_utc(timegm(moment.timetuple()), DateSource.EXIF)


def _degrees(gps: Directory, tags: tuple[int, int], negative: str) -> float | None:
    parts = gps.numbers(tags[0])[:3]
    # Minutes or seconds of 0/0 mean "not given"; degrees of 0/0 mean there is no position at all.
    if not parts or not math.isfinite(parts[0]):
        return None
    total = sum(part / 60.0**power for power, part in enumerate(parts) if math.isfinite(part))
    return -total if (gps.text(tags[1]) or "").upper().startswith(negative) else total
