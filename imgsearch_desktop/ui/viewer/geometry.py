"""Where a picture lies in the viewer: zoom and pan as pure decisions.

All lengths are device pixels, so that a scale of 1 shows one picture pixel on one pixel of the screen.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

Point = tuple[float, float]
"""A point of the viewport, device pixels from its top left."""

LARGEST_SCALE = 16.0
ZOOM_STEP = 1.25


@dataclass(frozen=True, slots=True)
class Size:
    """Width and height in device pixels; both at least 1."""

    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle in device pixels of the viewport."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class View:
    """What is seen of a picture.

    Attributes:
        scale: screen pixels per picture pixel.
        x: picture coordinate in the middle of the viewport, pixels.
        y: the same, downwards.
        fit: the picture follows the size of the viewport.
    """

    scale: float
    x: float
    y: float
    fit: bool


def fit_scale(picture: Size, viewport: Size) -> float:
    """The scale at which the whole picture is seen; small pictures are not blown up."""
    return min(viewport.width / picture.width, viewport.height / picture.height, 1.0)


def fitted(picture: Size, viewport: Size) -> View:
    """The whole picture, centred."""
    return View(fit_scale(picture, viewport), picture.width / 2, picture.height / 2, fit=True)


def actual_size(view: View, at: Point, picture: Size, viewport: Size) -> View:
    """One picture pixel per screen pixel, keeping what lies under a point of the viewport where it is."""
    return zoomed(view, 1.0 / view.scale, at, picture, viewport)


def zoomed(view: View, factor: float, at: Point, picture: Size, viewport: Size) -> View:
    """Scale by a factor, keeping what lies under a point of the viewport where it is.

    Zooming out ends at the fitted view, zooming in at `LARGEST_SCALE`.
    """
    smallest = fit_scale(picture, viewport)
    scale = min(max(view.scale * factor, smallest), LARGEST_SCALE)
    if scale <= smallest and factor < 1:
        return fitted(picture, viewport)
    offset_x, offset_y = at[0] - viewport.width / 2, at[1] - viewport.height / 2
    moved = View(
        scale,
        view.x + offset_x / view.scale - offset_x / scale,
        view.y + offset_y / view.scale - offset_y / scale,
        fit=False,
    )
    return clamped(moved, picture, viewport)


def panned(view: View, dx: float, dy: float, picture: Size, viewport: Size) -> View:
    """Move the picture by screen pixels, as far as its edges allow."""
    moved = replace(view, x=view.x - dx / view.scale, y=view.y - dy / view.scale)
    return clamped(moved, picture, viewport)


def resized(view: View, picture: Size, viewport: Size) -> View:
    """The view after the viewport has changed its size."""
    smaller_than_fit = view.scale <= fit_scale(picture, viewport)
    return fitted(picture, viewport) if view.fit or smaller_than_fit else clamped(view, picture, viewport)


def clamped(view: View, picture: Size, viewport: Size) -> View:
    """Keep the viewport filled: no edge of a picture larger than the viewport comes inside it."""
    return replace(
        view,
        x=_clamped_centre(view.x, picture.width, viewport.width / view.scale),
        y=_clamped_centre(view.y, picture.height, viewport.height / view.scale),
    )


def rescaled(view: View, old: Size, new: Size) -> View:
    """The same view of another rendition of the picture (a thumbnail replaced by the full resolution)."""
    ratio = new.width / old.width
    return replace(view, scale=view.scale / ratio, x=view.x * ratio, y=view.y * new.height / old.height)


def target(view: View, picture: Size, viewport: Size) -> Rect:
    """Where the whole picture lies, possibly reaching beyond the viewport."""
    return Rect(
        viewport.width / 2 - view.x * view.scale,
        viewport.height / 2 - view.y * view.scale,
        picture.width * view.scale,
        picture.height * view.scale,
    )


def _clamped_centre(centre: float, length: float, seen: float) -> float:
    if seen >= length:
        return length / 2
    return min(max(centre, seen / 2), length - seen / 2)
