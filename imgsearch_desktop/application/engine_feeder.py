"""A thread that keeps the engine on a server up to date, so that nobody waits for it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from imgsearch_desktop.application.server_feed import ServerFeed
from imgsearch_desktop.application.tasks import TaskControl
from imgsearch_desktop.domain.errors import Cancelled, KnownError, LibraryBusyError, LibraryReadOnlyError

log = logging.getLogger(__name__)

_END_S = 10.0
"""How long `close` waits for a request under way; the thread does not keep the program from ending."""


_REST_S = 1.0


class EngineFeeder:
    """Feeds whatever it is pointed at, one after the other, and tries again while the server is away.

    Args:
        told: called on the feeder's thread after each attempt.
    """

    def __init__(self, told: Callable[[], None] = lambda: None) -> None:
        self._told = told
        self._control = TaskControl()
        self._wake = threading.Condition()
        self._due: dict[ServerFeed, bool] = {}
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="engine-feeder", daemon=True)
        self._thread.start()

    def nudge(self, feed: ServerFeed, *, settle: bool = False) -> None:
        """There is something to feed, or the server may be back; returns at once.

        Args:
            feed: what to feed.
            settle: also note in the catalogue how far it is, see `SyncEngine.catch_up`.
        """
        with self._wake:
            self._due[feed] = settle or self._due.get(feed, False)
            self._wake.notify()

    def forget(self) -> None:
        """Feed nothing of what was pointed at: another engine is used."""
        with self._wake:
            self._due.clear()
            self._control.cancel()
            self._control = TaskControl()

    def close(self) -> None:
        """Stop between two batches and end the thread; safe to call twice. Not for the GUI thread."""
        with self._wake:
            self._closed = True
            self._control.cancel()
            self._wake.notify()
        self._thread.join(_END_S)
        if self._thread.is_alive():
            log.info("The engine on the server takes long to answer; the feeder is left behind")

    def _run(self) -> None:
        while (due := self._next()) is not None:
            feed, settle, control = due
            done = self._feed(feed, settle, control)
            if not done and not control.cancelled:
                self._again(feed, settle)
            self._told()

    def _next(self) -> tuple[ServerFeed, bool, TaskControl] | None:
        """What to feed now, waiting for it; None at the end. A server that failed has its pause."""
        with self._wake:
            while not self._closed:
                if not self._due:
                    self._wake.wait()
                    continue
                feed = min(self._due, key=lambda due: due.index.shut_for_s)
                if (pause_s := feed.index.shut_for_s) > 0:
                    self._wake.wait(pause_s)
                    continue
                return feed, self._due.pop(feed), self._control
            return None

    def _again(self, feed: ServerFeed, settle: bool) -> None:
        """Come back to what was not done, not at once where the server itself asks for no pause."""
        self.nudge(feed, settle=settle)
        with self._wake:
            if not (self._closed or feed.index.shut_for_s):
                self._wake.wait(_REST_S)

    def _feed(self, feed: ServerFeed, settle: bool, control: TaskControl) -> bool:
        try:
            return feed.catch_up(control, settle=settle)
        except Cancelled:
            return False
        except (LibraryBusyError, LibraryReadOnlyError):
            return self._feed(feed, False, control)
        except KnownError as error:
            log.info("The engine on the server is not fed: %s", error)
            return True
        except Exception:
            log.exception("Feeding the engine on the server failed")
            return True
