"""What an index looks like: the recipe's fields and ours, nothing that Elasticsearch has to guess.

Besides photos an index holds two other kinds of documents, kept out of every search by `kind`: one that says
up to where the change log is applied, and what is left of a deleted photo, so that older news of it that
come late do not bring it back. (Elasticsearch itself forgets the versions of what was deleted after a minute
and at a restart.)
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from imgsearch_desktop.domain.result import Why

VERSION = 1
"""Of the mapping. A new field is a new version, and a new index that is filled from the catalogue."""

PRODUCT = "ImgSearch Desktop"
"""Marks an index as ours, in `_meta`."""

PHOTO, DELETED, POSITION = "photo", "deleted", "position"
"""The kinds of documents."""

POSITION_ID = "position"
"""`_id` of the one document that says up to where the change log is applied; a photo's is 32 hex digits."""

WORD_FIELDS: Mapping[Why, str] = {
    Why.NAME: "words.name",
    Why.FOLDER: "words.folder",
    Why.KEYWORD: "words.keyword",
    Why.TITLE: "words.title",
    Why.DESCRIPTION: "words.description",
    Why.CAMERA: "words.camera",
}
"""Where the tokens of `domain.keywords` lie, by what a hit in them is called; in the order of `Why`."""

MAX_RESULTS = 10_000
"""Elasticsearch hands out no more hits than these, and looks at no more candidates."""

_KEYWORD = {"type": "keyword"}
_LONGEST_KEYWORD = 8191  # characters, of four bytes at most: Lucene takes no term beyond 32,766 bytes

_WORDS = {
    "type": "text",
    "analyzer": "whitespace",
    # What is being typed is looked up here instead of being spelled out to every word that begins like it.
    "index_prefixes": {"min_chars": 2, "max_chars": 4},
    # Between two values: a phrase never reaches from one into the next.
    "position_increment_gap": 100,
}


def settings(shards: int, replicas: int) -> dict[str, Any]:
    """Settings of a new index: it is not refreshed until its first load is over."""
    return {
        "index": {
            "number_of_shards": shards,
            "number_of_replicas": replicas,
            "refresh_interval": "-1",
            "max_result_window": MAX_RESULTS,
            # Fields of photos are short: their length says nothing about how well a word fits.
            "similarity": {"default": {"type": "BM25", "k1": 1.2, "b": 0.0}},
        }
    }


def mapping(dims: int, meta: Mapping[str, Any]) -> dict[str, Any]:
    """Mapping of a new index.

    Args:
        dims: length of an embedding.
        meta: what is noted with it.
    """
    return {
        "dynamic": "strict",
        "_meta": dict(meta),
        "_source": {"excludes": ["words"]},
        "properties": {
            "kind": _KEYWORD,
            "change_id": {"type": "long", "index": False},
            "image_id": _KEYWORD,
            "photo_id": {"type": "long"},
            "image_name": {"type": "keyword", "ignore_above": _LONGEST_KEYWORD},
            "relative_path": {"type": "keyword", "ignore_above": _LONGEST_KEYWORD},
            "image_embedding": _vector(dims),
            # Embeddings of parts of a photo; the best of them may stand for it.
            "regions": {
                "type": "nested",
                "properties": {"region": {"type": "integer"}, "embedding": _vector(dims)},
            },
            "exif": {
                "properties": {
                    "date": {"type": "date", "format": "strict_date_optional_time"},
                    "location": {"type": "geo_point", "ignore_malformed": True},
                }
            },
            "camera": {"type": "keyword", "ignore_above": _LONGEST_KEYWORD},
            "camera_key": {"type": "keyword", "ignore_above": _LONGEST_KEYWORD},
            "format": _KEYWORD,
            "raw": {"type": "boolean"},
            "root": {"type": "integer"},
            "folder": _KEYWORD,
            "words": {"properties": {field.partition(".")[2]: _WORDS for field in WORD_FIELDS.values()}},
        },
    }


def _vector(dims: int) -> dict[str, Any]:
    return {
        "type": "dense_vector",
        "dims": dims,
        "index": True,
        "similarity": "cosine",
        # Said explicitly: the default keeps one bit of a number above 384 dims.
        "index_options": {"type": "int8_hnsw"},
    }
