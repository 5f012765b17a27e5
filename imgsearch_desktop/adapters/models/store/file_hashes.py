"""Hashes of big files, read in pieces that let the reader stop."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

PIECE = 1 << 20
"""Bytes read at a time: a few milliseconds, so that a stop is felt as immediate."""


def sha256_of(path: Path, step: Callable[[int], None]) -> str:
    """Hex SHA-256 of a file.

    Args:
        path: the file.
        step: called with the bytes of each piece once it is read; what it raises ends the reading.

    Raises:
        OSError: it cannot be read.
    """
    state = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            state.update(piece)
            step(len(piece))
    return state.hexdigest()


def git_blob_id(path: Path) -> str:
    """Hex id that git gives a small file's content; hubs tell it where they tell no SHA-256."""
    content = path.read_bytes()
    header = b"blob %d\x00" % len(content)
    return hashlib.sha1(header + content, usedforsecurity=False).hexdigest()
