"""Feeds the engine on a server with the photos of one model, and tells how far that is.

The embedded engine goes first and answers meanwhile: a server that is away stops nobody and loses nothing,
its changes wait in the log of the catalogue.
"""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass

from imgsearch_desktop.application.guarded_index import GuardedIndex, is_of_library
from imgsearch_desktop.application.ports import Catalogue
from imgsearch_desktop.application.sync_engine import FeedProgress, SyncEngine
from imgsearch_desktop.application.tasks import TaskControl
from imgsearch_desktop.domain.embedding import ModelSpec
from imgsearch_desktop.domain.errors import EngineError
from imgsearch_desktop.domain.photo import PhotoUid

log = logging.getLogger(__name__)

AT_ONCE = 2000
"""Changes that are fed in passing; more of them would keep whoever only wants to search waiting."""


_TURN_S = 15.0
"""How long is waited for another thread that feeds the same engine and may itself wait for the server."""


@dataclass(frozen=True, slots=True)
class ServerState:
    """How an engine on a server is.

    Attributes:
        name: of the engine.
        away: why it cannot be used now, None if it can.
        waiting: changes that it has not taken yet.
        refused: photos that it would not take.
        refusal: why it would not take one of them, "" if it took all.
    """

    name: str
    away: str | None
    waiting: int
    refused: int = 0
    refusal: str = ""


class ServerFeed:
    """Brings one engine on a server up to date; thread-safe.

    Args:
        catalogue: the truth.
        index: the engine.
        spec: the model whose photos it is fed with.
        holds: the change log is kept for this engine; not for one that is used for a single run.
    """

    def __init__(self, catalogue: Catalogue, index: GuardedIndex, spec: ModelSpec, *, holds: bool) -> None:
        self._catalogue = catalogue
        self._index = index
        self._spec = spec
        self._holds = holds
        self._sync = SyncEngine(catalogue, index, spec)
        self._refused: dict[PhotoUid, str] = {}
        self._filled = 0
        self._feeding = threading.Lock()

    @property
    def index(self) -> GuardedIndex:
        """The engine."""
        return self._index

    def catch_up(
        self,
        control: TaskControl | None = None,
        *,
        settle: bool = False,
        progress: FeedProgress | None = None,
    ) -> bool:
        """Feed everything that waits; see `SyncEngine.catch_up`.

        Returns:
            Whether the engine has everything; where not, `state` says why.
        """

        def fed(done: int, total: int | None) -> None:
            self._filled = done
            if progress is not None:
                progress(done, total)

        if not self._feeding.acquire(timeout=_TURN_S):
            return False
        self._filled = 0
        try:
            report = self._sync.catch_up(control, settle=settle and self._holds, progress=fed)
        except EngineError as error:
            log.info("%s is not fed: %s", self._index.name, error)
            return False
        finally:
            self._feeding.release()
        if report.rebuilt:
            self._refused.clear()
        self._refused.update(report.rejected)
        for uid, reason in report.rejected.items():
            log.info("%s refused photo %s: %s", self._index.name, uid, reason)
        return True

    def follow(self, control: TaskControl | None = None) -> None:
        """Feed what waits if it is little."""
        try:
            self._index.position(self._spec.vectors_id)
            if self._waiting() <= AT_ONCE:
                self.catch_up(control)
        except EngineError as error:
            log.info("%s is not fed: %s", self._index.name, error)

    def rebuild(
        self,
        control: TaskControl,
        *,
        settle: bool = False,
        progress: FeedProgress | None = None,
    ) -> None:
        """Empty the engine and fill it again from the catalogue; nothing is encoded.

        Raises:
            EngineError: it cannot be reached or refuses; what was fed stays, and the next feed goes on.
        """
        self._index.reset(self._spec, self._catalogue.library_id, self._catalogue.epoch)
        if not self.catch_up(control, settle=settle, progress=progress):
            raise EngineError(self._index.trouble or "The search index could not be filled. Try again.")

    def state(self, *, ask: bool = False) -> ServerState:
        """How the engine is.

        Args:
            ask: ask the server, which may take seconds; otherwise what was last heard of it.
        """
        if ask:
            try:
                self._index.position(self._spec.vectors_id)
            except EngineError as error:
                log.info("%s does not answer: %s", self._index.name, error)
        refusal = next(iter(self._refused.values()), "")
        return ServerState(
            self._index.name, self._index.trouble, self._waiting(), len(self._refused), refusal
        )

    def _waiting(self) -> int:
        """Photos whose change the engine has not seen, as far as it was heard of."""
        catalogue, vectors_id = self._catalogue, self._spec.vectors_id
        position = self._index.last_position(vectors_id)
        if position is not None:
            seen = position.change_id if is_of_library(catalogue, position) else None
        elif self._index.trouble is not None or not self._index.asked:
            seen = catalogue.cursor(self._index.name, vectors_id)
        else:
            seen = None
        if seen is None or seen < catalogue.trimmed_change():
            return max(0, catalogue.searchable(vectors_id) - self._filled)
        return catalogue.count_changes(seen)
