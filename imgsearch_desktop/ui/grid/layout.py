"""Where every tile lies, by arithmetic: a million photos cost as much as their sections (months) do."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Metrics:
    """Distances of the grid in logical pixels.

    Attributes:
        gap: between tiles.
        margin: left and right of the tiles, and below the last.
        heading: height of a section's heading.
        top: what lies above the first section (the header widget).
    """

    gap: int = 8
    margin: int = 16
    heading: int = 36
    top: int = 0


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in the grid's own coordinates, y growing down from the very top."""

    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        """First x beyond it."""
        return self.x + self.width

    @property
    def bottom(self) -> int:
        """First y beyond it."""
        return self.y + self.height


@dataclass(frozen=True, slots=True, eq=False)
class GridLayout:
    """A finished layout; made by `lay_out`.

    Attributes:
        rows: number of photos.
        columns: tiles side by side.
        side: side of a square tile, pixels.
        width: of the whole grid.
        height: of the whole grid.
        metrics: the distances it was made with.
        starts: first row of each section, int64 (sections,); the first is 0.
        tops: where each section begins, int64 (sections,).
        lines: lines of tiles in each section, int64 (sections,).
        headings: whether sections have headings.
        mirrored: tiles run from right to left.
    """

    rows: int
    columns: int
    side: int
    width: int
    height: int
    metrics: Metrics
    starts: Rows
    tops: Rows
    lines: Rows
    headings: bool
    mirrored: bool = False
    _heading: int = field(default=0)

    @property
    def pitch(self) -> int:
        """Distance from one line of tiles to the next."""
        return self.side + self.metrics.gap

    def box(self, row: int) -> Box:
        """Where a tile lies."""
        section = self.section_of(row)
        line, column = divmod(row - int(self.starts[section]), self.columns)
        return Box(self._x(column), self._line_top(section, line), self.side, self.side)

    def boxes(self, rows: range) -> list[Box]:
        """Where the tiles of a run of rows lie, all in one go."""
        numbers = np.arange(rows.start, rows.stop, dtype=np.int64)
        sections = np.searchsorted(self.starts, numbers, side="right") - 1
        lines, columns = np.divmod(numbers - self.starts[sections], self.columns)
        places = self.columns - 1 - columns if self.mirrored else columns
        xs = self.metrics.margin + places * self.pitch
        ys = self.tops[sections] + self._heading + lines * self.pitch
        side = self.side
        return [Box(x, y, side, side) for x, y in zip(xs.tolist(), ys.tolist(), strict=True)]

    def section_of(self, row: int) -> int:
        """The section a row belongs to."""
        return int(np.searchsorted(self.starts, row, side="right")) - 1

    def section_at(self, y: int) -> int:
        """The section at a height, the first above the grid and the last below; -1 for an empty grid."""
        if self.rows == 0:
            return -1
        return max(0, int(np.searchsorted(self.tops, y, side="right")) - 1)

    def heading_box(self, section: int) -> Box:
        """Where a section's heading lies; of no height where sections have none."""
        margin = self.metrics.margin
        return Box(margin, int(self.tops[section]), max(0, self.width - 2 * margin), self._heading)

    def sections_between(self, top: int, bottom: int) -> range:
        """The sections that reach into the band from `top` to `bottom` (exclusive)."""
        if self.rows == 0 or bottom <= int(self.tops[0]):
            return range(0)
        return range(self.section_at(top), int(np.searchsorted(self.tops, bottom, side="left")))

    def rows_between(self, top: int, bottom: int) -> range:
        """The rows whose tiles reach into the band from `top` to `bottom` (exclusive)."""
        if self.rows == 0 or bottom <= top:
            return range(0)
        first, last = self._first_below(top), self._first_from(bottom)
        return range(first, max(first, last))

    def row_at(self, x: int, y: int) -> int | None:
        """The row whose tile holds a point."""
        found = [r for r in self.rows_between(y, y + 1) if _spans(self.box(r), x)]
        return found[0] if found else None

    def nearest(self, x: int, y: int) -> int | None:
        """The row whose tile is nearest to a point, None for an empty grid."""
        if self.rows == 0:
            return None
        line = self.rows_between(y, y + self.metrics.gap + self._heading + 1)
        if not line:
            line = range(0, 1) if y < self.box(0).y else range(self.rows - 1, self.rows)
        first = line[0]
        row = self._line_start(first) + self._column_at(x)
        return min(row, self._line_end(first) - 1)

    def rows_in(self, box: Box) -> list[range]:
        """The rows whose tiles a rectangle touches, as ascending runs."""
        touched = self.rows_between(box.y, box.bottom)
        columns = [
            column
            for column in range(self.columns)
            if self._x(column) < box.right and self._x(column) + self.side > box.x
        ]
        if not touched or not columns:
            return []
        if len(columns) == self.columns:
            return [touched]
        runs, row = [], touched[0]
        while row < touched.stop:
            start, end = self._line_start(row), self._line_end(row)
            run = range(start + columns[0], min(start + columns[-1] + 1, end))
            if run:
                runs.append(run)
            row = end
        return runs

    def above(self, row: int) -> int:
        """The row one line up, in the same column where there is one; itself in the first line."""
        start = self._line_start(row)
        if start == 0:
            return row
        up = self._line_start(start - 1)
        return min(up + row - start, start - 1)

    def below(self, row: int) -> int:
        """The row one line down, in the same column where there is one; itself in the last line."""
        start, end = self._line_start(row), self._line_end(row)
        if end >= self.rows:
            return row
        return min(end + row - start, self._line_end(end) - 1)

    def line_start(self, row: int) -> int:
        """First row of the line a row lies in."""
        return self._line_start(row)

    def line_end(self, row: int) -> int:
        """Last row of the line a row lies in."""
        return self._line_end(row) - 1

    def _x(self, column: int) -> int:
        place = self.columns - 1 - column if self.mirrored else column
        return self.metrics.margin + place * self.pitch

    def _column_at(self, x: int) -> int:
        place = min(max(0, (x - self.metrics.margin) // self.pitch), self.columns - 1)
        return self.columns - 1 - place if self.mirrored else place

    def _line_top(self, section: int, line: int) -> int:
        return int(self.tops[section]) + self._heading + line * self.pitch

    def _section_end(self, section: int) -> int:
        return int(self.starts[section + 1]) if section + 1 < len(self.starts) else self.rows

    def _line_start(self, row: int) -> int:
        start = int(self.starts[self.section_of(row)])
        return row - (row - start) % self.columns

    def _line_end(self, row: int) -> int:
        return min(self._line_start(row) + self.columns, self._section_end(self.section_of(row)))

    def _first_below(self, y: int) -> int:
        """First row whose tile ends below `y`."""
        section = self.section_at(y)
        past = y - int(self.tops[section]) - self._heading - self.side
        line = past // self.pitch + 1 if past >= 0 else 0
        if line >= int(self.lines[section]):
            return self._section_end(section)
        return int(self.starts[section]) + line * self.columns

    def _first_from(self, y: int) -> int:
        """First row whose tile begins at `y` or below."""
        section = int(np.searchsorted(self.tops, y, side="left")) - 1
        if section < 0:
            return 0
        inside = y - int(self.tops[section]) - self._heading
        line = min(max(0, -(-inside // self.pitch)), int(self.lines[section]))
        return min(int(self.starts[section]) + line * self.columns, self._section_end(section))


def _spans(box: Box, x: int) -> bool:
    return box.x <= x < box.right


def lay_out(
    rows: int,
    width: int,
    tile: int,
    starts: Rows | None = None,
    metrics: Metrics | None = None,
    *,
    mirrored: bool = False,
) -> GridLayout:
    """Lay out a grid; tiles grow beyond `tile` to fill the width.

    Args:
        rows: number of photos.
        width: room there is, pixels.
        tile: least side of a tile, pixels; fewer than one column's width still gives one column.
        starts: first row of each section, ascending, the first 0; None for one section without a heading.
        metrics: the distances.
        mirrored: right-to-left.
    """
    distances = metrics or Metrics()
    room = max(1, width - 2 * distances.margin)
    columns = max(1, (room + distances.gap) // (tile + distances.gap))
    side = max(1, (room - (columns - 1) * distances.gap) // columns)
    headings = starts is not None
    first = np.zeros(1, np.int64) if starts is None else np.asarray(starts, np.int64)
    heading = distances.heading if headings else 0
    counts = np.diff(np.append(first, rows))
    lines = -(-counts // columns)
    heights = heading + lines * (side + distances.gap)
    tops = distances.top + np.concatenate(([0], np.cumsum(heights[:-1])))
    bottom = int(tops[-1] + heights[-1]) if rows else distances.top
    return GridLayout(
        rows, columns, side, width, bottom + distances.margin, distances, first, tops.astype(np.int64),
        lines.astype(np.int64), headings, mirrored, heading,
    )  # fmt: skip
