"""The small preview that cameras put into EXIF, for a first grid at once, before anything is decoded."""

from __future__ import annotations

from imgsearch_desktop.adapters.imaging.metadata.containers.jpeg import first_exif
from imgsearch_desktop.adapters.imaging.metadata.exif import orientation_of, read_exif
from imgsearch_desktop.adapters.imaging.metadata.tiff import parse_tiff

HEAD_BYTES = 128 * 1024
"""How much of the beginning of a file is enough: EXIF is one segment of at most 64 KB, near the beginning."""

_OFFSET, _LENGTH = 0x0201, 0x0202
_SMALLEST = 128


def exif_thumbnail(data: bytes | memoryview) -> bytes | None:
    """The JPEG inside the EXIF of a JPEG file, not turned upright (see `exif_orientation`); never raises.

    Args:
        data: the first `HEAD_BYTES` of the file, or all of it.

    Returns:
        None where there is none or it is not whole.
    """
    structure = _exif_block(data)
    tiff = parse_tiff(structure) if structure is not None else None
    if structure is None or tiff is None:
        return None
    preview = tiff.directory(tiff.directory(tiff.first_offset).next_offset)
    offset, length = preview.integer(_OFFSET), preview.integer(_LENGTH)
    if not offset or not length or min(offset, length) < 0:
        return None
    jpeg = bytes(structure[offset : offset + length])
    complete = len(jpeg) == length >= _SMALLEST and jpeg.startswith(b"\xff\xd8\xff")
    return jpeg if complete and b"\xff\xd9" in jpeg[-64:] else None


def exif_orientation(data: bytes | memoryview) -> int:
    """The EXIF orientation, 1 to 8, of a JPEG file, from its beginning as above; never raises."""
    structure = _exif_block(data)
    return orientation_of(read_exif((structure,))) if structure is not None else 1


def _exif_block(data: bytes | memoryview) -> memoryview | None:
    view = memoryview(data)
    return first_exif(view) if bytes(view[:2]) == b"\xff\xd8" else None
