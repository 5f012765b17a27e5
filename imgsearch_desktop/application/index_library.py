"""Indexing: folders in, searchable photos out. Nothing in the folders is ever changed."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import islice

from imgsearch_desktop.application.active_model import ModelSource
from imgsearch_desktop.application.commit_lane import CommitLane
from imgsearch_desktop.application.index_batch import BatchWriter, Counted
from imgsearch_desktop.application.index_notes import failures_below, notes_of
from imgsearch_desktop.application.index_reading import LibraryReading
from imgsearch_desktop.application.index_tasks import ReadTask, Tally
from imgsearch_desktop.application.library_roots import TRANSACTION, LibraryRoots, record_of
from imgsearch_desktop.application.library_scan import LibraryScan, RootPlan
from imgsearch_desktop.application.model_upkeep import ModelUpkeep
from imgsearch_desktop.application.ports import (
    Catalogue,
    CatalogueWriter,
    DecodePool,
    FileScanner,
    KnownFile,
    ScannedFile,
    ThumbnailStore,
    Volumes,
)
from imgsearch_desktop.application.settings import IndexingSettings
from imgsearch_desktop.application.tasks import Progress, ProgressMeter, TaskControl
from imgsearch_desktop.application.thumbnail_check import check_thumbnails
from imgsearch_desktop.domain.changes import FileToRead
from imgsearch_desktop.domain.embedding import ModelId
from imgsearch_desktop.domain.library import Failure
from imgsearch_desktop.domain.photo import FileId, PhotoId

INDEXING = "indexing"
"""Name of the phase in which files are read; its units are files."""

ENCODING = "encoding"
"""Name of the phase in which known photos get embeddings they lack; its units are photos."""

FEEDING = "feeding"
"""Name of the phase in which the engine gets what it has not seen; its units are photos."""

EVERY = 2**62
"""More photos than there can be."""

CHUNK = 256
"""Photos looked up in one go."""


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What came of a run.

    Attributes:
        added: files with a photo that was not known at their path.
        updated: files with another picture or other metadata than before, or that are back.
        unchanged: files that needed nothing.
        moved: files found at another path than before.
        missing: files that have vanished.
        failed: files and folders below the roots of this run that cannot be read, in this run or before.
        seconds: how long it took.
        videos: videos met; they are counted, not indexed.
        notes: one sentence each about what the user should know.
    """

    added: int
    updated: int
    unchanged: int
    moved: int
    missing: int
    failed: tuple[Failure, ...]
    seconds: float
    videos: int
    notes: tuple[str, ...]


class IndexLibrary:
    """Brings the library up to the state of its folders.

    Args:
        catalogue: the truth.
        scanner: walks folders.
        volumes: knows what is connected.
        pool: makes a decode pool; called when there is something to read.
        thumbnails: keeps previews.
        models: says which model makes embeddings and feeds the engine.
        settings: sizes and exclusions.
        upkeep: what models need when photos were indexed, None for nothing.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        scanner: FileScanner,
        volumes: Volumes,
        pool: Callable[[], DecodePool],
        thumbnails: ThumbnailStore,
        models: ModelSource,
        settings: IndexingSettings,
        upkeep: ModelUpkeep | None = None,
    ) -> None:
        self._catalogue = catalogue
        self._pool = pool
        self._thumbnails = thumbnails
        self._models = models
        self._settings = settings
        self._upkeep = upkeep
        self._roots = LibraryRoots(catalogue, scanner, volumes)
        self._scan = LibraryScan(catalogue, scanner, self._roots, settings.exclude)

    def run(
        self, folders: Sequence[bytes], control: TaskControl, report: Callable[[Progress], None]
    ) -> IndexReport:
        """Index folders, newest files first; what is done can be searched at once.

        A run that is cut short loses nothing it has reported as done; the next one goes on from there.

        Args:
            folders: absolute paths; those not in the library are added. Empty means every root.
            control: pauses and cancels, at once.
            report: told how far it is, a few times a second.

        Raises:
            FolderError: a folder does not exist, is a file or cannot be read.
            LibraryBusyError: another process writes to this library.
            LibraryReadOnlyError: the library cannot be written.
            DiskFullError: no room is left; everything acknowledged is kept.
            ModelError: the model cannot be loaded.
            Cancelled: stopped by the user.
        """
        started = time.monotonic()
        meter = ProgressMeter(report)
        roots = self._roots.take(folders)
        model = self._models.now()
        writer = BatchWriter(self._catalogue, self._thumbnails, model, self._settings.encode_batch)
        plans = self._scan.run(roots.connected, control, meter)
        tally = Tally()
        for plan in plans:
            self._settle_unread(plan, tally, control)
        fed = partial(meter.update, FEEDING)
        writer.feed(control, fed, settle=True)
        missing = self._read(plans, writer, tally, control, meter)
        writer.feed(control, fed, settle=True)
        untidy = self._upkeep.run(control, meter) if self._upkeep is not None else []
        notes = [*model.notices, *untidy, *roots.notes, *notes_of(plans, writer)]
        if repaired := self._thumbnails.take_repair_report():
            notes.append(repaired)
        return self._report(plans, tally, missing, time.monotonic() - started, notes)

    def _settle_unread(self, plan: RootPlan, tally: Tally, control: TaskControl) -> None:
        """Write down what a scan alone tells: files that are back, folders that cannot be read."""
        root, changes = plan.root, plan.changes
        tally.counts[Counted.UNCHANGED] += changes.unchanged

        failures = self._catalogue.failures() if plan.problems else []
        told = {failure.path: failure.reason for failure in failures}

        def note_scan(writer: CatalogueWriter) -> None:
            writer.set_root_state(root.root_id, away=False, videos=plan.videos)
            writer.clear_failures(root.root_id, changes.outdated_failures)
            for problem in plan.problems:
                path = root.path.rstrip(b"/") + b"/" + problem.relative_path
                if problem.reason not in (told.get(path), told.get(path.rstrip(b"/"))):
                    entry = ScannedFile(problem.relative_path, 0, 0)
                    writer.record_failure(entry, root.root_id, problem.reason, retry=True)

        self._catalogue.write(note_scan)
        for at in range(0, len(changes.returned), TRANSACTION):
            control.checkpoint()
            batch = changes.returned[at : at + TRANSACTION]
            self._catalogue.write(partial(_bring_back, files=batch))
            tally.counts[Counted.UPDATED] += len(batch)

    def _read(
        self,
        plans: Sequence[RootPlan],
        writer: BatchWriter,
        tally: Tally,
        control: TaskControl,
        meter: ProgressMeter,
    ) -> int:
        """Read what is new or changed, mark what did not turn up missing, encode what lacks an embedding.

        Returns:
            The number of files that have vanished.
        """
        tasks = [ReadTask(plan.root, item) for plan in plans for item in plan.changes.to_read]
        tasks.sort(key=lambda task: task.item.scanned.mtime_ns, reverse=True)
        vanished = {f.file_id for plan in plans for f in plan.changes.vanished if f.file_id is not None}
        claimed = {t.item.known.file_id for t in tasks if t.item.known and t.item.known.file_id is not None}
        missing = 0
        with self._reading(writer, vanished, claimed, tally) as reading:
            if tasks:
                reading().run(INDEXING, tasks, len(tasks), control, meter)
                writer.settle(control)
            missing = self._mark_missing([*(vanished - claimed), *tally.gone], control)
            if missing:
                writer.feed(control, partial(meter.update, FEEDING))
            waiting = self._readable_and_wanting(writer.model.spec.vectors_id)
            if waiting:
                reading().run(ENCODING, self._embedding_tasks(waiting), len(waiting), control, meter)
                writer.settle(control)
        return missing

    @contextmanager
    def _reading(
        self, writer: BatchWriter, vanished: set[FileId], claimed: set[FileId], tally: Tally
    ) -> Iterator[Callable[[], LibraryReading]]:
        """Makes the decode pool on first use and ends it, at once when the run is cut short."""
        pools: list[DecodePool] = []
        with CommitLane(writer) as lane:

            def reading() -> LibraryReading:
                if not pools:
                    pools.append(self._pool())
                return LibraryReading(
                    catalogue=self._catalogue,
                    pool=pools[0],
                    lane=lane,
                    encoder_input=writer.model.spec.encoder_input,
                    settings=self._settings,
                    vanished=vanished,
                    claimed=claimed,
                    tally=tally,
                )

            try:
                yield reading
            finally:
                for pool in pools:
                    pool.abandon()
                    pool.close()
                writer.close()

    def _mark_missing(self, file_ids: Sequence[FileId], control: TaskControl) -> int:
        for at in range(0, len(file_ids), TRANSACTION):
            control.checkpoint()
            batch = file_ids[at : at + TRANSACTION]
            self._catalogue.write(partial(_mark_missing, file_ids=batch))
        return len(file_ids)

    def _readable_and_wanting(self, vectors_id: ModelId) -> list[tuple[PhotoId, FileId]]:
        """Known photos without an embedding of this model or a thumbnail, each with a file to read now."""
        without_embedding = self._catalogue.photos_without_embedding(vectors_id, EVERY)
        without_thumbnail = check_thumbnails(self._catalogue, self._thumbnails)
        photo_ids = list(dict.fromkeys([*without_embedding, *without_thumbnail]))
        connected = {root.root_id for root in self._catalogue.roots() if not root.away}
        found: list[tuple[PhotoId, FileId]] = []
        for at in range(0, len(photo_ids), CHUNK):
            for photo in self._catalogue.photos(photo_ids[at : at + CHUNK]):
                here = (f.file_id for f in photo.files if not f.missing and f.root_id in connected)
                found.extend((photo.photo_id, file_id) for file_id in islice(here, 1))
        return found

    def _embedding_tasks(self, waiting: Sequence[tuple[PhotoId, FileId]]) -> Iterator[ReadTask]:
        """Photos to be encoded, looked up a few at a time: a change of the model concerns all of them."""
        roots = {root.root_id: root for root in self._catalogue.roots()}
        for at in range(0, len(waiting), CHUNK):
            wanted = dict(waiting[at : at + CHUNK])
            for photo in self._catalogue.photos(list(wanted)):
                for file in photo.files:
                    if file.file_id == wanted[photo.photo_id]:
                        scanned = ScannedFile(file.relative_path, file.size, file.mtime_ns)
                        yield ReadTask(roots[file.root_id], FileToRead(scanned, None), embed=photo)

    def _report(
        self, plans: Sequence[RootPlan], tally: Tally, missing: int, seconds: float, notes: Sequence[str]
    ) -> IndexReport:
        return IndexReport(
            added=tally.counts[Counted.ADDED],
            updated=tally.counts[Counted.UPDATED],
            unchanged=tally.counts[Counted.UNCHANGED],
            moved=tally.counts[Counted.MOVED],
            missing=missing,
            failed=failures_below(self._catalogue.failures(), plans),
            seconds=seconds,
            videos=sum(plan.videos for plan in plans),
            notes=tuple(notes),
        )


def _bring_back(writer: CatalogueWriter, files: Sequence[KnownFile]) -> None:
    for file in files:
        record = record_of(file)
        if record is not None and file.photo_id is not None:
            writer.put_file(file.photo_id, record)


def _mark_missing(writer: CatalogueWriter, file_ids: Sequence[FileId]) -> None:
    writer.mark_missing(file_ids)
