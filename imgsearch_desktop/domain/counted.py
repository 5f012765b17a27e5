"""Numbers with the thing they count."""

from __future__ import annotations


def counted(number: int, noun: str, plural: str | None = None) -> str:
    """How many of something, as a sentence says it: "1 photo", "2,000 photos", "3 copies".

    Args:
        number: how many.
        noun: what one of them is called.
        plural: what others are called, None for the noun with an "s".
    """
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"
