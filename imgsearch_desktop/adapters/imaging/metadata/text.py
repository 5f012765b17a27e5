"""Text as cameras and programs leave it in files, made fit to store and to show."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

TITLE_LENGTH = 500
DESCRIPTION_LENGTH = 10_000
KEYWORD_LENGTH = 200
MAX_KEYWORDS = 500

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ufeff]")


def clean(text: str | None, limit: int = DESCRIPTION_LENGTH) -> str | None:
    """Strip NULs, control characters, lone surrogates and outer blanks; None if nothing is left.

    Args:
        text: as found.
        limit: longest result, characters.
    """
    if not text:
        return None
    text = text[: 2 * limit].encode("utf-8", "replace").decode("utf-8")
    text = unicodedata.normalize("NFC", _CONTROL.sub("", text)).strip()
    return text[:limit].rstrip() or None


def clean_line(text: str | None, limit: int = TITLE_LENGTH) -> str | None:
    """As `clean`, on one line: every run of blanks becomes one space."""
    text = clean(text, limit)
    return " ".join(text.split()) if text else None


def decode(data: bytes) -> str:
    """Decode text of unknown encoding: UTF-8 where it is valid, else Windows-1252, else Latin-1."""
    for encoding in ("utf-8", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


def unique_keywords(keywords: Iterable[str | None]) -> tuple[str, ...]:
    """Clean keywords, leave out repeats whatever their case, keep the order."""
    found: dict[str, str] = {}
    for keyword in keywords:
        line = clean_line(keyword, KEYWORD_LENGTH)
        if line:
            found.setdefault(line.casefold(), line)
        if len(found) == MAX_KEYWORDS:
            break
    return tuple(found.values())
