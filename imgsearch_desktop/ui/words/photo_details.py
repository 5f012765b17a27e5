"""What the catalogue knows about a photo, as rows of words for the details panel and the viewer."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale

from imgsearch_desktop.domain.photo import DateSource, DateTaken, Exposure, GpsPosition, Photo
from imgsearch_desktop.domain.result import Hit, Why
from imgsearch_desktop.ui.words.label_words import label_word

MEGA = 1_000_000


translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class DetailRow:
    """One line of the details: what, and its value; both for people.

    Attributes:
        first: it belongs to the few that are read first.
        dated: it says when the photo was taken, which can be corrected.
    """

    label: str
    value: str
    first: bool = False
    dated: bool = False


def photo_name(photo: Photo) -> str:
    """The file name of the photo's first present file, without folders."""
    files = [file for file in photo.files if not file.missing] or list(photo.files)
    return (
        files[0].display_path.replace("\\", "/").rsplit("/", 1)[-1]
        if files
        else translate("PhotoDetails", "Unknown photo")
    )


def details_of(photo: Photo) -> list[DetailRow]:
    """Everything worth reading about a photo, its files included; nothing that is unknown."""
    return [*facts_of(photo), *(row for row in _files(photo) if row.value)]


def facts_of(photo: Photo) -> list[DetailRow]:
    """Everything worth reading about a photo but where it lies; nothing that is unknown."""
    metadata, facts = photo.metadata, photo.facts
    rows = [
        DetailRow(translate("PhotoDetails", "Name"), photo_name(photo), first=True),
        DetailRow(translate("PhotoDetails", "Title"), metadata.title or ""),
        DetailRow(translate("PhotoDetails", "Description"), metadata.description or ""),
        DetailRow(translate("PhotoDetails", "Taken"), _taken(metadata.date_taken), first=True, dated=True),
        DetailRow(translate("PhotoDetails", "Camera"), metadata.camera or "", first=True),
        DetailRow(translate("PhotoDetails", "Lens"), metadata.lens or ""),
        DetailRow(translate("PhotoDetails", "Exposure"), _exposure(metadata.exposure)),
        DetailRow(translate("PhotoDetails", "Place"), _place(metadata.gps)),
        DetailRow(translate("PhotoDetails", "Keywords"), ", ".join(metadata.keywords)),
        DetailRow(translate("PhotoDetails", "Rating"), "★" * max(metadata.rating or 0, 0)),
        DetailRow(translate("PhotoDetails", "Shows"), _seen(photo)),
        DetailRow(translate("PhotoDetails", "Size"), _size(facts.width, facts.height, photo)),
        DetailRow(translate("PhotoDetails", "Format"), facts.format.upper()),
    ]
    return [row for row in rows if row.value]


def _seen(photo: Photo) -> str:
    return ", ".join(label_word(label.name) for label in photo.labels)


def why_of(hit: Hit) -> str:
    """Why a hit matched, in words; empty for a photo that was merely browsed."""
    words = {
        Why.NAME: translate("PhotoDetails", "name"),
        Why.FOLDER: translate("PhotoDetails", "folder"),
        Why.KEYWORD: translate("PhotoDetails", "keyword"),
        Why.TITLE: translate("PhotoDetails", "title"),
        Why.DESCRIPTION: translate("PhotoDetails", "description"),
        Why.CAMERA: translate("PhotoDetails", "camera"),
    }
    reasons = []
    if Why.VISUAL in hit.why and hit.score is not None:
        reasons.append(
            translate("PhotoDetails", "looks alike {score}").format(
                score=QLocale().toString(hit.score, "f", 2)
            )
        )
    if fields := [words[why] for why in hit.why if why in words]:
        reasons.append(translate("PhotoDetails", "words in: {fields}").format(fields=", ".join(fields)))
    return " · ".join(reasons)


def _taken(taken: DateTaken | None) -> str:
    if taken is None:
        return ""
    local = taken.local
    moment = QDateTime(local.year, local.month, local.day, local.hour, local.minute, local.second)
    words = QLocale().toString(moment, "d MMM yyyy, HH:mm")
    if taken.source is DateSource.USER:
        return translate("PhotoDetails", "{date} (corrected)").format(date=words)
    if taken.source is DateSource.FILE_NAME:
        return translate("PhotoDetails", "{date} (from the file name)").format(date=words)
    if not taken.certain:
        return translate("PhotoDetails", "{date} (the file's own date; the photo has none)").format(
            date=words
        )
    return words


def _exposure(exposure: Exposure) -> str:
    parts = []
    if exposure.seconds:
        parts.append(translate("PhotoDetails", "{time} s").format(time=_seconds(exposure.seconds)))
    if exposure.f_number:
        parts.append(f"f/{exposure.f_number:g}")
    if exposure.iso:
        parts.append(f"ISO {exposure.iso}")
    if exposure.focal_length_mm:
        parts.append(f"{exposure.focal_length_mm:g} mm")
    return "  ".join(parts)


def _seconds(seconds: float) -> str:
    """As cameras show it: long times as decimals, short ones as a fraction."""
    return f"{seconds:.3g}" if seconds >= 0.3 else f"1/{round(1 / seconds)}"


def _place(gps: GpsPosition | None) -> str:
    if gps is None:
        return ""
    north = translate("PhotoDetails", "N") if gps.latitude >= 0 else translate("PhotoDetails", "S")
    east = translate("PhotoDetails", "E") if gps.longitude >= 0 else translate("PhotoDetails", "W")
    return f"{abs(gps.latitude):.5f}° {north}, {abs(gps.longitude):.5f}° {east}"


def _size(width: int, height: int, photo: Photo) -> str:
    locale = QLocale()
    pixels = f"{width} × {height}"
    if width * height >= MEGA // 10:
        pixels += f", {locale.toString(width * height / MEGA, 'f', 1)} MP"
    sizes = [file.size for file in photo.files]
    return f"{pixels}, {locale.formattedDataSize(sizes[0])}" if sizes else pixels


def _files(photo: Photo) -> list[DetailRow]:
    present = [file.display_path for file in photo.files if not file.missing]
    missing = [file.display_path for file in photo.files if file.missing]
    return [
        DetailRow(
            translate("PhotoDetails", "File") if len(present) == 1 else translate("PhotoDetails", "Files"),
            "\n".join(present),
        ),
        DetailRow(translate("PhotoDetails", "No longer at"), "\n".join(missing)),
    ]
