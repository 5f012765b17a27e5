"""Reading the metadata files that lie beside a photo."""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from dataclasses import dataclass

from imgsearch_desktop.adapters.imaging.metadata.containers.blocks import LARGEST_XMP
from imgsearch_desktop.adapters.imaging.metadata.takeout import takeout_metadata
from imgsearch_desktop.adapters.imaging.metadata.xmp import xmp_metadata
from imgsearch_desktop.adapters.imaging.metadata.xmp_packet import parse_xmp
from imgsearch_desktop.domain.photo import PhotoMetadata

_LARGEST_JSON = 1024 * 1024


@dataclass(frozen=True, slots=True)
class SidecarMetadata:
    """What XMP sidecars and Takeout files say, the most specific file first."""

    xmp: tuple[PhotoMetadata, ...] = ()
    takeout: tuple[PhotoMetadata, ...] = ()


NO_SIDECARS = SidecarMetadata()


def read_sidecars(paths: Sequence[bytes]) -> SidecarMetadata:
    """Read sidecars by their extension; files that are gone, too large or no metadata are passed over."""
    xmp: list[PhotoMetadata] = []
    takeout: list[PhotoMetadata] = []
    for path in paths:
        if path.lower().endswith(b".json"):
            found = takeout_metadata(_read(path, _LARGEST_JSON))
            if found:
                takeout.append(found)
        else:
            packet = parse_xmp(_read(path, LARGEST_XMP))
            if packet:
                xmp.append(xmp_metadata(packet))
    return SidecarMetadata(tuple(xmp), tuple(takeout))


def _read(path: bytes, largest: int) -> bytes:
    """The file's bytes, b"" if it cannot be read, is no regular file or is larger than a sidecar can be."""
    try:
        with open(path, "rb", opener=_open_at_once) as file:
            regular = stat.S_ISREG(os.fstat(file.fileno()).st_mode)
            data = file.read(largest + 1) if regular else b""
    except OSError:
        return b""
    return data if len(data) <= largest else b""


def _open_at_once(path: str | bytes, flags: int) -> int:
    """Open without waiting, should a FIFO have been put in the sidecar's place."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
