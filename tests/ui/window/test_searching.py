"""Typing in the real window: the latest question wins, words are offered, models keep the rules of Qt."""

from __future__ import annotations

import threading
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from imgsearch_desktop.application.search_photos import SearchPhotos
from tests.ui.window.test_main_job import type_words


def test_the_answer_to_an_older_question_is_dropped(qtbot, opened_window, monkeypatch):
    opened = opened_window
    ask, held, go_on = SearchPhotos.search, threading.Event(), threading.Event()
    seen: list[str] = []

    def search(self, query, **more):
        if not held.is_set():
            held.set()
            go_on.wait(10)
        return ask(self, query, **more)

    opened.presenter.search.gathered.connect(lambda gathered: seen.append(gathered.asked.text))
    monkeypatch.setattr(SearchPhotos, "search", search)
    type_words(opened, "rex")
    qtbot.waitUntil(held.is_set)
    opened.presenter.navigator.search_words('"sail 3"')
    go_on.set()
    qtbot.waitUntil(lambda: opened.names[:1] == ["sail 3.png"])
    assert seen == ['"sail 3"']


def test_folders_and_what_was_searched_are_offered_while_typing(qtbot, opened_window):
    opened, field = opened_window, opened_window.window.top.field

    def offered() -> list[str]:
        return list(field._words.stringList())

    qtbot.waitUntil(lambda: {"boats", "dogs"} <= set(offered()))
    type_words(opened, "rex on grass")
    field.submitted.emit()
    assert offered()[0] == "rex on grass"


def test_what_was_searched_is_offered_again_at_the_next_start_until_it_is_forgotten(
    qtbot, opened_window, open_window, library
):
    opened, line = opened_window, opened_window.window.top.field.line
    type_words(opened, "rex at sea")
    QTest.keyClick(line, Qt.Key.Key_Return)
    line.clear()
    type_words(opened, "sail 3")
    qtbot.waitUntil(lambda: opened.presenter.browser.shown.asked.text == "sail 3")
    opened.window.grid.similar_requested.emit(0)
    opened.window.close()
    assert opened.presenter.finish()
    stored = opened.outside.saved[-1]
    assert stored.window.searches == ("sail 3", "rex at sea")
    again = open_window(library, outside=replace(opened.outside, settings=stored))
    assert again.window.top.field._words.stringList()[:2] == ["sail 3", "rex at sea"]
    again.window.actions_table["forget_searches"].trigger()
    assert "rex at sea" not in again.window.top.field._words.stringList()
    again.window.close()
    assert again.presenter.finish()
    assert again.outside.saved[-1].window.searches == ()


def test_keywords_of_photos_are_offered(qtbot, opened_window):
    opened_window.presenter.library.keywords_read.emit(["holiday", "sea"])
    assert {"holiday", "sea"} <= set(opened_window.window.top.field._words.stringList())


def test_the_models_of_the_window_keep_the_rules_of_qt(qtmodeltester, opened_window):
    window = opened_window.window
    qtmodeltester.check(window.grid.photos, force_py=True)
    qtmodeltester.check(window.sidebar.model, force_py=True)
