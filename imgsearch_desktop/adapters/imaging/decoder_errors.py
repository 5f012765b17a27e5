"""One clear sentence for whatever a decoder raises."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from imgsearch_desktop.adapters.imaging.opened_picture import DamagedPictureError
from imgsearch_desktop.domain.errors import PhotoUnreadableError

CUT_OFF = "The picture is cut off: the file ends too early."
DAMAGED = "The picture is damaged and cannot be decoded."
TOO_LARGE = "The picture claims a size that is too large to be decoded safely."

_SIGNS_OF_THE_END = (
    "truncated",
    "end of file",
    "ends too early",
    "unexpected end",
    "insufficient input data",
)


@contextmanager
def explained() -> Iterator[None]:
    """Turn what a decoder raises into a `PhotoUnreadableError`.

    Decoders raise nearly anything on hostile input (struct.error, IndexError, RuntimeError ...), so all but
    a lack of memory is taken for damage.

    Raises:
        PhotoUnreadableError: with a clear reason.
        MemoryError: passed on.
    """
    try:
        yield
    except (PhotoUnreadableError, MemoryError):
        raise
    except EOFError:
        raise DamagedPictureError(CUT_OFF) from None
    except Exception as error:
        raise DamagedPictureError(_reason(error)) from error


def _reason(error: Exception) -> str:
    if type(error).__name__.startswith("DecompressionBomb"):
        return TOO_LARGE
    text = str(error).lower()
    return CUT_OFF if any(sign in text for sign in _SIGNS_OF_THE_END) else DAMAGED
