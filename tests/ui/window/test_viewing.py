"""The viewer in the real window: over the grid, over the panel, and back to the same place."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

LEFT = Qt.MouseButton.LeftButton


def open_at(qtbot, opened, row: int, key: Qt.Key = Qt.Key.Key_Return):
    window, viewer = opened.window, opened.presenter.viewer.viewer
    window.grid.setFocus()
    window.grid.choose_photo(int(window.grid.photos.ids[row]))
    QTest.keyClick(window.grid, key)
    qtbot.waitUntil(viewer.isVisible)
    return viewer


def test_enter_shows_the_photo_whole_and_escape_leads_back(qtbot, opened_window):
    window, grid = opened_window.window, opened_window.window.grid
    viewer = open_at(qtbot, opened_window, 3)
    assert viewer.photo_id == grid.photos.ids[3]
    assert viewer.geometry() == window.content.rect()
    qtbot.waitUntil(lambda: viewer.canvas.accessibleName() == opened_window.names[3])
    QTest.keyClick(viewer, Qt.Key.Key_Right)
    QTest.keyClick(viewer, Qt.Key.Key_Right)
    assert viewer.photo_id == grid.photos.ids[5]
    qtbot.waitUntil(lambda: viewer.canvas.accessibleName() == opened_window.names[5])
    QTest.keyClick(viewer, Qt.Key.Key_Escape)
    assert viewer.isHidden()
    assert grid.selected_ids().tolist() == [grid.photos.ids[5]]
    assert grid.currentIndex().row() == 5
    assert grid.hasFocus()
    assert window.top.isEnabled()


def test_the_photo_looked_at_last_is_in_view_afterwards(qtbot, opened_window):
    window, grid = opened_window.window, opened_window.window.grid
    grid.set_tile_size(384)
    viewer = open_at(qtbot, opened_window, 0, Qt.Key.Key_Space)
    QTest.keyClick(viewer, Qt.Key.Key_End)
    QTest.keyClick(viewer, Qt.Key.Key_Escape)
    assert 11 in grid.visible_rows()
    assert window.pages.isEnabled()


def test_what_lies_under_the_viewer_takes_no_keys(qtbot, opened_window):
    window = opened_window.window
    viewer = open_at(qtbot, opened_window, 0)
    QTest.keyClick(viewer, Qt.Key.Key_Tab)
    focus = window.focusWidget()
    assert focus is viewer or viewer.isAncestorOf(focus)
    viewer.close_viewer()


def test_a_click_on_the_anchor_opens_the_viewer_and_similar_goes_on_from_there(qtbot, opened_window):
    opened, window, panel = opened_window, opened_window.window, opened_window.window.similar
    first = int(window.grid.photos.ids[0])
    window.grid.similar_requested.emit(0)
    qtbot.waitUntil(lambda: panel.isVisible() and panel.grid.photos.rowCount() == 11)
    QTest.mouseClick(panel.anchor, LEFT)
    viewer = opened.presenter.viewer.viewer
    assert viewer.isVisible()
    assert viewer.photo_id == first
    QTest.keyClick(viewer, Qt.Key.Key_Right)
    second = int(panel.grid.photos.ids[0])
    assert viewer.photo_id == second
    viewer.similar_requested.emit(viewer.photo_id)
    assert viewer.isHidden()
    assert opened.presenter.navigator.trail.steps == (first, second)


def test_similar_from_the_viewer_over_the_grid_begins_a_trail(qtbot, opened_window):
    viewer = open_at(qtbot, opened_window, 2)
    photo_id = viewer.photo_id
    opened_window.window.actions_table["similar"].trigger()
    assert viewer.isHidden()
    assert opened_window.presenter.navigator.trail.steps == (photo_id,)


def test_the_viewer_fills_the_screen_and_stops_doing_so(qtbot, opened_window):
    window = opened_window.window
    viewer = open_at(qtbot, opened_window, 2)
    QTest.keyClick(viewer, Qt.Key.Key_F11)
    qtbot.waitUntil(window.isFullScreen)
    QTest.keyClick(viewer, Qt.Key.Key_F11)
    qtbot.waitUntil(lambda: not window.isFullScreen())
    viewer.close_viewer()


def test_a_photo_whose_file_has_gone_is_told_in_words(qtbot, opened_window, photos):
    grid = opened_window.window.grid
    row = next(r for r in range(12) if grid.photos.facts(r).name == "sail 3.png")
    (photos / "boats" / "sail 3.png").unlink()
    viewer = open_at(qtbot, opened_window, row)
    qtbot.waitUntil(viewer.message.isVisible)
    assert viewer.message.text() == "The file is gone."
    QTest.keyClick(viewer, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: not viewer.message.isVisible())
    viewer.close_viewer()
