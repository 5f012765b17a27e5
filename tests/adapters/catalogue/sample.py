"""Values to fill a catalogue with."""

from __future__ import annotations

import hashlib
import uuid
from datetime import datetime

import numpy as np

from imgsearch_desktop.adapters.catalogue.catalogue import SqliteCatalogue
from imgsearch_desktop.application.ports import CatalogueWriter, FileRecord, NewPhoto, Volume
from imgsearch_desktop.domain.embedding import STARTER, Vectors, normalise
from imgsearch_desktop.domain.photo import (
    DateSource,
    DateTaken,
    Exposure,
    Fingerprint,
    GpsPosition,
    PhotoId,
    PhotoMetadata,
    PhotoUid,
    PictureFacts,
    RootId,
)

ROOT = b"/photos"
VOLUME = Volume("volume-1", b"/")
DIMS = 8

FACTS = PictureFacts("jpeg", 4000, 3000, 6, (1 << 64) - 5, (1, 2, 255), ((1, 2, 3), (255, 0, 9)), 1)

METADATA = PhotoMetadata(
    date_taken=DateTaken(datetime(2019, 8, 7, 12, 30, 15, 250000), 120, DateSource.EXIF),
    camera="Canon EOS 5D",
    lens="EF 50mm",
    exposure=Exposure(0.01, 2.8, 400, 50.0),
    gps=GpsPosition(51.5, -0.12, 20.0),
    keywords=("sea", "Straße", "海"),
    title="A title",
    description="A description",
    rating=4,
)


def digest(seed: object) -> bytes:
    """16 bytes that depend on a value."""
    return hashlib.blake2b(repr(seed).encode(), digest_size=16).digest()


def new_uid() -> PhotoUid:
    return PhotoUid(uuid.uuid4().hex)


def taken(*date: int) -> PhotoMetadata:
    """Metadata with nothing but a date."""
    return PhotoMetadata(date_taken=DateTaken(datetime(*date), None, DateSource.EXIF))  # type: ignore[arg-type]


def fingerprint(seed: object, size: int = 1000, mtime_ns: int = 5) -> Fingerprint:
    return Fingerprint(size, mtime_ns, digest(("file", seed)), digest(seed))


def record(root_id: RootId, path: bytes, seed: object = None, size: int = 1000) -> FileRecord:
    return FileRecord(root_id, path, fingerprint(path if seed is None else seed, size), "")


def vectors(count: int, seed: int = 0, dims: int = DIMS) -> Vectors:
    """Unit vectors, shape (count, dims)."""
    return normalise(np.random.default_rng(seed).normal(size=(count, dims)))


def add(
    writer: CatalogueWriter,
    root_id: RootId,
    path: bytes,
    metadata: PhotoMetadata = METADATA,
    facts: PictureFacts = FACTS,
) -> PhotoId:
    """One photo with one file."""
    photo_id = writer.add_photo(NewPhoto(new_uid(), digest(path), facts, metadata))
    writer.put_file(photo_id, record(root_id, path))
    return photo_id


def add_encoded(writer: CatalogueWriter, root_id: RootId, paths: list[bytes]) -> list[PhotoId]:
    """Photos with one file and one embedding each."""
    photo_ids = [add(writer, root_id, path) for path in paths]
    writer.set_embeddings([(photo_id, 0) for photo_id in photo_ids], STARTER, vectors(len(paths)))
    return photo_ids


def fill(catalogue: SqliteCatalogue, count: int, batch: int = 64) -> list[PhotoUid]:
    """Photos with files and embeddings, `batch` to a transaction; their uids in the order of adding."""
    root_id = catalogue.write(lambda writer: writer.add_root(ROOT, VOLUME))
    photo_ids: list[PhotoId] = []
    for start in range(0, count, batch):
        paths = [b"album/IMG_%05d.jpg" % at for at in range(start, min(start + batch, count))]
        photo_ids += catalogue.write(lambda writer, paths=paths: add_encoded(writer, root_id, paths))  # type: ignore[misc]
    return [photo.uid for photo in catalogue.photos(photo_ids)]
