"""What has changed in a folder since it was last read, and which photo a file that was read belongs to.

Two pure decisions. `plan_changes` compares what the catalogue knows with what a scan met, by size and time
alone: what is unchanged is never read. `resolve` decides over the hashes of a file that was read: photos keep
their identity when files are renamed, moved, copied or get other metadata.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from imgsearch_desktop.domain.photo import FileId, Photo, PhotoFile, PhotoId, RootId

COMMON_SIZE = 4
"""From this many files on, an equal size says nothing: uncompressed pictures of one camera all have one."""


@dataclass(frozen=True, slots=True)
class ScannedFile:
    """A picture file (by name; its content is looked at later) that a scan met.

    Attributes:
        relative_path: below the root, the file system's bytes, "/" between parts on every system.
        size: bytes.
        mtime_ns: modification time.
        sidecars: absolute paths of the XMP and Takeout JSON files that belong to it.
        sidecar_stamp: changes when any of them changes; "" without sidecars.
    """

    relative_path: bytes
    size: int
    mtime_ns: int
    sidecars: tuple[bytes, ...] = ()
    sidecar_stamp: str = ""


@dataclass(frozen=True, slots=True)
class KnownFile:
    """A file row as planning needs it; failed files have no photo.

    A path can have both a file row (then missing) and a failure, as two values.
    """

    file_id: FileId | None
    photo_id: PhotoId | None
    root_id: RootId
    relative_path: bytes
    size: int
    mtime_ns: int
    sidecar_stamp: str
    file_hash: bytes | None
    picture_hash: bytes | None
    missing: bool = False
    retry: bool = False


@dataclass(frozen=True, slots=True)
class FileToRead:
    """A scanned file that has to be read, with the file row at its path, if there is one."""

    scanned: ScannedFile
    known: KnownFile | None


@dataclass(frozen=True, slots=True)
class ChangePlan:
    """What is to be done about a root after a scan.

    Attributes:
        to_read: new and changed files and failures worth another try, newest first.
        unchanged: number of files that need nothing.
        still_failing: number of files that failed before and are not worth another try.
        returned: missing files that lie at their path again, as they were; they need no reading.
        vanished: files that are no longer at their path; each may have moved.
        outdated_failures: paths of failures whose file is gone.
    """

    to_read: tuple[FileToRead, ...]
    unchanged: int
    still_failing: int
    returned: tuple[KnownFile, ...]
    vanished: tuple[KnownFile, ...]
    outdated_failures: tuple[bytes, ...]


def is_below(path: bytes, folder: bytes) -> bool:
    """Whether a relative path lies in a folder (b"" for the root) or is it."""
    return not folder or path == folder or path.startswith(folder + b"/")


def plan_changes(
    known: Iterable[KnownFile], scanned: Iterable[ScannedFile], unreadable: Sequence[bytes] = ()
) -> ChangePlan:
    """Compare the file rows of one root with a scan of it.

    Args:
        known: every file and failure of the root.
        scanned: every picture file the scan met.
        unreadable: folders and entries the scan could not look into; nothing below them counts as vanished.
    """
    rows: dict[bytes, KnownFile] = {}
    failures: dict[bytes, KnownFile] = {}
    for file in known:
        (failures if file.photo_id is None else rows)[file.relative_path] = file
    to_read: list[FileToRead] = []
    returned: list[KnownFile] = []
    unchanged = still_failing = 0
    for found in scanned:
        row, failure = rows.pop(found.relative_path, None), failures.pop(found.relative_path, None)
        if failure is not None and not failure.retry and _same_content(failure, found):
            still_failing += 1
        elif failure is not None or row is None or not _same_stamps(row, found):
            to_read.append(FileToRead(found, row))
        elif row.missing:
            returned.append(row)
        else:
            unchanged += 1
    to_read.sort(key=lambda item: item.scanned.mtime_ns, reverse=True)
    return ChangePlan(
        to_read=tuple(to_read),
        unchanged=unchanged,
        still_failing=still_failing,
        returned=tuple(returned),
        vanished=tuple(f for f in rows.values() if not f.missing and not _hidden(f, unreadable)),
        outdated_failures=tuple(f.relative_path for f in failures.values() if not _hidden(f, unreadable)),
    )


def _same_content(known: KnownFile, found: ScannedFile) -> bool:
    return known.size == found.size and known.mtime_ns == found.mtime_ns


def _same_stamps(known: KnownFile, found: ScannedFile) -> bool:
    return _same_content(known, found) and known.sidecar_stamp == found.sidecar_stamp


def _hidden(known: KnownFile, unreadable: Sequence[bytes]) -> bool:
    return any(is_below(known.relative_path, folder) for folder in unreadable)


def worth_hashing_first(
    item: FileToRead, same_size: Sequence[KnownFile], vanished: Collection[FileId]
) -> bool:
    """Whether a file is likely a known picture, so that its hashes are wanted before its pixels are decoded.

    Args:
        item: the file.
        same_size: files of any root, present or missing, with its size.
        vanished: files that are gone from their path.
    """
    if item.known is not None:
        return True
    if any(file.missing or file.file_id in vanished for file in same_size):
        return True
    return 0 < len(same_size) < COMMON_SIZE


class Verdict(Enum):
    """What a file that was read turned out to be."""

    NEW = "a picture never seen before"
    COPY = "one more file of a known photo"
    MOVED = "a file of a known photo, gone from its former path"
    EDITED = "the same picture at the same path with other metadata"
    TOUCHED = "the same bytes at the same path with another time"


@dataclass(frozen=True, slots=True)
class Resolution:
    """Which photo a file that was read belongs to, and what has to be done.

    Attributes:
        verdict: what it is.
        photo_id: the photo, None for a new one.
        moved_from: the file row that continues at this path.
        renew_metadata: the photo's metadata are to be replaced by this file's.
        renew_picture: the picture is turned differently now: facts, thumbnail and embedding are made again.
    """

    verdict: Verdict
    photo_id: PhotoId | None = None
    moved_from: FileId | None = None
    renew_metadata: bool = False
    renew_picture: bool = False

    @property
    def needs_pixels(self) -> bool:
        """Whether the picture has to be decoded."""
        return self.photo_id is None or self.renew_picture


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file as it was read.

    Attributes:
        file_hash: of all its bytes.
        orientation: the EXIF orientation, None while it is not known; it then counts as changed when the
            bytes did.
        sidecar_stamp: of the sidecars it was read with.
    """

    file_hash: bytes
    orientation: int | None
    sidecar_stamp: str


def resolve(
    read: ReadFile,
    at_path: KnownFile | None,
    photo: Photo | None,
    same_bytes: Collection[FileId],
    vanished: Collection[FileId],
    claimed: Collection[FileId] = (),
) -> Resolution:
    """Decide which photo a file belongs to.

    Args:
        read: what was read.
        at_path: the file row that the catalogue has at this path, whatever its photo.
        photo: the photo with the picture that was read, None when no photo has it.
        same_bytes: files of any root with the same `file_hash`.
        vanished: files that are gone from their path and not yet marked missing.
        claimed: file rows spoken for: moved already, or at a path that is read itself; none moves here.
    """
    if photo is None:
        return Resolution(Verdict.NEW)
    turned = read.orientation != photo.facts.orientation
    if at_path is not None and at_path.photo_id == photo.photo_id:
        same = read.file_hash == at_path.file_hash
        if same and read.sidecar_stamp == at_path.sidecar_stamp:
            return Resolution(Verdict.TOUCHED, photo.photo_id)
        return Resolution(
            Verdict.EDITED, photo.photo_id, renew_metadata=True, renew_picture=turned and not same
        )
    gone = [file for file in photo.files if file.missing or file.file_id in vanished]
    alone = len(gone) == len(photo.files)
    origin = _origin([file for file in gone if file.file_id not in claimed], same_bytes)
    same = origin is not None and origin.file_id in same_bytes
    return Resolution(
        Verdict.COPY if origin is None else Verdict.MOVED,
        photo.photo_id,
        moved_from=None if origin is None else origin.file_id,
        renew_metadata=alone,
        renew_picture=alone and turned and not same,
    )


def _origin(gone: Sequence[PhotoFile], same_bytes: Collection[FileId]) -> PhotoFile | None:
    """The vanished file that most likely moved: same bytes first, then gone only now, then the oldest row."""
    return min(
        gone, key=lambda file: (file.file_id not in same_bytes, file.missing, file.file_id), default=None
    )
