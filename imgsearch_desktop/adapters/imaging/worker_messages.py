"""What a decode worker is asked and what it answers; loads no decoder."""

from __future__ import annotations

from dataclasses import dataclass

from imgsearch_desktop.application.ports import DecodedPhoto, DecodeFailure, DecodeRequest
from imgsearch_desktop.domain.embedding import EncoderInput, Pixels
from imgsearch_desktop.domain.query import Box


@dataclass(frozen=True, slots=True)
class ExampleRequest:
    """A picture that is an example in a query; one of `path` and `data` is given.

    Attributes:
        token: handed back with the outcome.
        path: absolute path of a file.
        data: an encoded picture.
        encoder_input: how the encoder's pixels are cut.
        box: only this part of the picture.
    """

    token: int
    path: bytes | None
    data: bytes | None
    encoder_input: EncoderInput
    box: Box | None


@dataclass(frozen=True, slots=True)
class DecodedExample:
    """Encoder input (size, size, 3) of an example."""

    token: int
    pixels: Pixels


@dataclass(frozen=True, slots=True)
class PictureRequest:
    """A whole picture to be looked at.

    Attributes:
        token: handed back with the outcome.
        path: absolute path of a file.
        longest_side: pixels; a larger picture is scaled down to it.
        target: absolute path of an empty file that takes the pixels: a pipe is several times slower.
    """

    token: int
    path: bytes
    longest_side: int
    target: bytes


@dataclass(frozen=True, slots=True)
class DecodedPicture:
    """The target file holds uint8 (height, width, 3), sRGB, upright."""

    token: int
    width: int
    height: int


Request = DecodeRequest | ExampleRequest | PictureRequest
Outcome = DecodedPhoto | DecodedExample | DecodedPicture | DecodeFailure


@dataclass(frozen=True, slots=True)
class Answer:
    """What a worker sends: first, when it is ready, without an outcome, then once for each request.

    Attributes:
        outcome: of the request.
        last: the worker ends itself now.
        bug: traceback of an error in the program.
    """

    outcome: Outcome | None
    last: bool = False
    bug: str | None = None
