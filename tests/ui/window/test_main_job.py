"""The whole main job in the real window: first minute, browsing, searching, walking, dropping, closing."""

from __future__ import annotations

import os
import threading
import time

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from imgsearch_desktop.domain.filters import Filters
from imgsearch_desktop.domain.photo import PhotoId
from imgsearch_desktop.domain.query import LibraryExample
from imgsearch_desktop.ui.grid.model import url_of
from imgsearch_desktop.ui.panels.drop_overlay import Target
from imgsearch_desktop.ui.state.asked import Section
from tests.support.pictures import write_picture, write_with_preview
from tests.ui.window.conftest import Outside

LEFT, PLAIN = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def type_words(opened, words: str) -> None:
    line = opened.window.top.field.line
    line.setFocus()
    QTest.keyClicks(line, words)


def shows(opened, count: int) -> bool:
    return opened.window.grid.photos.rowCount() == count and len(opened.names) == count


def double_click(grid, row: int) -> None:
    QTest.mouseDClick(grid.viewport(), LEFT, PLAIN, grid.visualRect(grid.photos.index(row)).center())


def mime(*paths) -> QMimeData:
    data = QMimeData()
    data.setUrls([url_of(os.fsencode(path)) for path in paths])
    return data


def drop(window, data: QMimeData, at: QPoint) -> QDragEnterEvent:
    actions, buttons = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    entered = QDragEnterEvent(at, actions, data, buttons, PLAIN)
    window.dragEnterEvent(entered)
    if entered.isAccepted():
        window.dropEvent(QDropEvent(QPointF(at), actions, data, buttons, PLAIN))
    return entered


def test_an_empty_library_shows_a_drop_zone_and_one_click_fills_it(qtbot, library, photos, open_window):
    opened = open_window(library, pictures_folder=photos)
    window = opened.window
    assert window.pages.currentWidget() is window.welcome
    assert window.welcome.primary.text() == "Add “Pictures”"
    QTest.mouseClick(window.welcome.primary, LEFT)
    qtbot.waitUntil(lambda: window.pages.currentWidget() is window.browser)
    qtbot.waitUntil(lambda: not opened.presenter.library.job.active, timeout=30_000)
    qtbot.waitUntil(lambda: shows(opened, 12))
    qtbot.waitUntil(lambda: window.grid.pixmap_of(0) is not None)
    qtbot.waitUntil(lambda: window.status.count.text().startswith("12 photo"))
    assert window.status.bar.isHidden()


def test_the_first_look_shows_previews_until_the_index_has_the_photos(qtbot, library, tmp_path, open_window):
    folder = tmp_path / "Camera"
    for number in range(30):
        write_with_preview(folder / f"IMG {number}.jpg", seed=number, orientation=1 + number % 8)
    opened = open_window(library, pictures_folder=folder)
    window, panel = opened.window, opened.window.first_look
    held = threading.Event()
    run = opened.presenter.library.job._run
    opened.presenter.library.job._run = lambda *given: held.wait(30) and run(*given)
    QTest.mouseClick(window.welcome.primary, LEFT)
    qtbot.waitUntil(lambda: panel.count == 30)
    assert panel.isVisible()
    assert panel.geometry().size() == window.results.size()
    assert library.catalogue.counts().photos == 0
    first = panel.grab(QRect(16, 36, 160, 160)).toImage()
    assert first.pixelColor(80, 80) != opened.window.theme.colour("bg")
    held.set()
    qtbot.waitUntil(lambda: panel.isHidden() and window.grid.photos.rowCount() == 30, timeout=30_000)
    assert panel.count == 0


def test_who_searches_during_the_first_look_sees_what_is_found(qtbot, library, tmp_path, open_window):
    write_with_preview(tmp_path / "Camera" / "IMG 1.jpg")
    opened = open_window(library, pictures_folder=tmp_path / "Camera")
    held = threading.Event()
    run = opened.presenter.library.job._run
    opened.presenter.library.job._run = lambda *given: held.wait(30) and run(*given)
    QTest.mouseClick(opened.window.welcome.primary, LEFT)
    qtbot.waitUntil(opened.window.first_look.isVisible)
    type_words(opened, "dog")
    assert opened.window.first_look.isHidden()
    held.set()


def test_the_sidebar_counts_and_chooses(qtbot, opened_window):
    opened = opened_window
    sidebar, navigator = opened.window.sidebar, opened.presenter.navigator
    tree = opened.presenter.library.overview.tree
    boats = next(node for node in tree[0].children if node.name == "boats")
    assert boats.files == 7
    sidebar.view.setCurrentIndex(sidebar.model.index_of(boats.filter))
    qtbot.waitUntil(lambda: shows(opened, 7))
    assert navigator.asked.filters.folders == (boats.filter,)
    sidebar.view.setCurrentIndex(sidebar.model.index_of(Section.DUPLICATES))
    qtbot.waitUntil(lambda: shows(opened, 1))
    assert opened.window.grid.photos.facts(0).copies == 2
    sidebar.view.setCurrentIndex(sidebar.model.index_of(Section.AWAY))
    qtbot.waitUntil(lambda: opened.window.results.currentWidget() is opened.window.nothing)
    assert opened.window.nothing.title == "Nothing is away"
    sidebar.view.setCurrentIndex(sidebar.model.index_of(Section.ALL))
    qtbot.waitUntil(lambda: shows(opened, 12))


def test_typing_searches_and_escape_goes_back_to_where_one_was(qtbot, opened_window):
    opened, window = opened_window, opened_window.window
    window.grid.set_tile_size(384)
    window.grid.verticalScrollBar().setValue(400)
    type_words(opened, '"sail 3"')
    qtbot.waitUntil(lambda: opened.names[:1] == ["sail 3.png"])
    assert "found" in window.filter_row.summary.text()
    assert window.filter_row.order.text() == "Relevance"
    QTest.keyClick(window.top.field.line, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.grid.photos.rowCount() == 12)
    assert window.top.field.line.text() == ""
    assert window.grid.verticalScrollBar().value() == 400


def test_finished_minus_words_become_chips_that_backspace_removes(qtbot, opened_window):
    opened, field = opened_window, opened_window.window.top.field
    type_words(opened, "rex -sail ")
    assert [face.words for face in field.faces] == ["not: sail"]
    assert field.line.text() == "rex "
    field.line.clear()
    field.edited.emit("")
    QTest.keyClick(field.line, Qt.Key.Key_Backspace)
    assert field.faces == ()
    qtbot.waitUntil(lambda: shows(opened, 12))


def test_the_filter_row_composes_with_the_search(qtbot, opened_window):
    opened, row = opened_window, opened_window.window.filter_row
    row.filters_chosen.emit(Filters(formats=("png",)))
    qtbot.waitUntil(lambda: shows(opened, 6))
    assert row.type.text() == "PNG"
    assert row.clear.isVisible()
    type_words(opened, '"rex 1"')
    qtbot.waitUntil(lambda: opened.window.results.currentWidget() is opened.window.nothing)
    assert opened.window.nothing.title == "No good match"
    QTest.mouseClick(opened.window.nothing.secondary, LEFT)
    qtbot.waitUntil(lambda: opened.names[:1] == ["rex 1.jpg"])


def test_a_double_click_opens_the_panel_and_the_trail_grows_and_leads_back(qtbot, opened_window):
    opened, window, panel = opened_window, opened_window.window, opened_window.window.similar
    double_click(window.grid, 0)
    qtbot.waitUntil(lambda: panel.isVisible() and panel.grid.photos.rowCount() == 11)
    first = int(window.grid.photos.ids[0])
    assert first not in panel.grid.photos.ids
    second = int(panel.grid.photos.ids[2])
    double_click(panel.grid, 2)
    qtbot.waitUntil(lambda: second not in panel.grid.photos.ids)
    assert opened.presenter.navigator.trail.steps == (first, second)
    assert len(panel.trail.buttons) == 2
    QTest.mouseClick(panel.trail.buttons[0], LEFT)
    qtbot.waitUntil(lambda: first not in panel.grid.photos.ids)
    assert len(panel.trail.buttons) == 2
    panel.back.click()
    assert opened.presenter.navigator.trail.anchor == second
    panel.forward.click()
    assert opened.presenter.navigator.trail.anchor == first
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert panel.isHidden()


def test_the_anchor_becomes_a_query(qtbot, opened_window):
    opened, window = opened_window, opened_window.window
    double_click(window.grid, 0)
    qtbot.waitUntil(lambda: window.similar.grid.photos.rowCount() == 11)
    QTest.mouseClick(window.similar.as_query, LEFT)
    qtbot.waitUntil(lambda: opened.presenter.browser.shown.asked.examples != ())
    assert [face.words for face in window.top.field.faces] == ["like this"]


def test_one_escape_order_panel_then_search_then_selection(qtbot, opened_window):
    opened, window = opened_window, opened_window.window
    type_words(opened, "rex")
    qtbot.waitUntil(lambda: opened.presenter.browser.shown.asked.text == "rex")
    qtbot.waitUntil(lambda: len(opened.names) > 1)
    double_click(window.grid, 1)
    qtbot.waitUntil(window.similar.isVisible)
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert window.similar.isHidden()
    assert opened.presenter.navigator.asked.searching
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert not opened.presenter.navigator.asked.searching
    qtbot.waitUntil(lambda: shows(opened, 12))
    window.grid.selectAll()
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert len(window.grid.selected_ids()) == 0


def test_history_goes_back_and_forward_through_searches(qtbot, opened_window):
    opened, window, navigator = opened_window, opened_window.window, opened_window.presenter.navigator
    type_words(opened, "rex")
    navigator.go_to_section(Section.DUPLICATES)
    qtbot.waitUntil(lambda: shows(opened, 1))
    window.actions_table["back"].trigger()
    assert window.top.field.line.text() == "rex"
    window.actions_table["back"].trigger()
    qtbot.waitUntil(lambda: shows(opened, 12))
    assert not window.actions_table["back"].isEnabled()
    window.actions_table["forward"].trigger()
    assert window.top.field.line.text() == "rex"


def test_a_dropped_picture_is_searched_and_its_folder_offered(qtbot, opened_window, tmp_path):
    opened, window = opened_window, opened_window.window
    picture = write_picture(tmp_path / "elsewhere" / "like.jpg", seed=3, width=80, height=60)
    data = mime(picture)
    assert drop(window, data, QPoint(700, 400)).isAccepted()
    qtbot.waitUntil(lambda: opened.presenter.browser.shown.asked.examples != ())
    assert [face.words for face in window.top.field.faces] == ["like.jpg"]
    assert opened.names[0] == "rex 3.jpg"
    assert window.message.action.text() == "Add its folder"
    assert opened.library.catalogue.counts().photos == 12


def test_a_dropped_folder_is_added(qtbot, opened_window, tmp_path):
    opened = opened_window
    write_picture(tmp_path / "More" / "new.jpg", seed=77, width=80, height=60)
    data = mime(tmp_path / "More")
    drop(opened.window, data, QPoint(700, 400))
    qtbot.waitUntil(lambda: opened.library.catalogue.counts().photos == 13, timeout=30_000)
    qtbot.waitUntil(lambda: shows(opened, 13), timeout=10_000)


def test_a_mixture_shows_two_halves(opened_window, photos, tmp_path):
    window = opened_window.window
    data = mime(photos / "dogs" / "rex 1.jpg", tmp_path / "More")
    event = QDragEnterEvent(QPoint(100, 400), Qt.DropAction.CopyAction, data, LEFT, PLAIN)
    window.dragEnterEvent(event)
    assert event.isAccepted()
    overlay = window.overlay
    assert overlay.isVisible()
    assert overlay.target_at(QPoint(100, 300)) is Target.SEARCH
    assert overlay.target_at(QPoint(1300, 300)) is Target.ADD
    assert overlay.words(Target.ADD) == ("Add to the library", "More")
    window.drag_left.emit()
    assert not overlay.isVisible()


def test_a_text_is_not_taken_and_a_broken_picture_is_told_in_words(qtbot, opened_window, tmp_path):
    opened, window = opened_window, opened_window.window
    text = QMimeData()
    text.setText("hello")
    assert not drop(window, text, QPoint(700, 400)).isAccepted()
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(b"no picture")
    data = mime(broken)
    drop(window, data, QPoint(700, 400))
    qtbot.waitUntil(lambda: "no picture that can be read" in window.message.label.text())
    assert window.isEnabled()
    assert shows(opened, 12)


def test_a_photo_of_the_grid_can_be_dropped_on_the_slot_alone(qtbot, opened_window):
    opened, window = opened_window, opened_window.window
    photo_id = int(window.grid.photos.ids[4])
    data = window.grid.photos.mime_of_rows([4])
    entered = QDragEnterEvent(QPoint(700, 400), Qt.DropAction.CopyAction, data, LEFT, PLAIN)
    window.dragEnterEvent(entered)
    assert not entered.isAccepted()
    window.top.field.slot.dropped.emit(data)
    qtbot.waitUntil(lambda: len(window.top.field.faces) == 1)
    assert opened.presenter.navigator.asked.examples == (LibraryExample(PhotoId(photo_id)),)


def test_removing_a_folder_asks_in_line_and_leaves_its_files(qtbot, opened_window, photos):
    opened, window = opened_window, opened_window.window
    menu = opened.presenter.library_view.folder_menu(opened.presenter.library.overview.tree[0])
    menu.actions()[-1].trigger()
    assert window.message.isVisible()
    QTest.mouseClick(window.message.action, LEFT)
    qtbot.waitUntil(lambda: window.pages.currentWidget() is window.welcome)
    assert (photos / "dogs" / "rex 0.jpg").exists()
    menu.deleteLater()


def test_below_1100_pixels_the_panel_takes_the_grids_place(qtbot, opened_window):
    opened, window = opened_window, opened_window.window
    window.resize(QSize(900, 600))
    qtbot.waitUntil(lambda: window.sidebar.delegate.icons_only)
    double_click(window.grid, 0)
    qtbot.waitUntil(window.similar.isVisible)
    assert window.pages.isHidden()
    window.resize(QSize(1440, 900))
    qtbot.waitUntil(window.pages.isVisible)
    assert window.similar.isVisible()
    opened.presenter.navigator.close_trail()


def test_closing_while_indexing_stops_within_two_seconds_and_goes_on_later(
    qtbot, library, photos, open_window
):
    library.model.delay_s = 0.2
    opened = open_window(library)
    opened.presenter.library.add_folders([os.fsencode(photos)])
    qtbot.waitUntil(opened.window.status.bar.isVisible, timeout=20_000)
    started = time.monotonic()
    opened.window.close()
    assert opened.presenter.finish()
    assert time.monotonic() - started < 2
    library.model.delay_s = 0.0
    stored = opened.outside.saved[-1]
    assert stored.window.unfinished
    again = open_window(library, outside=Outside(settings=stored))
    qtbot.waitUntil(lambda: library.catalogue.counts().photos == 12, timeout=20_000)
    qtbot.waitUntil(lambda: shows(again, 12))
    qtbot.waitUntil(lambda: not again.outside.saved[-1].window.unfinished)


def test_paths_and_copies_go_to_the_clipboard(qtbot, opened_window, photos):
    window = opened_window.window
    QTest.mouseClick(
        window.grid.viewport(), LEFT, PLAIN, window.grid.visualRect(window.grid.photos.index(0)).center()
    )
    window.actions_table["copy_path"].trigger()
    path = window.grid.photos.facts(0).display_path
    qtbot.waitUntil(lambda: QApplication.clipboard().text() == path)
    window.actions_table["copy"].trigger()
    qtbot.waitUntil(lambda: QApplication.clipboard().mimeData().hasUrls())


@pytest.mark.parametrize("choice", ["light", "dark"])
def test_both_themes_paint_the_window(opened_window, theme, choice):
    theme.choose(choice)
    image = opened_window.window.grab().toImage()
    assert image.pixelColor(30, 500) == theme.colour("side")


def test_wherever_a_folder_is_dropped_the_window_takes_it(qtbot, opened_window, tmp_path):
    """Sent as Qt sends it, to the part under the pointer: none of them may keep it to itself."""
    opened, window = opened_window, opened_window.window
    (tmp_path / "More").mkdir()
    data = mime(tmp_path / "More")
    taken: list[QPoint] = []
    window.dropped.connect(lambda _data, at: taken.append(at))
    parts = (window.grid.viewport(), window.sidebar.view.viewport(), window.status, window.filter_row.date)
    for part in parts:
        entered = QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, data, LEFT, PLAIN)
        QApplication.sendEvent(part, entered)
        assert entered.isAccepted()
        assert window.overlay.isVisible()
        QApplication.sendEvent(part, QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, LEFT, PLAIN))
        assert taken.pop() == part.mapTo(window, QPoint(5, 5))
        assert not window.overlay.isVisible()
    qtbot.waitUntil(lambda: not opened.presenter.library.job.active, timeout=20_000)
