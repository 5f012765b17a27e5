"""The worker contract: one terminal signal, then finished; latest wins; nothing runs on the GUI thread."""

from __future__ import annotations

import gc
import threading

import pytest
from PySide6.QtCore import QObject, QThread
from shiboken6 import delete

from imgsearch_desktop.application.tasks import Progress
from imgsearch_desktop.domain.errors import Cancelled, KnownError
from imgsearch_desktop.workers import threads
from imgsearch_desktop.workers.background import Background
from imgsearch_desktop.workers.contract import Problem

SIGNALS = ("started", "progressed", "partial", "succeeded", "failed", "cancelled", "finished")


@pytest.fixture
def background(qapp):
    worker = Background("test")
    yield worker
    worker.close()
    assert threads.wait()


@pytest.fixture
def events(background):
    seen: list[tuple[str, int]] = []
    for name in SIGNALS:
        getattr(background, name).connect(lambda generation, *_, name=name: seen.append((name, generation)))
    return seen


def test_success_reports_in_order_and_ends_once(qtbot, background, events):
    def work(context):
        context.report(Progress("counting", 1))
        context.partial("half")
        return "whole"

    with qtbot.waitSignals(
        [background.partial, background.succeeded, background.finished],
        check_params_cbs=[
            lambda _g, value: value == "half",
            lambda _g, value: value == "whole",
            lambda g: g == 1,
        ],
    ):
        assert background.submit(work) == 1
    assert [name for name, _ in events] == ["started", "progressed", "partial", "succeeded", "finished"]
    assert not background.busy


def test_work_runs_elsewhere_and_signals_arrive_here(qtbot, background):
    here = threading.get_ident()
    receivers: list[int] = []
    background.succeeded.connect(lambda *_: receivers.append(threading.get_ident()))
    with qtbot.waitSignal(background.succeeded) as blocker:
        background.submit(lambda _context: threading.get_ident())
    assert blocker.args[1] != here
    assert receivers == [here]


def test_a_known_error_keeps_its_words(qtbot, background, events):
    def work(_context):
        raise KnownError("The drive is away. Connect it and try again.")

    problems: list[Problem] = []
    background.failed.connect(lambda _generation, problem: problems.append(problem))
    with qtbot.waitSignals([background.failed, background.finished]):
        background.submit(work)
    problem = problems[0]
    assert problem == Problem("The drive is away. Connect it and try again.", known=True)
    assert [name for name, _ in events] == ["started", "failed", "finished"]


def test_a_bug_is_logged_and_told_in_general_words(qtbot, background, events, expect_log):
    expect_log("Background work failed")

    def work(_context):
        raise ZeroDivisionError("division by zero")

    problems: list[Problem] = []
    background.failed.connect(lambda _generation, problem: problems.append(problem))
    with qtbot.waitSignals([background.failed, background.finished]):
        background.submit(work)
    problem = problems[0]
    assert not problem.known
    assert "division" not in problem.message
    assert [name for name, _ in events] == ["started", "failed", "finished"]


def test_cancelling_ends_the_work_as_cancelled(qtbot, background, events):
    begun = threading.Event()

    def work(context):
        begun.set()
        while True:
            context.control.checkpoint()
            QThread.msleep(1)

    background.submit(work)
    qtbot.waitUntil(begun.is_set)
    with qtbot.waitSignals([background.cancelled, background.finished]):
        background.cancel()
    assert [name for name, _ in events if name != "started"] == ["cancelled", "finished"]


def test_the_latest_wins_and_late_answers_are_dropped(qtbot, background, events):
    release = threading.Event()
    begun = threading.Event()

    def deaf(_context):
        begun.set()
        release.wait(5)
        return "old"

    background.submit(deaf)
    qtbot.waitUntil(begun.is_set)
    background.submit(lambda _context: "overtaken before it began")
    last = background.submit(lambda _context: "new")
    with qtbot.waitSignal(background.succeeded) as blocker:
        release.set()
    qtbot.waitUntil(lambda: not background.busy)
    assert blocker.args == [last, "new"]
    for generation in (1, 2):
        mine = [name for name, g in events if g == generation and name != "started"]
        assert mine == ["cancelled", "finished"]
    assert [name for name, g in events if g == last] == ["started", "succeeded", "finished"]


def test_an_overtaken_failure_is_dropped_too(qtbot, background, events):
    release = threading.Event()

    def work(_context):
        release.wait(5)
        raise KnownError("too late")

    background.submit(work)
    background.submit(lambda _context: None)
    release.set()
    qtbot.waitUntil(lambda: not background.busy)
    assert ("failed", 1) not in events
    assert ("cancelled", 1) in events


def test_pause_holds_the_work_until_resume(qtbot, background):
    steps: list[int] = []

    def work(context):
        for step in range(1000):
            context.control.checkpoint()
            steps.append(step)
            QThread.msleep(1)

    background.submit(work)
    qtbot.waitUntil(lambda: len(steps) > 3)
    background.pause()
    assert background.paused
    qtbot.waitUntil(lambda: _steady(steps))
    count = len(steps)
    assert count < 1000
    background.resume()
    qtbot.waitUntil(lambda: len(steps) > count)
    background.cancel()


def _steady(steps: list[int]) -> bool:
    before = len(steps)
    QThread.msleep(20)
    return len(steps) == before


def test_closing_cancels_and_ends_the_thread(qtbot, qapp):
    worker = Background("short-lived")
    begun = threading.Event()

    def work(context):
        begun.set()
        while True:
            context.control.checkpoint()
            QThread.msleep(1)

    worker.submit(work)
    qtbot.waitUntil(begun.is_set)
    worker.close()
    assert threads.wait()
    worker.close()
    assert threads.wait()
    with pytest.raises(RuntimeError):
        worker.submit(lambda _context: None)


def test_a_window_that_goes_while_work_runs_takes_nothing_with_it(qtbot, qapp):
    """Qt ends the whole process when a thread is deleted that runs: this test would end the test run."""
    owner = QObject()
    worker = Background("orphan", owner)
    begun, ended = threading.Event(), threading.Event()

    def work(context):
        begun.set()
        while not context.control.cancelled:
            QThread.msleep(1)
        ended.set()

    worker.submit(work)
    qtbot.waitUntil(begun.is_set)
    delete(owner)
    del worker, owner
    gc.collect()
    assert "orphan" in threads.running() or ended.is_set()
    assert threads.wait()
    assert ended.is_set()


def test_work_that_raises_cancelled_itself_is_cancelled(qtbot, background, events):
    def work(_context):
        raise Cancelled

    with qtbot.waitSignal(background.finished):
        background.submit(work)
    assert [name for name, _ in events] == ["started", "cancelled", "finished"]
