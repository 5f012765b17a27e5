"""A blocked GUI thread is told of with its stack; one that answers is not."""

import logging
import time

import pytest

from imgsearch_desktop.ui.gui_watchdog import GuiWatchdog, wanted

LIMIT_S = 0.3
"""Longer than the product's: other processes take the cores away for a while now and then."""


@pytest.fixture
def watchdog(qapp):
    made = GuiWatchdog(limit_s=LIMIT_S)
    yield made
    made.stop()


def watch(watchdog, qtbot):
    watchdog.start()
    qtbot.waitUntil(watchdog._thread.is_alive)


def test_blocked_gui_thread_is_logged_once_with_its_stack(watchdog, qtbot, caplog, expect_log):
    expect_log(r"GUI thread is blocked")
    watch(watchdog, qtbot)

    def sleeps_on_the_gui_thread():
        time.sleep(LIMIT_S * 3)

    sleeps_on_the_gui_thread()
    records = [record for record in caplog.records if record.name.endswith("gui_watchdog")]
    assert len(records) == 1
    assert records[0].levelno == logging.WARNING
    assert "sleeps_on_the_gui_thread" in records[0].getMessage()


def test_gui_thread_that_answers_is_not_told_of(watchdog, qtbot, caplog):
    watch(watchdog, qtbot)
    end = time.monotonic() + LIMIT_S * 2
    qtbot.waitUntil(lambda: time.monotonic() > end)
    assert not caplog.records


def test_watching_ends_and_can_be_ended_twice(watchdog, qtbot):
    watch(watchdog, qtbot)
    watchdog.stop()
    watchdog.stop()
    assert not watchdog._thread.is_alive()


@pytest.mark.parametrize(("level", "expected"), [("debug", True), ("info", False)])
def test_development_mode_is_what_the_environment_says(monkeypatch, level, expected):
    monkeypatch.setenv("IMGSEARCH_LOG", level)
    assert wanted() is expected
