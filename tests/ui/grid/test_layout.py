"""The layout against a naive one that walks over every tile."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from imgsearch_desktop.ui.grid.layout import Box, GridLayout, Metrics, lay_out


@st.composite
def layouts(draw) -> GridLayout:
    counts = draw(st.lists(st.integers(1, 23), min_size=1, max_size=6))
    headed = draw(st.booleans())
    starts = np.concatenate(([0], np.cumsum(counts)[:-1])).astype(np.int64) if headed else None
    metrics = Metrics(
        gap=draw(st.integers(0, 9)), margin=draw(st.integers(0, 20)),
        heading=draw(st.integers(0, 30)), top=draw(st.integers(0, 90)),
    )  # fmt: skip
    return lay_out(
        sum(counts), draw(st.integers(1, 700)), draw(st.integers(20, 200)), starts, metrics,
        mirrored=draw(st.booleans()),
    )  # fmt: skip


def naive_boxes(layout: GridLayout) -> list[Box]:
    boxes: list[Box] = []
    y = layout.metrics.top
    ends = [*layout.starts[1:].tolist(), layout.rows]
    for start, end in zip(layout.starts.tolist(), ends, strict=True):
        y += layout.metrics.heading if layout.headings else 0
        for index in range(end - start):
            column = index % layout.columns
            place = layout.columns - 1 - column if layout.mirrored else column
            x = layout.metrics.margin + place * (layout.side + layout.metrics.gap)
            line_y = y + (index // layout.columns) * (layout.side + layout.metrics.gap)
            boxes.append(Box(x, line_y, layout.side, layout.side))
        y = boxes[-1].bottom + layout.metrics.gap
    return boxes


@settings(max_examples=150, deadline=None)
@given(layouts())
def test_every_tile_lies_where_walking_puts_it(layout):
    boxes = naive_boxes(layout)
    assert [layout.box(row) for row in range(layout.rows)] == boxes
    assert layout.boxes(range(layout.rows // 3, layout.rows)) == boxes[layout.rows // 3 :]
    assert layout.height >= boxes[-1].bottom


@settings(max_examples=200, deadline=None)
@given(layouts(), st.integers(-50, 2500), st.integers(0, 900))
def test_a_band_holds_exactly_the_tiles_that_reach_into_it(layout, top, height):
    expected = [
        row
        for row, box in enumerate(naive_boxes(layout))
        if height > 0 and box.y < top + height and box.bottom > top
    ]
    assert list(layout.rows_between(top, top + height)) == expected


@settings(max_examples=200, deadline=None)
@given(layouts(), st.integers(-10, 720), st.integers(-10, 2500))
def test_a_point_hits_the_tile_around_it(layout, x, y):
    expected = [
        row
        for row, box in enumerate(naive_boxes(layout))
        if box.x <= x < box.right and box.y <= y < box.bottom
    ]
    assert layout.row_at(x, y) == (expected[0] if expected else None)
    nearest = layout.nearest(x, y)
    assert nearest is not None
    assert 0 <= nearest < layout.rows
    if expected:
        assert nearest == expected[0]


@settings(max_examples=200, deadline=None)
@given(layouts(), st.integers(0, 600), st.integers(0, 2000), st.integers(1, 500), st.integers(1, 900))
def test_a_rubber_band_touches_what_it_overlaps(layout, x, y, width, height):
    band = Box(x, y, width, height)
    expected = [
        row
        for row, box in enumerate(naive_boxes(layout))
        if box.x < band.right and box.right > band.x and box.y < band.bottom and box.bottom > band.y
    ]
    assert [row for run in layout.rows_in(band) for row in run] == expected


@settings(max_examples=150, deadline=None)
@given(layouts(), st.integers(0, 200))
def test_the_arrow_keys_move_by_one_line_and_come_back(layout, pick):
    row = pick % layout.rows
    below, above = layout.below(row), layout.above(row)
    if below != row:
        assert layout.box(below).y > layout.box(row).y
        assert layout.line_start(below) == layout.line_end(row) + 1
        if layout.box(below).x == layout.box(row).x:
            assert layout.above(below) == row
    else:
        assert layout.line_end(row) == layout.rows - 1
    if above != row:
        assert layout.box(above).y < layout.box(row).y
    else:
        assert layout.line_start(row) == 0


@settings(max_examples=100, deadline=None)
@given(layouts(), st.integers(0, 2500), st.integers(1, 600))
def test_headings_in_a_band_are_those_whose_sections_reach_into_it(layout, top, height):
    found = list(layout.sections_between(top, top + height))
    for section in range(len(layout.starts)):
        box = layout.heading_box(section)
        if box.height and box.y < top + height and box.bottom > top:
            assert section in found


def test_tiles_grow_to_fill_the_width():
    layout = lay_out(10, 1000, 176)
    assert layout.columns == 5
    assert layout.box(4).right <= 1000 - 16
    assert layout.box(4).right > 1000 - 16 - layout.columns


def test_an_empty_grid_has_no_rows_and_no_sections():
    layout = lay_out(0, 800, 176)
    assert layout.rows_between(0, 1000) == range(0)
    assert layout.row_at(20, 20) is None
    assert layout.nearest(20, 20) is None
    assert layout.sections_between(0, 1000) == range(0)
    assert layout.rows_in(Box(0, 0, 500, 500)) == []


def test_a_window_narrower_than_a_tile_still_has_one_column():
    layout = lay_out(3, 60, 176)
    assert layout.columns == 1
    assert layout.box(2).y == 2 * layout.pitch


@pytest.mark.parametrize("rows", [1_000_000])
def test_a_million_photos_fit_a_scroll_bar(rows):
    layout = lay_out(rows, 900, 96, np.arange(0, rows, 100, dtype=np.int64))
    assert layout.height < 2**31
    last = layout.box(rows - 1)
    assert layout.row_at(last.x, last.y) == rows - 1
