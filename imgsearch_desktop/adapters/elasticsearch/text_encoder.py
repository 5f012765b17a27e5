"""Texts encoded by the cluster: a model uploaded to it and asked through `_infer`, as in the recipe."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from imgsearch_desktop.adapters.elasticsearch.connection import ElasticsearchConnection
from imgsearch_desktop.adapters.elasticsearch.model_errors import told_of_model
from imgsearch_desktop.adapters.elasticsearch.server import Server
from imgsearch_desktop.application.ports import TextEncoding
from imgsearch_desktop.domain.embedding import Vector, normalise
from imgsearch_desktop.domain.errors import EngineError

TEXT_FIELD = "text_field"
"""What the uploaded model calls its input, unless it was told otherwise."""


class ElasticsearchTextEncoder:
    """Fulfils `ports.TextEncoder` by `POST _ml/trained_models/<id>/_infer`; thread-safe.

    Args:
        connection: where the server is.
        deployed_model: id of the model there.
        dims: length of an embedding that is expected.
    """

    def __init__(self, connection: ElasticsearchConnection, deployed_model: str, dims: int) -> None:
        self._server = Server(connection)
        self._model = deployed_model
        self._dims = dims

    def encode(self, texts: Sequence[str]) -> TextEncoding:
        """Encode texts.

        Returns:
            Unit vectors (n, dims); an empty text is the zero vector, and never sent.

        Raises:
            EngineError: the server is away, does not have the model, or it answers with something else.
        """
        vectors = np.zeros((len(texts), self._dims), np.float32)
        spoken = [number for number, text in enumerate(texts) if text.strip()]
        if spoken:
            docs = [{TEXT_FIELD: texts[number]} for number in spoken]
            with self._server.asked() as client, told_of_model(self._server.address, self._model):
                answer = client.ml.infer_trained_model(model_id=self._model, docs=docs)
            vectors[spoken] = normalise(np.stack(self._vectors(answer, len(spoken))))
        return TextEncoding(vectors, None)

    def close(self) -> None:
        """Let go of the server; safe to call twice."""
        self._server.close()

    def _vectors(self, answer: Any, count: int) -> list[Vector]:
        results = answer.get("inference_results") if hasattr(answer, "get") else None
        if not isinstance(results, list) or len(results) != count:
            raise self._unusable("it gave another number of answers than it was asked for")
        return [self._vector(result) for result in results]

    def _vector(self, result: Any) -> Vector:
        values = result.get("predicted_value") if isinstance(result, Mapping) else None
        try:
            vector = np.asarray(values, np.float32)
        except (TypeError, ValueError):
            raise self._unusable("what it gives are no embeddings") from None
        if vector.shape != (self._dims,) or not np.isfinite(vector).all():
            said = f"embeddings of {vector.size} dimensions" if vector.ndim == 1 else "no embeddings"
            raise self._unusable(f"it gives {said} where {self._dims} are needed")
        return vector

    def _unusable(self, why: str) -> EngineError:
        return EngineError(
            f"The model {self._model} on Elasticsearch at {self._server.address} cannot encode searches:"
            f" {why}. Deploy the model that goes with the one in use here."
        )
