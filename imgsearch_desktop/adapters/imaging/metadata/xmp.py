"""What XMP says about a photo.

Source of the names: ISO 16684-2, CIPA DC-010 (Exif for XMP); lr, digiKam and MicrosoftPhoto belong to their
programs.
"""

from __future__ import annotations

import math
import re
from itertools import chain

from imgsearch_desktop.adapters.imaging.metadata.camera import camera_name, lens_name
from imgsearch_desktop.adapters.imaging.metadata.dates import parse_date
from imgsearch_desktop.adapters.imaging.metadata.exif_text import own_words
from imgsearch_desktop.adapters.imaging.metadata.exposure import checked_exposure
from imgsearch_desktop.adapters.imaging.metadata.gps import checked_position
from imgsearch_desktop.adapters.imaging.metadata.rating import rating_from_percent, rating_from_stars
from imgsearch_desktop.adapters.imaging.metadata.text import clean, clean_line, unique_keywords
from imgsearch_desktop.adapters.imaging.metadata.xmp_packet import XmpPacket
from imgsearch_desktop.domain.photo import DateSource, DateTaken, Exposure, GpsPosition, PhotoMetadata

_DC = "{http://purl.org/dc/elements/1.1/}"
_XMP = "{http://ns.adobe.com/xap/1.0/}"
_EXIF = "{http://ns.adobe.com/exif/1.0/}"
_EXIF_EX = "{http://cipa.jp/exif/1.0/}"
_AUX = "{http://ns.adobe.com/exif/1.0/aux/}"
_TIFF = "{http://ns.adobe.com/tiff/1.0/}"
_PHOTOSHOP = "{http://ns.adobe.com/photoshop/1.0/}"
_LIGHTROOM = "{http://ns.adobe.com/lightroom/1.0/}hierarchicalSubject"
_DIGIKAM = "{http://www.digikam.org/ns/1.0/}TagsList"
_MICROSOFT = "{http://ns.microsoft.com/photo/1.0/}"

_DATES = (
    f"{_PHOTOSHOP}DateCreated",
    f"{_EXIF}DateTimeOriginal",
    f"{_XMP}CreateDate",
    f"{_EXIF}DateTimeDigitized",
    f"{_EXIF}GPSTimeStamp",
)
_LONGEST_FIGURE = 64
_COORDINATE = re.compile(
    r"\s*(\d{1,3}(?:\.\d+)?)(?:,(\d{1,2}(?:\.\d+)?))?(?:,(\d{1,2}(?:\.\d+)?))?\s*([NSEW])?\s*", re.IGNORECASE
)


def xmp_metadata(xmp: XmpPacket) -> PhotoMetadata:
    """What a packet says, each value checked."""
    return PhotoMetadata(
        date_taken=_date(xmp),
        camera=camera_name(xmp.text(f"{_TIFF}Make"), xmp.text(f"{_TIFF}Model")),
        lens=lens_name(xmp.text(f"{_AUX}Lens") or xmp.text(f"{_EXIF_EX}LensModel")),
        exposure=_exposure(xmp),
        gps=_position(xmp),
        keywords=_keywords(xmp),
        title=clean_line(xmp.text(f"{_DC}title")),
        description=_description(xmp),
        rating=_rating(xmp),
    )


def _date(xmp: XmpPacket) -> DateTaken | None:
    for name in _DATES:
        found = parse_date(xmp.text(name), DateSource.XMP)
        if found:
            return found
    return None


def _keywords(xmp: XmpPacket) -> tuple[str, ...]:
    leaves = (value.rsplit("|", 1)[-1] for value in xmp.values(_LIGHTROOM))
    paths = chain(xmp.values(_DIGIKAM), xmp.values(f"{_MICROSOFT}LastKeywordXMP"))
    more_leaves = (value.rsplit("/", 1)[-1] for value in paths)
    return unique_keywords(chain(xmp.values(f"{_DC}subject"), leaves, more_leaves, xmp.people))


def _description(xmp: XmpPacket) -> str | None:
    for name in (f"{_DC}description", f"{_TIFF}ImageDescription", f"{_EXIF}UserComment"):
        words = own_words(clean(xmp.text(name)))
        if words:
            return words
    return None


def _rating(xmp: XmpPacket) -> int | None:
    stars = rating_from_stars(_number(xmp.text(f"{_XMP}Rating")))
    return stars if stars is not None else rating_from_percent(_number(xmp.text(f"{_MICROSOFT}Rating")))


def _exposure(xmp: XmpPacket) -> Exposure:
    iso = xmp.text(f"{_EXIF}ISOSpeedRatings") or xmp.text(f"{_EXIF_EX}PhotographicSensitivity")
    return checked_exposure(
        _number(xmp.text(f"{_EXIF}ExposureTime")),
        _number(xmp.text(f"{_EXIF}FNumber")),
        _number(iso),
        _number(xmp.text(f"{_EXIF}FocalLength")),
    )


def _position(xmp: XmpPacket) -> GpsPosition | None:
    altitude = _number(xmp.text(f"{_EXIF}GPSAltitude"))
    if altitude is not None and xmp.text(f"{_EXIF}GPSAltitudeRef") == "1":
        altitude = -altitude
    latitude = _coordinate(xmp, "GPSLatitude", "S")
    return checked_position(latitude, _coordinate(xmp, "GPSLongitude", "W"), altitude)


def _coordinate(xmp: XmpPacket, name: str, negative: str) -> float | None:
    """Degrees of "40,14.0786N", "40,14,4.7N" or, as some programs write, a plain signed number."""
    text = (xmp.text(f"{_EXIF}{name}") or "")[:_LONGEST_FIGURE]
    match = _COORDINATE.fullmatch(text)
    if not match:
        return _number(text)
    degrees: float = sum(float(part) / 60**power for power, part in enumerate(match.groups()[:3]) if part)
    reference = match[4] or xmp.text(f"{_EXIF}{name}Ref") or ""
    return -degrees if reference.upper().startswith(negative) else degrees


def _number(text: str | None) -> float | None:
    """A number or a fraction "28/10"; None for anything else."""
    numerator, _, denominator = (text or "")[:_LONGEST_FIGURE].partition("/")
    try:
        value = float(numerator) / float(denominator or 1)
    except (ValueError, ZeroDivisionError):
        return None
    return value if math.isfinite(value) else None
