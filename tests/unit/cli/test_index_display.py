from __future__ import annotations

import os
import signal
import sys
import threading

import pytest

from imgsearch_desktop.application.tasks import Progress, TaskControl
from imgsearch_desktop.cli.index_display import (
    LINE_EVERY_S,
    duration,
    progress_display,
    stopped_by_ctrl_c,
    told,
)
from imgsearch_desktop.cli.screen import Screen
from imgsearch_desktop.domain.errors import Cancelled


def test_a_line_tells_what_is_known() -> None:
    assert told(Progress("scanning", 1200)) == "Scanning: 1,200"
    full = Progress("indexing", 30, 1000, rate=41.6, seconds_left=23.4, failed=2)
    assert told(full) == "Indexing: 30 of 1,000, 2 failed, 42/s, 23 s left"
    assert "1.5/s" in told(Progress("indexing", 3, 10, rate=1.52))


@pytest.mark.parametrize(
    ("seconds", "words"), [(0.25, "0.2 s"), (12.4, "12 s"), (89, "89 s"), (600, "10 min"), (9000, "2.5 h")]
)
def test_times_are_as_coarse_as_they_deserve(seconds: float, words: str) -> None:
    assert duration(seconds) == words


def test_without_a_terminal_there_is_a_line_per_phase_and_then_one_now_and_then(
    capsys: pytest.CaptureFixture[str],
) -> None:
    now = [100.0]
    with progress_display(Screen(), clock=lambda: now[0]) as report:
        report(Progress("scanning", 1))
        report(Progress("scanning", 2))
        report(Progress("indexing", 1, 9))
        report(Progress("indexing", 2, 9))
        now[0] += LINE_EVERY_S
        report(Progress("indexing", 3, 9))
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.splitlines() == ["Scanning: 1", "Indexing: 1 of 9", "Indexing: 3 of 9"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot send itself Ctrl-C")
class TestCtrlC:
    def test_the_first_cancels_and_the_second_leaves(self) -> None:
        control, left = TaskControl(), threading.Event()
        before = signal.getsignal(signal.SIGINT)
        with stopped_by_ctrl_c(control, left.set, patience_s=60):
            os.kill(os.getpid(), signal.SIGINT)
            with pytest.raises(Cancelled):
                control.checkpoint()
            assert not left.is_set()
            os.kill(os.getpid(), signal.SIGINT)
            assert left.is_set()
        assert signal.getsignal(signal.SIGINT) == before

    def test_work_that_does_not_end_is_left(self) -> None:
        left = threading.Event()
        with stopped_by_ctrl_c(TaskControl(), left.set, patience_s=0.05):
            os.kill(os.getpid(), signal.SIGINT)
            assert left.wait(10)

    def test_work_that_ends_in_time_is_not_left(self) -> None:
        left = threading.Event()
        with stopped_by_ctrl_c(TaskControl(), left.set, patience_s=0.2):
            os.kill(os.getpid(), signal.SIGINT)
        assert not left.wait(0.5)


def test_on_another_thread_ctrl_c_is_left_alone() -> None:
    ran: list[bool] = []

    def work() -> None:
        with stopped_by_ctrl_c(TaskControl(), lambda: None):
            ran.append(True)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert ran == [True]
