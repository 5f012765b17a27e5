"""The library as the window shows it: state, folders, what there is to explore; and the indexing job."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from imgsearch_desktop.application.browse_library import FolderNode
from imgsearch_desktop.application.index_library import IndexReport
from imgsearch_desktop.application.ports import LabelCount, SortOrder
from imgsearch_desktop.application.settings import IndexingSettings
from imgsearch_desktop.application.tasks import Progress, TaskControl
from imgsearch_desktop.domain.errors import KnownError
from imgsearch_desktop.domain.filters import NO_FILTERS, Filters
from imgsearch_desktop.domain.library import LibraryState, Root
from imgsearch_desktop.ui.presenters.gather import Gatherer
from imgsearch_desktop.ui.state.asked import Section
from imgsearch_desktop.ui.use_cases import UseCases
from imgsearch_desktop.ui.words.spoken import spoken
from imgsearch_desktop.workers.background import Background
from imgsearch_desktop.workers.contract import Problem, WorkContext
from imgsearch_desktop.workers.index_job import IndexJob

REFRESH_S = 1.5
"""While indexing, the window is brought up to date about this often."""

FIRST_S = 0.15
"""Until there are photos, they are looked for about this often."""

SHARE = 8
"""A refresh that takes long is followed by a pause this many times as long."""

LABELS = 24


@dataclass(frozen=True, slots=True)
class Overview:
    """The library at one moment.

    Attributes:
        state: how far it is.
        tree: folders.
        counts: photos in the places of the sidebar.
        labels: what there is most of.
        cameras: most photos first.
        roots: the folders as they were added.
    """

    state: LibraryState
    tree: tuple[FolderNode, ...]
    counts: Mapping[Section, int]
    labels: tuple[LabelCount, ...]
    cameras: tuple[str, ...]
    roots: tuple[Root, ...]


class LibraryPresenter(QObject):
    """Reads the library in the background and runs the indexing job.

    Args:
        use_cases: what can be asked.
        parent: owner.

    Attributes:
        job: indexes.
        lane: held by whoever changes photos or encodes them: one at a time, on any thread but the GUI's.
    """

    overview_ready = Signal(object)
    """`Overview`."""
    duplicates_counted = Signal(int)
    keywords_read = Signal(object)
    """Keywords that photos carry, most frequent first."""
    changed = Signal()
    """Photos have been added, changed or removed: what is shown should be gathered anew."""
    progressed = Signal(object)
    """`Progress`."""
    adding = Signal(object, object)
    """Absolute paths of folders that are about to be indexed, and patterns of names that are left out."""
    job_started = Signal()
    job_ended = Signal()
    paused = Signal(bool)
    told = Signal(str, bool)
    """A sentence for people, and whether it is a warning."""

    def __init__(self, use_cases: UseCases, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._use = use_cases
        self._gatherer = Gatherer(use_cases)
        self._reader = Background("library overview", self)
        self._counter = Background("duplicates", self)
        self._changes = Background("library changes", self)
        self._indexing = use_cases.settings.indexing
        self.job = IndexJob(self._run, self)
        self.lane = threading.Lock()
        self._since = 0.0
        self._closed = False
        self._again = QTimer(self, singleShot=True)
        self._again.timeout.connect(self.refresh)
        self.overview: Overview | None = None
        self._connect()

    def _connect(self) -> None:
        self._reader.succeeded.connect(self._on_overview)
        self._reader.failed.connect(self._on_failed)
        self._counter.succeeded.connect(lambda _generation, answer: self._on_counted(*answer))
        self._changes.succeeded.connect(self._on_changed)
        self._changes.failed.connect(self._on_failed)
        job = self.job
        job.started.connect(lambda _generation: self._on_job_started())
        job.progressed.connect(self._on_progressed)
        job.succeeded.connect(self._on_indexed)
        job.failed.connect(self._on_failed)
        job.finished.connect(lambda _generation: self._on_job_ended())
        job.paused_changed.connect(self.paused)

    def close(self) -> None:
        """Stop the job and let the threads end."""
        self._closed = True
        self._again.stop()
        for part in (self.job, self._reader, self._counter, self._changes):
            part.close()

    # --- what the user asks for ------------------------------------------------------------------------

    def start(self) -> None:
        """Read the library for the first time."""
        self.refresh()
        self._count_duplicates()

    def add_folders(self, folders: Sequence[bytes]) -> None:
        """Add folders to the library and index them."""
        if folders:
            self.adding.emit(folders, self._indexing.exclude)
            self.job.start(folders)

    def rescan(self, folders: Sequence[bytes] = ()) -> None:
        """Look for new photos, in these folders or in all."""
        self.job.start(folders)

    def remove_folder(self, path: bytes) -> None:
        """Take a folder out of the library; its files stay untouched."""
        if self._closed:
            return
        self._changes.submit(lambda _context: self._use.organise.remove_folder(path).display_path)

    def take_settings(self, indexing: IndexingSettings) -> None:
        """Index in another way from now on: a run under way begins anew, other exclusions call for one."""
        before, self._indexing = self._indexing, indexing
        if indexing == before or self._closed:
            return
        if self.job.active:
            self.job.restart()
        elif indexing.exclude != before.exclude:
            self.job.start()

    def toggle_pause(self) -> None:
        """Pause the job, or go on."""
        if self.job.paused:
            self.job.resume()
        elif self.job.active:
            self.job.pause()

    def note_change(self) -> None:
        """The catalogue has been changed by hand: look at everything anew."""
        self._on_changed()

    def refresh(self) -> None:
        """Read the library anew, soon."""
        if not self._reader.busy and not self._closed:
            self._since = time.monotonic()
            self._reader.submit(self._read)

    # --- in the background -----------------------------------------------------------------------------

    def _run(
        self, folders: Sequence[bytes], control: TaskControl, report: Callable[[Progress], None]
    ) -> IndexReport:
        with self.lane:
            return self._use.index(self._indexing).run(folders, control, report)

    def _read(self, context: WorkContext) -> Overview:
        state = self._use.status.read()
        context.control.checkpoint()
        roots, tree = tuple(self._use.browse.roots()), self._use.browse.folder_tree()
        context.control.checkpoint()
        labels = tuple(self._use.browse.explore(LABELS))
        context.control.checkpoint()
        return Overview(state, tree, self._counts(state), labels, self._cameras(), roots)

    def _counts(self, state: LibraryState) -> dict[Section, int]:
        order = SortOrder.ADDED
        here = len(self._use.browse.ids(Filters(include_away=False), order))
        recent = len(self._gatherer.section_ids(Section.RECENT, NO_FILTERS, order))
        return {
            Section.ALL: state.photos,
            Section.RECENT: recent,
            Section.AWAY: max(0, state.photos - here),
        }

    def _cameras(self) -> tuple[str, ...]:
        try:
            return self._use.cameras()
        except KnownError:  # an engine that holds nothing yet has no cameras to tell
            return ()

    def _count_duplicates(self) -> None:
        everything = (Section.DUPLICATES, NO_FILTERS, SortOrder.ADDED)
        self._counter.submit(
            lambda _context: (len(self._gatherer.section_ids(*everything)), self._use.browse.keywords())
        )

    def _on_counted(self, duplicates: int, keywords: list[str]) -> None:
        self.duplicates_counted.emit(duplicates)
        self.keywords_read.emit(keywords)

    # --- answers ---------------------------------------------------------------------------------------

    def _on_overview(self, _generation: int, overview: Overview) -> None:
        before = self.overview
        self.overview = overview
        self.overview_ready.emit(overview)
        if before is not None and (before.state.photos, before.state.files, before.state.searchable) != (
            overview.state.photos,
            overview.state.files,
            overview.state.searchable,
        ):
            self.changed.emit()
        if self.job.active and not self._closed:
            took = time.monotonic() - self._since
            pause = REFRESH_S if overview.state.photos else FIRST_S
            self._again.start(int(1000 * max(pause, SHARE * took)))

    def _on_job_started(self) -> None:
        self.job_started.emit()
        if not self._closed:
            self._again.start(int(1000 * FIRST_S))

    def _on_progressed(self, _generation: int, progress: Progress) -> None:
        self.progressed.emit(progress)

    def _on_indexed(self, _generation: int, report: IndexReport) -> None:
        if notes := spoken(" ".join(report.notes)):
            self.told.emit(notes, False)

    def _on_job_ended(self) -> None:
        if self.job.active or self._closed:
            return
        self._again.stop()
        self.job_ended.emit()
        self._on_changed()

    def _on_changed(self, _generation: int = 0, _answer: object = None) -> None:
        if self._closed:
            return
        self._reader.cancel()
        self._again.start(0)
        self._count_duplicates()
        self.changed.emit()

    def _on_failed(self, _generation: int, problem: Problem) -> None:
        self.told.emit(spoken(problem.message), True)
