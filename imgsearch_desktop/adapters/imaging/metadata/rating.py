"""Ratings: stars from 0 to 5, -1 for a rejected photo."""

from __future__ import annotations


def rating_from_stars(value: float | None) -> int | None:
    """A rating as XMP and EXIF give it; None outside -1 to 5."""
    return round(value) if value is not None and -1 <= value <= 5 else None


def rating_from_percent(value: float | None) -> int | None:
    """A rating in percent as Windows gives it (1, 25, 50, 75, 99 are one to five stars)."""
    if value is None or not 0 <= value <= 100:
        return None
    return 0 if value < 1 else 1 + round((value - 1) / 98 * 4) if value <= 99 else 5
