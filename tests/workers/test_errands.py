"""Errands: all are done, in order, none overtaken."""

from __future__ import annotations

import threading

import pytest

from imgsearch_desktop.domain.errors import KnownError
from imgsearch_desktop.workers import threads
from imgsearch_desktop.workers.errands import Errands


@pytest.fixture
def errands(qapp):
    made = Errands("test")
    yield made
    made.close()
    assert threads.wait()


def test_all_are_done_in_order_off_the_gui_thread(errands, qtbot):
    answers: list[int] = []
    threads: list[int] = []
    for number in range(5):

        def work(_context, number=number):
            threads.append(threading.get_ident())
            return number

        errands.run(work, answers.append, lambda problem: pytest.fail(problem.message))
    with qtbot.waitSignal(errands.idle):
        pass
    assert answers == [0, 1, 2, 3, 4]
    assert threading.get_ident() not in threads


def test_one_that_fails_does_not_hold_up_the_next(errands, qtbot):
    seen: list[str] = []

    def fail(_context):
        raise KnownError("It is broken.")

    errands.run(fail, seen.append, lambda problem: seen.append(problem.message))
    errands.run(lambda _: "done", seen.append, lambda problem: seen.append(problem.message))
    qtbot.waitUntil(lambda: len(seen) == 2)
    assert seen == ["It is broken.", "done"]


def test_an_answer_may_ask_for_more(errands, qtbot):
    seen: list[int] = []

    def more(answer):
        seen.append(answer)
        if answer < 3:
            errands.run(lambda _: answer + 1, more, lambda _: None)

    errands.run(lambda _: 1, more, lambda _: None)
    qtbot.waitUntil(lambda: seen == [1, 2, 3])


def test_cancelling_stops_what_is_under_way_and_forgets_the_rest(errands, qtbot):
    begun = threading.Event()
    seen: list[object] = []

    def wait(context):
        begun.set()
        while True:
            context.control.checkpoint()

    errands.run(wait, seen.append, seen.append)
    errands.run(lambda _: "never", seen.append, seen.append)
    assert begun.wait(5)
    with qtbot.waitSignal(errands.idle):
        errands.cancel()
    assert seen == []
    errands.run(lambda _: "afterwards", seen.append, seen.append)
    qtbot.waitUntil(lambda: seen == ["afterwards"])


def test_after_closing_nothing_is_taken(qapp):
    errands = Errands("test")
    errands.close()
    errands.run(lambda _: pytest.fail("it ran"), lambda _: None, lambda _: None)
    assert not errands.busy
