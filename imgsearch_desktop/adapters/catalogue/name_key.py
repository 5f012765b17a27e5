"""The order of file names in the grid: without regard to case and accents, numbers by their value."""

from __future__ import annotations

import re
import unicodedata

_DIGITS = re.compile(r"[0-9]+")
_LENGTHS = "0123456789abcdefghijklmnopqrstuvwxyz"


def name_key(name: str) -> str:
    """A text that sorts, compared byte by byte, where people expect the name.

    Every run of digits is preceded by its length without leading zeros: "IMG_9" comes before "IMG_10".

    Args:
        name: a file name without its folder.
    """
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return _DIGITS.sub(_measured, plain)


def _measured(digits: re.Match[str]) -> str:
    value = digits.group().lstrip("0")
    return _LENGTHS[min(len(value), len(_LENGTHS) - 1)] + value
