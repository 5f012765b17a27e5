"""Messages and questions at the bottom of the window, over the real controller."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, QDateTime, Qt, QTime
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QWidget

from imgsearch_desktop.application.tasks import Progress
from imgsearch_desktop.domain.photo import DateSource
from imgsearch_desktop.ui.acting import undo_bar
from imgsearch_desktop.ui.acting.acting_overlay import ActingOverlay
from imgsearch_desktop.ui.theme.tokens import SIZE
from tests.ui.acting.test_photo_acting import all_names
from tests.ui.acting.test_trash_acting import due_now


class Window(QWidget):
    """A window with something that has the focus."""

    def __init__(self) -> None:
        super().__init__()
        self.line = QLineEdit(self)
        self.resize(900, 600)


@pytest.fixture
def window(qtbot, theme):
    made = Window()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def overlay(bench, window, theme, qtbot):
    made = ActingOverlay(theme, bench.acting, window)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    window.line.setFocus()
    return made


def test_it_is_only_there_while_there_is_something_to_say_and_stays_inside(overlay, bench, window, qtbot):
    assert not overlay.isVisible()
    bench.acting.message.emit("Done", None)
    assert overlay.isVisible()
    for size in ((900, 600), (400, 300)):
        window.resize(*size)
        qtbot.waitUntil(lambda: window.rect().contains(overlay.geometry()))
        assert overlay.geometry().bottom() < window.height() - SIZE.status_bar
    overlay.undo_bar.cross.click()
    assert not overlay.isVisible()


def test_the_undo_button_brings_photos_back(overlay, bench, qtbot):
    bench.acting.trash.move(bench.ids("a.jpg"))
    qtbot.waitUntil(overlay.undo_bar.undo.isVisible)
    assert overlay.undo_bar.words.text() == "1 photo(s) moved to the trash"
    overlay.undo_bar.undo.click()
    qtbot.waitUntil(lambda: bench.in_view() == all_names())


def test_words_go_by_themselves_and_warnings_stay(overlay, bench, qtbot, monkeypatch):
    monkeypatch.setattr(undo_bar, "SHORT_MS", 2)
    overlay.undo_bar._tick.setInterval(1)
    bench.acting.message.emit("Done", None)
    qtbot.waitUntil(lambda: not overlay.isVisible())
    bench.acting._fail("It did not work.")
    assert overlay.undo_bar.isVisible()
    assert not overlay.undo_bar._tick.isActive()
    assert not overlay.undo_bar.undo.isVisible()


def test_the_chosen_copies_go(overlay, bench, qtbot):
    bench.acting.trash.move(bench.ids("a.jpg", "copied.jpg"))
    qtbot.waitUntil(overlay.copies.isVisible)
    boxes = {box.accessibleName(): box for box in overlay.copies.boxes.values()}
    assert sorted(Path(path).name for path in boxes) == ["copied.jpg", "second copy.jpg"]
    assert overlay.copies.move_button.text() == "Move 3 file(s) to the trash"
    boxes[bench.path("copied.jpg")].click()
    overlay.copies.move_button.click()
    qtbot.waitUntil(lambda: bench.in_view() == ["b.jpg", "copied.jpg", "usb.jpg"])
    assert not overlay.copies.isVisible()


def test_without_a_ticked_file_nothing_can_go(overlay, bench, qtbot):
    bench.acting.trash.move(bench.ids("copied.jpg"))
    qtbot.waitUntil(overlay.copies.isVisible)
    for box in overlay.copies.boxes.values():
        box.setChecked(False)
    assert not overlay.copies.move_button.isEnabled()


def test_escape_leaves_a_question_and_gives_the_focus_back(overlay, bench, window, qtbot):
    bench.acting.trash.move(bench.ids("copied.jpg"))
    qtbot.waitUntil(overlay.copies.isVisible)
    box = next(iter(overlay.copies.boxes.values()))
    assert box.hasFocus()
    assert overlay.asking
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert not overlay.asking
    assert window.line.hasFocus()
    assert bench.in_view() == all_names()


def test_deleting_for_good_is_asked_in_words_and_keeping_is_the_first_choice(overlay, bench, qtbot):
    bench.acting.trash.move(bench.ids("usb.jpg"))
    qtbot.waitUntil(lambda: len(bench.seen.messages) == 1)
    due_now(bench)
    bench.acting.trash.carry_out()
    qtbot.waitUntil(overlay.question.isVisible)
    assert "cannot be undone" in overlay.question.question.text()
    assert overlay.question.names.text() == bench.path("usb.jpg")
    assert overlay.question.keep.hasFocus()
    overlay.question.delete_button.click()
    qtbot.waitUntil(lambda: bench.trash.sent == ["usb.jpg"])


def test_the_date_is_corrected_and_taken_back_in_place(overlay, bench, qtbot):
    wanted = bench.ids("a.jpg")

    def date():
        return bench.catalogue.photos(wanted)[0].metadata.date_taken

    bench.acting.ask_date(wanted)
    qtbot.waitUntil(overlay.date.isVisible)
    assert overlay.date.edit.dateTime().date() == QDate(2019, 8, 7)
    assert not overlay.date.back.isVisible()
    overlay.date.edit.setDateTime(QDateTime(QDate(1987, 6, 5), QTime(14, 30)))
    overlay.date.save.click()
    qtbot.waitUntil(lambda: date().local == datetime(1987, 6, 5, 14, 30))
    bench.acting.ask_date(wanted)
    qtbot.waitUntil(overlay.date.isVisible)
    overlay.date.back.click()
    qtbot.waitUntil(lambda: date().source is DateSource.EXIF)


def test_copying_shows_how_far_it_is_and_can_be_stopped(overlay, bench, qtbot):
    bench.acting.copying.emit(Progress("copying", 12, 40))
    assert overlay.copying.words.text() == "Copying 13 of 40"
    assert overlay.copying.bar.value() == 12
    overlay.copying.cross.click()
    assert not overlay.copying.isVisible()


def test_every_control_has_a_name_and_is_large_enough(overlay, bench, window, qtbot):
    bench.acting.message.emit("Done", lambda: None)
    bench.acting.trash.move(bench.ids("copied.jpg"))
    bench.acting.ask_date(bench.ids("a.jpg"))
    qtbot.waitUntil(lambda: overlay.copies.isVisible() and overlay.date.isVisible())
    buttons = [b for b in overlay.findChildren(QAbstractButton) if b.isVisible()]
    assert len(buttons) > 6
    for button in buttons:
        if button.objectName().startswith("qt_"):
            continue
        assert button.accessibleName() or button.text(), button
        assert min(button.width(), button.height()) >= SIZE.target, button.text()
