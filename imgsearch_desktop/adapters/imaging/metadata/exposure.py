"""How a photo was exposed, as EXIF says."""

from __future__ import annotations

from imgsearch_desktop.adapters.imaging.metadata.tiff import Directory
from imgsearch_desktop.domain.photo import Exposure

_TIME, _SHUTTER = 0x829A, 0x9201
_F_NUMBER, _APERTURE = 0x829D, 0x9202
_ISO, _RECOMMENDED_INDEX, _ISO_SPEED = 0x8827, 0x8832, 0x8833
_FOCAL_LENGTH = 0x920A

_LONGEST_S = 7 * 24 * 3600
_LARGEST_F_NUMBER = 1000
_LARGEST_ISO = 20_000_000
_LONGEST_MM = 50_000
_ISO_OVERFLOW = 65535
"""What a 16-bit ISO says when the true one is larger and stands elsewhere."""


def within(value: float | None, largest: float) -> float | None:
    """The value if it is above zero and not beyond `largest`, else None."""
    return value if value is not None and 0 < value <= largest else None


def checked_exposure(
    seconds: float | None, f_number: float | None, iso: float | None, focal_length_mm: float | None
) -> Exposure:
    """An exposure whose impossible values are left out."""
    speed = within(iso, _LARGEST_ISO)
    return Exposure(
        within(seconds, _LONGEST_S),
        within(f_number, _LARGEST_F_NUMBER),
        int(speed) or None if speed is not None else None,
        within(focal_length_mm, _LONGEST_MM),
    )


def exposure_of(photo: Directory) -> Exposure:
    """Read an exposure, from the APEX values where the plain ones are missing."""
    seconds, f_number = photo.number(_TIME), photo.number(_F_NUMBER)
    shutter, aperture = photo.number(_SHUTTER), photo.number(_APERTURE)
    if not seconds and shutter is not None and abs(shutter) < 32:
        seconds = 2.0**-shutter
    if not f_number and aperture is not None and 0 < aperture < 20:
        f_number = round(2.0 ** (aperture / 2), 1)
    iso = photo.number(_ISO)
    if not iso or iso == _ISO_OVERFLOW:
        iso = photo.number(_ISO_SPEED) or photo.number(_RECOMMENDED_INDEX) or iso
    return checked_exposure(seconds, f_number, iso, photo.number(_FOCAL_LENGTH))
