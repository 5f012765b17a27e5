"""The window over its whole life: language and settings hold at once, its end waits for nothing."""

from __future__ import annotations

import threading
import time
from dataclasses import replace

import pytest
from PySide6.QtCore import QLocale, QTranslator
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox
from shiboken6 import isValid

from imgsearch_desktop.application.settings import Settings, WindowSettings
from imgsearch_desktop.ui.dialogs.appearance_page import AppearancePage
from imgsearch_desktop.ui.window_session import WindowSession
from imgsearch_desktop.workers import threads
from tests.support.pictures import write_picture
from tests.ui.window.conftest import Outside, use_cases_of
from tests.ui.window.test_main_job import double_click

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # windows without a screen


@pytest.fixture
def session(library, photos, qapp, theme, qtbot):
    library.run(photos)
    before = QLocale()
    outside = Outside(settings=Settings(window=WindowSettings(language="en")))
    made = WindowSession(qapp, theme, use_cases_of(library, outside))
    made.window.show()
    made.start()
    qtbot.waitUntil(lambda: made.window.grid.photos.rowCount() == 12)
    yield made
    made.window.close()
    assert made.finish()
    made.window.deleteLater()
    for translator in qapp.findChildren(QTranslator):
        qapp.removeTranslator(translator)
        translator.deleteLater()
    QLocale.setDefault(before)


def choose(box: QComboBox, value: object) -> None:
    box.setCurrentIndex(box.findData(value))
    box.activated.emit(box.currentIndex())


def test_another_language_shows_at_once_and_one_stays_where_one_was(session, qtbot):
    former, preferences = session.window, session.presenter.dialogs.preferences
    QTest.keyClicks(former.top.field.line, "rex")
    qtbot.waitUntil(lambda: session.presenter.browser.shown.asked.text == "rex")
    double_click(former.grid, 0)
    qtbot.waitUntil(lambda: former.similar.grid.photos.rowCount() == 11)
    former.resize(1300, 800)
    former.actions_table["preferences"].trigger()
    dialog = preferences.open(former)
    page = dialog.findChild(AppearancePage)
    dialog.list.setCurrentRow(1)
    choose(page.language, "de")
    qtbot.waitUntil(lambda: session.window is not former, timeout=10_000)
    window, presenter = session.window, session.presenter
    qtbot.waitUntil(lambda: window.status.count.text() == "12 Fotos")
    assert not isValid(former) or not former.isVisible()
    assert window.top.field.line.text() == "rex"
    qtbot.waitUntil(lambda: window.similar.isVisible() and window.similar.grid.photos.rowCount() == 11)
    assert (window.width(), window.height()) == (1300, 800)
    assert presenter.dialogs.preferences.page == 1
    assert presenter.dialogs.preferences.open(window).windowTitle() == "Einstellungen"
    assert presenter.keeper.settings.window.language == "de"
    presenter.navigator.close_trail()
    assert window.actions_table["back"].isEnabled()


def test_what_is_left_out_and_how_many_files_are_read_holds_at_once(session, library, photos, qtbot):
    write_picture(photos / "Private" / "secret.jpg", seed=77, width=80, height=60)
    presenter = session.presenter
    held = presenter.keeper.settings
    chosen = replace(held, indexing=replace(held.indexing, exclude=("boats", "Private")))
    with qtbot.waitSignal(presenter.library.job_ended, timeout=20_000):
        presenter.dialogs.preferences.changed.emit(held, chosen)
    qtbot.waitUntil(lambda: session.window.grid.photos.rowCount() == 6, timeout=10_000)
    assert session.window.message.isHidden()
    assert (photos / "boats" / "sail 1.png").exists()


def test_closing_waits_for_nothing_on_the_gui_thread(session, qtbot):
    release, begun = threading.Event(), threading.Event()

    def deaf(_context):
        begun.set()
        release.wait(10)

    session.presenter._warmer.submit(deaf)
    qtbot.waitUntil(begun.is_set)
    session.window.close()
    assert not session.window.isVisible()
    assert "warming up" in threads.running(), "the window has gone while work still ran"
    release.set()
    assert session.finish()
    assert threads.running() == []


def test_work_that_does_not_end_is_named_in_the_log(session, qtbot, expect_log, monkeypatch):
    expect_log("Still running: .*warming up")
    release, begun = threading.Event(), threading.Event()

    def deaf(_context):
        begun.set()
        release.wait(30)

    session.presenter._warmer.submit(deaf)
    qtbot.waitUntil(begun.is_set)
    session.window.close()
    wait = threads.wait
    monkeypatch.setattr(threads, "wait", lambda: wait(50))
    started = time.monotonic()
    assert not session.finish()
    assert time.monotonic() - started < 5
    monkeypatch.undo()
    release.set()
