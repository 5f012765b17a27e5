"""One measurement of the window; run as a process.

``python -m benchmarks.window_child grid|start|search LIBRARY [--indexing]`` prints one line of JSON. With
``--indexing`` generated photos are indexed into LIBRARY meanwhile. What only the measurement needs is
imported late: the start of the program is measured.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import numpy as np
import psutil
from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from imgsearch_desktop.bootstrap.core import build_core
from imgsearch_desktop.bootstrap.window import build_application, build_window
from imgsearch_desktop.runtime.paths import app_paths
from imgsearch_desktop.ui.grid.contents import Contents, TileFacts
from imgsearch_desktop.ui.grid.feed import GridFeed
from imgsearch_desktop.ui.grid.grid import PhotoGrid
from imgsearch_desktop.ui.grid.model import PhotoModel
from imgsearch_desktop.ui.grid.pixmap_cache import PixmapCache
from imgsearch_desktop.ui.grid.place import Place
from imgsearch_desktop.ui.main_window import MainWindow
from imgsearch_desktop.ui.presenters.search_presenter import TYPING_MS
from imgsearch_desktop.ui.presenters.window_presenter import WindowPresenter
from imgsearch_desktop.ui.theme.theme import Theme
from imgsearch_desktop.workers import threads
from imgsearch_desktop.workers.index_job import IndexJob

MILLION = 1_000_000
FRAMES, JUMPS, ROUNDS = 400, 60, 7
SIDES = (120, 200, 160, 240, 176, 96, 176)
PICTURES_INDEXED = 160
STEP = 90
"""Pixels per frame: a fast turn of the wheel."""

WAIT_S = 60.0
POLL_MS = 2
WORDS = ("dog", "castle", "boat", "lemon", "train", "piano", "coral", "tiger", "bread", "canoe")


def grid(library: Path, *, indexing: bool) -> dict[str, float]:
    """Scroll, reset and resize a grid of a million photos."""
    from benchmarks.filled_library import PICTURES, thumbnail

    application = build_application()
    view = PhotoGrid(PhotoModel(), Theme(application, "dark"), PixmapCache(256 << 20))
    view.resize(1440, 900)
    pictures = [thumbnail(number) for number in range(PICTURES)]
    feed = GridFeed(view, _facts, lambda photo_id: pictures[photo_id % PICTURES])
    starts = np.arange(0, MILLION, 4321)
    titles = tuple(f"Month {at}" for at in range(len(starts)))
    orders = [Contents(np.roll(np.arange(1, MILLION + 1), at), starts, titles) for at in range(ROUNDS)]
    view.show()
    _run_for(0.5)
    with _indexing(library, wanted=indexing) as goes_on:
        resets = [_timed(partial(_show, view, contents)) for contents in orders]
        _run_for(0.5)
        frames, own, busy = [], [], 0
        for at in range(FRAMES):
            began = time.thread_time()
            frames.append(_timed(partial(_scroll, view, at * STEP)))
            own.append((time.thread_time() - began) * 1000)
            busy += goes_on()
        places = np.random.default_rng(3).integers(0, view.verticalScrollBar().maximum(), JUMPS)
        jumps = [_timed(partial(_scroll, view, int(to))) for to in places]
        sizes = [_timed(partial(_resize, view, side)) for side in SIDES]
        figures = {
            "frames": float(len(frames)),
            "busy": busy / len(frames),
            "frame_p50_ms": _percentile(frames, 50),
            "frame_p95_ms": _percentile(frames, 95),
            "frame_own_p95_ms": _percentile(own, 95),
            "jump_p95_ms": _percentile(jumps, 95),
            "reset_ms": _percentile(resets, 50),
            "resize_ms": _percentile(sizes, 50),
        }
    feed.close()
    threads.wait()
    view.close()
    return figures | {"peak_mb": _peak_mb()}


def start(library: Path, *, indexing: bool) -> dict[str, float]:
    """From the start of the process to the painted grid; `indexing` does not apply."""
    assert not indexing
    began = psutil.Process().create_time()
    figures: dict[str, float] = {}
    with _window(library) as window:
        QApplication.processEvents()
        figures["usable_s"] = time.time() - began
        painted = _Painted(window.grid)
        _until(lambda: window.grid.photos.rowCount() > 0 and painted.times > 0)
        painted.times = 0
        window.grid.viewport().update()
        _until(lambda: painted.times > 0)
        figures["painted_s"] = time.time() - began
        figures["own_s"] = time.process_time()
        _until(lambda: _complete(window.grid))
        figures["complete_s"] = time.time() - began
    return figures


def search(library: Path, *, indexing: bool) -> dict[str, float]:
    """From the last key of a word to the painted results."""
    times: list[float] = []
    with _window(library) as window:
        _until(lambda: window.grid.photos.rowCount() > 0)
        _run_for(2.0)
        presenter = _presenter(window)
        if indexing:
            presenter.drops.take_paths([_photos_to_index()])
            _until(lambda: window.status.rate.text() != "")
        busy = 0
        for word in (*WORDS[:1], *WORDS):
            times.append(_search_once(window, word))
            busy += presenter.library.job.active
    return {
        "key_p50_ms": _percentile(times[1:], 50),
        "key_p95_ms": _percentile(times[1:], 95),
        "searches": float(len(times) - 1),
        "busy": busy / len(times),
        "debounce_ms": float(TYPING_MS),
        "peak_mb": _peak_mb(),
    }


def _search_once(window: MainWindow, word: str) -> float:
    """Type a word and measure its last key; milliseconds until the grid shows what it finds."""
    line = window.top.field.line
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, word[:-1])
    _run_for(0.6)
    painted = _Painted(window.grid)
    answers: list[object] = []
    browser = _presenter(window).search
    browser.gathered.connect(answers.append)
    began = time.perf_counter()
    QTest.keyClicks(line, word[-1])
    _until(lambda: bool(answers))
    painted.times = 0
    window.grid.viewport().update()
    _until(lambda: painted.times > 0)
    took = (time.perf_counter() - began) * 1000
    browser.gathered.disconnect(answers.append)
    return took


def _photos_to_index() -> bytes:
    from benchmarks.camera_photos import camera_photos

    return os.fsencode(camera_photos("1.6 MB", PICTURES_INDEXED))


def _presenter(window: MainWindow) -> WindowPresenter:
    presenter = window.findChild(WindowPresenter)
    assert isinstance(presenter, WindowPresenter)
    return presenter


class _Painted(QObject):
    """Counts how often a grid was painted."""

    def __init__(self, view: PhotoGrid) -> None:
        super().__init__(view)
        self.times = 0
        view.viewport().installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """See a paint event; it is handled after this, before control comes back to the measurement."""
        if event.type() == QEvent.Type.Paint:
            self.times += 1
        return False


@contextmanager
def _window(library: Path) -> Iterator[MainWindow]:
    build_application()
    with build_core(app_paths(library)) as core, build_window(core, []) as session:
        session.window.show()
        yield session.window
        session.window.close()


@contextmanager
def _indexing(library: Path, *, wanted: bool) -> Iterator[Callable[[], bool]]:
    """Index generated photos meanwhile; gives whether it still goes on."""
    if not wanted:
        yield lambda: False
        return
    with build_core(app_paths(library)) as core:
        job = IndexJob(core.index_library().run)
        told: list[object] = []
        job.progressed.connect(lambda _generation, progress: told.append(progress.rate))
        job.start([_photos_to_index()])
        _until(lambda: any(told))
        yield lambda: job.active
        job.close()
        threads.wait()


def _show(view: PhotoGrid, contents: Contents) -> None:
    view.show_contents(contents, Place())
    view.viewport().repaint()


def _scroll(view: PhotoGrid, to: int) -> None:
    """What one frame costs the GUI thread: the answers that have arrived, the scrolling, the painting."""
    QApplication.processEvents()
    view.verticalScrollBar().setValue(to)
    view.viewport().repaint()


def _resize(view: PhotoGrid, side: int) -> None:
    view.set_tile_size(side)
    view.viewport().repaint()


def _facts(photo_ids: Sequence[int]) -> list[TileFacts]:
    sizes = ((4000, 3000), (3000, 4000), (6000, 4000))
    return [
        TileFacts(one, f"IMG_{one}.jpg", f"IMG_{one}.jpg", (one % 200, 90, 120), *sizes[one % 3])
        for one in photo_ids
    ]


def _complete(view: PhotoGrid) -> bool:
    ids = view.photos.ids[view.visible_rows().start : view.visible_rows().stop]
    return all(view.cache.has(int(one), view.pixel_size) for one in ids)


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def _until(met: Callable[[], bool]) -> None:
    """Let the event loop run as the product's does: it sleeps between events and holds no lock meanwhile."""
    end = time.monotonic() + WAIT_S
    loop, timer = QEventLoop(), QTimer(interval=POLL_MS)
    timer.timeout.connect(lambda: loop.quit() if met() or time.monotonic() > end else None)
    timer.start()
    loop.exec()
    timer.stop()
    if not met():
        raise TimeoutError("the window did not get there")


def _run_for(seconds: float) -> None:
    end = time.monotonic() + seconds
    _until(lambda: time.monotonic() > end)


def _percentile(times: Sequence[float], percent: int) -> float:
    return float(np.percentile(times, percent))


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6


if __name__ == "__main__":
    work = {"grid": grid, "start": start, "search": search}[sys.argv[1]]
    print(json.dumps(work(Path(sys.argv[2]), indexing="--indexing" in sys.argv)), flush=True)
