"""What a scan passes by: hidden and system folders, bundles, and what the user excluded."""

from __future__ import annotations

import fnmatch
import os
import re
import unicodedata
from collections.abc import Sequence

_SYSTEM_FOLDERS = frozenset(
    {
        b"$recycle.bin",
        b"recycler",
        b"system volume information",
        b"$windows.~bt",
        b"$windows.~ws",
        b"config.msi",
        b"lost+found",
        b"@eadir",
        b"@tmp",
        b"@recycle",
        b"@recently-snapshot",
        b"#recycle",
        b"#snapshot",
        b"node_modules",
        b"__pycache__",
        b"__macosx",
        b"lost.dir",
    }
)

_PHOTO_LIBRARIES = {
    b".photoslibrary": "an Apple Photos library",
    b".photolibrary": "an iPhoto library",
    b".migratedphotolibrary": "an iPhoto library",
    b".aplibrary": "an Aperture library",
    b".migratedaplibrary": "an Aperture library",
    b".photoboothlibrary": "a Photo Booth library",
    b".lrlibrary": "a Lightroom library",
    b".cocatalog": "a Capture One catalogue",
}

_PROGRAM_BUNDLES = (
    b".app",
    b".bundle",
    b".framework",
    b".lrdata",
    b".lrcat-data",
    b".cosessiondb",
    b".imovielibrary",
    b".fcpbundle",
    b".tvlibrary",
    b".theater",
    b".xcodeproj",
)
"""Programs, previews and film projects: no photo of the user's lies only there."""


class Exclusions:
    """The user's glob patterns, matched whatever their case.

    A pattern without "/" is matched against each name, one with "/" against the path below the root; what
    lies in an excluded folder is excluded with it. "*" also matches "/".

    Args:
        patterns: such as "*.png", "private", "2019/drafts".
    """

    def __init__(self, patterns: Sequence[str]) -> None:
        trimmed = [_composed(pattern.strip().removeprefix("./").rstrip("/")) for pattern in patterns]
        names = [pattern for pattern in trimmed if pattern and "/" not in pattern]
        paths = [pattern.removeprefix("/") for pattern in trimmed if "/" in pattern]
        self._names = _compiled(names)
        self._paths = _compiled(paths)

    def match(self, name: bytes, relative_path: bytes) -> bool:
        """Whether an entry is excluded."""
        if self._names and self._names.match(_composed(os.fsdecode(name))):
            return True
        return bool(self._paths and self._paths.match(_composed(os.fsdecode(relative_path))))


def is_system_folder(name: bytes) -> bool:
    """Whether a folder belongs to the system or to a program, by its name."""
    return name.lower() in _SYSTEM_FOLDERS


def is_bundle(name: bytes) -> bool:
    """Whether a folder is shown as one file by the system or by the program it belongs to."""
    return name.lower().endswith((*_PHOTO_LIBRARIES, *_PROGRAM_BUNDLES))


def bundle_note(name: bytes) -> str | None:
    """What to tell the user about a bundle that holds photos; None for any other."""
    lower = name.lower()
    for extension, library in _PHOTO_LIBRARIES.items():
        if lower.endswith(extension):
            return (
                f"This is {library}, whose inside belongs to that program; its photos are not searched."
                " Export them to a folder to search them too."
            )
    return None


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _compiled(patterns: list[str]) -> re.Pattern[str] | None:
    joined = "|".join(f"(?:{fnmatch.translate(pattern)})" for pattern in patterns)
    return re.compile(joined, re.IGNORECASE) if joined else None
