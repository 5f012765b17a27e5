"""From a file's bytes to an upright RGB picture, shrunk as far as is allowed: the one decode of a photo."""

from __future__ import annotations

from dataclasses import dataclass

from PIL import Image

from imgsearch_desktop.adapters.imaging.colour import as_rgb, shrunk
from imgsearch_desktop.adapters.imaging.completeness import ends_too_early
from imgsearch_desktop.adapters.imaging.decoder_errors import CUT_OFF, explained
from imgsearch_desktop.adapters.imaging.heic_format import open_heic
from imgsearch_desktop.adapters.imaging.jxl_format import open_jxl
from imgsearch_desktop.adapters.imaging.opened_picture import DamagedPictureError, Data, OpenedPicture, Wanted
from imgsearch_desktop.adapters.imaging.pillow_formats import open_jpeg, open_with_pillow
from imgsearch_desktop.adapters.imaging.raw_format import open_raw
from imgsearch_desktop.domain.photo import RAW_FORMATS

_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}

METADATA_TURN = frozenset({"jpeg", "png", "webp", "gif", "tiff", "bmp"})
"""Formats whose metadata alone say how the picture is turned."""

DECODER_TURNS = frozenset({"heic", "jxl"})
"""Formats that are turned while they are decoded, whatever the metadata say."""


@dataclass(frozen=True, slots=True)
class UprightPicture:
    """A picture as it is meant to be seen, but for its colour profile.

    Attributes:
        image: RGB, upright.
        width: of the whole picture, upright, pixels.
        height: likewise.
        orientation: the EXIF orientation that was applied, 1 to 8.
        profile: ICC profile that `colour.as_srgb` still has to apply, None for none.
    """

    image: Image.Image
    width: int
    height: int
    orientation: int
    profile: bytes | None

    @property
    def shrunk(self) -> bool:
        """Whether it was shrunk while it was decoded."""
        return self.image.size != (self.width, self.height)


def upright_picture(data: Data, image_format: str, orientation: int, wanted: Wanted) -> UprightPicture:
    """Decode a picture.

    Args:
        data: the whole file.
        image_format: as `formats.picture_format` named it.
        orientation: what the metadata say, 1 to 8.
        wanted: what will be made of it.

    Raises:
        PhotoUnreadableError: it cannot be decoded.
        MemoryError: it takes more memory than there is.
    """
    view = memoryview(data)
    if image_format == "heic" and ends_too_early(view, image_format):
        raise DamagedPictureError(CUT_OFF)  # libheif would leave the missing tiles black
    with explained(lambda: ends_too_early(view, image_format)):
        opened = _open(data, image_format, wanted)
        applied = opened.orientation if opened.orientation is not None else orientation
        shrink = wanted.shrink(*opened.image.size)
        image = as_rgb(shrunk(opened.image, int(shrink)), opened.profile)
    width, height = opened.width, opened.height
    if applied not in _TURNS:
        return UprightPicture(image, width, height, 1, opened.profile)
    if not opened.turned:
        image = image.transpose(_TURNS[applied])
        width, height = (height, width) if applied >= 5 else (width, height)
    return UprightPicture(image, width, height, applied, opened.profile)


def known_orientation(image_format: str, metadata_orientation: int) -> int | None:
    """The orientation that decoding would apply, None where only decoding tells."""
    if image_format in METADATA_TURN:
        return metadata_orientation
    return 1 if image_format in DECODER_TURNS else None


def _open(data: Data, image_format: str, wanted: Wanted) -> OpenedPicture:
    if image_format == "jpeg":
        return open_jpeg(data, wanted)
    if image_format == "heic":
        return open_heic(data)
    if image_format == "jxl":
        return open_jxl(data)
    if image_format in RAW_FORMATS:
        return open_raw(data, wanted)
    return open_with_pillow(data, image_format)
