"""The model that searches: a row of the catalogue, handed out whole, so that nothing ever mixes two models.

A search or an indexing run asks once and keeps what it gets: encoders, figures and the feed of the engine
belong together. A switch concerns what begins after it.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from imgsearch_desktop.application.ports import CatalogueReader, ImageEncoder, Model, TextEncoder
from imgsearch_desktop.application.sync_engine import EngineFeed, FeedProgress, SyncReport
from imgsearch_desktop.application.tasks import TaskControl
from imgsearch_desktop.domain.embedding import ModelId, ModelSpec
from imgsearch_desktop.domain.errors import ModelError

_COVERAGE_S = 3.0
"""How long a count of the photos that a model knows is good enough for a sentence."""


@dataclass(frozen=True, slots=True)
class ModelInUse:
    """A model with everything that goes with it, for one search or one run.

    Attributes:
        model: its encoders.
        spec: what kind of vectors it makes, and where its results end in this library.
        feed: brings the engines up to date for it.
        notices: sentences for the user about this choice: it knows only some photos yet, or stands in.
    """

    model: Model
    spec: ModelSpec
    feed: EngineFeed
    notices: tuple[str, ...] = ()

    @property
    def image_encoder(self) -> ImageEncoder:
        """Loaded on first access.

        Raises:
            ModelError: files are missing or damaged.
        """
        return self.model.image_encoder

    @property
    def text_encoder(self) -> TextEncoder:
        """Loaded on first access.

        Raises:
            ModelError: files are missing or damaged.
        """
        return self.model.text_encoder


class ModelSource(Protocol):
    """Says which model searches."""

    def now(self) -> ModelInUse:
        """The model to be used by what begins now."""
        ...


class FixedModel:
    """Fulfils `ModelSource` where there is one model only."""

    def __init__(self, model: Model, feed: EngineFeed) -> None:
        self._in_use = ModelInUse(model, model.spec, feed)

    def now(self) -> ModelInUse:
        """Always the same."""
        return self._in_use


class ActiveModel:
    """Fulfils `ModelSource` by the catalogue; thread-safe.

    Where the active model cannot be opened, the starter stands in and says so.

    Args:
        catalogue: says which model is active.
        starter: the model that is always there.
        open_model: opens any other model; raises ModelError where that cannot be.
        feed_of: the feed of the engines for a model.
    """

    def __init__(
        self,
        catalogue: CatalogueReader,
        starter: Model,
        open_model: Callable[[ModelId], Model],
        feed_of: Callable[[ModelSpec], EngineFeed],
    ) -> None:
        self._catalogue = catalogue
        self._starter = starter
        self._open = open_model
        self._feed_of = feed_of
        self._wrap: Callable[[Model], Model] = lambda model: model
        self._lock = threading.Lock()
        self._opened: dict[ModelId, tuple[Model, EngineFeed]] = {}
        self._coverage: tuple[float, ModelId, float] | None = None

    def wrap(self, wrap: Callable[[Model], Model]) -> None:
        """Hand models out inside others, for instance such as say that loading takes long."""
        with self._lock:
            self._wrap = wrap
            self._opened.clear()

    def now(self) -> ModelInUse:
        """The active model."""
        choice = self._catalogue.model_choice()
        active = choice.active or self.starter_id
        self._let_go(keep={active, choice.target})
        try:
            in_use = self.of(active)
        except ModelError as error:
            stands_in = self.starter()
            words = f"{error} Searches use {stands_in.spec.name} meanwhile."
            return replace(stands_in, notices=(words,))
        if choice.target == active and (share := self._share(in_use.spec)) < 1:
            return replace(in_use, notices=(_so_far(in_use.spec, share),))
        return in_use

    @property
    def starter_id(self) -> ModelId:
        """Id of the model that is always there."""
        return self._starter.spec.model_id

    def starter(self) -> ModelInUse:
        """The model that is always there."""
        return self.of(self.starter_id)

    def of(self, model_id: ModelId) -> ModelInUse:
        """Any model that is installed.

        Raises:
            ModelError: it is not there or damaged.
        """
        with self._lock:
            if model_id not in self._opened:
                is_starter = model_id == self.starter_id
                model = self._starter if is_starter else self._open(model_id)
                self._opened[model_id] = (self._wrap(model), self._feed_of(model.spec))
            model, feed = self._opened[model_id]
        return ModelInUse(model, self._calibrated(model.spec), feed)

    def _calibrated(self, spec: ModelSpec) -> ModelSpec:
        """With the figures estimated for this library, where the model brings none of its own."""
        if spec.calibration.parameters:
            return spec
        stored = self._catalogue.calibration(spec.model_id)
        return spec if stored is None else replace(spec, calibration=stored.calibration)

    def _let_go(self, keep: set[ModelId | None]) -> None:
        """Encoders of models that are not needed any more take a lot of memory."""
        kept = {*keep, self.starter_id}
        with self._lock:
            for model_id in [model_id for model_id in self._opened if model_id not in kept]:
                del self._opened[model_id]

    def _share(self, spec: ModelSpec) -> float:
        """Which part of the photos the model knows; counted only now and then, as it takes time."""
        known = self._coverage
        if known is not None and known[1] == spec.vectors_id and time.monotonic() - known[0] < _COVERAGE_S:
            return known[2]
        photos = self._catalogue.counts().photos
        share = self._catalogue.searchable(spec.vectors_id) / photos if photos else 1.0
        self._coverage = (time.monotonic(), spec.vectors_id, share)
        return share


class ActiveFeed:
    """Fulfils `EngineFeed` for whichever model is active at the moment of the call."""

    def __init__(self, models: ModelSource) -> None:
        self._models = models

    def catch_up(
        self,
        control: TaskControl | None = None,
        *,
        settle: bool = False,
        progress: FeedProgress | None = None,
    ) -> SyncReport:
        """See `SyncEngine.catch_up`."""
        return self._models.now().feed.catch_up(control, settle=settle, progress=progress)

    def holds_this_library(self) -> bool:
        """See `SyncEngine.holds_this_library`."""
        return self._models.now().feed.holds_this_library()

    def waiting(self) -> int:
        """See `SyncEngine.waiting`."""
        return self._models.now().feed.waiting()


def _so_far(spec: ModelSpec, share: float) -> str:
    percent = min(99, int(share * 100))
    return f"{spec.name} knows {percent} % of the photos so far; the others are found once it has seen them."
