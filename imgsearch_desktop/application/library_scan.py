"""The first step of an indexing run: what lies in the folders now, compared with what is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from imgsearch_desktop.application.library_roots import LibraryRoots
from imgsearch_desktop.application.ports import (
    CatalogueReader,
    FileScanner,
    ScannedFile,
    ScanProblem,
    SkippedVideo,
)
from imgsearch_desktop.application.tasks import ProgressMeter, TaskControl
from imgsearch_desktop.domain.changes import ChangePlan, is_below, plan_changes
from imgsearch_desktop.domain.errors import FolderError, FolderGoneError
from imgsearch_desktop.domain.library import Root

SCANNING = "scanning"
"""Name of the phase; its units are files met."""


@dataclass(slots=True)
class RootScan:
    """What a scan met below one root.

    Attributes:
        root: the root.
        files: picture files.
        problems: folders and entries that could not be read.
        videos: number of videos.
        note: what to tell the user about the root itself.
    """

    root: Root
    files: list[ScannedFile] = field(default_factory=list)
    problems: list[ScanProblem] = field(default_factory=list)
    videos: int = 0
    note: str | None = None


@dataclass(frozen=True, slots=True)
class RootPlan:
    """What is to be done about one root."""

    root: Root
    changes: ChangePlan
    problems: tuple[ScanProblem, ...]
    videos: int
    note: str | None


class LibraryScan:
    """Scans roots and plans what to do.

    Args:
        catalogue: what is known.
        scanner: walks folders.
        roots: merges roots that turn out to lie in one another.
        exclude: glob patterns of names to leave out.
    """

    def __init__(
        self, catalogue: CatalogueReader, scanner: FileScanner, roots: LibraryRoots, exclude: Sequence[str]
    ) -> None:
        self._catalogue = catalogue
        self._scanner = scanner
        self._roots = roots
        self._exclude = exclude
        self._met = 0

    def run(self, roots: Sequence[Root], control: TaskControl, meter: ProgressMeter) -> list[RootPlan]:
        """Scan the roots, outer ones first, and plan each."""
        self._met = 0
        plans: list[RootPlan] = []
        merged: set[int] = set()
        for root in sorted(roots, key=lambda r: len(r.path)):
            if root.root_id in merged:
                continue
            scan = self._scan(root, control, meter)
            merged |= self._part_from_roots_below(scan)
            plans.append(self._plan(scan))
        return plans

    def _scan(self, root: Root, control: TaskControl, meter: ProgressMeter) -> RootScan:
        scan = RootScan(root)
        try:
            for entry in self._scanner.scan(root.path, self._exclude):
                control.checkpoint()
                match entry:
                    case ScannedFile():
                        scan.files.append(entry)
                    case ScanProblem():
                        scan.problems.append(entry)
                    case SkippedVideo():
                        scan.videos += 1
                self._met += 1
                meter.update(SCANNING, self._met, detail=root.display_path)
        except FolderGoneError:
            scan.note = f"{root.display_path} is gone; its photos are kept and marked missing."
        except FolderError as error:
            scan.note = str(error)
            scan.problems.append(ScanProblem(b"", str(error)))
        if self._roots.is_away(root):
            scan.note = f"The drive with {root.display_path} was disconnected; its photos stay as they are."
            scan.problems.append(ScanProblem(b"", "The drive was disconnected while it was looked through."))
        return scan

    def _part_from_roots_below(self, scan: RootScan) -> set[int]:
        """Merge roots the scan came through, or leave their files to them; returns the merged ones."""
        merged: set[int] = set()
        for below, inner in self._roots.roots_below(scan.root):
            reached = [file for file in scan.files if is_below(file.relative_path, below)]
            if reached and self._roots.take_over(scan.root, below, inner):
                merged.add(inner.root_id)
            elif reached:
                scan.files = [f for f in scan.files if not is_below(f.relative_path, below)]
        return merged

    def _plan(self, scan: RootScan) -> RootPlan:
        unreadable = [problem.relative_path for problem in scan.problems]
        changes = plan_changes(self._catalogue.known_files(scan.root.root_id), scan.files, unreadable)
        return RootPlan(scan.root, changes, tuple(scan.problems), scan.videos, scan.note)
