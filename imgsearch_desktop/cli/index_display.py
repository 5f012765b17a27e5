"""How far indexing is, on stderr: a bar on a terminal, a line now and then elsewhere; and Ctrl-C."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from imgsearch_desktop.application.index_library import INDEXING
from imgsearch_desktop.application.tasks import Progress, TaskControl
from imgsearch_desktop.cli.screen import Screen

LINE_EVERY_S = 5.0
"""How often a line tells how far the work is where there is no terminal."""

PATIENCE_S = 1.5
"""How long cancelled work may take to end by itself."""


def told(progress: Progress) -> str:
    """One line on how far the work is."""
    words = [f"{progress.phase.capitalize()}: {progress.done:,}"]
    if progress.total is not None:
        words[0] += f" of {progress.total:,}"
    if progress.failed:
        words.append(f"{progress.failed:,} failed")
    if progress.rate:
        words.append(f"{progress.rate:,.0f}/s" if progress.rate >= 10 else f"{progress.rate:.1f}/s")
    if progress.phase == INDEXING and not progress.done:
        words.append("the model is being loaded")
    if progress.seconds_left is not None:
        words.append(f"{duration(progress.seconds_left)} left")
    return ", ".join(words)


def duration(seconds: float) -> str:
    """Seconds in words as coarse as they deserve."""
    if seconds < 1:
        return f"{seconds:.1f} s"
    if seconds < 90:
        return f"{seconds:.0f} s"
    if seconds < 90 * 60:
        return f"{seconds / 60:.0f} min"
    return f"{seconds / 3600:.1f} h"


@contextmanager
def progress_display(
    screen: Screen,
    clock: Callable[[], float] = time.monotonic,
    words: Callable[[Progress], str] = told,
) -> Iterator[Callable[[Progress], None]]:
    """Yields what takes the progress; thread-safe.

    Args:
        screen: where it is shown.
        clock: monotonic seconds, replaced in tests.
        words: one line on how far the work is.
    """
    if screen.notes.is_terminal:
        with _bar(screen, words) as report:
            yield report
    else:
        yield _Lines(screen, clock, words)


class _Lines:
    """A line at the start of each phase and then every few seconds."""

    def __init__(self, screen: Screen, clock: Callable[[], float], words: Callable[[Progress], str]) -> None:
        self._screen = screen
        self._clock = clock
        self._words = words
        self._phase = ""
        self._last = 0.0
        self._line = ""
        self._lock = threading.Lock()

    def __call__(self, progress: Progress) -> None:
        with self._lock:
            now = self._clock()
            if progress.phase == self._phase and now - self._last < LINE_EVERY_S:
                return
            line = self._words(progress)
            if line != self._line:
                self._screen.note(line)
            self._phase, self._last, self._line = progress.phase, now, line


@contextmanager
def _bar(screen: Screen, words: Callable[[Progress], str]) -> Iterator[Callable[[Progress], None]]:
    from rich.progress import BarColumn, SpinnerColumn, TextColumn
    from rich.progress import Progress as Bars

    columns = (SpinnerColumn(), BarColumn(bar_width=30), TextColumn("{task.description}", markup=False))
    with Bars(*columns, console=screen.notes, transient=True) as bars:
        task = bars.add_task("Starting", total=None)

        def report(progress: Progress) -> None:
            bars.update(task, total=progress.total, completed=progress.done, description=words(progress))

        yield report


@contextmanager
def stopped_by_ctrl_c(
    control: TaskControl, leave: Callable[[], None], patience_s: float = PATIENCE_S
) -> Iterator[None]:
    """Ctrl-C cancels the work, which keeps what is done; a second one, or work that goes on, is left.

    Args:
        control: cancels the work at its next step.
        leave: ends the program without waiting for the work; a step that takes long (loading a model) is cut
            short so. Whatever was acknowledged is on the disk.
        patience_s: how long the work may take to end by itself.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    patience = threading.Timer(patience_s, leave)
    patience.daemon = True

    def stop(_signal: int, _frame: FrameType | None) -> None:
        if control.cancelled:
            leave()
            return
        control.cancel()
        patience.start()

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
        patience.cancel()
