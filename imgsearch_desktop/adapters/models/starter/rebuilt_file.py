"""Results that take seconds to work out, kept in the cache directory and rebuilt whenever they do not fit.

A file is: magic, the hash of what it was made from, the hash of its content, the content. It is written under
a temporary name and moved into place, so that a killed process leaves nothing half-written under the real
name. Of several processes that need it at once, one builds and the others wait for what it makes. Losing the
file, or not being able to write it, costs time and nothing else.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import os
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

from imgsearch_desktop.adapters.models.starter.building_lock import building_lock

_log = logging.getLogger(__name__)

_MAGIC = b"IMGSrb1\n"
_DIGEST = 32


def source_hash(*parts: bytes) -> bytes:
    """32-byte BLAKE2b over parts, each bounded, so that moving a byte between parts changes it."""
    state = hashlib.blake2b(digest_size=_DIGEST)
    for part in parts:
        state.update(len(part).to_bytes(8, "little"))
        state.update(part)
    return state.digest()


def read_or_build(path: Path, source: bytes, build: Callable[[], bytes]) -> bytes:
    """The content of a cache file, built anew if the file is missing, damaged or made from something else.

    Args:
        path: where it is kept; its directory is made if need be.
        source: `source_hash` of everything the content is made from.
        build: makes the content; its errors reach the caller.
    """
    content = _read(path, source)
    if content is not None:
        return content
    with building_lock(path):
        content = _read(path, source)  # another process may have built it meanwhile
        if content is None:
            content = build()
            _write(path, (_MAGIC, source, source_hash(content), content))
    return content


def _read(path: Path, source: bytes) -> bytes | None:
    try:
        data = path.read_bytes()
    except OSError:
        return None
    head = _MAGIC + source
    start = len(head) + _DIGEST
    content = data[start:]
    if not data.startswith(head) or data[len(head) : start] != source_hash(content):
        _log.info("the cache file %s does not fit and is built anew", path.name)
        return None
    return content


def _write(path: Path, parts: Iterable[bytes]) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
    except OSError as error:
        _log.info("the cache file %s cannot be kept: %s", path.name, error)
        return
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines(parts)
        Path(temporary).replace(path)
    except OSError as error:
        _log.info("the cache file %s cannot be kept: %s", path.name, error)
        with contextlib.suppress(OSError):
            Path(temporary).unlink()
