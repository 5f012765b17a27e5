"""From whatever colours a picture has to RGB as screens and encoders expect them (sRGB)."""

from __future__ import annotations

import functools
import io

import numpy as np
from PIL import Image, ImageCms

from imgsearch_desktop.adapters.imaging.opened_picture import DamagedPictureError

_LARGEST_PROFILE = 4 * 1024**2


def shrunk(image: Image.Image, factor: int) -> Image.Image:
    """The picture in 8-bit RGB, RGBA, L, LA or CMYK, shrunk by a whole factor (box filter)."""
    plain = _eight_bit(image)
    return plain.reduce(factor) if factor > 1 else plain


def as_rgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """RGB of a picture as `shrunk` made it; transparency shows white paper.

    Args:
        image: 8-bit RGB, RGBA, L, LA or CMYK.
        profile: applied to CMYK here; to RGB by `as_srgb`, later, when the picture is small.
    """
    if image.mode == "RGB":
        return image
    if image.mode in {"RGBA", "LA"}:
        paper = Image.new("RGB", image.size, (255, 255, 255))
        paper.paste(image.convert("RGB"), mask=image.getchannel("A"))
        return paper
    if image.mode == "CMYK" and profile and (transform := _to_srgb(profile, "CMYK")):
        converted = ImageCms.applyTransform(image, transform)
        return converted if converted is not None else image.convert("RGB")
    return image.convert("RGB")


def as_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Convert RGB from a wide-gamut profile (Display P3, Adobe RGB ...); sRGB and odd ones do nothing."""
    transform = _to_srgb(profile, "RGB") if profile else None
    if transform is None:
        return image
    return ImageCms.applyTransform(image, transform) or image


@functools.lru_cache(maxsize=8)
def _to_srgb(profile: bytes, mode: str) -> ImageCms.ImageCmsTransform | None:
    """None where nothing needs to be done or the profile is of no use."""
    if len(profile) > _LARGEST_PROFILE:
        return None
    try:
        parsed = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if (
            parsed.profile.xcolor_space.strip() != mode
            or "srgb" in (parsed.profile.profile_description or "").lower()
        ):
            return None
        return ImageCms.buildTransform(parsed, ImageCms.createProfile("sRGB"), mode, "RGB")
    except (OSError, ValueError, TypeError, ImageCms.PyCMSError):
        return None


def _eight_bit(image: Image.Image) -> Image.Image:
    mode = image.mode
    if mode in {"RGB", "RGBA", "L", "LA", "CMYK"}:
        transparent = "transparency" in image.info and mode in {"RGB", "L"}
        return image.convert("RGBA") if transparent else image
    if mode.startswith("I;16"):
        return Image.fromarray((np.asarray(image) >> 8).astype(np.uint8))
    if mode in {"I", "F"}:
        return _stretched(np.asarray(image, dtype=np.float32))
    if mode == "1":
        return image.convert("L")
    if mode in {"P", "PA"}:
        return image.convert("RGBA" if mode == "PA" or "transparency" in image.info else "RGB")
    try:
        return image.convert("RGBA" if mode in {"RGBa", "La"} else "RGB")
    except ValueError as error:
        raise DamagedPictureError(f"The colours of this picture ({mode}) cannot be converted.") from error


def _stretched(levels: np.ndarray[tuple[int, ...], np.dtype[np.float32]]) -> Image.Image:
    """Grey of 32-bit or floating levels: 0 to 1, 255 or 65535 as they are, else from least to most."""
    finite = np.nan_to_num(levels, nan=0.0, posinf=0.0, neginf=0.0)
    low, high = float(finite.min()), float(finite.max())
    if low < 0 or high > 65535:
        finite, low, high = finite - low, 0.0, high - low
        top = high or 1.0
    else:
        top = next(limit for limit in (1.0, 255.0, 65535.0) if high <= limit)
    return Image.fromarray((finite * (255.0 / top)).astype(np.uint8))
