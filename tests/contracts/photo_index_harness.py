"""What the contract of `PhotoIndex` is tested with: documents, vectors and a way to open the engine."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from imgsearch_desktop.application.ports import (
    FolderPlace,
    IndexAnswer,
    IndexDeletion,
    IndexDocument,
    IndexRequest,
    KeywordHit,
    PhotoIndex,
)
from imgsearch_desktop.domain.embedding import (
    Calibration,
    EncoderInput,
    ModelId,
    ModelSpec,
    Vector,
    normalise,
)
from imgsearch_desktop.domain.keywords import phrase_tokens, query_tokens
from imgsearch_desktop.domain.photo import PhotoId, PhotoUid, RootId
from tests.support.stored_embeddings import StoredEmbeddings

DIMS, TEXT_DIMS = 12, 8
MODEL = ModelId("contract-1")
OTHER_MODEL = ModelId("contract-2")
LIBRARY = uuid.uuid4().hex
"""The same for all tests of one process and of no other: it keeps engines on a shared server apart."""
EPOCH = "epoch-1"
ROOT, OTHER_ROOT = RootId(1), RootId(2)


class Engine(Protocol):
    """An engine under test and the storage it keeps between openings."""

    embeddings: StoredEmbeddings

    def open(self) -> PhotoIndex:
        """Open the engine on the storage of this test; what an earlier opening stored is there."""
        ...

    def settle(self, index: PhotoIndex) -> None:
        """Return when what was applied can be found; a no-op where that is so at once."""
        ...


def spec(model_id: ModelId = MODEL) -> ModelSpec:
    return ModelSpec(
        model_id, "Contract", DIMS, TEXT_DIMS, EncoderInput(8, None), Calibration(), "Apache-2.0"
    )


def vector_of(number: int) -> NDArray[np.float16]:
    """The same unit vector for the same number, in every run."""
    drawn = np.random.default_rng(number).standard_normal(DIMS)
    return normalise(drawn).astype(np.float16)


def towards(*values: float) -> NDArray[np.float16]:
    """A unit vector with these first components."""
    vector = np.zeros(DIMS, np.float32)
    vector[: len(values)] = values
    return normalise(vector).astype(np.float16)


def photo(photo_id: int, change_id: int | None = None, **fields: Any) -> IndexDocument:
    """A photo, plain but for the fields given; `folder` and `root` stand for a single place."""
    folder, root = fields.pop("folder", b""), fields.pop("root", ROOT)
    vector = fields.pop("vector", vector_of(photo_id))
    names = tuple(part.decode("utf-8", "replace") for part in folder.split(b"/") if part)
    state: dict[str, Any] = {
        "photo_id": PhotoId(photo_id),
        "uid": uid(photo_id),
        "change_id": photo_id if change_id is None else change_id,
        "file_names": (),
        "places": (FolderPlace(root, folder, ("Root", *names)),),
        "keywords": (),
        "title": None,
        "description": None,
        "camera": None,
        "date_key": None,
        "latitude": None,
        "longitude": None,
        "format": "jpeg",
        "raw": False,
        "vectors": {0: vector},
    }
    return IndexDocument(**(state | fields))


def gone(photo_id: int, change_id: int) -> IndexDeletion:
    return IndexDeletion(PhotoId(photo_id), uid(photo_id), change_id)


def uid(photo_id: int) -> PhotoUid:
    return PhotoUid(f"{photo_id:032x}")


class Fed:
    """An opened engine with shortcuts for feeding and asking; the stored embeddings follow what is fed."""

    def __init__(self, engine: Engine, model_id: ModelId = MODEL) -> None:
        self.engine = engine
        self.model_id = model_id
        self.index = engine.open()
        self.change = 0

    def reset(self) -> None:
        self.index.reset(spec(self.model_id), LIBRARY, EPOCH)
        self.change = 0

    def put(self, *documents: IndexDocument, deletions: Sequence[IndexDeletion] = ()) -> dict[PhotoUid, str]:
        """Apply; position moves to the greatest change id so far."""
        newest = [document.change_id for document in documents] + [gone.change_id for gone in deletions]
        self.change = max([self.change, *newest])
        self.engine.embeddings.store(
            {document.photo_id: document.vectors[0] for document in documents if 0 in document.vectors}
        )
        report = self.index.apply(self.model_id, documents, deletions, self.change)
        self.engine.settle(self.index)
        return dict(report.rejected)

    def ask(self, **fields: Any) -> IndexAnswer:
        return self.index.search(IndexRequest(self.model_id, **fields))

    def near(self, vector: NDArray[Any], **fields: Any) -> list[int]:
        """Photo ids of the vector hits."""
        unit: Vector = vector.astype(np.float32)
        return [int(photo_id) for photo_id in self.ask(vector=unit, **fields).photo_ids]

    def words(self, text: str, **fields: Any) -> list[KeywordHit]:
        """Keyword hits of free text."""
        return list(self.ask(tokens=query_tokens(text), **fields).keyword_hits)

    def found(self, text: str, **fields: Any) -> list[int]:
        """Photo ids of the keyword hits of free text."""
        return [int(hit.photo_id) for hit in self.words(text, **fields)]

    def phrase(self, *phrases: str, **fields: Any) -> list[int]:
        """Photo ids of the keyword hits of quoted words."""
        asked = tuple(phrase_tokens(phrase) for phrase in phrases)
        return [int(hit.photo_id) for hit in self.ask(phrases=asked, **fields).keyword_hits]

    def everything(self, **fields: Any) -> list[int]:
        """Photo ids that can be found at all, ascending."""
        return sorted(self.near(towards(1.0), **fields))
