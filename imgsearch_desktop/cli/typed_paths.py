"""Paths as people type them."""

from __future__ import annotations

import os


def absolute(typed: str) -> bytes:
    """The absolute path, as the file system's bytes; "~" is the home directory, links stay as they are."""
    return os.fsencode(os.path.abspath(os.path.expanduser(typed)))  # noqa: PTH100, PTH111 - ".." goes, links stay


def spellings(typed: str) -> tuple[bytes, ...]:
    """The absolute path as typed, and with every link followed where that is another one."""
    path = absolute(typed)
    return tuple(dict.fromkeys((path, os.path.realpath(path))))
