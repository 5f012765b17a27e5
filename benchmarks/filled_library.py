"""A whole library of synthetic photos on disk: catalogue, thumbnails and engine, as indexing leaves them.

`benchmarks.synthetic_library` says what is in it. It is made once and kept in ``.cache/bench``; whoever
changes it works on a copy.
"""

from __future__ import annotations

import hashlib
import io
import shutil
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from benchmarks.synthetic_library import ROOT, starter_library
from imgsearch_desktop.adapters.catalogue.catalogue import SqliteCatalogue
from imgsearch_desktop.adapters.embedded.index import EmbeddedIndex
from imgsearch_desktop.adapters.imaging.thumbnail_store import SqliteThumbnailStore
from imgsearch_desktop.adapters.models.starter.model import StarterModel
from imgsearch_desktop.application.ports import CatalogueWriter, FileRecord, IndexDocument, NewPhoto, Volume
from imgsearch_desktop.application.sync_engine import SyncEngine
from imgsearch_desktop.domain.embedding import Vectors
from imgsearch_desktop.domain.photo import (
    DateSource,
    DateTaken,
    Fingerprint,
    Label,
    PhotoId,
    PhotoMetadata,
    PhotoUid,
    PictureFacts,
    Rgb,
)

CACHE = Path(__file__).parents[1] / ".cache" / "bench"
BATCH = 1024
FORM = 1
"""Raise it when a library is filled differently."""

PICTURES = 96
FOLDER = b"/synthetic/Pictures"


def filled_library(photos: int) -> Path:
    """The directory of a library with this many photos.

    Args:
        photos: how many; 100,000 take about a minute and 600 MB the first time.

    Returns:
        The library's directory, with its cache below it; not to be written to.
    """
    directory = CACHE / f"library-{photos}-{FORM}"
    if (directory / "complete").exists():
        return directory
    shutil.rmtree(directory, ignore_errors=True)
    directory.mkdir(parents=True)
    model = StarterModel(directory / "cache" / "models" / "starter")
    library = starter_library(photos, model)
    catalogue = SqliteCatalogue(directory)
    thumbnails = SqliteThumbnailStore(directory / "thumbnails.sqlite")
    pictures = [thumbnail(number) for number in range(PICTURES)]
    catalogue.write(lambda writer: writer.add_root(FOLDER, Volume("bench", b"/")))
    for first in range(1, photos + 1, BATCH):
        count = min(BATCH, photos - first + 1)
        vectors = library.vectors(first, count)
        documents = [library.document(first + at, vectors[at]) for at in range(count)]
        catalogue.write(lambda writer, docs=documents, rows=vectors: _write(writer, docs, rows, model))  # type: ignore[misc]
        previews = [(document.uid, pictures[document.photo_id % PICTURES]) for document in documents]
        thumbnails.put_many(previews, 1)
    index = EmbeddedIndex(directory / "cache" / "embedded", catalogue)
    SyncEngine(catalogue, index, model.spec).catch_up()
    for part in (index, thumbnails, catalogue):
        part.close()
    (directory / "complete").touch()
    return directory


def thumbnail(number: int) -> bytes:
    """A small JPEG picture, one of `PICTURES`: two colours and a shape."""
    rng = np.random.default_rng([17, number])
    size = ((384, 288), (288, 384), (384, 256))[number % 3]
    ground, other, shape = (tuple(rng.integers(20, 240, 3).tolist()) for _ in range(3))
    picture = Image.new("RGB", size, ground)
    paint = ImageDraw.Draw(picture)
    paint.rectangle((0, size[1] // 2, *size), fill=other)
    x, y = (int(rng.integers(0, side - 120)) for side in size)
    paint.ellipse((x, y, x + 120, y + 120), fill=shape)
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=60)
    return buffer.getvalue()


def _write(
    writer: CatalogueWriter, documents: list[IndexDocument], vectors: Vectors, model: StarterModel
) -> None:
    ids = [_add(writer, document) for document in documents]
    writer.set_embeddings(
        [(photo_id, 0) for photo_id in ids], model.spec.model_id, vectors.astype(np.float32)
    )
    for photo_id, document in zip(ids, documents, strict=True):
        label = Label(document.keywords[0] if document.keywords else document.file_names[0][4:6], 0.8)
        if document.keywords:
            writer.set_labels(photo_id, model.spec.model_id, [label])


def _add(writer: CatalogueWriter, document: IndexDocument) -> PhotoId:
    digest = hashlib.blake2b(document.uid.encode(), digest_size=16).digest()
    number = int(document.photo_id)
    width, height = ((4000, 3000), (3000, 4000), (6000, 4000))[number % 3]
    seconds = document.date_key or 0
    taken = DateTaken(datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None), None, DateSource.EXIF)
    facts = PictureFacts(
        document.format, width, height, 1, int.from_bytes(digest[:8], "big"), _colour(digest), (), 1
    )
    metadata = PhotoMetadata(
        date_taken=taken,
        camera=document.camera,
        keywords=document.keywords,
        title=document.title,
    )
    photo_id = writer.add_photo(NewPhoto(PhotoUid(document.uid), digest, facts, metadata))
    path = document.places[0].relative_path + b"/" + f"{number:07d} {document.file_names[0]}".encode()
    mtime_ns = seconds * 1_000_000_000
    writer.put_file(photo_id, FileRecord(ROOT, path, Fingerprint(3_000_000, mtime_ns, digest, digest), ""))
    return photo_id


def _colour(digest: bytes) -> Rgb:
    return digest[8], digest[9], digest[10]
