"""Folders (roots), the state of a library, and its failures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from imgsearch_desktop.domain.embedding import Calibration, ModelId
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
    """A file that could not be indexed; retried when its size or mtime changes, or by each run of a job.

    Attributes:
        path: absolute path, the file system's bytes.
        display_path: the same as text for people.
        reason: one clear sentence without the path.
        attempts: how often it was tried, as far as that is counted.
        last_tried: when, UTC; None where that is not kept.
    """

    path: bytes
    display_path: str
    reason: str
    attempts: int = 1
    last_tried: datetime | None = None


@dataclass(frozen=True, slots=True)
class ModelChoice:
    """Which model searches a library, and which one it is being prepared for.

    Attributes:
        active: the model that searches, None for the starter.
        target: the model that the user has chosen and that the library is being encoded for, None for none;
            the active one where the user switched before that was complete.
    """

    active: ModelId | None = None
    target: ModelId | None = None


@dataclass(frozen=True, slots=True)
class StoredCalibration:
    """Where results of a model end in this library.

    Attributes:
        calibration: estimated figures.
        photos: from how many photos they were estimated.
    """

    calibration: Calibration
    photos: int


@dataclass(frozen=True, slots=True)
class HeldVectors:
    """The embeddings of one image tower that a library keeps.

    Attributes:
        vectors_id: see `ModelSpec.vectors_id`.
        dims: length of each, 0 where there are none yet.
        photos: how many photos have one, missing photos included.
        bytes_held: what they take in the catalogue, about.
    """

    vectors_id: ModelId
    dims: int
    photos: int
    bytes_held: int


@dataclass(frozen=True, slots=True)
class LibraryState:
    """How far a library is.

    Attributes:
        photos: photos with at least one present file.
        files: present files.
        missing: files that have vanished.
        searchable: photos with an embedding of the active model.
        failed: files that could not be indexed, and photos that the active model could not see.
        waiting: photos known and not yet searchable, plus changes an engine has not yet taken.
        videos: video files seen by the last scans (counted, not indexed).
        model_id: the active model.
        model_name: the same for people.
        engine: the engine that is chosen; while it is away the embedded one answers.
        library: path of the library directory.
        engine_waiting: of `waiting`, changes that an engine on a server has not yet taken.
        engine_away: why an engine on a server cannot be used now, None if it can or there is none.
    """

    photos: int
    files: int
    missing: int
    searchable: int
    failed: int
    waiting: int
    videos: int
    model_id: ModelId
    model_name: str
    engine: str
    library: str
    engine_waiting: int = 0
    engine_away: str | None = None
