"""The part of a catalogue that an engine reads: the stored embeddings of one model."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

import numpy as np
from numpy.typing import NDArray

from imgsearch_desktop.application.ports import CatalogueReader, EmbeddingBlock
from imgsearch_desktop.domain.embedding import ModelId, Vector
from imgsearch_desktop.domain.photo import PhotoId


class StoredEmbeddings:
    """Vectors by photo; counts how it is read."""

    def __init__(self, dims: int) -> None:
        self.vectors: dict[int, NDArray[np.float16]] = {}
        self.single_reads = 0
        self.block_reads = 0
        self._dims = dims

    def embedding(self, photo_id: PhotoId, model_id: ModelId, region: int = 0) -> Vector | None:
        """One vector as float32."""
        self.single_reads += 1
        vector = self.vectors.get(photo_id)
        return None if vector is None else vector.astype(np.float32)

    def embeddings(self, model_id: ModelId, after: PhotoId, limit: int) -> EmbeddingBlock:
        """Vectors in the order of photo ids."""
        self.block_reads += 1
        ids = sorted(photo_id for photo_id in self.vectors if photo_id > after)[:limit]
        vectors = [self.vectors[photo_id] for photo_id in ids]
        stacked = np.stack(vectors) if vectors else np.empty((0, self._dims), np.float16)
        return EmbeddingBlock(np.array(ids, np.int64), stacked)

    def store(self, vectors: Mapping[int, NDArray[np.float16]]) -> None:
        """Take vectors, as indexing does before an engine is fed."""
        self.vectors.update(vectors)

    @property
    def reader(self) -> CatalogueReader:
        """Itself, where the whole of a catalogue is asked for."""
        return cast(CatalogueReader, self)
