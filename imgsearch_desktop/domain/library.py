"""Folders (roots), the state of a library, and its failures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from imgsearch_desktop.domain.embedding import ModelId
from imgsearch_desktop.domain.photo import RootId


@dataclass(frozen=True, slots=True)
class Root:
    """A folder the user added.

    Attributes:
        root_id: row id.
        path: absolute path as mounted now, the file system's bytes.
        display_path: the same as text for people.
        volume_id: identifies the volume it lies on, whatever the mount point.
        mount_point: where that volume was mounted when the root was last seen.
        away: the volume is not connected.
    """

    root_id: RootId
    path: bytes
    display_path: str
    volume_id: str
    mount_point: bytes
    away: bool = False


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be indexed; retried when its size or mtime changes.

    Attributes:
        path: absolute path, the file system's bytes.
        display_path: the same as text for people.
        reason: one clear sentence without the path.
        attempts: how often it was tried.
        last_tried: when, UTC.
    """

    path: bytes
    display_path: str
    reason: str
    attempts: int
    last_tried: datetime


@dataclass(frozen=True, slots=True)
class LibraryState:
    """How far a library is.

    Attributes:
        photos: photos with at least one present file.
        files: present files.
        missing: files that have vanished.
        searchable: photos with an embedding of the active model.
        failed: files that could not be indexed.
        waiting: photos known and not yet searchable, plus changes an engine has not yet taken.
        videos: video files seen by the last scans (counted, not indexed).
        model_id: the active model.
        engine: the engine that answers.
        library: path of the library directory.
    """

    photos: int
    files: int
    missing: int
    searchable: int
    failed: int
    waiting: int
    videos: int
    model_id: ModelId
    engine: str
    library: str
