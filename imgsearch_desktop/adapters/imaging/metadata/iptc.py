"""What IPTC-IIM says about a photo.

Source of the layout: IPTC Information Interchange Model 4.2, chapters 3 and 6.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from imgsearch_desktop.adapters.imaging.metadata.dates import parse_date
from imgsearch_desktop.adapters.imaging.metadata.exif_text import own_words
from imgsearch_desktop.adapters.imaging.metadata.text import clean_line, decode, unique_keywords
from imgsearch_desktop.domain.photo import DateSource, DateTaken, PhotoMetadata

_MARKER = 0x1C
_MAX_DATASETS = 5000
_CHARACTER_SET, _UTF8 = (1, 90), b"\x1b%G"
_TITLE, _KEYWORD, _CAPTION = (2, 5), (2, 25), (2, 120)
_DAY, _TIME = (2, 55), (2, 60)


def iptc_metadata(data: bytes) -> PhotoMetadata:
    """What IPTC says; its date counts as XMP's, whose photoshop:DateCreated is the same field."""
    values: dict[tuple[int, int], list[bytes]] = {}
    for name, value in _datasets(data):
        values.setdefault(name, []).append(value)
    utf8 = _UTF8 in values.get(_CHARACTER_SET, ())

    def texts(name: tuple[int, int]) -> list[str]:
        return [_decode(value, utf8=utf8) for value in values.get(name, ())]

    return PhotoMetadata(
        date_taken=_date(texts(_DAY), texts(_TIME)),
        keywords=unique_keywords(texts(_KEYWORD)),
        title=clean_line(next(iter(texts(_TITLE)), None)),
        description=own_words(next(iter(texts(_CAPTION)), None)),
    )


def _datasets(data: bytes) -> Iterator[tuple[tuple[int, int], bytes]]:
    """Yield ((record, dataset), value); stops at the first thing that is no dataset."""
    position = data.find(b"\x1c")
    for _ in range(_MAX_DATASETS):
        if position < 0 or position + 5 > len(data) or data[position] != _MARKER:
            return
        _, record, dataset, length = struct.unpack_from(">BBBH", data, position)
        position += 5
        if length & 0x8000:
            width = length & 0x7FFF
            length = int.from_bytes(data[position : position + min(width, 8)], "big")
            position += width
        yield (record, dataset), data[position : position + length]
        position += length


def _decode(value: bytes, *, utf8: bool) -> str:
    """Decode text; many programs write UTF-8 without saying so, and some say so and write Latin-1."""
    return value.decode("utf-8", "replace") if utf8 and _nearly_utf8(value) else decode(value)


def _nearly_utf8(value: bytes) -> bool:
    """Whether only the end is cut off in the middle of a character, as length limits do."""
    try:
        value.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.reason == "unexpected end of data"
    return True


def _date(days: list[str], times: list[str]) -> DateTaken | None:
    """Join "20190807" and "123456+0200"."""
    day, time = next(iter(days), ""), next(iter(times), "")
    if len(day) != 8 or not day.isdecimal():
        return None
    text = f"{day[:4]}-{day[4:6]}-{day[6:]}"
    if len(time) >= 6 and time[:6].isdecimal():
        text += f"T{time[:2]}:{time[2:4]}:{time[4:6]}"
    return parse_date(text, DateSource.XMP, time[6:])
