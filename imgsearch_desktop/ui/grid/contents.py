"""What a grid shows: ids in order, cut into sections, and what is known about a single tile."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from imgsearch_desktop.domain.photo import Rgb

Ids = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Contents:
    """The photos of a grid.

    Attributes:
        ids: photo ids in order, int64 (n,).
        starts: first row of each section, int64 (sections,), the first 0; None for no headings.
        titles: of the sections, for people.
    """

    ids: Ids = field(default_factory=lambda: np.empty(0, np.int64))
    starts: Ids | None = None
    titles: tuple[str, ...] = ()

    def section_size(self, section: int) -> int:
        """How many photos a section holds."""
        if self.starts is None:
            return len(self.ids)
        end = int(self.starts[section + 1]) if section + 1 < len(self.starts) else len(self.ids)
        return end - int(self.starts[section])

    def without(self, photo_ids: Sequence[int]) -> Contents:
        """The same without some photos; sections that run empty go with them."""
        stays = ~np.isin(self.ids, np.asarray(photo_ids, np.int64))
        if self.starts is None:
            return Contents(self.ids[stays], None, self.titles)
        before = np.concatenate(([0], np.cumsum(stays)))
        starts = before[self.starts]
        filled = np.diff(np.append(starts, before[-1])) > 0
        titles = tuple(title for title, full in zip(self.titles, filled, strict=True) if full)
        return Contents(self.ids[stays], starts[filled].astype(np.int64), titles)


NOTHING = Contents()


@dataclass(frozen=True, slots=True)
class TileFacts:
    """What a tile shows besides the thumbnail.

    Attributes:
        photo_id: which photo.
        name: file name.
        description: for people who listen: name, date, camera.
        colour: average colour, what the placeholder is painted with.
        width: of the upright picture, pixels.
        height: of the upright picture, pixels.
        copies: present files that hold the photo.
        raw: whether it is a RAW picture.
        path: of the first present file, the file system's bytes; None where every file is gone.
        display_path: the same as text for people.
        away: every file lies on a volume that is not connected.
    """

    photo_id: int
    name: str
    description: str
    colour: Rgb
    width: int
    height: int
    copies: int = 1
    raw: bool = False
    path: bytes | None = None
    display_path: str = ""
    away: bool = False


def rows_of(ids: Ids, wanted: Ids) -> Ids:
    """Rows at which the wanted ids stand, ascending, int64; ids that are not there are left out."""
    if len(wanted) == 0 or len(ids) == 0:
        return np.empty(0, np.int64)
    return np.flatnonzero(np.isin(ids, wanted)).astype(np.int64)


def runs(rows: Ids) -> list[tuple[int, int]]:
    """Ascending rows as inclusive runs (first, last)."""
    if len(rows) == 0:
        return []
    breaks = np.flatnonzero(np.diff(rows) != 1)
    firsts = rows[np.concatenate(([0], breaks + 1))]
    lasts = rows[np.concatenate((breaks, [len(rows) - 1]))]
    return list(zip(firsts.tolist(), lasts.tolist(), strict=True))
