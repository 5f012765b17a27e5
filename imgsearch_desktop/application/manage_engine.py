"""Choosing the engine, finding out whether it can be used, building its index anew."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Protocol

from imgsearch_desktop.application.active_model import ModelSource
from imgsearch_desktop.application.engine_feeds import EngineFeeds
from imgsearch_desktop.application.guarded_index import GuardedIndex, Pauses
from imgsearch_desktop.application.index_library import FEEDING
from imgsearch_desktop.application.ports import EngineProbe, Examination, IndexFacts, PhotoIndex, Secrets
from imgsearch_desktop.application.server_feed import ServerState
from imgsearch_desktop.application.settings import EngineSettings
from imgsearch_desktop.application.tasks import Progress, ProgressMeter, TaskControl
from imgsearch_desktop.domain.errors import EngineError, LibraryBusyError


class EngineServers(Protocol):
    """Makes what talks to a server; reads the secret that belongs to the settings where none is given."""

    def index(self, settings: EngineSettings) -> PhotoIndex:
        """The engine.

        Raises:
            EngineError: the settings name no server.
        """
        ...

    def probe(self, settings: EngineSettings, secret: str | None) -> EngineProbe:
        """What looks at the server; whoever asks for it closes it.

        Raises:
            EngineError: the settings name no server.
        """
        ...


@dataclass(frozen=True, slots=True)
class EngineOverview:
    """The engine on a server and its index.

    Attributes:
        state: how the engine is.
        facts: the index of the active model, None where there is none or the server is away.
    """

    state: ServerState
    facts: IndexFacts | None


class ManageEngine:
    """What the user can do about engines. Nothing here encodes a photo. Thread-safe.

    Args:
        feeds: the engines.
        models: says which model is active.
        servers: makes what talks to a server.
        secrets: keeps passwords and keys.
        settings: which engine holds now.
        pauses: of a server that failed.
    """

    def __init__(
        self,
        feeds: EngineFeeds,
        models: ModelSource,
        servers: EngineServers,
        secrets: Secrets,
        settings: EngineSettings,
        pauses: Pauses | None = None,
    ) -> None:
        self._feeds = feeds
        self._models = models
        self._servers = servers
        self._secrets = secrets
        self._settings = settings
        self._pauses = pauses

    @property
    def settings(self) -> EngineSettings:
        """Which engine holds now."""
        return self._settings

    def keep_secret(self, settings: EngineSettings, secret: str) -> bool:
        """Keep a password or API key for the server that the settings name.

        Returns:
            True when the system's keyring has it, False when it holds for this session only.
        """
        return self._secrets.store(settings.secret_name, secret)

    def test(self, settings: EngineSettings, secret: str | None = None) -> Examination:
        """Find out in words whether the server can be used as it is.

        Args:
            settings: the server; need not be chosen.
            secret: password or API key, None for the one that is kept.

        Raises:
            EngineError: the settings name no server.
        """
        probe = self._servers.probe(settings, secret)
        try:
            return probe.examine(self._models.now().spec.vectors_id)
        finally:
            probe.close()

    def switch(self, settings: EngineSettings, *, for_this_run: bool = False) -> None:
        """Use this engine from now on, at once; a server is fed by the next feed.

        Args:
            settings: which engine, and where its server is.
            for_this_run: the change log is not kept for it beyond this run, nor given up for another.
        """
        self._settings = settings
        server = None
        if settings.on_server:
            server = GuardedIndex(
                settings.engine, lambda: self._servers.index(settings), self._feeds.catalogue, self._pauses
            )
        held = frozenset({self._feeds.embedded.name, settings.engine})
        self._feeds.choose(server, None if for_this_run else held)

    def encode_texts_with(self, text_model: str | None) -> None:
        """Have a model on the server of the engine encode texts from now on; None for this computer."""
        self._settings = replace(self._settings, text_model=text_model)

    def feed(self, *, settle: bool = False) -> None:
        """Let the engine on a server be fed in the background; without that, if little waits.

        Args:
            settle: also note how far it is, see `SyncEngine.catch_up`; takes the library's writer lock.
        """
        self._feeds.feed_server(self._models.now().spec, None, settle=settle, progress=None)

    def give_up_others(self) -> None:
        """Keep the change log no longer for engines that are not chosen, or let the next writer do that."""
        try:
            self._feeds.give_up_others()
        except LibraryBusyError:
            return

    def catch_up(self, control: TaskControl, report: Callable[[Progress], None]) -> ServerState | None:
        """Feed the engine on a server with everything that waits.

        Returns:
            How it is then, None without one; a server that is away is no error.

        Raises:
            LibraryBusyError: another process writes to this library.
            Cancelled: stopped; the next feed goes on.
        """
        feed = self._feeds.server_feed(self._models.now().spec)
        if feed is None:
            return None
        feed.catch_up(control, settle=True, progress=partial(ProgressMeter(report).update, FEEDING))
        return feed.state()

    def rebuild(self, control: TaskControl, report: Callable[[Progress], None]) -> ServerState:
        """Empty the index on the server and fill it again from the catalogue.

        Raises:
            EngineError: the embedded engine is chosen, or the server cannot be reached or refuses.
            LibraryBusyError: another process writes to this library.
            Cancelled: stopped; the next feed goes on.
        """
        feed = self._feeds.server_feed(self._models.now().spec)
        if feed is None:
            raise EngineError(
                "The embedded engine is chosen; it mends itself. Choose Elasticsearch first:"
                " imgsearch engine use elasticsearch --url URL."
            )
        feed.rebuild(control, settle=True, progress=partial(ProgressMeter(report).update, FEEDING))
        return feed.state()

    def watch(self, told: Callable[[], None]) -> Callable[[], None]:
        """Have this called, on any thread, when the engine may be in another state. Returns what ends it."""
        return self._feeds.watch(told)

    def state(self) -> ServerState | None:
        """How the engine on a server was when last heard of, None while the embedded one is chosen."""
        return self._feeds.state_heard_of(self._models.now().spec)

    def overview(self) -> EngineOverview | None:
        """How the engine on a server is, asking it; None while the embedded one is chosen."""
        spec = self._models.now().spec
        feed = self._feeds.server_feed(spec)
        if feed is None:
            return None
        state = feed.state(ask=True)
        return EngineOverview(state, None if state.away else self._facts())

    def _facts(self) -> IndexFacts | None:
        probe = self._servers.probe(self._settings, None)
        try:
            return probe.facts(self._models.now().spec.vectors_id)
        except EngineError:
            return None
        finally:
            probe.close()
