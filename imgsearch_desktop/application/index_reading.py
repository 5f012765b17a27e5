"""The main loop of indexing: files go into the decode pool, come out as photos, and are committed in batches.

Memory stays flat: the pool holds a bounded number of files, and at most one batch waits while another is
committed.
"""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice

from imgsearch_desktop.application.commit_lane import CommitLane
from imgsearch_desktop.application.index_batch import Batch, Counted, StagedFailure, StagedFile, mint_uid
from imgsearch_desktop.application.index_tasks import ReadTask, Tally
from imgsearch_desktop.application.library_roots import TRANSACTION
from imgsearch_desktop.application.ports import (
    CatalogueReader,
    DecodedPhoto,
    DecodeFailure,
    DecodeOutcome,
    DecodePool,
    DecodeRequest,
    DecodeScope,
)
from imgsearch_desktop.application.settings import IndexingSettings
from imgsearch_desktop.application.tasks import ProgressMeter, TaskControl
from imgsearch_desktop.domain.changes import (
    COMMON_SIZE,
    FileToRead,
    ReadFile,
    Resolution,
    Verdict,
    resolve,
    worth_hashing_first,
)
from imgsearch_desktop.domain.embedding import EncoderInput
from imgsearch_desktop.domain.photo import FileId, Photo

WAIT_S = 0.05
"""Longest wait for an outcome or a commit: how late a pause or a cancellation can be noticed."""

PATIENCE_S = 0.2
"""How long a file that was read may wait for others before its batch is committed."""


class LibraryReading:
    """Reads files and commits what they turn out to be.

    Args:
        catalogue: to look photos up in.
        pool: reads files.
        lane: commits batches.
        encoder_input: how pictures are cut for the encoder.
        settings: sizes.
        vanished: file rows that are gone from their path; candidates for moves.
        claimed: file rows that must not move: at a path that is read in this run; moved ones are added.
        tally: what is acknowledged.
    """

    def __init__(
        self,
        *,
        catalogue: CatalogueReader,
        pool: DecodePool,
        lane: CommitLane,
        encoder_input: EncoderInput,
        settings: IndexingSettings,
        vanished: set[FileId],
        claimed: set[FileId],
        tally: Tally,
    ) -> None:
        self._catalogue = catalogue
        self._pool = pool
        self._lane = lane
        self._encoder_input = encoder_input
        self._settings = settings
        self._vanished = vanished
        self._claimed = claimed
        self._tally = tally
        self._tasks: Iterator[ReadTask] = iter(())
        self._queue: deque[ReadTask] = deque()
        self._inside: dict[int, ReadTask] = {}
        self._tokens = 0
        self._common_sizes: dict[int, bool] = {}
        self._staged = Batch()
        self._staged_at = 0.0
        self._pending: set[bytes] = set()
        self._parked: list[tuple[ReadTask, DecodedPhoto]] = []

    def run(
        self,
        phase: str,
        tasks: Iterable[ReadTask],
        total: int,
        control: TaskControl,
        meter: ProgressMeter,
    ) -> None:
        """Read the files in the order given until each is committed.

        Args:
            phase: what the progress is called.
            tasks: what to read; taken one by one as there is room for them.
            total: how many there are.
            control: checked in every turn.
            meter: told in every turn; counts only what is durable.

        Raises:
            Cancelled: what was committed stays.
            DiskFullError: no room for the next batch.
        """
        self._tasks = iter(tasks)
        self._tally.done = 0
        self._fill_queue()
        while self._queue or self._pool.inside or self._staged or self._lane.busy or self._parked:
            if control.paused:
                control.checkpoint()
                meter.restart_clock()
            control.checkpoint()
            self._submit()
            self._take_outcome()
            self._advance_lane()
            self._report(phase, total, meter)

    def _report(self, phase: str, total: int, meter: ProgressMeter) -> None:
        tally = self._tally
        failed, done = tally.counts[Counted.FAILED], tally.done
        meter.update(
            phase, done, total, failed=failed, detail=os.fsdecode(tally.current), force=done == total
        )

    def _submit(self) -> None:
        while self._queue and self._pool.inside < self._pool.capacity:
            task = self._queue.popleft()
            self._fill_queue()
            self._tokens += 1
            self._inside[self._tokens] = task
            self._pool.submit(
                DecodeRequest(
                    self._tokens,
                    task.path,
                    task.item.scanned.sidecars,
                    self._scope(task),
                    self._encoder_input,
                    self._settings.thumbnail_side,
                )
            )

    def _fill_queue(self) -> None:
        """Keep one task ahead, so that an empty queue means that nothing more comes."""
        if not self._queue:
            self._queue.extend(islice(self._tasks, 1))

    def _scope(self, task: ReadTask) -> DecodeScope:
        if task.whole or task.embed is not None:
            return DecodeScope.FULL
        if task.item.known is not None or self._hashes_first(task.item):
            return DecodeScope.FINGERPRINT
        return DecodeScope.FULL

    def _hashes_first(self, item: FileToRead) -> bool:
        """What the files with the same size say; asked once for a size that many have."""
        size = item.scanned.size
        if size not in self._common_sizes:
            same_size = self._catalogue.files_with_size(size)
            first = worth_hashing_first(item, same_size, self._vanished)
            if len(same_size) < COMMON_SIZE:
                return first
            self._common_sizes[size] = first
        return self._common_sizes[size]

    def _take_outcome(self) -> None:
        """Fetch one outcome, unless a full batch waits already."""
        if not self._pool.inside or self._full:
            return
        outcome = self._pool.next_outcome(WAIT_S)
        if outcome is not None:
            task = self._inside.pop(outcome.token)
            self._tally.current = task.path
            self._handle(task, outcome)

    def _handle(self, task: ReadTask, outcome: DecodeOutcome) -> None:
        if isinstance(outcome, DecodeFailure):
            self._handle_failure(task, outcome)
        elif task.embed is not None:
            self._handle_embedding(task, task.embed, outcome)
        elif outcome.fingerprint.picture_hash in self._pending:
            self._parked.append((task, outcome))
        else:
            self._handle_photo(task, outcome)

    def _handle_failure(self, task: ReadTask, failure: DecodeFailure) -> None:
        if not failure.vanished:
            scanned, root_id = task.item.scanned, task.root.root_id
            self._note_waiting()
            self._staged.failures.append(
                StagedFailure(root_id, scanned, task.path, failure.reason, failure.retry)
            )
            return
        self._tally.done += 1
        known = task.item.known
        if known is not None and known.file_id is not None and not known.missing:
            self._tally.gone.append(known.file_id)

    def _handle_embedding(self, task: ReadTask, photo: Photo, read: DecodedPhoto) -> None:
        if read.fingerprint.picture_hash != photo.picture_hash:
            path = task.item.scanned.relative_path
            rows = self._catalogue.files_of(photo.photo_id)
            row = next((f for f in rows if (f.root_id, f.relative_path) == (task.root.root_id, path)), None)
            self._handle(replace(task, embed=None, item=replace(task.item, known=row)), read)
            return
        resolution = Resolution(Verdict.TOUCHED, photo.photo_id)
        self._stage(
            StagedFile(
                task.root.root_id, task.item.scanned, None, read, resolution, photo.uid, embed_only=True
            )
        )

    def _handle_photo(self, task: ReadTask, read: DecodedPhoto) -> None:
        scanned, known = task.item.scanned, task.item.known
        photo_id = self._catalogue.photo_with_picture(read.fingerprint.picture_hash)
        photo = next(iter(self._catalogue.photos([photo_id])), None) if photo_id is not None else None
        its_files = self._catalogue.files_of(photo.photo_id) if photo is not None else ()
        same_bytes = {f.file_id for f in its_files if f.file_hash == read.fingerprint.file_hash and f.file_id}
        resolution = resolve(
            ReadFile(read.fingerprint.file_hash, _orientation(read), scanned.sidecar_stamp),
            known,
            photo,
            same_bytes,
            self._vanished,
            self._claimed,
        )
        if resolution.needs_pixels and read.pixels is None:
            self._queue.appendleft(replace(task, whole=True))
            return
        uid = photo.uid if photo is not None else mint_uid()
        if resolution.moved_from is not None:
            self._claimed.add(resolution.moved_from)
        if not resolution.needs_pixels:
            read = _without_pixels(read)
        self._stage(StagedFile(task.root.root_id, scanned, known, read, resolution, uid))

    def _stage(self, file: StagedFile) -> None:
        self._note_waiting()
        self._staged.files.append(file)
        if file.decides_photo:
            self._pending.add(file.read.fingerprint.picture_hash)

    def _note_waiting(self) -> None:
        if not self._staged:
            self._staged_at = time.monotonic()

    def _advance_lane(self) -> None:
        """Count the batch that is durable, start the next when it is worth it."""
        nothing_to_read = self._full or not self._pool.inside
        done = self._lane.collect(WAIT_S if self._lane.busy and nothing_to_read else 0)
        if done is not None:
            self._acknowledge(done)
        if self._staged and not self._lane.busy and self._due():
            batch, self._staged = self._staged, Batch()
            self._lane.start(batch)

    @property
    def _full(self) -> bool:
        """Whether as much waits for its commit as may wait."""
        return len(self._staged) + len(self._parked) >= TRANSACTION

    def _due(self) -> bool:
        return (
            self._full
            or self._staged.to_encode >= self._settings.encode_batch
            or not (self._pool.inside or self._queue)
            or time.monotonic() - self._staged_at >= PATIENCE_S
        )

    def _acknowledge(self, batch: Batch) -> None:
        tally = self._tally
        for file in batch.files:
            tally.counts[file.counted] += 1
            if file.decides_photo:
                self._pending.discard(file.read.fingerprint.picture_hash)
        tally.counts[Counted.FAILED] += len(batch.failures)
        tally.done += len(batch)
        parked, self._parked = self._parked, []
        for task, read in parked:
            self._handle(task, read)


def _orientation(read: DecodedPhoto) -> int | None:
    return read.facts.orientation if read.facts is not None else read.orientation


def _without_pixels(read: DecodedPhoto) -> DecodedPhoto:
    """What FINGERPRINT would have told; the large parts are let go."""
    return replace(read, pixels=None, thumbnail=None, facts=None, orientation=_orientation(read))
