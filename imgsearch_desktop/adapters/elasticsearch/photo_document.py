"""From the state of a photo to the document that stands for it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

import numpy as np
from numpy.typing import NDArray

from imgsearch_desktop.adapters.elasticsearch.mapping import DELETED, PHOTO, POSITION
from imgsearch_desktop.application.ports import FolderPlace, IndexDeletion, IndexDocument
from imgsearch_desktop.domain.embedding import WHOLE_PHOTO
from imgsearch_desktop.domain.keywords import document_tokens
from imgsearch_desktop.domain.photo import RootId

_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - a wall clock without a zone


def refusal(document: IndexDocument, dims: int) -> str | None:
    """Why a photo cannot be stored, in a sentence; None if it can."""
    vector = document.vectors.get(WHOLE_PHOTO)
    if vector is None:
        return "It has no embedding of the whole photo."
    if vector.shape != (dims,):
        return f"Its embedding has the shape {vector.shape}, not ({dims},)."
    if not np.isfinite(vector).all():
        return "Its embedding holds values that are no numbers."
    if not vector.any():
        return "Its embedding is zero throughout and so has no direction."
    return None


def photo_source(document: IndexDocument) -> dict[str, Any]:
    """The document of a photo that `refusal` finds nothing wrong with."""
    name = document.file_names[0] if document.file_names else None
    source = {
        "kind": PHOTO,
        "change_id": document.change_id,
        "image_id": document.uid,
        "photo_id": document.photo_id,
        "image_name": name,
        "relative_path": _relative_path(document),
        "image_embedding": _numbers(document.vectors[WHOLE_PHOTO]),
        "regions": [
            {"region": region, "embedding": _numbers(vector)}
            for region, vector in document.vectors.items()
            if region != WHOLE_PHOTO
        ],
        "exif": {"date": _date(document.date_key), "location": _location(document)},
        "camera": document.camera,
        "camera_key": None if document.camera is None else document.camera.casefold(),
        "format": document.format,
        "raw": document.raw,
        "root": sorted({place.root_id for place in document.places}),
        "folder": sorted({key for place in document.places for key in _folders_around(place)}),
        "words": _words(document),
    }
    return {field: _sendable(value) for field, value in source.items() if value not in (None, [])}


def deletion_source(deletion: IndexDeletion) -> dict[str, Any]:
    """What is left of a photo that is gone."""
    return {"kind": DELETED, "change_id": deletion.change_id}


def position_source(change_id: int) -> dict[str, Any]:
    """Up to where the change log is applied."""
    return {"kind": POSITION, "change_id": change_id}


def folder_key(root_id: RootId, relative_path: bytes) -> str:
    """A folder as it stands in an index: exact for any bytes, and legible for most."""
    path = quote(relative_path.strip(b"/"), safe="/ ")
    return f"{root_id}:{path}"


def _folders_around(place: FolderPlace) -> Iterator[str]:
    """A place and every folder above it, up to the root."""
    path = place.relative_path.strip(b"/")
    while path:
        yield folder_key(place.root_id, path)
        path = path.rpartition(b"/")[0]
    yield folder_key(place.root_id, b"")


def _relative_path(document: IndexDocument) -> str | None:
    """Path of the first file below its root, as text."""
    if not (document.file_names and document.places):
        return None
    return "/".join([*document.places[0].names[1:], document.file_names[0]])


def _numbers(vector: NDArray[np.float16]) -> list[float]:
    """A vector as JSON takes it: seven digits are more than float16 holds."""
    rounded: list[float] = np.round(vector.astype(np.float64), 7).tolist()
    return rounded


def _date(date_key: int | None) -> str | None:
    return None if date_key is None else (_EPOCH + timedelta(seconds=date_key)).isoformat()


def _location(document: IndexDocument) -> dict[str, float] | None:
    latitude, longitude = document.latitude, document.longitude
    if latitude is None or longitude is None or not (math.isfinite(latitude) and math.isfinite(longitude)):
        return None
    return {"lat": latitude, "lon": longitude}


def _words(document: IndexDocument) -> dict[str, list[str]]:
    """Tokens per field, each value on its own so that no phrase reaches from one into the next."""
    values: dict[str, Iterable[str | None]] = {
        "name": document.file_names,
        "folder": (name for place in document.places for name in place.names),
        "keyword": document.keywords,
        "title": (document.title,),
        "description": (document.description,),
        "camera": (document.camera,),
    }
    return {
        field: [" ".join(document_tokens(text)) for text in dict.fromkeys(filter(None, texts))]
        for field, texts in values.items()
    }


def _sendable(value: Any) -> Any:
    """Text without what is no Unicode character: one such would spoil the whole batch it is sent in."""
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value
