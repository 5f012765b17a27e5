"""A small library behind the embedded engine, and ways to look at what it holds."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from imgsearch_desktop.adapters.embedded.index import EmbeddedIndex
from imgsearch_desktop.adapters.embedded.vector_matrix import FLOAT_BYTES
from imgsearch_desktop.application.ports import IndexDeletion, IndexDocument, IndexRequest
from tests.contracts.photo_index_harness import DIMS, EPOCH, LIBRARY, MODEL, photo, spec, towards
from tests.support.stored_embeddings import StoredEmbeddings

INT8 = 0


class EmbeddedLibrary:
    """Feeds an engine that can be dropped without closing it, as a killed process does, and opened again."""

    def __init__(self, directory: Path, float_bytes: int = FLOAT_BYTES) -> None:
        self.directory = directory
        self.float_bytes = float_bytes
        self.embeddings = StoredEmbeddings(DIMS)
        self.change = 0
        self.dropped: list[EmbeddedIndex] = []
        self.index = self.opened()
        self.index.reset(spec(), LIBRARY, EPOCH)

    @property
    def database(self) -> Path:
        return self.directory / f"embedded-{MODEL}.sqlite"

    @property
    def vectors(self) -> Path:
        return self.directory / f"embedded-{MODEL}.vectors"

    def opened(self) -> EmbeddedIndex:
        """One more engine on the same directory."""
        return EmbeddedIndex(self.directory, self.embeddings.reader, float_bytes=self.float_bytes)

    def add(self, *photo_ids: int) -> None:
        """Photos titled by their own number."""
        documents = []
        for photo_id in photo_ids:
            self.change += 1
            documents.append(photo(photo_id, self.change, title=str(photo_id)))
        self.apply(documents, [])

    def delete(self, *photo_ids: int) -> None:
        deletions = []
        for photo_id in photo_ids:
            self.change += 1
            deletions.append(IndexDeletion(photo(photo_id).photo_id, photo(photo_id).uid, self.change))
            self.embeddings.vectors.pop(photo_id, None)
        self.apply([], deletions)

    def apply(self, documents: list[IndexDocument], deletions: list[IndexDeletion]) -> None:
        self.embeddings.store({document.photo_id: document.vectors[0] for document in documents})
        self.index.apply(MODEL, documents, deletions, self.change)

    def reopen(self) -> None:
        """Close and open."""
        self.index.close()
        self.index = self.opened()

    def crash(self) -> None:
        """Open again without having closed."""
        self.dropped.append(self.index)
        self.index = self.opened()

    def close(self) -> None:
        for index in [*self.dropped, self.index]:
            index.close()


def present(index: EmbeddedIndex) -> list[int]:
    """Photos found by their vectors, ascending; each is also found by its title, or this fails."""
    answer = index.search(IndexRequest(MODEL, vector=towards(1).astype(np.float32), limit=10_000))
    found = sorted(answer.photo_ids.tolist())
    assert answer.searched == len(found)
    for photo_id in found:
        hits = index.search(IndexRequest(MODEL, tokens=(str(photo_id),))).keyword_hits
        assert [hit.photo_id for hit in hits] == [photo_id]
    return found
