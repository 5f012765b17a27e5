"""What an indexing run has to do, file by file, and what of it is done."""

from __future__ import annotations

from dataclasses import dataclass, field

from imgsearch_desktop.application.index_batch import Counted
from imgsearch_desktop.domain.changes import FileToRead
from imgsearch_desktop.domain.library import Root
from imgsearch_desktop.domain.photo import FileId, Photo


@dataclass(frozen=True, slots=True)
class ReadTask:
    """One file to read.

    Attributes:
        root: its root.
        item: the file, with the row at its path.
        embed: the photo that wants nothing but an embedding.
        whole: its pixels are known to be needed.
    """

    root: Root
    item: FileToRead
    embed: Photo | None = None
    whole: bool = False

    @property
    def path(self) -> bytes:
        """Absolute path."""
        return self.root.path + b"/" + self.item.scanned.relative_path


@dataclass(slots=True)
class Tally:
    """What a run has acknowledged so far.

    Attributes:
        counts: files by how they count.
        done: tasks of the present phase that are finished.
        gone: rows of files that vanished between the scan and the reading.
        current: absolute path of the file that was read last.
    """

    counts: dict[Counted, int] = field(default_factory=lambda: dict.fromkeys(Counted, 0))
    done: int = 0
    gone: list[FileId] = field(default_factory=list)
    current: bytes = b""
