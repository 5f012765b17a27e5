"""An engine on a server, asked only while that makes sense.

A server that does not answer costs whoever asks it a whole time-out. So the first failure closes the door
for a while that doubles with every further one: until then every question fails at once, with the reason, and
another engine can answer. When the while is over one caller tries again, the others go on being refused.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from imgsearch_desktop.application.ports import (
    ApplyReport,
    CatalogueReader,
    Facets,
    IndexAnswer,
    IndexDeletion,
    IndexDocument,
    IndexPosition,
    IndexRebuiltError,
    IndexRequest,
    PhotoIndex,
)
from imgsearch_desktop.domain.embedding import ModelId, ModelSpec
from imgsearch_desktop.domain.errors import EngineError
from imgsearch_desktop.domain.filters import Filters

T = TypeVar("T")

NEARLY_THERE = 4096
"""Changes that an engine may be behind and still answer; an index that is being filled is further behind."""


class NotFilledError(EngineError):
    """The engine is well, but holds too little of this library to answer."""


@dataclass(frozen=True, slots=True)
class Pauses:
    """How long a server is left alone after it failed; each further pause is twice as long."""

    first_s: float = 1.0
    longest_s: float = 30.0


class GuardedIndex:
    """Fulfils `PhotoIndex` over an engine on a server; thread-safe.

    Args:
        name: the engine's name.
        open_index: makes the engine; called at the first question, on the thread that asks.
        catalogue: tells whether what the engine holds is of this library.
        pauses: after failures.
        clock: monotonic seconds, replaced in tests.
    """

    def __init__(
        self,
        name: str,
        open_index: Callable[[], PhotoIndex],
        catalogue: CatalogueReader,
        pauses: Pauses | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.name = name
        self._open = open_index
        self._catalogue = catalogue
        self._pauses = pauses or Pauses()
        self._clock = clock
        self._lock = threading.Lock()
        self._index: PhotoIndex | None = None
        self._closed = False
        self._trouble: str | None = None
        self._pause_s = 0.0
        self._shut_until = 0.0
        self._positions: dict[ModelId, IndexPosition | None] = {}
        self._ready: set[ModelId] = set()
        self._watchers: list[Callable[[], None]] = []

    # --- what is known of the server -------------------------------------------------------------------

    @property
    def trouble(self) -> str | None:
        """Why the last question failed, None if it did not."""
        return self._trouble

    @property
    def shut_for_s(self) -> float:
        """Seconds until it is worth asking again, 0 for now."""
        return max(0.0, self._shut_until - self._clock())

    @property
    def asked(self) -> bool:
        """Whether the server was asked anything so far, and the answer came or did not."""
        return self._trouble is not None or bool(self._positions)

    def last_position(self, model_id: ModelId) -> IndexPosition | None:
        """Where the engine stood when it was last heard of, None if it was not or held nothing."""
        return self._positions.get(model_id)

    def watch(self, told: Callable[[], None]) -> None:
        """Have this called, on whichever thread, whenever the server goes away or comes back."""
        self._watchers.append(told)

    # --- the engine ------------------------------------------------------------------------------------

    def position(self, model_id: ModelId) -> IndexPosition | None:
        """See `PhotoIndex.position`."""
        found = self._asked(lambda index: index.position(model_id))
        self._note(model_id, found)
        return found

    def reset(self, model: ModelSpec, library_id: str, epoch: str) -> IndexPosition:
        """See `PhotoIndex.reset`."""
        self._ready.discard(model.vectors_id)
        emptied = self._asked(lambda index: index.reset(model, library_id, epoch))
        self._note(model.vectors_id, emptied)
        return emptied

    def apply(
        self,
        model_id: ModelId,
        documents: Sequence[IndexDocument],
        deletions: Sequence[IndexDeletion],
        change_id: int,
        *,
        generation: str | None = None,
    ) -> ApplyReport:
        """See `PhotoIndex.apply`."""
        report = self._asked(
            lambda index: index.apply(model_id, documents, deletions, change_id, generation=generation)
        )
        here = self._catalogue
        self._note(model_id, IndexPosition(here.library_id, here.epoch, change_id, generation or ""))
        return report

    def search(self, request: IndexRequest) -> IndexAnswer:
        """See `PhotoIndex.search`.

        Raises:
            NotFilledError: it holds too little of this library.
        """
        if request.model_id not in self._ready:
            self.position(request.model_id)
        if request.model_id not in self._ready:
            raise NotFilledError(f"{self.name.capitalize()} does not hold all photos of this library yet.")
        return self._asked(lambda index: index.search(request))

    def facets(self, model_id: ModelId, filters: Filters) -> Facets:
        """See `PhotoIndex.facets`."""
        return self._asked(lambda index: index.facets(model_id, filters))

    def forget(self, model_id: ModelId) -> None:
        """See `PhotoIndex.forget`."""
        self._ready.discard(model_id)
        self._asked(lambda index: index.forget(model_id))
        self._positions[model_id] = None

    def close(self) -> None:
        """Let go of the server; safe to call twice."""
        with self._lock:
            index, self._index, self._closed = self._index, None, True
        if index is not None:
            index.close()

    # --- the door --------------------------------------------------------------------------------------

    def _asked(self, question: Callable[[PhotoIndex], T]) -> T:
        """Put a question to the engine, unless the door is shut."""
        self._pass_the_door()
        try:
            answer = question(self._opened())
        except IndexRebuiltError:
            self._answered()
            raise
        except EngineError as error:
            self._failed(str(error))
            raise
        self._answered()
        return answer

    def _pass_the_door(self) -> None:
        """Let the caller through, alone if the server failed before.

        Raises:
            EngineError: the server failed a moment ago.
        """
        with self._lock:
            if self._trouble is None:
                return
            if self._clock() < self._shut_until:
                raise EngineError(self._trouble)
            self._shut_until = self._clock() + self._pause_s

    def _opened(self) -> PhotoIndex:
        with self._lock:
            if self._closed:
                raise EngineError(f"{self.name.capitalize()} is not used any more.")
            if self._index is None:
                self._index = self._open()
            return self._index

    def _failed(self, why: str) -> None:
        with self._lock:
            went_away = self._trouble is None
            self._pause_s = min(self._pauses.longest_s, self._pause_s * 2 or self._pauses.first_s)
            self._shut_until = self._clock() + self._pause_s
            self._trouble = why
            self._ready.clear()
        if went_away:
            self._tell()

    def _answered(self) -> None:
        with self._lock:
            came_back = self._trouble is not None
            self._trouble, self._pause_s, self._shut_until = None, 0.0, 0.0
        if came_back:
            self._tell()

    def _tell(self) -> None:
        for told in self._watchers:
            told()

    def _note(self, model_id: ModelId, found: IndexPosition | None) -> None:
        """Remember where the engine stands, and whether it holds enough to answer."""
        self._positions[model_id] = found
        if found is None or not is_of_library(self._catalogue, found):
            self._ready.discard(model_id)
        elif found.change_id > 0 and self._catalogue.latest_change() - found.change_id <= NEARLY_THERE:
            self._ready.add(model_id)


def is_of_library(catalogue: CatalogueReader, position: IndexPosition) -> bool:
    """Whether an engine at this position holds this library and this state of it."""
    return (position.library_id, position.epoch) == (catalogue.library_id, catalogue.epoch)
