"""What people type, taken apart; any text gives an answer, none an error.

* `dog on the beach`: free text.
* `"golden gate"`: a phrase that must occur; any kind of double quotes („so“, «so», 「so」). An opening quote
  without its end is no quote.
* `-car`, `-"parked car"`: what the picture should not show, also before the closing quote is typed. A dash
  between spaces is punctuation.
* `after:2024-05-01`, `before:2024-05-31` (whole ISO dates), `type:jpeg`, `type:raw`, `camera:canon` (where a
  known camera holds these words): filters. Whatever cannot be resolved stays text, to be searched as such.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from imgsearch_desktop.domain.filters import NO_FILTERS, Filters
from imgsearch_desktop.domain.keywords import fold
from imgsearch_desktop.domain.query import Query

MAX_PARTS = 16
"""Phrases, and minus parts (each is encoded apart), that one query may have; further ones are left out."""

_QUOTES = '"\u201c\u201d\u201e\u201f\u00ab\u00bb\u2039\u203a\u300c\u300d\u300e\u300f\u301d\u301e\u301f\uff02'
_NO_QUOTES = str.maketrans(dict.fromkeys(_QUOTES, " "))
_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2212\uff0d"

_PART = re.compile(
    rf"(?P<dashes>[{_DASHES}]*)"
    rf"(?:(?P<field>[a-zA-Z]+):)?"
    rf"(?:[{_QUOTES}](?P<quoted>[^{_QUOTES}]*)[{_QUOTES}](?=\s|$)|(?P<word>[^\s{_QUOTES}]\S*)"
    rf"|(?<=[{_DASHES}])[{_QUOTES}](?P<unclosed>[^{_QUOTES}]*)$)"
)

_FIELD_LEFT_OPEN = re.compile(rf"[a-zA-Z]+:[{_QUOTES}]")
"""A field whose quoted value has no end."""

_FORMATS = {
    "jpeg": "jpeg", "jpg": "jpeg", "png": "png", "webp": "webp", "gif": "gif", "tiff": "tiff", "tif": "tiff",
    "bmp": "bmp", "avif": "avif", "heic": "heic", "jxl": "jxl", "raw": "raw",
}  # fmt: skip


class PartKind(StrEnum):
    """What a part of the typed text is taken for."""

    TEXT = "text"
    PHRASE = "phrase"
    MINUS = "minus"
    FILTER = "filter"


@dataclass(frozen=True, slots=True)
class QueryPart:
    """A part of the typed text, as a chip shows it.

    Attributes:
        kind: what it is taken for.
        text: its words, without quotes and dash; "field:value" for a filter.
        start: where it begins in the typed text.
        end: where it ends (exclusive).
    """

    kind: PartKind
    text: str
    start: int
    end: int


def parse(typed: str, cameras: Collection[str] = ()) -> Query:
    """Turn typed text into a query without examples.

    Args:
        typed: anything.
        cameras: the library's cameras as stored, for `camera:`.
    """
    found = split(typed, cameras)
    filters = NO_FILTERS
    for part in found:
        if part.kind is PartKind.FILTER:
            field, _, value = part.text.partition(":")
            filters = _narrowed(filters, field, value, cameras) or filters
    return Query(
        text=" ".join(part.text for part in found if part.kind is PartKind.TEXT),
        phrases=_distinct(part.text for part in found if part.kind is PartKind.PHRASE),
        minus=_distinct(part.text for part in found if part.kind is PartKind.MINUS),
        filters=filters,
    )


def split(typed: str, cameras: Collection[str] = ()) -> tuple[QueryPart, ...]:
    """Take typed text apart, in the order typed; parts without meaning (a lone dash) are left out."""
    found: list[QueryPart] = []
    at = 0
    while at < len(typed):
        if typed[at].isspace():
            at += 1
            continue
        match = _PART.match(typed, at)
        if match is None or (match.start("word") == at and typed[at] in _DASHES):
            at += 1  # a dash alone, or an opening quote without its end
            continue
        part = _classified(match, cameras)
        if part is not None:
            kind, text = part
            found.append(QueryPart(kind, text, at, match.end()))
        at = match.end()
    return tuple(found)


def unparse(query: Query) -> str:
    """Write a query so that `parse` reads the same; examples and folders have no written form."""
    filters = query.filters
    fields = [
        *(f"after:{day.isoformat()}" for day in (filters.after,) if day),
        *(f"before:{day.isoformat()}" for day in (filters.before,) if day),
        *(f"type:{name}" for name in filters.formats),
        *(f'camera:"{name}"' for name in filters.cameras),
    ]
    phrases = [f'"{phrase}"' for phrase in query.phrases]
    minus = [f'-"{part}"' for part in query.minus]
    return " ".join([*([query.text] if query.text else []), *phrases, *minus, *fields])


def _classified(match: re.Match[str], cameras: Collection[str]) -> tuple[PartKind, str] | None:
    dashes, field, quoted = match["dashes"], match["field"], match["quoted"]
    value = next(text for text in (quoted, match["unclosed"], match["word"]) if text is not None)
    if field is not None:
        if not dashes and _narrowed(NO_FILTERS, field.lower(), value, cameras) is not None:
            return PartKind.FILTER, f"{field.lower()}:{value}"
        value = f"{field}:{value}" if quoted is None else f"{field} {value}".replace(":", " ")
    elif _FIELD_LEFT_OPEN.match(value):
        value = value.translate(_NO_QUOTES).replace(":", " ")
    kind = PartKind.PHRASE if quoted is not None and field is None else PartKind.TEXT
    if dashes:
        kind, value = PartKind.MINUS, value.translate(_NO_QUOTES)
    words = map(_plain, value.split()) if kind is PartKind.TEXT else [_plain(value)]
    text = " ".join(filter(None, words))
    return (kind, text) if text else None


def _plain(text: str) -> str:
    """Spaces made single, leading quotes and dashes gone; "" where nothing but punctuation is left."""
    words = " ".join(text.split()).lstrip(_QUOTES + _DASHES + " ")
    return words if any(unicodedata.category(char) == "So" or char.isalnum() for char in words) else ""


def _narrowed(filters: Filters, field: str, value: str, cameras: Collection[str]) -> Filters | None:
    """The filters with one more condition, None if the field or the value is none."""
    narrow = _FIELDS.get(field)
    return narrow(filters, value.strip(), cameras) if narrow else None


def _after(filters: Filters, value: str, _cameras: Collection[str]) -> Filters | None:
    day = _iso_day(value)
    return replace(filters, after=max(day, filters.after or day)) if day else None


def _before(filters: Filters, value: str, _cameras: Collection[str]) -> Filters | None:
    day = _iso_day(value)
    return replace(filters, before=min(day, filters.before or day)) if day else None


def _type(filters: Filters, value: str, _cameras: Collection[str]) -> Filters | None:
    name = _FORMATS.get(value.lower())
    return replace(filters, formats=_distinct((*filters.formats, name))) if name else None


def _camera(filters: Filters, value: str, cameras: Collection[str]) -> Filters | None:
    wanted = fold(value)
    fitting = sorted(camera for camera in cameras if wanted and wanted in fold(camera))
    return replace(filters, cameras=_distinct((*filters.cameras, *fitting))) if fitting else None


_FIELDS: dict[str, Callable[[Filters, str, Collection[str]], Filters | None]] = {
    "after": _after,
    "before": _before,
    "type": _type,
    "camera": _camera,
}


def _iso_day(value: str) -> date | None:
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def _distinct(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))[:MAX_PARTS]
