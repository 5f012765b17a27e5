"""Brings an engine up to the state of the catalogue; encodes nothing, ever."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from imgsearch_desktop.application.ports import (
    Catalogue,
    Change,
    IndexDeletion,
    IndexPosition,
    IndexRebuiltError,
    PhotoIndex,
    SortOrder,
)
from imgsearch_desktop.application.tasks import TaskControl
from imgsearch_desktop.domain.embedding import ModelSpec
from imgsearch_desktop.domain.errors import EngineError
from imgsearch_desktop.domain.filters import NO_FILTERS
from imgsearch_desktop.domain.photo import PhotoId, PhotoUid

BATCH = 256
"""Photos fed in one go: large enough to be fast, small enough to stop at once and to keep memory flat."""

_ATTEMPTS = 10
"""How often a feed that others keep getting in the way of begins again."""

FeedProgress = Callable[[int, int | None], None]
"""Told how many photos were fed and how many there are in all, None while that is not known."""


class _LogTrimmedError(Exception):
    """Changes that the engine has not seen are no longer in the log."""


@dataclass(slots=True)
class SyncReport:
    """What was fed.

    Attributes:
        documents: photos whose state was sent.
        deletions: photos the engine was told to forget.
        rejected: photos the engine refused, with the reason.
        rebuilt: the engine started again from nothing.
    """

    documents: int = 0
    deletions: int = 0
    rejected: dict[PhotoUid, str] = field(default_factory=dict)
    rebuilt: bool = False


class EngineFeed(Protocol):
    """What keeps the engines up to date for one model."""

    def catch_up(
        self,
        control: TaskControl | None = None,
        *,
        settle: bool = False,
        progress: FeedProgress | None = None,
    ) -> SyncReport:
        """Feed everything not seen yet, see `SyncEngine.catch_up`."""
        ...

    def holds_this_library(self) -> bool:
        """Whether what the engine holds is of this library and this state of it."""
        ...

    def waiting(self) -> int:
        """Number of photos whose change the engine has not seen, at most a few thousand."""
        ...


@dataclass(slots=True)
class _Feed:
    """One call of `catch_up`: what it was given, and what came of it so far."""

    control: TaskControl
    settle: bool
    progress: FeedProgress | None
    report: SyncReport = field(default_factory=SyncReport)
    total: int | None = None


class SyncEngine:
    """Feeds one engine with the photos of one model; calls from several threads wait for each other.

    Args:
        catalogue: the truth.
        index: the engine.
        model: whose embeddings it is fed with.
    """

    def __init__(self, catalogue: Catalogue, index: PhotoIndex, model: ModelSpec) -> None:
        self._catalogue = catalogue
        self._index = index
        self._model = model
        self._lock = threading.Lock()

    def catch_up(
        self,
        control: TaskControl | None = None,
        *,
        settle: bool = False,
        progress: FeedProgress | None = None,
    ) -> SyncReport:
        """Feed everything the engine has not seen.

        An engine that holds another library or another state of it, that is ahead of the change log or that
        missed changes trimmed from it, is emptied and fed from the beginning. Other threads and processes may
        feed the same engine, empty it or trim the log meanwhile: nothing is left out.

        Args:
            control: checked between batches; what was fed stays fed.
            settle: also note in the catalogue how far the engine is, so that its change log can be trimmed.
                Takes the library's writer lock; a process that only searches leaves it.
            progress: told after every batch of photos.

        Raises:
            EngineError: the engine cannot be reached or refuses the work.
            Cancelled: stopped by the user.
        """
        with self._lock:
            feed = _Feed(control or TaskControl(), settle, progress)
            position = self._brought_up(feed)
            if settle:
                self._settle(position.change_id)
        return feed.report

    def holds_this_library(self) -> bool:
        """Whether what the engine holds is of this library and this state of it, however far it is behind.

        Raises:
            EngineError: the engine cannot be reached.
        """
        position = self._index.position(self._model.vectors_id)
        return position is not None and self._is_of_library(position)

    def waiting(self) -> int:
        """Number of photos whose change the engine has not seen, at most a few thousand.

        Raises:
            EngineError: the engine cannot be reached.
        """
        position = self._position()
        if position is None:
            return self._catalogue.searchable(self._model.vectors_id)
        return len(self._catalogue.changes_since(position.change_id, BATCH * 16))

    def _brought_up(self, feed: _Feed) -> IndexPosition:
        """Feed until the engine has everything, beginning again where others came in between."""
        overtaken_at: int | None = None
        for _ in range(_ATTEMPTS):
            trimmed = self._catalogue.trimmed_change()
            position = self._position()
            try:
                if position is None:
                    position = self._filled(self._emptied(feed, overtaken_at), feed)
                return self._follow(position, feed)
            except IndexRebuiltError:
                overtaken_at = trimmed
            except _LogTrimmedError:
                overtaken_at = None
        raise EngineError(
            "The search index is being built by other programs at the same time. Wait until they have"
            " finished and try again."
        )

    def _position(self) -> IndexPosition | None:
        """Where the engine stands, None when what it holds is of no use."""
        position = self._index.position(self._model.vectors_id)
        catalogue = self._catalogue
        if position is None or not self._is_of_library(position):
            return None
        if position.change_id > catalogue.latest_change() or position.change_id < catalogue.trimmed_change():
            return None
        return position

    def _is_of_library(self, position: IndexPosition) -> bool:
        catalogue = self._catalogue
        return (position.library_id, position.epoch) == (catalogue.library_id, catalogue.epoch)

    def _emptied(self, feed: _Feed, overtaken_at: int | None) -> IndexPosition:
        """An engine without anything outdated.

        Whoever emptied it since this feed began is filling it: to help is safe and ends, to empty it in turn
        would not. Nothing outdated is in it if no change was trimmed from the log since.

        Args:
            feed: for its report.
            overtaken_at: newest change trimmed from the log before another feeder emptied the engine, None
                if none did.
        """
        catalogue = self._catalogue
        if overtaken_at is not None and overtaken_at == catalogue.trimmed_change():
            position = self._index.position(self._model.vectors_id)
            if position is not None and self._is_of_library(position):
                return position
        feed.report.rebuilt = True
        return self._index.reset(self._model, catalogue.library_id, catalogue.epoch)

    def _filled(self, position: IndexPosition, feed: _Feed) -> IndexPosition:
        """Feed what the log no longer tells from the catalogue itself.

        Until everything is in, the engine's position stays at 0: work cut short is never taken for whole.
        Changes that come meanwhile are kept in the log where it may be written; else `_follow` misses them.
        """
        catalogue = self._catalogue
        start = catalogue.latest_change() if catalogue.trimmed_change() else 0
        if start:
            if feed.settle:
                self._settle(start)
            photo_ids = catalogue.browse(NO_FILTERS, SortOrder.ADDED)
            feed.total = len(photo_ids)
            for at in range(0, len(photo_ids), BATCH):
                self._checkpoint(feed.control)
                batch = [PhotoId(int(photo_id)) for photo_id in photo_ids[at : at + BATCH]]
                self._apply(batch, (), replace(position, change_id=0), feed)
            feed.total = None
            self._apply((), (), replace(position, change_id=start), feed)
        return replace(position, change_id=start)

    def _follow(self, position: IndexPosition, feed: _Feed) -> IndexPosition:
        """Feed the current state of every photo that changed since."""
        while changes := self._changes_after(position.change_id):
            self._checkpoint(feed.control)
            position = replace(position, change_id=changes[-1].change_id)
            gone = {c.photo_id: IndexDeletion(c.photo_id, c.uid, c.change_id) for c in changes}
            self._apply(list(gone), list(gone.values()), position, feed)
        return position

    def _changes_after(self, change_id: int) -> list[Change]:
        """The next changes, all of them: the log is looked at before what was trimmed from it.

        Raises:
            _LogTrimmedError: some of them are in the log no more.
        """
        changes = self._catalogue.changes_since(change_id, BATCH)
        if self._catalogue.trimmed_change() > change_id:
            raise _LogTrimmedError
        return changes

    def _checkpoint(self, control: TaskControl) -> None:
        """Wait while paused; others may feed meanwhile, which harms nothing."""
        if not control.paused:
            control.checkpoint()
            return
        self._lock.release()
        try:
            control.checkpoint()
        finally:
            self._lock.acquire()

    def _apply(
        self,
        photo_ids: Sequence[PhotoId],
        candidates: Sequence[IndexDeletion],
        position: IndexPosition,
        feed: _Feed,
    ) -> None:
        """Send what the photos are now; those that are not to be found any more are deleted.

        Args:
            photo_ids: whose state is sent.
            candidates: what deletes those of them that are gone.
            position: of the engine afterwards, in the generation that is being fed.
            feed: for its report.
        """
        documents = self._catalogue.documents(photo_ids, self._model.vectors_id)
        present = {document.photo_id for document in documents}
        deletions = [deletion for deletion in candidates if deletion.photo_id not in present]
        answer = self._index.apply(
            self._model.vectors_id, documents, deletions, position.change_id, generation=position.generation
        )
        report = feed.report
        report.documents += len(documents)
        report.deletions += len(deletions)
        report.rejected.update(answer.rejected)
        if feed.progress is not None and photo_ids:
            feed.progress(report.documents + report.deletions, feed.total)

    def _settle(self, change_id: int) -> None:
        """Note in the catalogue how far the engine is."""
        name, model_id = self._index.name, self._model.vectors_id
        self._catalogue.write(lambda writer: writer.set_cursor(name, model_id, change_id))
