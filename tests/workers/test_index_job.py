"""The indexing job: progress, pause, cancel, folders that wait for their turn."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QThread

from imgsearch_desktop.application.tasks import Progress
from imgsearch_desktop.domain.errors import LibraryBusyError
from imgsearch_desktop.workers import threads
from imgsearch_desktop.workers.index_job import IndexJob


class Runs:
    """Plays the use case: counts until cancelled or `steps` are done."""

    def __init__(self, steps: int = 3) -> None:
        self.steps = steps
        self.folders: list[tuple[bytes, ...]] = []

    def __call__(self, folders, control, report):
        self.folders.append(tuple(folders))
        for done in range(self.steps):
            control.checkpoint()
            report(Progress("indexing", done, self.steps))
            QThread.msleep(1)
        return f"report of {len(folders)}"


@pytest.fixture
def job_of(qapp):
    jobs: list[IndexJob] = []

    def make(run):
        jobs.append(IndexJob(run))
        return jobs[-1]

    yield make
    for job in jobs:
        job.close()
        assert threads.wait()


def test_a_run_reports_progress_and_its_answer(qtbot, job_of):
    job = job_of(Runs())
    seen: list[int] = []
    job.progressed.connect(lambda _g, progress: seen.append(progress.done))
    with qtbot.waitSignal(job.succeeded) as blocker:
        job.start([b"/photos"])
    assert blocker.args[1] == "report of 1"
    assert seen == [0, 1, 2]


def test_folders_asked_for_meanwhile_are_indexed_afterwards_once(qtbot, job_of):
    runs = Runs(steps=30)
    job = job_of(runs)
    job.start([b"/a"])
    job.start([b"/b"])
    job.start([b"/b"])
    with qtbot.waitSignals([job.succeeded, job.succeeded]):
        pass
    qtbot.waitUntil(lambda: not job.active)
    assert runs.folders == [(b"/a",), (b"/b",)]


def test_a_run_begun_anew_comes_before_those_that_wait(qtbot, job_of):
    runs = Runs(steps=100_000)
    job = job_of(runs)
    with qtbot.waitSignal(job.progressed):
        job.start([b"/a"])
    job.start([b"/b"])
    runs.steps = 3
    job.restart()
    qtbot.waitUntil(lambda: not job.active and len(runs.folders) == 3)
    assert runs.folders == [(b"/a",), (b"/a",), (b"/b",)]


def test_a_paused_run_begun_anew_stays_paused(qtbot, job_of):
    runs = Runs(steps=100_000)
    job = job_of(runs)
    with qtbot.waitSignal(job.progressed):
        job.start([b"/a"])
    job.pause()
    job.restart()
    qtbot.waitUntil(lambda: len(runs.folders) == 2 or (job.active and job.paused))
    assert job.paused
    job.cancel()


def test_without_a_run_nothing_begins_anew(job_of):
    runs = Runs()
    job_of(runs).restart()
    assert runs.folders == []


def test_cancel_stops_a_paused_run_and_forgets_the_waiting(qtbot, job_of):
    runs = Runs(steps=100_000)
    job = job_of(runs)
    with qtbot.waitSignal(job.progressed):
        job.start([b"/a"])
    job.start([b"/b"])
    with qtbot.waitSignal(job.paused_changed) as blocker:
        job.pause()
    assert blocker.args == [True]
    assert job.paused
    with qtbot.waitSignals([job.cancelled, job.finished]):
        job.cancel()
    assert not job.active
    assert runs.folders == [(b"/a",)]


def test_a_library_that_is_held_elsewhere_says_so(qtbot, job_of):
    def run(_folders, _control, _report):
        raise LibraryBusyError("Another window indexes this library.")

    job = job_of(run)
    with qtbot.waitSignal(job.failed) as blocker:
        job.start()
    assert blocker.args[1].known
    assert blocker.args[1].message == "Another window indexes this library."


def test_after_close_nothing_starts(job_of):
    runs = Runs()
    job = job_of(runs)
    job.close()
    job.start([b"/a"])
    assert not job.active
    assert runs.folders == []
