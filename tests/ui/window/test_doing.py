"""What is done with photos in the real window: trash and undo, copies, lists, dates, details."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from imgsearch_desktop.ui.theme.tokens import SIZE
from tests.ui.window.test_main_job import shows
from tests.ui.window.test_viewing import open_at

LEFT = Qt.MouseButton.LeftButton

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # windows without a screen


def row_of(opened, name: str) -> int:
    grid = opened.window.grid
    return next(row for row in range(grid.photos.rowCount()) if grid.photos.facts(row).name == name)


def choose(opened, name: str) -> int:
    grid = opened.window.grid
    photo_id = int(grid.photos.ids[row_of(opened, name)])
    grid.setFocus()
    assert grid.choose_photo(photo_id)
    return photo_id


def test_delete_takes_the_tile_away_at_once_and_ctrl_z_brings_it_back(qtbot, opened_window, photos):
    opened, window = opened_window, opened_window.window
    choose(opened, "sail 2.png")
    QTest.keyClick(window.grid, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: shows(opened, 11) and "sail 2.png" not in opened.names)
    bar = opened.presenter.acting.overlay.undo_bar
    qtbot.waitUntil(bar.isVisible)
    assert "trash" in bar.words.text()
    assert (photos / "boats" / "sail 2.png").exists()
    assert len(window.grid.selected_ids()) == 1  # the one that took its place
    qtbot.waitUntil(lambda: "sail 2.png" not in opened.names)
    window.actions_table["undo"].trigger()
    qtbot.waitUntil(lambda: shows(opened, 12) and "sail 2.png" in opened.names)
    assert opened.outside.trash.sent == []


def test_delete_in_the_sidebar_trashes_nothing(opened_window):
    opened, window = opened_window, opened_window.window
    choose(opened, "sail 2.png")
    window.sidebar.view.setFocus()
    QTest.keyClick(window.sidebar.view, Qt.Key.Key_Delete)
    assert shows(opened, 12)


def test_closing_carries_the_journal_out(qtbot, opened_window, photos):
    opened = opened_window
    choose(opened, "sail 2.png")
    QTest.keyClick(opened.window.grid, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: len(opened.library.catalogue.trash_journal()) == 1)
    opened.window.close()
    assert opened.outside.trash.sent == [], "the GUI thread waits for no trash"
    assert opened.presenter.finish()
    assert opened.outside.trash.sent == ["sail 2.png"]
    assert not (photos / "boats" / "sail 2.png").exists()


def test_what_an_earlier_run_left_in_the_journal_is_carried_out_at_the_start(
    qtbot, library, photos, open_window
):
    library.run(photos)
    file = library.photo(photos / "boats" / "sail 2.png").files[0]
    past = datetime(2020, 1, 1, tzinfo=UTC)
    library.catalogue.write(lambda writer: writer.journal_trash([file.file_id], past))
    opened = open_window(library)
    qtbot.waitUntil(lambda: opened.outside.trash.sent == ["sail 2.png"])


def test_of_several_copies_it_is_asked_which(qtbot, opened_window):
    opened = opened_window
    choose(opened, "rex 0.jpg" if "rex 0.jpg" in opened.names else "copy of rex 0.jpg")
    opened.window.actions_table["trash"].trigger()
    overlay = opened.presenter.acting.overlay
    qtbot.waitUntil(lambda: overlay.asking)
    QTest.keyClick(opened.window, Qt.Key.Key_Escape)
    assert not overlay.asking
    assert shows(opened, 12)


def test_in_the_viewer_the_next_photo_follows_the_one_that_goes(qtbot, opened_window):
    opened = opened_window
    row = row_of(opened, "sail 2.png")
    after = int(opened.window.grid.photos.ids[row + 1])
    viewer = open_at(qtbot, opened, row)
    QTest.keyClick(viewer, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: viewer.photo_id == after)
    assert viewer.isVisible()
    viewer.close_viewer()
    qtbot.waitUntil(lambda: shows(opened, 11))


def test_actions_are_about_the_photo_in_the_viewer_also_when_nothing_is_selected(qtbot, opened_window):
    opened, window = opened_window, opened_window.window
    window.grid.clearSelection()
    assert not window.actions_table["trash"].isEnabled()
    window.grid.view_requested.emit(row_of(opened, "sail 2.png"))
    assert window.actions_table["trash"].isEnabled()
    window.actions_table["copy_path"].trigger()
    qtbot.waitUntil(lambda: QApplication.clipboard().text().endswith("sail 2.png"))
    opened.presenter.viewer.viewer.close_viewer()


def test_files_are_copied_and_listed_where_one_says(qtbot, opened_window, tmp_path, monkeypatch):
    opened, window = opened_window, opened_window.window
    (tmp_path / "out").mkdir()
    choose(opened, "sail 2.png")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "out"))
    window.actions_table["copy_files"].trigger()
    qtbot.waitUntil((tmp_path / "out" / "sail 2.png").exists)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "list"), "(*.txt)"))
    window.actions_table["export_list"].trigger()
    qtbot.waitUntil((tmp_path / "list.txt").exists)
    qtbot.waitUntil(lambda: (tmp_path / "list.txt").read_text().strip().endswith("sail 2.png"))


def test_a_photo_is_shown_in_its_folder(qtbot, opened_window, photos):
    choose(opened_window, "sail 2.png")
    opened_window.window.actions_table["reveal"].trigger()
    qtbot.waitUntil(
        lambda: opened_window.outside.file_manager.shown == [bytes(photos / "boats" / "sail 2.png")]
    )


def test_a_corrected_date_moves_the_photo(qtbot, opened_window):
    opened = opened_window
    photo_id = choose(opened, "sail 2.png")
    opened.window.actions_table["correct_date"].trigger()
    overlay = opened.presenter.acting.overlay
    qtbot.waitUntil(overlay.date.isVisible)
    qtbot.waitUntil(lambda: overlay.date.question.width() > 200 and overlay.date.edit.y() > 20)
    overlay.date.corrected.emit([photo_id], datetime(2001, 2, 3, 4, 5))
    qtbot.waitUntil(lambda: opened.window.grid.photos.ids[-1] == photo_id)
    assert opened.window.grid.photos.contents.titles[-1] == "February 2001"


def test_details_of_the_selected_photo_stand_beside_the_grid(qtbot, opened_window):
    opened, window = opened_window, opened_window.window
    choose(opened, "sail 2.png")
    window.actions_table["details"].trigger()
    panel = window.details_side.area.panel
    qtbot.waitUntil(lambda: any(row.value == "sail 2.png" for row in panel.rows))
    choose(opened, "sail 3.png")
    qtbot.waitUntil(lambda: any(row.value == "sail 3.png" for row in panel.rows))
    QTest.mouseClick(window.details_side.cross, LEFT)
    assert window.details_side.isHidden()
    assert not window.actions_table["details"].isChecked()


def test_the_similar_panel_tells_about_its_anchor_then_about_what_is_selected(qtbot, opened_window):
    opened, window = opened_window, opened_window.window
    panel = window.similar
    window.grid.similar_requested.emit(row_of(opened, "sail 2.png"))
    qtbot.waitUntil(lambda: any(row.value == "sail 2.png" for row in panel.details.rows))
    qtbot.waitUntil(lambda: panel.grid.photos.rowCount() == 11 and panel.grid.photos.facts(0) is not None)
    name = panel.grid.photos.facts(0).name
    panel.grid.choose_photo(int(panel.grid.photos.ids[0]))
    qtbot.waitUntil(lambda: any(row.value == name for row in panel.details.rows))


def test_a_drag_carries_files_of_photos_that_were_never_in_view_and_one_picture_whole(
    qtbot, library, photos, open_window
):
    library.run(photos)
    opened = open_window(library, size=QSize(900, 600))
    grid = opened.window.grid
    grid.set_tile_size(384)
    qtbot.waitUntil(lambda: grid.photos.rowCount() == 12)
    grid.photos.forget_facts()
    grid.selectAll()
    qtbot.waitUntil(lambda: len(grid.drag_data(list(range(12))).urls()) == 12)
    qtbot.waitUntil(lambda: grid.pixmap_of(0) is not None)
    assert grid.drag_data([0]).hasImage()
    assert not grid.drag_data([0, 1]).hasImage()


def test_failures_are_listed_shown_and_tried_again(qtbot, library, photos, open_window):
    (photos / "broken.jpg").write_bytes(b"\xff\xd8 no more")
    library.run(photos)
    opened = open_window(library)
    link = opened.window.status.failures
    qtbot.waitUntil(link.isVisible)
    QTest.mouseClick(link, LEFT)
    dialog = opened.presenter.dialogs._failures
    qtbot.waitUntil(lambda: len(dialog.model.failures) == 1)
    (photos / "broken.jpg").write_bytes((photos / "dogs" / "rex 1.jpg").read_bytes())
    dialog.retry_requested.emit([dialog.model.failures[0].path])
    qtbot.waitUntil(lambda: dialog.model.failures == (), timeout=20_000)
    dialog.close()


def test_preferences_take_effect_at_once_and_are_stored(qtbot, opened_window, theme):
    opened, window = opened_window, opened_window.window
    window.top.preferences.click()
    dialog = opened.presenter.dialogs.preferences.open(window)
    held = dialog.settings
    dialog.settings_changed.emit(
        replace(held, window=replace(held.window, theme="dark", tile_fill=True, cache_mb=64))
    )
    assert theme.choice == "dark"
    assert window.grid.fill
    assert window.filter_row.shape.isChecked()
    qtbot.waitUntil(lambda: bool(opened.outside.saved))
    assert opened.outside.saved[-1].window.tile_fill
    dialog.close()


def test_tiles_and_window_come_back_as_they_were_left(qtbot, opened_window, open_window, library):
    opened = opened_window
    opened.window.grid.set_tile_size(240)
    opened.window.filter_row.shape.click()
    opened.window.actions_table["sidebar"].trigger()
    opened.window.resize(1200, 700)
    opened.window.close()
    assert opened.presenter.finish()
    stored = opened.outside.saved[-1].window
    assert (stored.tile_size, stored.tile_fill, stored.sidebar) == (240, True, False)
    assert stored.geometry
    again = replace(opened.outside, settings=opened.outside.saved[-1])
    second = open_window(library, outside=again)
    assert second.window.grid.tile_size == 240
    assert second.window.grid.fill
    assert second.window.sidebar.isHidden()


def drag_border(columns, handle: int, by: int) -> None:
    """Move a border between two parts as the mouse does."""
    border = columns.handle(handle)
    start = QPointF(border.rect().center())
    whole = QPointF(border.mapToGlobal(border.rect().center()))
    press, move, release = QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.MouseButtonRelease
    for kind, moved in ((press, 0), (move, by), (release, by)):
        way = QPointF(moved, 0)
        event = QMouseEvent(kind, start + way, whole + way, LEFT, LEFT, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(border, event)


def test_borders_can_be_dragged_and_stay_where_they_were_left(qtbot, opened_window, open_window, library):
    opened, window = opened_window, opened_window.window
    assert window.sidebar.width() == opened.outside.settings.window.sidebar_width
    drag_border(window._middle, 1, 60)
    window.grid.similar_requested.emit(0)
    qtbot.waitUntil(lambda: window._middle.handle(2).isVisible() and window.similar.width() == 336)
    drag_border(window._middle, 2, -100)
    sidebar, panel = window.sidebar.width(), window.similar.width()
    assert abs(sidebar - 268) <= 2
    assert abs(panel - 436) <= 2
    window.resize(1040, 700)
    qtbot.waitUntil(lambda: window.sidebar.width() == SIZE.sidebar_icons)
    window.resize(1500, 900)
    qtbot.waitUntil(lambda: (window.sidebar.width(), window.similar.width()) == (sidebar, panel))
    window.close()
    assert opened.presenter.finish()
    stored = opened.outside.saved[-1]
    assert (stored.window.sidebar_width, stored.window.panel_width) == (sidebar, panel)
    second = open_window(library, outside=replace(opened.outside, settings=stored)).window
    assert second.sidebar.width() == sidebar
    second.actions_table["details"].trigger()
    qtbot.waitUntil(lambda: second.details_side.width() == panel)


def test_a_part_cannot_be_dragged_out_of_the_window(opened_window):
    window = opened_window.window
    drag_border(window._middle, 1, -400)
    assert window.sidebar.width() == SIZE.sidebar_least
    drag_border(window._middle, 1, 1000)
    assert window.sidebar.width() == SIZE.sidebar_most


def test_every_key_is_listed_on_f1(opened_window):
    opened_window.window.actions_table["shortcuts"].trigger()
    dialog = opened_window.presenter.dialogs._shortcuts
    assert dialog.isVisible()
    dialog.close()


def test_every_action_does_something(opened_window):
    """Receivers are counted: an action without one would be dead."""
    table = opened_window.window.actions_table
    dead = [
        spec.key
        for spec in table.specs
        if not (table[spec.key].receivers("2triggered(bool)") or table[spec.key].receivers("2toggled(bool)"))
    ]
    assert dead == []


@pytest.fixture(autouse=True)
def _light(theme):
    yield
    theme.choose("light")
