"""Folder trees for tests, and what a scan says of them."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from imgsearch_desktop.adapters.filesystem.scanner import FolderScanner
from imgsearch_desktop.application.ports import ScanEntry, ScannedFile, ScanProblem, SkippedVideo

JPEG_HEAD = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + bytes(40)


def plant(root: Path, *names: str, content: bytes = JPEG_HEAD) -> None:
    """Make files (and, for names that end in "/", folders) below a root."""
    for name in names:
        path = root / name
        if name.endswith("/"):
            path.mkdir(parents=True, exist_ok=True)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)


@dataclass
class Scan:
    """What a scan yielded, by kind."""

    files: dict[bytes, ScannedFile]
    problems: dict[bytes, str]
    videos: set[bytes]

    @property
    def names(self) -> set[str]:
        return {os.fsdecode(path) for path in self.files}


def scan(root: Path | bytes, *exclude: str) -> Scan:
    """Scan a folder; fails where an entry is yielded twice."""
    entries: list[ScanEntry] = list(FolderScanner().scan(os.fsencode(root), exclude))
    paths = [entry.relative_path for entry in entries]
    assert len(paths) == len(set(paths)), f"yielded twice: {paths}"
    return Scan(
        {entry.relative_path: entry for entry in entries if isinstance(entry, ScannedFile)},
        {entry.relative_path: entry.reason for entry in entries if isinstance(entry, ScanProblem)},
        {entry.relative_path for entry in entries if isinstance(entry, SkippedVideo)},
    )
