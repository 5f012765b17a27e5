"""What a download will bring: decided once, kept beside what has come, all of one revision."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

NAME = "download.json"
PART = ".part"
"""Stands behind the name of a file of which not all has come."""


@dataclass(frozen=True, slots=True)
class PlannedFile:
    """A file that is to come.

    Attributes:
        repo: "owner/name" at the hub.
        revision: the commit.
        path: within the repository.
        target: below the model's folder, "/" between parts.
        size: bytes.
        sha256: hex digest; None where the hub tells none, as for small text files.
        git_id: git's id of the content, which it tells instead.
    """

    repo: str
    revision: str
    path: str
    target: str
    size: int
    sha256: str | None
    git_id: str | None


@dataclass(frozen=True, slots=True)
class DownloadPlan:
    """All files that are to come."""

    files: tuple[PlannedFile, ...]

    @property
    def size(self) -> int:
        """Bytes in all."""
        return sum(file.size for file in self.files)

    @property
    def revisions(self) -> dict[str, str]:
        """The commit by repository."""
        return {file.repo: file.revision for file in self.files}

    def bytes_here(self, folder: Path) -> int:
        """Bytes that have come so far, in whole files and in parts."""
        return sum(min(_size_here(folder / file.target), file.size) for file in self.files)

    def under_way(self, folder: Path) -> str:
        """The target of the file that is coming now; "" when none is."""
        return next((file.target for file in self.files if part_of(folder / file.target).exists()), "")


def part_of(path: Path) -> Path:
    """Where a file is kept while it is not whole."""
    return path.with_name(path.name + PART)


def read_plan(folder: Path) -> DownloadPlan | None:
    """The plan that was made for a folder; None where there is none that can be read."""
    try:
        raw = json.loads((folder / NAME).read_text(encoding="utf-8"))
        return DownloadPlan(tuple(PlannedFile(**file) for file in raw["files"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write_plan(folder: Path, plan: DownloadPlan) -> None:
    """Keep a plan, whole or not at all.

    Raises:
        OSError: it cannot be written.
    """
    partial = folder / f".{NAME}.{os.getpid()}"
    partial.write_text(json.dumps(asdict(plan), indent=2), encoding="utf-8")
    partial.replace(folder / NAME)


def forget_plan(folder: Path) -> None:
    """Let the next download decide anew; files that have come and fit are kept by it."""
    (folder / NAME).unlink(missing_ok=True)


def _size_here(path: Path) -> int:
    for place in (path, part_of(path)):
        try:
            return place.stat().st_size
        except OSError:
            continue
    return 0
