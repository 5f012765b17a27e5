"""What a decoder is asked for and what it hands over."""

from __future__ import annotations

import io
import mmap
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, cast

from imgsearch_desktop.domain.embedding import EncoderInput
from imgsearch_desktop.domain.errors import PhotoUnreadableError
from imgsearch_desktop.domain.query import Box

if TYPE_CHECKING:
    from PIL import Image

Data = bytes | mmap.mmap
"""A whole file, in memory or mapped."""

MARGIN = 1.9
"""A decoder may shrink to this many times what is needed: what is left for the bicubic filter hides the
difference (0.3 of 255 levels on 12 MP photos), and a scale of 1/8 is still in reach of a 24 MP photo."""

MOST_PIXELS = 200_000_000
"""More is refused: a decompression bomb, or a picture that the memory of a worker cannot hold."""

MOST_JPEG_PIXELS = 1_000_000_000
"""JPEG is scaled while it is decoded, so that the whole never lies in memory."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What will be made of a picture, which decides how far a decoder may shrink it.

    Attributes:
        encoder_input: how the encoder's pixels are cut, None when no encoder looks at it.
        thumbnail_side: longest side of the thumbnail (or of the whole picture to be looked at), 0 for none.
        box: only this part of the upright picture goes to the encoder.
    """

    encoder_input: EncoderInput | None
    thumbnail_side: int = 0
    box: Box | None = None

    def shrink(self, width: int, height: int) -> float:
        """By how much a picture of this size (upright or turned) may be shrunk, at least 1."""
        factors = []
        if self.encoder_input is not None:
            part = 1.0
            if self.box is not None:
                part = min(self.box.right - self.box.left, self.box.bottom - self.box.top)
            encoder_side = self.encoder_input.short_side or self.encoder_input.size
            factors.append(min(width, height) * part / (MARGIN * encoder_side))
        if self.thumbnail_side:
            factors.append(max(width, height) / (MARGIN * self.thumbnail_side))
        return max(min(factors, default=1.0), 1.0)


@dataclass(frozen=True, slots=True)
class OpenedPicture:
    """A decoded picture in its own mode, shrunk by no more than was allowed.

    Attributes:
        image: loaded; any Pillow mode.
        width: of the whole picture before shrinking, in the same orientation as `image`.
        height: likewise.
        orientation: EXIF orientation of the picture, None for the one that the metadata name.
        profile: ICC profile of the pixels.
        turned: the decoder has applied the orientation already.
    """

    image: Image.Image
    width: int
    height: int
    orientation: int | None
    profile: bytes | None
    turned: bool = False


class DamagedPictureError(PhotoUnreadableError):
    """The file claims to be a picture but cannot be decoded; the message says why as far as is known."""


def check_pixels(width: int, height: int, most: int = MOST_PIXELS) -> None:
    """Refuse a picture that is too large before it is decoded.

    Raises:
        PhotoUnreadableError: it has more pixels than allowed, or none.
    """
    if width < 1 or height < 1:
        raise DamagedPictureError("The picture is damaged: it has no pixels.")
    if width * height > most:
        raise PhotoUnreadableError(
            f"The picture claims to have {width} x {height} pixels, too many to be decoded safely."
        )


def as_stream(data: Data) -> BinaryIO:
    """The data as a file; nothing is copied."""
    if isinstance(data, mmap.mmap):
        data.seek(0)
        return cast("BinaryIO", data)
    return io.BytesIO(data)


def as_bytes(data: Data) -> bytes:
    """The data as bytes, for decoders that take nothing else; a mapped file is copied."""
    return data if isinstance(data, bytes) else data[:]
