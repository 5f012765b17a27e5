"""Merging what the sources say about one photo, each value by its own order of preference."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from typing import TypeVar

from imgsearch_desktop.adapters.imaging.metadata.sidecars import NO_SIDECARS, SidecarMetadata
from imgsearch_desktop.adapters.imaging.metadata.text import unique_keywords
from imgsearch_desktop.domain.photo import DateTaken, Exposure, PhotoMetadata

T = TypeVar("T")
_NOTHING = PhotoMetadata()


@dataclass(frozen=True, slots=True)
class Sources:
    """What each source says; a source that is absent says nothing.

    Attributes:
        exif: embedded EXIF.
        xmp: embedded XMP packets.
        iptc: embedded IPTC.
        sidecars: files beside the photo.
    """

    exif: PhotoMetadata = _NOTHING
    xmp: tuple[PhotoMetadata, ...] = ()
    iptc: PhotoMetadata = _NOTHING
    sidecars: SidecarMetadata = NO_SIDECARS


def merge(sources: Sources, later_dates: Iterable[DateTaken | None]) -> PhotoMetadata:
    """Merge the sources.

    A sidecar outranks what is embedded, for programs that leave photos untouched write there; only for dates
    and what the camera knows itself does EXIF come first.

    Args:
        sources: what each says.
        later_dates: what to fall back to when neither EXIF's original date nor XMP nor IPTC has one,
            best first.
    """
    beside, takeout = sources.sidecars.xmp, sources.sidecars.takeout
    embedded = (*sources.xmp, sources.iptc, sources.exif)
    camera_first = (sources.exif, *sources.xmp, *beside)
    described = (*beside, *takeout, *embedded)
    placed = (*beside, sources.exif, *sources.xmp, *takeout)
    dated = (sources.exif, *beside, *sources.xmp, sources.iptc)
    return PhotoMetadata(
        date_taken=_first(chain((source.date_taken for source in dated), later_dates)),
        camera=_first(source.camera for source in camera_first),
        lens=_first(source.lens for source in camera_first),
        exposure=_exposure([source.exposure for source in camera_first]),
        gps=_first(source.gps for source in placed),
        keywords=_keywords(beside, takeout, embedded),
        title=_first(source.title for source in described),
        description=_first(source.description for source in described),
        rating=_first(source.rating for source in described),
    )


def _first(values: Iterable[T | None]) -> T | None:
    return next((value for value in values if value is not None), None)


def _exposure(exposures: list[Exposure]) -> Exposure:
    return Exposure(
        _first(exposure.seconds for exposure in exposures),
        _first(exposure.f_number for exposure in exposures),
        _first(exposure.iso for exposure in exposures),
        _first(exposure.focal_length_mm for exposure in exposures),
    )


def _keywords(
    beside: tuple[PhotoMetadata, ...], takeout: tuple[PhotoMetadata, ...], embedded: tuple[PhotoMetadata, ...]
) -> tuple[str, ...]:
    """The sidecars' keywords, else the embedded ones; the people Takeout names are added to either."""
    sidecar = unique_keywords(chain.from_iterable(source.keywords for source in beside))
    own = sidecar or unique_keywords(chain.from_iterable(source.keywords for source in embedded))
    return unique_keywords(chain(own, chain.from_iterable(source.keywords for source in takeout)))
