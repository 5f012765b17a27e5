"""The JSON that commands print: a contract that other programs rely on.

Paths are absolute text as `os.fsdecode` makes it: a byte that is no UTF-8 becomes a lone surrogate, which
`screen.to_json` writes as an escape.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from imgsearch_desktop.application.find_duplicates import DuplicateGroup
    from imgsearch_desktop.application.index_library import IndexReport
    from imgsearch_desktop.application.switch_model import SwitchState
    from imgsearch_desktop.domain.library import Failure, LibraryState
    from imgsearch_desktop.domain.photo import Photo
    from imgsearch_desktop.domain.result import ResultPage

Shape = dict[str, Any]


def index_report(report: IndexReport) -> Shape:
    """What indexing did; `photos_per_s` counts the files that were read."""
    read = report.added + report.updated + report.moved
    return {
        "added": report.added,
        "updated": report.updated,
        "unchanged": report.unchanged,
        "moved": report.moved,
        "missing": report.missing,
        "failed": [
            {"path": os.fsdecode(failure.path), "reason": failure.reason} for failure in report.failed
        ],
        "seconds": round(report.seconds, 3),
        "photos_per_s": round(read / report.seconds, 2) if report.seconds > 0 else 0.0,
    }


def result_page(page: ResultPage, photos: Sequence[Photo]) -> Shape:
    """Hits with the files they lie in; a photo that went away since is left out."""
    by_id = {photo.photo_id: photo for photo in photos}
    hits = []
    for rank, hit in enumerate(page.hits, start=page.offset + 1):
        photo = by_id.get(hit.photo_id)
        if photo is None or not photo.files:
            continue
        files = present_paths(photo)
        score = None if hit.score is None else round(hit.score, 4)
        hits.append(
            {
                "rank": rank,
                "path": files[0],
                "files": files,
                "score": score,
                "why": [why.value for why in hit.why],
            }
        )
    return {
        "hits": hits,
        "total": page.total,
        "model": page.model_id,
        "engine": page.engine,
        "took_ms": round(page.took_ms, 1),
    }


def present_paths(photo: Photo) -> list[str]:
    """Absolute paths of a photo's files, those that are there; all of them when none is."""
    present = [file for file in photo.files if not file.missing] or list(photo.files)
    return [os.fsdecode(file.path) for file in present]


def status(state: LibraryState, switch: SwitchState) -> Shape:
    """How far the library is.

    With an engine on a server also what waits for it and why it is away; with another model that was chosen
    also how much of the library that one knows.
    """
    shape: Shape = {
        "photos": state.photos,
        "files": state.files,
        "searchable": state.searchable,
        "failed": state.failed,
        "waiting": state.waiting,
        "model": state.model_id,
        "engine": state.engine,
        "library": state.library,
    }
    if state.engine != "embedded":
        shape |= {"engine_waiting": state.engine_waiting, "engine_away": state.engine_away}
    if switch.target is not None:
        shape |= {"next_model": switch.target, "next_model_percent": switch.percent}
    return shape


def failures(found: Iterable[Failure]) -> Shape:
    """Files that could not be read."""
    return {
        "failures": [
            {"path": os.fsdecode(failure.path), "reason": failure.reason, "attempts": failure.attempts}
            for failure in found
        ]
    }


def duplicates(groups: Iterable[DuplicateGroup]) -> Shape:
    """Groups of files that hold the same picture, exactly or nearly."""
    return {
        "groups": [
            {"kind": group.kind.value, "files": [os.fsdecode(file.path) for file in group.files]}
            for group in groups
        ]
    }
