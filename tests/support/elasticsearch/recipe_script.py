"""What the recipe's own script does with embeddings: an index, and a document for each picture."""

from __future__ import annotations

import json
from collections.abc import Mapping
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

from tests.support.elasticsearch.server import ask

INDEX = "my-image-embeddings"


def make_recipe_index(url: str, name: str, embeddings: Mapping[str, NDArray[np.float32]]) -> None:
    """Fill an index as `create-image-embeddings.py` does.

    Args:
        url: of the server.
        name: of the index.
        embeddings: by path relative to the folder of the pictures.
    """
    port = urlsplit(url).port or 0
    dims = len(next(iter(embeddings.values())))
    properties = {
        "image_id": {"type": "keyword"},
        "image_name": {"type": "keyword"},
        "image_embedding": {"type": "dense_vector", "dims": dims, "index": True, "similarity": "cosine"},
        "relative_path": {"type": "keyword"},
        "exif": {"properties": {"location": {"type": "geo_point"}, "date": {"type": "date"}}},
    }
    settings = {"index": {"number_of_shards": 1, "number_of_replicas": 0}}
    made = ask(port, "PUT", f"/{name}", {"mappings": {"properties": properties}, "settings": settings})
    assert made.get("acknowledged"), made
    for relative_path, vector in embeddings.items():
        file_name = relative_path.replace("\\", "/").rpartition("/")[2]
        document = {
            "image_id": file_name.partition(".")[0],
            "image_name": file_name,
            "image_embedding": vector.tolist(),
            "relative_path": relative_path,
            "exif": {"date": "2021-05-01T12:00:00"},
        }
        stored = ask(port, "POST", f"/{name}/_doc", document)
        assert stored.get("result") == "created", json.dumps(stored)
    ask(port, "POST", f"/{name}/_refresh")
