"""Typing in the real window: the latest question wins, words are offered, models keep the rules of Qt."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtTest import QTest

from imgsearch_desktop.application.ports import SortOrder
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


def test_what_was_found_can_be_sorted_until_another_search_begins(qtbot, opened_window):
    opened, row = opened_window, opened_window.window.filter_row
    orders = {action.text(): action for action in row.order.menu_shown.actions()}
    assert row.order.text() == "Newest first"
    assert not orders["Relevance"].isVisible()
    orders["Oldest first"].trigger()
    type_words(opened, '"sail"')
    qtbot.waitUntil(lambda: opened.presenter.browser.shown.total == 6)
    assert row.order.text() == "Relevance"
    assert row.order.isEnabled()
    assert orders["Relevance"].isVisible()
    by_relevance = opened.presenter.browser.shown.contents.ids.tolist()
    with qtbot.waitSignal(opened.presenter.search.gathered):
        orders["Name"].trigger()
    qtbot.waitUntil(lambda: len(opened.names) == 6)
    assert opened.names == [f"sail {number}.png" for number in range(6)]
    assert row.order.text() == "Name"
    assert sorted(opened.presenter.browser.shown.hits) == sorted(by_relevance)
    with qtbot.waitSignal(opened.presenter.search.gathered):
        orders["Relevance"].trigger()
    assert opened.presenter.browser.shown.contents.ids.tolist() == by_relevance
    orders["Name"].trigger()
    opened.presenter.navigator.stop_searching()
    assert row.order.text() == "Oldest first", "browsing keeps its own order"
    type_words(opened, "rex")
    assert row.order.text() == "Relevance"


def test_weaker_matches_are_sorted_for_themselves(qtbot, opened_window):
    opened = opened_window
    type_words(opened, '"sail 3"')
    qtbot.waitUntil(lambda: opened.presenter.browser.shown.asked.text == '"sail 3"')
    qtbot.waitUntil(lambda: opened.presenter.browser.shown.total == 1)
    weak = opened.presenter.browser.shown.weak_total
    opened.presenter.navigator.show_weak()
    opened.presenter.navigator.sort(SortOrder.NAME)
    qtbot.waitUntil(lambda: len(opened.names) == 1 + weak)
    assert opened.names[0] == "sail 3.png"
    assert opened.names[1:] == sorted(opened.names[1:])


@pytest.fixture
def _american() -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale("en_US"))
    yield
    QLocale.setDefault(before)


@pytest.mark.usefixtures("_american")
def test_many_weaker_matches_are_counted_as_people_write_numbers(qtbot, opened_window):
    opened = opened_window
    type_words(opened, '"rex"')
    qtbot.waitUntil(lambda: opened.presenter.browser.shown.total == 6)
    opened.presenter.search.gathered.emit(replace(opened.presenter.browser.shown, weak_total=1229))
    assert opened.window.weaker.text().startswith("Show 1,229 weaker match")


def test_keywords_of_photos_are_offered(qtbot, opened_window):
    opened_window.presenter.library.keywords_read.emit(["holiday", "sea"])
    assert {"holiday", "sea"} <= set(opened_window.window.top.field._words.stringList())


def test_the_models_of_the_window_keep_the_rules_of_qt(qtmodeltester, opened_window):
    window = opened_window.window
    qtmodeltester.check(window.grid.photos, force_py=True)
    qtmodeltester.check(window.sidebar.model, force_py=True)
