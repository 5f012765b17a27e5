"""The grid on screen: what is painted, selected and kept, with mouse and keys."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from imgsearch_desktop.ui.grid.grid import PhotoGrid
from imgsearch_desktop.ui.grid.pixmap_cache import CachedTile, PixmapCache
from imgsearch_desktop.ui.grid.place import TOP, Anchor, Place, anchor_at, top_for
from imgsearch_desktop.workers.thumbnails import TileSize
from tests.ui.grid.conftest import contents, facts_of

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
PLAIN = Qt.KeyboardModifier.NoModifier


def centre(grid: PhotoGrid, row: int) -> QPoint:
    return grid.visualRect(grid.photos.index(row)).center()


def click(grid: PhotoGrid, row: int, modifiers=PLAIN) -> None:
    QTest.mouseClick(grid.viewport(), LEFT, modifiers, centre(grid, row))


def selected(grid: PhotoGrid) -> list[int]:
    return [int(photo_id) for photo_id in grid.selected_ids()]


def test_a_click_selects_one_ctrl_toggles_shift_extends(grid):
    grid.show_contents(contents(30))
    click(grid, 2)
    assert selected(grid) == [3]
    click(grid, 4, CTRL)
    assert selected(grid) == [3, 5]
    click(grid, 4, CTRL)
    assert selected(grid) == [3]
    click(grid, 1)
    click(grid, 6, SHIFT)
    assert selected(grid) == [2, 3, 4, 5, 6, 7]
    click(grid, 0, SHIFT)
    assert selected(grid) == [1, 2]


def test_ctrl_a_selects_a_million_and_a_click_beside_them_none(grid):
    grid.show_contents(contents(1_000_000))
    QTest.keyClick(grid, Qt.Key.Key_A, CTRL)
    assert len(grid.selected_ids()) == 1_000_000
    QTest.mouseClick(grid.viewport(), LEFT, PLAIN, QPoint(3, 3))
    assert selected(grid) == []


def test_a_double_click_asks_for_similar_photos(qtbot, grid):
    grid.show_contents(contents(10))
    with qtbot.waitSignal(grid.similar_requested) as blocker:
        QTest.mouseDClick(grid.viewport(), LEFT, PLAIN, centre(grid, 3))
    assert blocker.args == [3]
    assert selected(grid) == [4]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_enter_and_space_open_the_viewer(qtbot, grid, key):
    grid.show_contents(contents(10))
    click(grid, 5)
    with qtbot.waitSignal(grid.view_requested) as blocker:
        QTest.keyClick(grid, key)
    assert blocker.args == [5]


def test_shift_enter_asks_for_similar_photos(qtbot, grid):
    grid.show_contents(contents(10))
    click(grid, 5)
    with qtbot.waitSignal(grid.similar_requested) as blocker:
        QTest.keyClick(grid, Qt.Key.Key_Return, SHIFT)
    assert blocker.args == [5]


def test_keys_move_and_extend(grid):
    grid.show_contents(contents(100))
    columns = grid.grid_layout.columns
    QTest.keyClick(grid, Qt.Key.Key_Down)
    assert selected(grid) == [1]
    QTest.keyClick(grid, Qt.Key.Key_Down)
    QTest.keyClick(grid, Qt.Key.Key_Right)
    assert selected(grid) == [columns + 2]
    QTest.keyClick(grid, Qt.Key.Key_Down, SHIFT)
    assert selected(grid) == list(range(columns + 2, 2 * columns + 3))
    QTest.keyClick(grid, Qt.Key.Key_End)
    assert selected(grid) == [100]
    assert grid.verticalScrollBar().value() == grid.verticalScrollBar().maximum()
    QTest.keyClick(grid, Qt.Key.Key_Home, CTRL)
    assert grid.currentIndex().row() == 0
    assert selected(grid) == [100]
    QTest.keyClick(grid, Qt.Key.Key_Space, CTRL)
    assert selected(grid) == [1, 100]


def test_page_keys_move_by_a_screen(grid):
    grid.show_contents(contents(500))
    click(grid, 0)
    QTest.keyClick(grid, Qt.Key.Key_PageDown)
    row = grid.currentIndex().row()
    assert row >= grid.grid_layout.columns
    assert row in grid.visible_rows()
    QTest.keyClick(grid, Qt.Key.Key_PageUp)
    assert grid.currentIndex().row() == 0


def test_a_rubber_band_selects_what_it_touches_and_ctrl_keeps_the_rest(grid):
    grid.show_contents(contents(40))
    columns = grid.grid_layout.columns
    click(grid, 20)
    start = grid.visualRect(grid.photos.index(0)).topLeft() - QPoint(4, 4)
    QTest.mousePress(grid.viewport(), LEFT, CTRL, start)
    QTest.mouseMove(grid.viewport(), centre(grid, columns + 1))
    grid.viewport().grab()
    QTest.mouseRelease(grid.viewport(), LEFT, CTRL, centre(grid, columns + 1))
    assert selected(grid) == [1, 2, columns + 1, columns + 2, 21]


def test_a_plain_band_replaces_the_selection(grid):
    grid.show_contents(contents(40))
    click(grid, 20)
    start = grid.visualRect(grid.photos.index(0)).topLeft() - QPoint(4, 4)
    QTest.mousePress(grid.viewport(), LEFT, PLAIN, start)
    QTest.mouseMove(grid.viewport(), centre(grid, 1))
    QTest.mouseRelease(grid.viewport(), LEFT, PLAIN, centre(grid, 1))
    assert selected(grid) == [1, 2]


def test_pressing_a_selected_photo_keeps_the_others_until_release(grid):
    grid.show_contents(contents(10))
    click(grid, 1)
    click(grid, 3, SHIFT)
    QTest.mousePress(grid.viewport(), LEFT, PLAIN, centre(grid, 2))
    assert selected(grid) == [2, 3, 4]
    QTest.mouseRelease(grid.viewport(), LEFT, PLAIN, centre(grid, 2))
    assert selected(grid) == [3]


def test_the_right_button_selects_what_it_presses_and_asks_for_a_menu(qtbot, grid):
    grid.show_contents(contents(10))
    click(grid, 1)
    QTest.mousePress(grid.viewport(), RIGHT, PLAIN, centre(grid, 4))
    assert selected(grid) == [5]


def test_selection_and_place_survive_inserts_and_deletes(grid):
    grid.show_contents(contents(1000))
    grid.verticalScrollBar().setValue(3000)
    first = grid.visible_rows()[0] + grid.grid_layout.columns
    click(grid, first)
    click(grid, first + 2, CTRL)
    chosen = selected(grid)
    before = grid.visualRect(grid.photos.index(first)).top()

    ids = grid.photos.ids
    more = np.concatenate((np.arange(5001, 5001 + 12 * grid.grid_layout.columns), ids[ids != chosen[1]]))
    grid.show_contents(type(grid.photos.contents)(more))

    assert selected(grid) == chosen[:1]
    row = int(np.flatnonzero(more == chosen[0])[0])
    assert grid.currentIndex().row() == -1 or grid.photos.ids[grid.currentIndex().row()] in chosen
    assert abs(grid.visualRect(grid.photos.index(row)).top() - before) <= 1


def test_at_the_very_top_new_photos_come_into_view(grid):
    grid.show_contents(contents(1000))
    grid.show_contents(contents(1100, first=-99))
    assert grid.verticalScrollBar().value() == 0


def test_everything_stays_selected_when_photos_are_added(grid):
    grid.show_contents(contents(50))
    grid.selectAll()
    grid.show_contents(contents(80))
    assert len(grid.selected_ids()) == 80


def test_another_tile_size_keeps_what_is_looked_at_in_view(grid):
    grid.show_contents(contents(5000, starts=[0, 700, 2100]))
    grid.verticalScrollBar().setValue(20_000)
    row = next(r for r in grid.visible_rows() if grid.visualRect(grid.photos.index(r)).top() >= 0)
    click(grid, row)
    chosen = selected(grid)
    for size in (96, 300, 176):
        grid.set_tile_size(size)
        assert row in grid.visible_rows()
    assert selected(grid) == chosen


def test_a_place_can_be_kept_and_gone_back_to(grid):
    grid.show_contents(contents(1000))
    grid.verticalScrollBar().setValue(2500)
    click(grid, grid.visible_rows()[8])
    place = grid.place()
    grid.show_contents(contents(20, first=5000), Place())
    assert grid.verticalScrollBar().value() == 0
    assert selected(grid) == []
    grid.show_contents(contents(1000), place)
    assert grid.verticalScrollBar().value() == 2500
    assert selected(grid) == place.selected.tolist()


def test_a_photo_that_is_gone_leaves_the_place_near_its_row(grid):
    grid.show_contents(contents(1000))
    grid.verticalScrollBar().setValue(2500)
    layout, ids = grid.grid_layout, grid.photos.ids
    anchor = anchor_at(layout, ids, 2500, 600)
    assert anchor_at(layout, ids, 0, 600) == TOP
    assert top_for(layout, ids, anchor) == 2500
    gone = Anchor(99_999, anchor.offset, anchor.row)
    assert top_for(layout, ids, gone) == 2500


def test_what_is_in_view_is_wanted_first_then_what_lies_around(qtbot, grid):
    grid.show_contents(contents(1000))
    with qtbot.waitSignal(grid.wanted) as blocker:
        grid.verticalScrollBar().setValue(5000)
    visible, further = blocker.args
    assert visible == grid.visible_rows()
    assert further[0] == visible.stop
    assert set(further).isdisjoint(visible)
    assert min(further) < visible.start
    assert len(further) < 4 * len(visible)


def pixel(grid: PhotoGrid, point: QPoint) -> QColor:
    return grid.viewport().grab().toImage().pixelColor(point)


def test_a_placeholder_has_the_photos_own_colour_and_shape(grid, theme):
    grid.show_contents(contents(3))
    grid.photos.put_facts([facts_of(1, colour=(10, 200, 30), width=300, height=100)], range(1))
    tile = grid.visualRect(grid.photos.index(0))
    assert pixel(grid, tile.center()) == QColor(10, 200, 30)
    mat = pixel(grid, tile.topLeft() + QPoint(tile.width() // 2, 6))
    assert mat not in (QColor(10, 200, 30), theme.colour("bg"))
    assert pixel(grid, tile.bottomLeft() + QPoint(tile.width() // 2, -6)) == mat
    assert pixel(grid, tile.topLeft()) == theme.colour("bg"), "the mat is rounded, too"


def test_a_thumbnail_replaces_the_placeholder(grid):
    grid.show_contents(contents(3))
    pixmap = QPixmap(160, 160)
    pixmap.fill(QColor("magenta"))
    grid.cache.put(1, CachedTile(pixmap, grid.pixel_size))
    grid.update_photo(1)
    assert pixel(grid, centre(grid, 0)) == QColor("magenta")


def test_corners_are_rounded_to_the_ground(grid, theme):
    grid.show_contents(contents(3))
    grid.photos.put_facts([facts_of(1, width=100, height=100)], range(1))
    tile = grid.visualRect(grid.photos.index(0))
    assert pixel(grid, tile.topLeft()) == theme.colour("bg")


def test_fill_covers_the_tile(grid):
    grid.show_contents(contents(3))
    grid.photos.put_facts([facts_of(1, colour=(10, 200, 30), width=300, height=100)], range(1))
    grid.set_fill(True)
    tile = grid.visualRect(grid.photos.index(0))
    assert pixel(grid, tile.topLeft() + QPoint(tile.width() // 2, 6)) == QColor(10, 200, 30)


def test_the_buttons_lie_on_the_current_tile_and_are_named(qtbot, grid):
    grid.show_contents(contents(10))
    grid.photos.put_facts([facts_of(4)], range(3, 4))
    grid.setFocus()
    click(grid, 3)
    buttons = grid.focus_buttons
    assert buttons.isVisible()
    assert grid.picture_rect(3).contains(buttons.geometry())
    assert buttons.view.accessibleName() == "View IMG_4.jpg"
    assert buttons.similar.accessibleName() == "Find photos similar to IMG_4.jpg"
    with qtbot.waitSignal(grid.similar_requested) as blocker:
        QTest.mouseClick(buttons.similar, LEFT)
    assert blocker.args == [3]
    with qtbot.waitSignal(grid.view_requested) as blocker:
        QTest.mouseClick(buttons.view, LEFT)
    assert blocker.args == [3]


def test_a_header_takes_room_above_the_photos_and_scrolls_away(qtbot, grid):
    header = QLabel("explore")
    header.setFixedHeight(120)
    grid.show_contents(contents(500))
    top = grid.visualRect(grid.photos.index(0)).top()
    grid.set_header(header)
    assert grid.visualRect(grid.photos.index(0)).top() == top + 120
    grid.verticalScrollBar().setValue(50)
    assert header.y() == -50
    header.hide()
    qtbot.waitUntil(lambda: grid.grid_layout.metrics.top == 0)


def test_the_scroll_bar_says_which_month(grid):
    grid.show_contents(contents(1000, starts=[0, 500]))
    bar = grid.verticalScrollBar()
    bar.setValue(bar.maximum())
    bar.sliderMoved.emit(bar.value())
    assert grid.bubble.isVisible()
    assert grid.bubble.text() == "Month 1"
    bar.sliderReleased.emit()
    assert not grid.bubble.isVisible()


def test_right_to_left_mirrors_tiles_and_arrow_keys(grid):
    grid.show_contents(contents(30))
    grid.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    first, second = (grid.visualRect(grid.photos.index(row)) for row in (0, 1))
    assert first.left() > second.left()
    click(grid, 0)
    QTest.keyClick(grid, Qt.Key.Key_Left)
    assert grid.currentIndex().row() == 1


def test_the_cache_stays_within_its_limit(qapp):
    pixmaps = [QPixmap(100, 100) for _ in range(20)]
    cache = PixmapCache(10 * 100 * 100 * 4)
    size = TileSize(100, fill=False)
    for photo_id, pixmap in enumerate(pixmaps):
        cache.put(photo_id, CachedTile(pixmap, size))
        cache.get(0)
    assert len(cache) == 10
    assert cache.bytes == 10 * 100 * 100 * 4
    assert cache.get(0) is not None
    assert cache.get(1) is None
    assert cache.has(19, size)
    assert not cache.has(19, TileSize(50, fill=False))
    cache.drop(19)
    cache.clear()
    assert cache.bytes == 0
