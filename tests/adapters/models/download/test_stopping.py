"""A download that is paused, cancelled or killed, and two at once."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
import time
from pathlib import Path

import psutil
import pytest

from imgsearch_desktop.adapters.models.download.hub import PIECE
from imgsearch_desktop.adapters.models.store.model_lock import ModelBusyError
from imgsearch_desktop.application.ports import ModelState
from imgsearch_desktop.application.tasks import Progress
from imgsearch_desktop.domain.errors import Cancelled, ModelError
from tests.adapters.models.download.conftest import Fetching
from tests.support.model_hub import COMMIT, ModelHub
from tests.support.stored_models import CLIP, VISUAL, repos

LARGE = f"stored/{COMMIT}/onnx/model.onnx"


_BEFORE: set[psutil.Process] = set()


@pytest.fixture(autouse=True)
def _note_what_runs_already() -> None:
    """Decode workers of other tests, which are kept, are no fetchers."""
    _BEFORE.clear()
    _BEFORE.update(psutil.Process().children(recursive=True))


def fetchers() -> list[psutil.Process]:
    """The processes that fetch for this one."""
    found = []
    for child in psutil.Process().children(recursive=True):
        try:
            if (
                child not in _BEFORE
                and "multiprocessing.spawn" in " ".join(child.cmdline())
                and child.status() != "zombie"
            ):
                found.append(child)
        except psutil.Error:
            continue
    return found


def once_some_has_come(do: object) -> object:
    """A listener that does something when the first bytes have come."""

    def listen(progress: Progress) -> None:
        if progress.phase == "downloading" and progress.done > 0:
            do()  # type: ignore[operator]

    return listen


def test_cancel_ends_the_process_at_once_and_keeps_what_came(hub: ModelHub, fetching: Fetching) -> None:
    hub.at_most = 2 * PIECE
    fetching.on_progress = once_some_has_come(fetching.control.cancel)  # type: ignore[assignment]
    with pytest.raises(Cancelled):
        fetching()
    assert not fetchers()
    stored = fetching.store.model(CLIP)
    assert stored.state is ModelState.PARTIAL
    assert stored.bytes_here > 0


def test_a_pause_ends_the_process_and_resuming_goes_on_from_there(hub: ModelHub, fetching: Fetching) -> None:
    hub.at_most = 2 * PIECE
    come = threading.Event()
    fetching.on_progress = once_some_has_come(come.set)  # type: ignore[assignment]
    thread = fetching.in_background()
    assert come.wait(60)
    fetching.control.pause()
    deadline = time.monotonic() + 60
    while fetchers() and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not fetchers()
    assert thread.is_alive(), "it waits to be resumed"

    hub.at_most = None
    hub.go_on.set()
    hub.asked.clear()
    fetching.control.resume()
    thread.join(90)
    assert fetching.store.model(CLIP).usable
    taken_up = hub.contents_asked(LARGE)[0].range
    assert taken_up is not None
    assert int(taken_up.removeprefix("bytes=").removesuffix("-")) > 0


def test_cancelling_a_pause_ends_it(hub: ModelHub, fetching: Fetching) -> None:
    hub.at_most = 2 * PIECE

    def pause_and_cancel() -> None:
        fetching.control.pause()
        threading.Timer(0.3, fetching.control.cancel).start()

    fetching.on_progress = once_some_has_come(pause_and_cancel)  # type: ignore[assignment]
    with pytest.raises(Cancelled):
        fetching()


def test_a_killed_fetching_process_is_told_and_loses_nothing(hub: ModelHub, fetching: Fetching) -> None:
    hub.at_most = 2 * PIECE
    fetching.on_progress = once_some_has_come(lambda: [child.kill() for child in fetchers()])  # type: ignore[assignment]
    with pytest.raises(ModelError, match=r"ended without a word\. What has come so far is kept"):
        fetching()
    here = fetching.store.model(CLIP).bytes_here
    assert here > 0
    hub.at_most = None
    hub.go_on.set()
    fetching.on_progress = lambda _: None
    assert fetching().usable
    assert fetching.content("visual/onnx/model.onnx") == repos()[VISUAL]["onnx/model.onnx"]


def test_a_second_one_is_refused_and_does_no_harm(hub: ModelHub, fetching: Fetching) -> None:
    hub.at_most = 2 * PIECE
    come = threading.Event()
    fetching.on_progress = once_some_has_come(come.set)  # type: ignore[assignment]
    thread = fetching.in_background()
    assert come.wait(60)
    second = Fetching(fetching.root)
    with pytest.raises(ModelBusyError, match="Another process is at work on the model clip"):
        second()
    with pytest.raises(ModelBusyError):
        second.store.remove(CLIP)
    hub.go_on.set()
    thread.join(90)
    assert second.store.model(CLIP).usable


def _fetch(root: Path, outcomes: multiprocessing.Queue[str]) -> None:
    try:
        outcomes.put(Fetching(root)().state.value)
    except ModelBusyError:
        outcomes.put("busy")


def test_two_processes_at_once_leave_one_whole_model(hub: ModelHub, tmp_path: Path) -> None:
    hub.bytes_per_s = 800_000
    context = multiprocessing.get_context("spawn")
    outcomes: multiprocessing.Queue[str] = context.Queue()
    processes = [context.Process(target=_fetch, args=(tmp_path / "models", outcomes)) for _ in range(2)]
    for process in processes:
        process.start()
    ended = sorted(outcomes.get(timeout=60) for _ in processes)
    for process in processes:
        process.join(30)
    outcomes.close()
    outcomes.join_thread()
    assert "ready" in ended
    assert set(ended) <= {"ready", "busy"}
    fetching = Fetching(tmp_path / "models")
    assert fetching.store.model(CLIP).usable
    assert fetching.content("visual/onnx/model.onnx") == repos()[VISUAL]["onnx/model.onnx"]


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL there")
def test_the_program_killed_takes_its_process_along_and_the_next_run_goes_on(
    hub: ModelHub, tmp_path: Path
) -> None:
    hub.at_most = 2 * PIECE
    context = multiprocessing.get_context("spawn")
    outcomes: multiprocessing.Queue[str] = context.Queue()
    program = context.Process(target=_fetch, args=(tmp_path / "models", outcomes))
    program.start()
    assert program.pid is not None
    fetching = Fetching(tmp_path / "models")
    while hub.sent < 2 * PIECE or fetching.store.model(CLIP).bytes_here < PIECE:
        assert program.is_alive()
        threading.Event().wait(0.05)
    fetcher = [
        child for child in psutil.Process(program.pid).children() if "spawn" in " ".join(child.cmdline())
    ]
    os.kill(program.pid, signal.SIGKILL)
    program.join(10)
    assert fetcher
    psutil.wait_procs(fetcher, timeout=10)
    assert not any(child.is_running() and child.status() != "zombie" for child in fetcher)
    outcomes.close()
    outcomes.join_thread()

    hub.at_most = None
    hub.go_on.set()
    hub.asked.clear()
    assert fetching().usable
    assert hub.contents_asked(LARGE)[0].range is not None
