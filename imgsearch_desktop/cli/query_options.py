"""From what is typed after the options of a search to the values a query is made of."""

from __future__ import annotations

import calendar
import os
import re
from datetime import date
from typing import TYPE_CHECKING

import typer

from imgsearch_desktop.cli.typed_paths import absolute, spellings
from imgsearch_desktop.domain.errors import QueryError
from imgsearch_desktop.domain.filters import FolderFilter
from imgsearch_desktop.domain.photo import RAW_FORMATS
from imgsearch_desktop.domain.query import FileExample, LibraryExample

if TYPE_CHECKING:
    from imgsearch_desktop.bootstrap.core import Core

_FORMATS = ("jpeg", "png", "webp", "gif", "tiff", "bmp", "avif", "heic", "jxl", "raw")
_OTHER_NAMES = {"jpg": "jpeg", "jpe": "jpeg", "tif": "tiff", "heif": "heic"}
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", re.ASCII)


def day_filter(after: str | None, before: str | None) -> tuple[date | None, date | None]:
    """First and last day of the range; a year or a month counts whole.

    Raises:
        typer.BadParameter: not a date, or the range is empty.
    """
    first = None if after is None else _days(after, "--after")[0]
    last = None if before is None else _days(before, "--before")[1]
    if first and last and first > last:
        raise typer.BadParameter(f"{after} lies behind --before {before}.", param_hint="--after")
    return first, last


def _days(typed: str, option: str) -> tuple[date, date]:
    """The first and the last day that a year, month or day covers."""
    match = _DATE.fullmatch(typed.strip())
    try:
        if match is None:
            raise ValueError
        year, month, day = (int(part) if part else None for part in match.groups())
        assert year is not None
        first = date(year, month or 1, day or 1)
        if day is not None:
            return first, first
        last_month = month or 12
        return first, date(year, last_month, calendar.monthrange(year, last_month)[1])
    except ValueError:
        message = f"{typed!r} is not a date. Write it as 2023-05-01, 2023-05 or 2023."
        raise typer.BadParameter(message, param_hint=option) from None


def format_of(typed: str) -> str:
    """The content format that a name stands for.

    Raises:
        typer.BadParameter: no such format.
    """
    name = typed.strip().lower().lstrip(".")
    name = _OTHER_NAMES.get(name, name)
    if name not in _FORMATS and name not in RAW_FORMATS:
        raise typer.BadParameter(f"{typed!r} is none of {', '.join(_FORMATS)}.", param_hint="--type")
    return name


def folder_filter(core: Core, typed: str) -> FolderFilter:
    """The folder of the library at a path.

    Raises:
        QueryError: it is in no folder of the library.
    """
    for path in spellings(typed):
        around = [root for root in core.catalogue.roots() if _is_below(path, root.path)]
        if around:
            root = max(around, key=lambda found: len(found.path))
            return FolderFilter(root.root_id, path[len(root.path) :].strip(b"/"))
    raise QueryError(f"{typed} is not in the library. Add it first: imgsearch index {typed}")


def known_cameras(core: Core, typed: str) -> tuple[str, ...]:
    """The library's cameras whose name has all the words typed, in any case.

    Raises:
        QueryError: there is none.
    """
    cameras = core.cameras()
    words = typed.casefold().split()
    found = tuple(name for name in cameras if words and all(word in name.casefold() for word in words))
    if not found:
        there = ", ".join(sorted(cameras)) or "none"
        raise QueryError(f"No camera in the library is called {typed!r}. There are: {there}.")
    return found


def example_of(core: Core, typed: str) -> LibraryExample | FileExample:
    """A picture file as an example: its stored embedding where the library has it, else the file itself.

    Raises:
        QueryError: there is no such file.
    """
    given = absolute(typed)
    for path in spellings(typed):
        photo_id = core.catalogue.photo_at(path)
        if photo_id is not None and core.catalogue.has_embedding(photo_id, core.model.spec.vectors_id):
            return LibraryExample(photo_id)
    if not os.path.lexists(given):
        raise QueryError(f"There is no picture at {os.fsdecode(given)}.")
    return FileExample(given)


def _is_below(path: bytes, root: bytes) -> bool:
    return path == root or path.startswith(root.rstrip(b"/") + b"/")
