"""The rectangle that is drawn with the mouse to select photos, in the grid's own coordinates."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from imgsearch_desktop.ui.grid.contents import Ids, runs
from imgsearch_desktop.ui.grid.layout import Box, GridLayout


@dataclass(frozen=True, slots=True)
class RubberBand:
    """A band under way.

    Attributes:
        x: where it began.
        y: where it began, from the very top of the grid; scrolling does not move it.
        before: rows that were selected before and stay so, ascending.
    """

    x: int
    y: int
    before: Ids

    def box(self, x: int, y: int) -> Box:
        """The rectangle up to a point."""
        left, top = min(self.x, x), min(self.y, y)
        return Box(left, top, abs(self.x - x) + 1, abs(self.y - y) + 1)

    def spans(self, layout: GridLayout, x: int, y: int) -> list[tuple[int, int]]:
        """Inclusive runs of rows to be selected when the band reaches to a point."""
        touched = [(run.start, run.stop - 1) for run in layout.rows_in(self.box(x, y))]
        if len(self.before) == 0:
            return touched
        rows = [np.arange(first, last + 1, dtype=np.int64) for first, last in touched]
        return runs(np.unique(np.concatenate([self.before, *rows])))
