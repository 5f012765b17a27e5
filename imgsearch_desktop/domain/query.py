"""What a user asks for."""

from __future__ import annotations

from dataclasses import dataclass

from imgsearch_desktop.domain.embedding import WHOLE_PHOTO
from imgsearch_desktop.domain.filters import NO_FILTERS, Filters
from imgsearch_desktop.domain.photo import PhotoId


@dataclass(frozen=True, slots=True)
class Box:
    """A part of a picture in fractions (0 to 1) of the upright picture, from the top left."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class LibraryExample:
    """A photo of the library as an example; its stored embedding is used."""

    photo_id: PhotoId
    region: int = WHOLE_PHOTO


@dataclass(frozen=True, slots=True)
class FileExample:
    """A picture file that need not be in the library; it is searched without being added."""

    path: bytes
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class PictureExample:
    """An encoded picture from the clipboard or a drop (PNG, JPEG ...)."""

    data: bytes
    name: str
    box: Box | None = None


Example = LibraryExample | FileExample | PictureExample


@dataclass(frozen=True, slots=True)
class Query:
    """A whole query; empty means browse.

    Attributes:
        text: what the picture should show, free text in any language, without quotes and minus words.
        phrases: "quoted words" that must occur exactly among the photo's tokens.
        minus: what the picture should not show; each encoded apart, keyword matches excluded.
        examples: pictures to be near to.
        filters: what may be shown at all.
    """

    text: str = ""
    phrases: tuple[str, ...] = ()
    minus: tuple[str, ...] = ()
    examples: tuple[Example, ...] = ()
    filters: Filters = NO_FILTERS

    @property
    def empty(self) -> bool:
        """Whether nothing is asked for but the filters."""
        return not (self.text or self.phrases or self.minus or self.examples)
