"""Photos as an encoder wants them: from a file that still shows the same picture, else from the thumbnail."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from imgsearch_desktop.application.ports import (
    CatalogueReader,
    DecodedPhoto,
    DecodePool,
    DecodeRequest,
    DecodeScope,
    ExampleReader,
    ThumbnailStore,
)
from imgsearch_desktop.application.settings import IndexingSettings
from imgsearch_desktop.application.tasks import TaskControl
from imgsearch_desktop.domain.embedding import EncoderInput, Pixels
from imgsearch_desktop.domain.errors import PhotoUnreadableError
from imgsearch_desktop.domain.photo import Photo, PhotoId, RootId

CHUNK = 256
"""Photos looked up in one go."""

WAIT_S = 0.05
"""Longest wait for a picture or a commit: how late a pause or a cancellation can be noticed."""

NO_PICTURE = "Its files cannot be read now and there is no thumbnail of it. Connect the drive it lies on."

Read = tuple[PhotoId, Pixels | str]
"""A photo with its encoder input, or with the reason why there is none."""


class EncodeReading:
    """Gets the encoder's input of photos.

    Args:
        catalogue: says which files they lie in.
        thumbnails: stand in for files that are away.
        examples: reads thumbnails.
        settings: sizes.
        encoder_input: how pictures are cut.
        control: checked between photos.
    """

    def __init__(
        self,
        catalogue: CatalogueReader,
        thumbnails: ThumbnailStore,
        examples: ExampleReader,
        settings: IndexingSettings,
        encoder_input: EncoderInput,
        control: TaskControl,
    ) -> None:
        self._catalogue = catalogue
        self._thumbnails = thumbnails
        self._examples = examples
        self._settings = settings
        self._encoder_input = encoder_input
        self._control = control
        self._connected: frozenset[RootId] = frozenset()

    def some_here(self, photo_ids: Sequence[PhotoId]) -> bool:
        """Whether any of the photos lies in a folder that is connected."""
        self._connected = frozenset(root.root_id for root in self._catalogue.roots() if not root.away)
        return any(_path_of(photo, self._connected) is not None for photo in self._photos(photo_ids))

    def read(self, photo_ids: Sequence[PhotoId], pool: DecodePool | None) -> Iterator[Read | None]:
        """Each photo once, in about the order given; None where nothing has come for a while."""
        inside: dict[int, Photo] = {}
        for token, photo in enumerate(self._photos(photo_ids)):
            path = _path_of(photo, self._connected) if pool is not None else None
            if pool is None or path is None:
                yield self._thumbnail_of(photo)
                continue
            while pool.inside >= pool.capacity:
                yield self._next(pool, inside)
            inside[token] = photo
            side = self._settings.thumbnail_side
            pool.submit(DecodeRequest(token, path, (), DecodeScope.FULL, self._encoder_input, side))
        while pool is not None and pool.inside:
            yield self._next(pool, inside)

    def _photos(self, photo_ids: Sequence[PhotoId]) -> Iterator[Photo]:
        for at in range(0, len(photo_ids), CHUNK):
            self._control.checkpoint()
            yield from self._catalogue.photos(photo_ids[at : at + CHUNK])

    def _next(self, pool: DecodePool, inside: dict[int, Photo]) -> Read | None:
        outcome = pool.next_outcome(WAIT_S)
        if outcome is None:
            return None
        photo = inside.pop(outcome.token)
        if isinstance(outcome, DecodedPhoto) and _shows(outcome, photo) and outcome.pixels is not None:
            return photo.photo_id, outcome.pixels
        return self._thumbnail_of(photo)

    def _thumbnail_of(self, photo: Photo) -> Read:
        thumbnail = self._thumbnails.get(photo.uid)
        if thumbnail is None:
            return photo.photo_id, NO_PICTURE
        try:
            return photo.photo_id, self._examples.read_data(thumbnail, self._encoder_input, None)
        except PhotoUnreadableError as error:
            return photo.photo_id, str(error)


def _path_of(photo: Photo, connected: frozenset[RootId]) -> bytes | None:
    """Absolute path of a file that can be read now."""
    here = (file for file in photo.files if not file.missing and file.root_id in connected)
    return next((file.root_path + b"/" + file.relative_path for file in here), None)


def _shows(read: DecodedPhoto, photo: Photo) -> bool:
    """Whether a file still shows the photo's picture, the same way up."""
    return (
        read.fingerprint.picture_hash == photo.picture_hash
        and read.facts is not None
        and read.facts.orientation == photo.facts.orientation
    )
