"""Where one was in a grid, in terms that survive another size, order or number of photos."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from imgsearch_desktop.ui.grid.contents import Ids, rows_of
from imgsearch_desktop.ui.grid.layout import GridLayout


@dataclass(frozen=True, slots=True)
class Anchor:
    """A photo and how far below the upper edge of the view it stood.

    Attributes:
        photo_id: the topmost visible photo; None at the very top, where new photos are to come into view.
        offset: its upper edge minus that of the view, pixels.
        row: the row it had, for the day the photo is gone.
    """

    photo_id: int | None = None
    offset: int = 0
    row: int = 0


TOP = Anchor()


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """Where one was: scroll position, current photo, selected photos."""

    anchor: Anchor = TOP
    current: int | None = None
    selected: Ids = field(default_factory=lambda: np.empty(0, np.int64))
    everything: bool = False


def anchor_at(layout: GridLayout, ids: Ids, top: int, height: int) -> Anchor:
    """The anchor of a scroll position."""
    visible = layout.rows_between(top, top + height)
    if top <= 0 or not visible:
        return TOP
    whole = next((row for row in visible if layout.box(row).y >= top), visible[0])
    return Anchor(int(ids[whole]), layout.box(whole).y - top, whole)


def top_for(layout: GridLayout, ids: Ids, anchor: Anchor) -> int:
    """The scroll position that puts an anchor where it was."""
    if anchor.photo_id is None or len(ids) == 0:
        return 0
    rows = rows_of(ids, np.array([anchor.photo_id], np.int64))
    row = int(rows[0]) if len(rows) else min(anchor.row, len(ids) - 1)
    return max(0, layout.box(row).y - anchor.offset)
