"""Brings an engine up to the state of the catalogue; encodes nothing, ever."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field

from imgsearch_desktop.application.ports import Catalogue, IndexDeletion, IndexPosition, PhotoIndex, SortOrder
from imgsearch_desktop.application.tasks import TaskControl
from imgsearch_desktop.domain.embedding import ModelSpec
from imgsearch_desktop.domain.filters import NO_FILTERS
from imgsearch_desktop.domain.photo import PhotoId, PhotoUid

BATCH = 256
"""Photos fed in one go: large enough to be fast, small enough to stop at once and to keep memory flat."""


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

    def catch_up(self, control: TaskControl | None = None, *, settle: bool = False) -> SyncReport:
        """Feed everything the engine has not seen.

        An engine that holds another library or another state of it, that is ahead of the change log or that
        missed changes trimmed from it, is emptied and fed from the beginning.

        Args:
            control: checked between batches; what was fed stays fed.
            settle: also note in the catalogue how far the engine is, so that its change log can be trimmed.
                Takes the library's writer lock; a process that only searches leaves it.

        Raises:
            EngineError: the engine cannot be reached or refuses the work.
        """
        control = control or TaskControl()
        report = SyncReport()
        with self._lock:
            position = self._position()
            if position is None:
                report.rebuilt = True
                position = self._start_again(control, report)
            position = self._follow(position, control, report)
            if settle:
                self._settle(position)
        return report

    def waiting(self) -> int:
        """Number of photos whose change the engine has not seen, at most a few thousand.

        Raises:
            EngineError: the engine cannot be reached.
        """
        position = self._position()
        if position is None:
            return self._catalogue.searchable(self._model.model_id)
        return len(self._catalogue.changes_since(position.change_id, BATCH * 16))

    def _position(self) -> IndexPosition | None:
        """Where the engine stands, None when what it holds is of no use."""
        position = self._index.position(self._model.model_id)
        catalogue = self._catalogue
        if position is None or (position.library_id, position.epoch) != (
            catalogue.library_id,
            catalogue.epoch,
        ):
            return None
        if position.change_id > catalogue.latest_change() or position.change_id < catalogue.trimmed_change():
            return None
        return position

    def _start_again(self, control: TaskControl, report: SyncReport) -> IndexPosition:
        """Empty the engine; what the log no longer tells is fed from the catalogue itself.

        Until everything is in, the engine's position stays at 0: work cut short is never taken for whole.
        """
        catalogue = self._catalogue
        self._index.reset(self._model, catalogue.library_id, catalogue.epoch)
        start = catalogue.latest_change() if catalogue.trimmed_change() else 0
        if start:
            photo_ids = catalogue.browse(NO_FILTERS, SortOrder.ADDED)
            for at in range(0, len(photo_ids), BATCH):
                control.checkpoint()
                batch = [PhotoId(int(photo_id)) for photo_id in photo_ids[at : at + BATCH]]
                self._feed(batch, (), 0, report)
            self._feed((), (), start, report)
        return IndexPosition(catalogue.library_id, catalogue.epoch, start)

    def _follow(self, position: IndexPosition, control: TaskControl, report: SyncReport) -> IndexPosition:
        """Feed the current state of every photo that changed since."""
        change_id = position.change_id
        while changes := self._catalogue.changes_since(change_id, BATCH):
            control.checkpoint()
            change_id = changes[-1].change_id
            gone = {c.photo_id: IndexDeletion(c.photo_id, c.uid, c.change_id) for c in changes}
            self._feed(list(gone), list(gone.values()), change_id, report)
        return IndexPosition(position.library_id, position.epoch, change_id)

    def _feed(
        self,
        photo_ids: Sequence[PhotoId],
        candidates: Sequence[IndexDeletion],
        change_id: int,
        report: SyncReport,
    ) -> None:
        """Send what the photos are now; those that are not to be found any more are deleted."""
        documents = self._catalogue.documents(photo_ids, self._model.model_id)
        present = {document.photo_id for document in documents}
        deletions = [deletion for deletion in candidates if deletion.photo_id not in present]
        answer = self._index.apply(self._model.model_id, documents, deletions, change_id)
        report.documents += len(documents)
        report.deletions += len(deletions)
        report.rejected.update(answer.rejected)

    def _settle(self, position: IndexPosition) -> None:
        name, model_id = self._index.name, self._model.model_id
        self._catalogue.write(lambda writer: writer.set_cursor(name, model_id, position.change_id))
