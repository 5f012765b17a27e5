"""Keeps every engine up to date: the embedded one always, the one on a server when it is chosen."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from imgsearch_desktop.application.engine_feeder import EngineFeeder
from imgsearch_desktop.application.guarded_index import GuardedIndex
from imgsearch_desktop.application.ports import Catalogue, PhotoIndex
from imgsearch_desktop.application.server_feed import ServerFeed, ServerState
from imgsearch_desktop.application.sync_engine import EngineFeed, FeedProgress, SyncEngine, SyncReport
from imgsearch_desktop.application.tasks import TaskControl
from imgsearch_desktop.domain.embedding import ModelId, ModelSpec


class EngineFeeds:
    """The engines of one library. Thread-safe; the engine on a server can be exchanged at any time.

    Args:
        catalogue: the truth.
        embedded: the engine that is always there.
    """

    def __init__(self, catalogue: Catalogue, embedded: PhotoIndex) -> None:
        self.catalogue = catalogue
        self.embedded = embedded
        self._lock = threading.Lock()
        self._embedded_feeds: dict[ModelId, SyncEngine] = {}
        self._server: GuardedIndex | None = None
        self._server_feeds: dict[ModelId, ServerFeed] = {}
        self._held: frozenset[str] | None = None
        self._feeder: EngineFeeder | None = None
        self._watchers: list[Callable[[], None]] = []

    # --- which engines ---------------------------------------------------------------------------------

    @property
    def server(self) -> GuardedIndex | None:
        """The engine on a server, None while the embedded one is chosen."""
        return self._server

    @property
    def name(self) -> str:
        """Name of the engine that is chosen."""
        return self._server.name if self._server is not None else self.embedded.name

    def choose(self, server: GuardedIndex | None, held: frozenset[str] | None) -> None:
        """Use this engine on a server from now on, or none; the one before is let go.

        Args:
            server: the engine.
            held: names of the projections that the change log is kept for; those it is not kept for are given
                up at the next settling. None leaves all as they are: the choice is for this run only.
        """
        with self._lock:
            before, self._server, self._held = self._server, server, held
            self._server_feeds = {}
            if self._feeder is not None:
                self._feeder.forget()
        if server is not None:
            server.watch(self._on_server_changed)
        if before is not None:
            before.close()
        self._tell()

    def close(self) -> None:
        """Let the server go; safe to call twice."""
        with self._lock:
            server, self._server = self._server, None
        if server is not None:
            server.close()

    # --- feeding ---------------------------------------------------------------------------------------

    def of(self, spec: ModelSpec) -> EngineFeed:
        """What feeds all engines with the photos of a model."""
        return _EveryEngine(self, spec)

    def embedded_feed(self, spec: ModelSpec) -> SyncEngine:
        """What feeds the embedded engine."""
        with self._lock:
            if spec.vectors_id not in self._embedded_feeds:
                self._embedded_feeds[spec.vectors_id] = SyncEngine(self.catalogue, self.embedded, spec)
            return self._embedded_feeds[spec.vectors_id]

    def server_feed(self, spec: ModelSpec) -> ServerFeed | None:
        """What feeds the engine on a server, None without one."""
        with self._lock:
            if self._server is None:
                return None
            if spec.vectors_id not in self._server_feeds:
                holds = self._held is not None and self._server.name in self._held
                feed = ServerFeed(self.catalogue, self._server, spec, holds=holds)
                self._server_feeds[spec.vectors_id] = feed
            return self._server_feeds[spec.vectors_id]

    def feed_server(
        self, spec: ModelSpec, control: TaskControl | None, *, settle: bool, progress: FeedProgress | None
    ) -> None:
        """Pass changes on to the engine on a server: by the feeder where one runs, else at once.

        Whoever does not settle (a search, a single change) is not kept waiting by many changes.
        """
        feed, feeder = self.server_feed(spec), self._feeder
        if feed is None:
            return
        if feeder is not None:
            feeder.nudge(feed, settle=settle)
        elif settle:
            feed.catch_up(control, settle=True, progress=progress)
        else:
            feed.follow(control)

    def give_up_others(self) -> None:
        """Keep the change log no longer for engines that are not chosen any more."""
        held = self._held
        if held is not None and set(self.catalogue.projections()) - held:
            self.catalogue.write(lambda writer: writer.keep_cursors(held))

    def forget(self, vectors_id: ModelId) -> None:
        """Give back the room that the projections of an image tower take; it is fed no more.

        Raises:
            EngineError: an engine cannot be reached; the embedded one has forgotten all the same.
        """
        with self._lock:
            self._embedded_feeds.pop(vectors_id, None)
            self._server_feeds.pop(vectors_id, None)
            server = self._server
        self.embedded.forget(vectors_id)
        if server is not None:
            server.forget(vectors_id)

    def state(self, spec: ModelSpec) -> ServerState | None:
        """How the engine on a server is, None without one; asks it where no feeder does."""
        feed = self.server_feed(spec)
        return None if feed is None else feed.state(ask=self._feeder is None)

    def state_heard_of(self, spec: ModelSpec) -> ServerState | None:
        """How the engine on a server was when it was last heard of, None without one."""
        feed = self.server_feed(spec)
        return None if feed is None else feed.state()

    @contextmanager
    def in_background(self) -> Iterator[None]:
        """Let a thread feed the engine on a server as long as the context lasts."""
        feeder = EngineFeeder(self._tell)
        self._feeder = feeder
        try:
            yield
        finally:
            self._feeder = None
            feeder.close()

    def watch(self, told: Callable[[], None]) -> Callable[[], None]:
        """Have this called, on any thread, when the engine on a server may be in another state.

        Returns:
            What ends that; may be called twice.
        """
        with self._lock:
            self._watchers.append(told)

        def stop() -> None:
            with self._lock:
                if told in self._watchers:
                    self._watchers.remove(told)

        return stop

    def _tell(self) -> None:
        with self._lock:
            watchers = list(self._watchers)
        for told in watchers:
            told()

    def _on_server_changed(self) -> None:
        """The server went away or came back: the feeder looks after it."""
        with self._lock:
            feeder, feeds = self._feeder, list(self._server_feeds.values())
        if feeder is not None:
            for feed in feeds:
                feeder.nudge(feed)
        self._tell()


class _EveryEngine:
    """Fulfils `EngineFeed` for one model: the embedded engine first, then the one on a server.

    What can be asked and what is raised is about the embedded engine; a server away is nobody's error.
    """

    def __init__(self, feeds: EngineFeeds, spec: ModelSpec) -> None:
        self._feeds = feeds
        self._spec = spec
        self._embedded = feeds.embedded_feed(spec)

    def catch_up(
        self,
        control: TaskControl | None = None,
        *,
        settle: bool = False,
        progress: FeedProgress | None = None,
    ) -> SyncReport:
        """See `SyncEngine.catch_up`."""
        if settle:
            self._feeds.give_up_others()
        report = self._embedded.catch_up(control, settle=settle, progress=progress)
        self._feeds.feed_server(self._spec, control, settle=settle, progress=progress)
        return report

    def holds_this_library(self) -> bool:
        """See `SyncEngine.holds_this_library`."""
        return self._embedded.holds_this_library()

    def waiting(self) -> int:
        """See `SyncEngine.waiting`."""
        return self._embedded.waiting()
