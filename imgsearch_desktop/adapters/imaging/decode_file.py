"""One file in, everything that is known about it out: what a decode worker does with a request."""

from __future__ import annotations

from imgsearch_desktop.adapters.imaging import derived
from imgsearch_desktop.adapters.imaging.colour import as_srgb
from imgsearch_desktop.adapters.imaging.encoder_cut import encoder_square, pixels_of
from imgsearch_desktop.adapters.imaging.formats import picture_format
from imgsearch_desktop.adapters.imaging.metadata.reader import read_metadata
from imgsearch_desktop.adapters.imaging.opened_picture import Data, Wanted
from imgsearch_desktop.adapters.imaging.picture_hash import digest, picture_hash
from imgsearch_desktop.adapters.imaging.source_file import SourceFile, SourceFileError, source_file
from imgsearch_desktop.adapters.imaging.upright_picture import (
    UprightPicture,
    known_orientation,
    upright_picture,
)
from imgsearch_desktop.adapters.imaging.whole_picture import write_picture
from imgsearch_desktop.adapters.imaging.worker_messages import (
    DecodedExample,
    DecodedPicture,
    ExampleRequest,
    Outcome,
    PictureRequest,
    Request,
)
from imgsearch_desktop.application.ports import (
    DecodedPhoto,
    DecodeFailure,
    DecodeOutcome,
    DecodeRequest,
    DecodeScope,
)
from imgsearch_desktop.domain.embedding import Pixels
from imgsearch_desktop.domain.errors import PhotoUnreadableError
from imgsearch_desktop.domain.photo import Fingerprint, PictureFacts


def answer(request: Request) -> Outcome:
    """Do what a request asks for; a file that cannot be read is an outcome like any other.

    Raises:
        MemoryError: the picture takes more memory than a worker may have.
    """
    try:
        if isinstance(request, ExampleRequest):
            return DecodedExample(request.token, _example_pixels(request))
        if isinstance(request, PictureRequest):
            size = write_picture(request.path, request.longest_side, request.target)
            return DecodedPicture(request.token, *size)
        with source_file(request.path) as source:
            return _photo(request, source)
    except SourceFileError as error:
        return DecodeFailure(request.token, str(error), retry=error.retry, vanished=error.vanished)
    except PhotoUnreadableError as error:
        return DecodeFailure(request.token, str(error))


def _photo(request: DecodeRequest, source: SourceFile) -> DecodeOutcome:
    view = memoryview(source.data)
    image_format = picture_format(view)
    file_hash = digest(view)
    fingerprint = Fingerprint(
        source.size, source.mtime_ns, file_hash, picture_hash(view, image_format, file_hash)
    )
    reading = read_metadata(view, image_format, request.path, source.mtime_ns, request.sidecars)
    if request.scope is DecodeScope.FINGERPRINT:
        known = known_orientation(image_format, reading.orientation)
        return DecodedPhoto(request.token, fingerprint, reading.metadata, orientation=known)
    wanted = Wanted(request.encoder_input, request.thumbnail_side)
    picture = upright_picture(source.data, image_format, reading.orientation, wanted)
    thumbnail = as_srgb(derived.thumbnail_image(picture.image, request.thumbnail_side), picture.profile)
    square = as_srgb(
        encoder_square(picture.image, request.encoder_input, exact=not picture.shrunk), picture.profile
    )
    return DecodedPhoto(
        request.token,
        fingerprint,
        reading.metadata,
        _facts(picture, image_format, derived.derive(thumbnail)),
        pixels_of(square),
        derived.thumbnail_jpeg(thumbnail),
        picture.orientation,
    )


def _facts(picture: UprightPicture, image_format: str, values: derived.DerivedValues) -> PictureFacts:
    return PictureFacts(
        format=image_format,
        width=picture.width,
        height=picture.height,
        orientation=picture.orientation,
        perceptual_hash=values.perceptual_hash,
        average_colour=values.average_colour,
        palette=values.palette,
        derived_version=derived.DERIVED_VERSION,
    )


def _example_pixels(request: ExampleRequest) -> Pixels:
    if request.data is not None:
        if not request.data:
            raise PhotoUnreadableError("The picture is empty.")
        return _cut(request.data, b"", 0, request)
    path = request.path or b""
    with source_file(path) as source:
        return _cut(source.data, path, source.mtime_ns, request)


def _cut(data: Data, path: bytes, mtime_ns: int, request: ExampleRequest) -> Pixels:
    view = memoryview(data)
    image_format = picture_format(view)
    orientation = read_metadata(view, image_format, path, mtime_ns, ()).orientation
    wanted = Wanted(request.encoder_input, box=request.box)
    picture = upright_picture(data, image_format, orientation, wanted)
    square = encoder_square(picture.image, request.encoder_input, request.box, exact=not picture.shrunk)
    return pixels_of(as_srgb(square, picture.profile))
