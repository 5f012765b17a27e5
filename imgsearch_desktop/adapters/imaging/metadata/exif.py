"""What EXIF says about a photo.

Source of the tags: CIPA DC-008-2023 (Exif 3.0); the XP* and Rating tags are Microsoft's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from imgsearch_desktop.adapters.imaging.metadata.camera import camera_name, lens_name
from imgsearch_desktop.adapters.imaging.metadata.dates import parse_date
from imgsearch_desktop.adapters.imaging.metadata.exif_text import description_text, user_comment, xp_text
from imgsearch_desktop.adapters.imaging.metadata.exposure import exposure_of
from imgsearch_desktop.adapters.imaging.metadata.gps import exif_position, gps_date
from imgsearch_desktop.adapters.imaging.metadata.rating import rating_from_percent, rating_from_stars
from imgsearch_desktop.adapters.imaging.metadata.text import unique_keywords
from imgsearch_desktop.adapters.imaging.metadata.tiff import EMPTY, Directory, parse_tiff
from imgsearch_desktop.domain.photo import DateSource, DateTaken, PhotoMetadata

_ORIENTATION, _EXIF_IFD, _GPS_IFD = 0x0112, 0x8769, 0x8825
_MAKE, _MODEL, _UNIQUE_MODEL, _LENS = 0x010F, 0x0110, 0xC614, 0xA434
_ORIGINAL, _DIGITISED, _CHANGED = (0x9003, 0x9011), (0x9004, 0x9012), (0x0132, 0x9010)
_XP_TITLE, _XP_COMMENT, _XP_KEYWORDS = 0x9C9B, 0x9C9C, 0x9C9E
_RATING, _RATING_PERCENT = 0x4746, 0x4749


@dataclass(frozen=True, slots=True)
class Exif:
    """The three directories that describe a photo."""

    image: Directory = EMPTY
    photo: Directory = EMPTY
    gps: Directory = EMPTY


def read_exif(parts: Sequence[memoryview]) -> Exif | None:
    """Parse EXIF.

    Args:
        parts: one TIFF structure; or, as Canon's CR3 keeps them, three, whose first directories are those of
            the image, the photo and GPS.

    Returns:
        None if there is no TIFF structure.
    """
    structures = [parse_tiff(part) for part in parts]
    if len(structures) == 3:
        image, photo, gps = (tiff.directory(tiff.first_offset) if tiff else EMPTY for tiff in structures)
        return Exif(image, photo, gps)
    tiff = structures[0] if structures else None
    if tiff is None:
        return None
    image = tiff.directory(tiff.first_offset)
    photo = tiff.directory(image.integer(_EXIF_IFD))
    return Exif(image, photo, tiff.directory(image.integer(_GPS_IFD)))


def orientation_of(exif: Exif | None) -> int:
    """The EXIF orientation, 1 to 8; 1 where it is absent or nonsense."""
    value = exif.image.integer(_ORIENTATION) if exif else None
    return value if value is not None and 1 <= value <= 8 else 1


def exif_metadata(exif: Exif) -> PhotoMetadata:
    """What EXIF says, each value checked; the date is the original's, not a scan's or an edit's."""
    image, photo = exif.image, exif.photo
    maker, model = image.text(_MAKE), image.text(_MODEL) or image.text(_UNIQUE_MODEL)
    camera = camera_name(maker, model)
    keywords = xp_text(image.raw(_XP_KEYWORDS)) or ""
    return PhotoMetadata(
        date_taken=_date(exif, _ORIGINAL),
        camera=camera,
        lens=lens_name(photo.text(_LENS) or image.text(_LENS)),
        exposure=exposure_of(photo),
        gps=exif_position(exif.gps),
        keywords=unique_keywords(keywords.split(";")),
        title=xp_text(image.raw(_XP_TITLE)),
        description=_description(exif, {maker, model, camera}),
        rating=_rating(image),
    )


def date_digitised(exif: Exif | None) -> DateTaken | None:
    """When the photo was digitised, else the time GPS gave."""
    return (_date(exif, _DIGITISED) or gps_date(exif.gps)) if exif else None


def date_changed(exif: Exif | None) -> DateTaken | None:
    """The date of the last change as EXIF says, for files where nothing tells when they were taken."""
    return _date(exif, _CHANGED) if exif else None


def _date(exif: Exif, tags: tuple[int, int]) -> DateTaken | None:
    date, offset = tags
    for directory in (exif.photo, exif.image):
        found = parse_date(directory.text(date), DateSource.EXIF, exif.photo.text(offset))
        if found:
            return found
    return None


def _description(exif: Exif, camera: set[str | None]) -> str | None:
    """The first text in a person's own words; the names of the camera are not."""
    texts = (
        description_text(exif.image),
        user_comment(exif.photo),
        xp_text(exif.image.raw(_XP_COMMENT)),
    )
    return next((text for text in texts if text and text not in camera), None)


def _rating(image: Directory) -> int | None:
    stars = rating_from_stars(image.number(_RATING))
    return stars if stars is not None else rating_from_percent(image.number(_RATING_PERCENT))
