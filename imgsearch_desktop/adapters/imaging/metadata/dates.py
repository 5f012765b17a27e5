"""Dates as metadata write them, checked: what cannot be is refused, so that the next source is tried."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from imgsearch_desktop.domain.date_from_name import is_plausible
from imgsearch_desktop.domain.photo import DateSource, DateTaken

_MOMENT = re.compile(
    r"\s*(\d{4})(?:[-:/. ]\s?(\d{1,2})(?:[-:/. ]\s?(\d{1,2})"
    r"(?:[T ,]\s*(\d{1,2})[:.](\s?\d{1,2})(?:[:.](\s?\d{1,2}))?(?:[.,]\d*)?)?)?)?"
    r"\s*(Z|UTC|[+-]\d{1,2}:?\d{2})?",
    re.IGNORECASE,
)
_OFFSET = re.compile(r"\s*(?:(Z|UTC)|([+-])(\d{1,2}):?(\d{2}))", re.IGNORECASE)
_LARGEST_OFFSET = 15 * 60
_LONGEST = 64
"""Longer texts are no dates; they are cut before anything is looked for in them."""


def parse_offset(text: str | None) -> int | None:
    """Minutes from UTC of "+02:00", "-0330" or "Z"; None for anything else or beyond 15 hours."""
    match = _OFFSET.match((text or "")[:_LONGEST])
    if not match:
        return None
    if match[1]:
        return 0
    minutes = int(match[3]) * 60 + int(match[4])
    return (minutes if match[2] == "+" else -minutes) if minutes <= _LARGEST_OFFSET else None


def parse_date(text: str | None, source: DateSource, offset: str | None = None) -> DateTaken | None:
    """Read "2019:08:07 12:34:56" (EXIF) or "2019-08-07T12:34:56.1+02:00" (XMP), whole or its beginning.

    Args:
        text: the date, None gives None.
        source: who says so.
        offset: of the wall clock from UTC where that is told apart from the date.

    Returns:
        None if there is no such moment or no photo can have been taken then.
    """
    match = _MOMENT.match((text or "")[:_LONGEST])
    if not match:
        return None
    year, month, day, hour, minute, second = (
        int(part) if part else default
        for part, default in zip(match.groups(), (0, 1, 1, 0, 0, 0), strict=False)
    )
    try:
        local = datetime(year, month, day, hour, minute, min(second, 59))  # noqa: DTZ001 - wall clock
    except ValueError:
        return None
    if not is_plausible(local, now_here()):
        return None
    return DateTaken(local, parse_offset(match[7] or offset), source)


def from_utc(seconds: float, source: DateSource) -> DateTaken | None:
    """The moment an instant was on this computer's clock, the best guess for the clock where it was taken.

    Args:
        seconds: since 1970, UTC.
        source: who says so.
    """
    try:
        here = datetime.fromtimestamp(seconds, UTC).astimezone()
    except (ValueError, OverflowError, OSError):
        return None
    shift = here.utcoffset()
    local = here.replace(tzinfo=None, microsecond=0)
    if not seconds or not is_plausible(local, now_here()):
        return None
    return DateTaken(local, round(shift.total_seconds() / 60) if shift is not None else None, source)


def now_here() -> datetime:
    """The wall clock of this computer, without a zone."""
    return datetime.now(UTC).astimezone().replace(tzinfo=None)
