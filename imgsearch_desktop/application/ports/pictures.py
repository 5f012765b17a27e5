"""Reading pictures and keeping their thumbnails."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from imgsearch_desktop.domain.embedding import EncoderInput, Pixels
from imgsearch_desktop.domain.photo import Fingerprint, PhotoMetadata, PhotoUid, PictureFacts
from imgsearch_desktop.domain.query import Box


class DecodeScope(Enum):
    """How much of a file is wanted."""

    FINGERPRINT = "hashes and metadata, no pixels"
    FULL = "hashes, metadata, facts, encoder input and thumbnail from one decode"


@dataclass(frozen=True, slots=True)
class DecodeRequest:
    """One file to read.

    Attributes:
        token: the caller's own number for it, handed back with the outcome.
        path: absolute.
        sidecars: absolute paths of metadata files that belong to it.
        scope: how much is wanted.
        encoder_input: how the encoder's pixels are cut.
        thumbnail_side: longest side of the thumbnail, pixels.
    """

    token: int
    path: bytes
    sidecars: tuple[bytes, ...]
    scope: DecodeScope
    encoder_input: EncoderInput
    thumbnail_side: int


@dataclass(frozen=True, slots=True)
class DecodedPhoto:
    """What was read from a file; `facts`, `pixels` and `thumbnail` are None for FINGERPRINT.

    Attributes:
        pixels: encoder input, uint8 (size, size, 3), RGB, orientation applied.
        thumbnail: JPEG bytes, orientation applied.
        orientation: the EXIF orientation that FULL applies, 1 to 8; for FINGERPRINT None where only a decode
            would tell. It tells whether edited metadata turn the picture.
    """

    token: int
    fingerprint: Fingerprint
    metadata: PhotoMetadata
    facts: PictureFacts | None = None
    pixels: Pixels | None = None
    thumbnail: bytes | None = None
    orientation: int | None = None


@dataclass(frozen=True, slots=True)
class DecodeFailure:
    """A file that could not be read.

    Attributes:
        reason: one clear sentence without the path.
        retry: the cause may pass (vanished, no permission, out of memory): try again at the next run even if
            the file does not change.
        vanished: the file was gone when it was opened; not worth a line in the failures.
    """

    token: int
    reason: str
    retry: bool = False
    vanished: bool = False


DecodeOutcome = DecodedPhoto | DecodeFailure


class DecodePool(Protocol):
    """Reads picture files in supervised processes, one file in flight per process.

    At most `capacity` requests are inside at once, outcomes not yet fetched included: memory stays flat.
    Outcomes come in no particular order. A file that hangs, crashes or takes too much memory costs one
    `DecodeFailure` and nothing else.
    """

    @property
    def capacity(self) -> int:
        """How many requests may be inside at once."""
        ...

    @property
    def inside(self) -> int:
        """Requests submitted whose outcome has not been fetched."""
        ...

    def submit(self, request: DecodeRequest) -> None:
        """Take a request; the caller keeps `inside` below `capacity`."""
        ...

    def next_outcome(self, timeout_s: float) -> DecodeOutcome | None:
        """The next finished one, None when nothing finished in time."""
        ...

    def abandon(self) -> None:
        """Drop everything inside, at once; the pool can be used again afterwards."""
        ...

    def close(self) -> None:
        """End the processes; safe to call twice."""
        ...


class ExampleReader(Protocol):
    """Reads one picture that is an example in a query, in the calling thread's time, with the same limits."""

    def read(self, source: bytes, encoder_input: EncoderInput, box: Box | None) -> Pixels:
        """Encoder input (size, size, 3) of a picture file.

        Args:
            source: absolute path.
            encoder_input: how it is cut.
            box: only this part of the picture.

        Raises:
            PhotoUnreadableError: not a readable picture.
        """
        ...

    def read_data(self, data: bytes, encoder_input: EncoderInput, box: Box | None) -> Pixels:
        """As `read`, from an encoded picture in memory."""
        ...


class PictureReader(Protocol):
    """Reads one whole picture for looking at it, with the same limits as the decode pool. Thread-safe."""

    def read_whole(self, path: bytes, longest_side: int) -> Pixels:
        """The picture upright, RGB (height, width, 3), scaled down to a longest side where it is larger.

        Raises:
            PhotoUnreadableError: not a readable picture, or not there.
        """
        ...


class WebPictures(Protocol):
    """Fetches single pictures from the web, when the user has said so."""

    def fetch(self, url: str, checkpoint: Callable[[], None]) -> bytes:
        """The encoded picture at an address.

        Args:
            url: http or https.
            checkpoint: called between parts; may raise to stop.

        Raises:
            WebError: it cannot be had, is no picture or too large.
        """
        ...


class ThumbnailStore(Protocol):
    """Small previews by `photo_uid`; thread-safe."""

    def put_many(self, thumbnails: Sequence[tuple[PhotoUid, bytes]], derived_version: int) -> None:
        """Store JPEG bytes, replacing earlier ones; durable when it returns."""
        ...

    def get(self, uid: PhotoUid) -> bytes | None:
        """JPEG bytes, None if there is none."""
        ...

    def delete_many(self, uids: Sequence[PhotoUid]) -> None:
        """Forget thumbnails; unknown ones are ignored."""
        ...

    def count(self) -> int:
        """Number of thumbnails; a store that is found damaged is repaired first."""
        ...

    def uids(self, after: PhotoUid, limit: int) -> list[PhotoUid]:
        """Photos with a thumbnail, in the order of their uids, from the first behind `after` on."""
        ...

    def take_repair_report(self) -> str | None:
        """What was repaired since this was last asked, as sentences for people; None if nothing was."""
        ...

    def close(self) -> None:
        """Close files; safe to call twice."""
        ...


@dataclass(frozen=True, slots=True)
class Preview:
    """The small picture that a camera has put into a file.

    Attributes:
        data: JPEG bytes, not turned upright.
        orientation: the EXIF orientation that turns it, 1 to 8.
    """

    data: bytes
    orientation: int


class PreviewReader(Protocol):
    """Takes previews out of files without decoding them."""

    def read(self, path: bytes) -> Preview | None:
        """The preview inside a file, None where there is none or the file cannot be read; never raises."""
        ...
