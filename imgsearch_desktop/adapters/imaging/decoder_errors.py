"""One clear sentence for whatever a decoder raises."""

from __future__ import annotations

from collections.abc import Callable, Iterator
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
def explained(ends_too_early: Callable[[], bool]) -> Iterator[None]:
    """Turn what a decoder raises into a `PhotoUnreadableError`.

    Decoders raise nearly anything on hostile input (struct.error, IndexError, RuntimeError ...), so all but
    a lack of memory is taken for damage.

    Args:
        ends_too_early: asked when the decoder's own words do not say whether the file is cut off.

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
        if type(error).__name__.startswith("DecompressionBomb"):
            raise PhotoUnreadableError(TOO_LARGE) from error
        said = str(error).lower()
        cut_off = any(sign in said for sign in _SIGNS_OF_THE_END) or ends_too_early()
        raise DamagedPictureError(CUT_OFF if cut_off else DAMAGED) from error
