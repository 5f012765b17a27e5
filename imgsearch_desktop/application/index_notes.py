"""What the report of an indexing run says besides its counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from imgsearch_desktop.application.index_batch import BatchWriter
from imgsearch_desktop.application.library_scan import RootPlan
from imgsearch_desktop.domain.counted import counted
from imgsearch_desktop.domain.library import Failure


def notes_of(plans: Sequence[RootPlan], writer: BatchWriter) -> list[str]:
    """One sentence each about the folders, the files that failed before and the engine."""
    notes = [plan.note for plan in plans if plan.note is not None]
    if failing := sum(plan.changes.still_failing for plan in plans):
        notes.append(f"{counted(failing, 'file')} could not be read before and did not change since.")
    if writer.engine_trouble is not None:
        notes.append(
            f"The photos are in the library, but not all in the search engine: {writer.engine_trouble}"
        )
    if writer.rejected:
        reason = next(iter(writer.rejected.values()))
        notes.append(f"The search engine refused {counted(len(writer.rejected), 'photo')}: {reason}")
    return notes


def failures_below(failures: Iterable[Failure], plans: Sequence[RootPlan]) -> tuple[Failure, ...]:
    """Those whose file or folder lies below one of the roots, or is one."""
    return tuple(failure for failure in failures if _lies_in(failure, plans))


def _lies_in(failure: Failure, plans: Sequence[RootPlan]) -> bool:
    roots = (plan.root.path for plan in plans)
    return any(failure.path == root or failure.path.startswith(root.rstrip(b"/") + b"/") for root in roots)
