"""Which photos a search or the browsing grid may show at all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from imgsearch_desktop.domain.photo import RootId


@dataclass(frozen=True, slots=True)
class FolderFilter:
    """A root, or a folder below it, with everything beneath.

    Attributes:
        root_id: the root.
        relative_path: folder below the root as the file system's bytes, b"" for the whole root.
    """

    root_id: RootId
    relative_path: bytes = b""


@dataclass(frozen=True, slots=True)
class Filters:
    """All conditions must hold; within one tuple any of the values is enough. Empty means no condition.

    Attributes:
        folders: below any of these folders.
        after: taken on this day or later (local wall clock).
        before: taken on this day or earlier.
        cameras: camera as stored, compared without regard to case.
        formats: content formats ("jpeg", "heic" ...); "raw" stands for every RAW format.
        include_away: also photos whose every file lies on a volume that is not connected.
    """

    folders: tuple[FolderFilter, ...] = ()
    after: date | None = None
    before: date | None = None
    cameras: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    include_away: bool = True

    @property
    def empty(self) -> bool:
        """Whether every photo passes."""
        return self == NO_FILTERS


NO_FILTERS = Filters()
