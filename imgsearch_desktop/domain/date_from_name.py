"""When a photo was taken, as far as its file name tells."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from imgsearch_desktop.domain.photo import DateSource, DateTaken

EARLIEST_PHOTO = datetime(1826, 1, 1)  # noqa: DTZ001 - wall clock; Niépce's view from his window
_EARLIEST_COMPACT = 1900
_NO_CLOCK = datetime(1970, 1, 1)  # noqa: DTZ001 - what a device without a clock writes

_DATE = r"(?<!\d)(?P<year>\d{4})(?P<sep>[-_. ]?)(?P<month>\d\d)(?P=sep)(?P<day>\d\d)"
_TIME = (
    r"(?P<hour>\d\d|\d(?=[-_.:h ]))(?P<tsep>[-_.:h ]?)(?P<minute>\d\d)"
    r"(?:(?P=tsep)|[-_.:m ])(?P<second>\d\d)(?:\d{3})?(?!\d)"
)
_GAP = r"(?:[-_ T.,]{0,3}|[ _]\w{1,6}[ _])"
_DATE_AND_TIME = re.compile(rf"{_DATE}{_GAP}{_TIME}(?:s)?(?:[\s\u202f_]?(?P<half>[AaPp])\.?[Mm]\b)?")
_DATE_ALONE = re.compile(rf"{_DATE}(?!\d)")
_UTC_NAME = re.compile(r"^PXL_\d{8}_\d{9}")
_EPOCH_MS = re.compile(r"^(?:FB_IMG_|mmexport|wx_camera_|IMG_|image_|photo_)?(1\d{12})(?!\d)", re.IGNORECASE)
_RANDOM_NAME = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|(?<![0-9a-f])(?=\d*[a-f])[0-9a-f]{24,}",
    re.IGNORECASE,
)


def is_plausible(local: datetime, now: datetime) -> bool:
    """Whether a photo can have been taken then: after photography began and not in the future.

    Args:
        local: wall clock, without a zone.
        now: wall clock here; two days are granted for zones and clocks that are fast.
    """
    return EARLIEST_PHOTO <= local <= now + timedelta(days=2) and local != _NO_CLOCK


def date_from_name(name: str, now: datetime) -> DateTaken | None:
    """Read the date that cameras, phones and messengers put into file names.

    A name with a day and no time gives midnight. Pixel phones and names that count milliseconds say UTC:
    their date has the offset 0; for all others the offset is unknown.

    Args:
        name: file name, with or without its extension.
        now: wall clock here; later dates are refused.

    Returns:
        None where the name has no date, or one that cannot be.
    """
    if _RANDOM_NAME.search(name):
        return None
    counted = _EPOCH_MS.match(name)
    if counted:
        moment = datetime.fromtimestamp(int(counted[1]) / 1000, UTC).replace(tzinfo=None, microsecond=0)
        return _dated(moment, now, 0)
    offset = 0 if _UTC_NAME.match(name) else None
    for pattern in (_DATE_AND_TIME, _DATE_ALONE):
        for match in pattern.finditer(name):
            found = _dated(_moment(match), now, offset)
            if found:
                return found
    return None


def _dated(local: datetime | None, now: datetime, offset: int | None) -> DateTaken | None:
    if local is None or not is_plausible(local, now):
        return None
    return DateTaken(local, offset, DateSource.FILE_NAME)


def _moment(match: re.Match[str]) -> datetime | None:
    part = match.groupdict()
    year, hour = int(part["year"]), int(part.get("hour") or 0)
    if not part["sep"] and year < _EARLIEST_COMPACT:
        return None
    if part.get("half") and 1 <= hour <= 12:
        hour = hour % 12 + (12 if part["half"] in "Pp" else 0)
    try:
        return datetime(  # noqa: DTZ001 - wall clock
            year,
            int(part["month"]),
            int(part["day"]),
            hour,
            int(part.get("minute") or 0),
            int(part.get("second") or 0),
        )
    except ValueError:
        return None
