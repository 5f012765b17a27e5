"""Where the photos of an index lie that only knows paths relative to some folder."""

from __future__ import annotations

import os
import posixpath


def places_below(base: bytes, relative_path: str) -> tuple[bytes, ...]:
    """Where a photo may lie, most likely first; nothing for a path that leads out of the folder.

    Args:
        base: absolute path of the folder.
        relative_path: as the index has it; scripts that ran on Windows wrote backslashes.
    """
    spelled = dict.fromkeys((relative_path, relative_path.replace("\\", "/")))
    places = []
    for spelling in spelled:
        inside = posixpath.normpath(spelling)
        if inside in ("", ".", "..") or inside.startswith(("/", "../")) or "\0" in inside:
            continue
        places.append(os.path.join(base, os.fsencode(inside)))  # noqa: PTH118 - names are bytes
    return tuple(places)
