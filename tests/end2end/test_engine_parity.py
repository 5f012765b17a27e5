"""Both engines answer alike: the real photos in each of them, from the same catalogue."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from imgsearch_desktop.adapters.elasticsearch.connection import ElasticsearchConnection
from imgsearch_desktop.adapters.elasticsearch.index import ElasticsearchIndex
from imgsearch_desktop.application.ports import CatalogueReader, IndexAnswer, IndexRequest, Model, PhotoIndex
from imgsearch_desktop.application.sync_engine import SyncEngine
from imgsearch_desktop.bootstrap.core import build_core
from imgsearch_desktop.domain.embedding import ModelSpec, Vector
from imgsearch_desktop.domain.filters import NO_FILTERS, Filters, FolderFilter
from imgsearch_desktop.domain.keywords import phrase_tokens, query_tokens
from imgsearch_desktop.domain.photo import PhotoId, RootId
from imgsearch_desktop.runtime.paths import app_paths
from tests.support.photos import needs_photos

pytestmark = needs_photos

ALL = 10_000


@dataclass
class BothEngines:
    """The same photos in both engines.

    Attributes:
        embedded: searches exactly.
        elasticsearch: is to answer alike.
        catalogue: where both got their photos from.
        spec: of the model.
    """

    embedded: PhotoIndex
    elasticsearch: PhotoIndex
    catalogue: CatalogueReader
    spec: ModelSpec

    def ask(self, **request: Any) -> tuple[IndexAnswer, IndexAnswer]:
        asked = IndexRequest(self.spec.vectors_id, **({"limit": ALL} | request))
        return self.embedded.search(asked), self.elasticsearch.search(asked)

    def embedding(self, photo_id: int) -> Vector:
        vector = self.catalogue.embedding(PhotoId(photo_id), self.spec.vectors_id)
        assert vector is not None
        return vector

    @property
    def photo_ids(self) -> list[int]:
        """Every photo that can be found."""
        vector = np.ones(self.spec.dims, np.float32) / np.float32(np.sqrt(self.spec.dims))
        asked = IndexRequest(self.spec.vectors_id, vector=vector, limit=ALL)
        return sorted(self.embedded.search(asked).photo_ids.tolist())


@pytest.fixture(scope="module")
def both(real_photos_library: Path, elasticsearch_url: str) -> Iterator[BothEngines]:
    connection, name = ElasticsearchConnection(elasticsearch_url), uuid.uuid4().hex
    index = ElasticsearchIndex(connection, name)
    with build_core(app_paths(real_photos_library)) as core:
        spec = core.models.now().spec
        report = SyncEngine(core.catalogue, index, spec).catch_up()
        assert report.rejected == {}
        yield BothEngines(core.feeds.embedded, index, core.catalogue, spec)
    index.close()
    with connection.client() as client:
        client.indices.delete(index=f"imgsearch-{name}-*")


def same_photos(first: IndexAnswer, second: IndexAnswer) -> bool:
    return set(first.photo_ids.tolist()) == set(second.photo_ids.tolist())


def words_of(answer: IndexAnswer) -> dict[int, tuple[int, tuple[str, ...]]]:
    """What of the query each photo holds, and in which fields."""
    return {hit.photo_id: (hit.matched, hit.fields) for hit in answer.keyword_hits}


def test_every_photo_is_in_both(both: BothEngines) -> None:
    embedded, elasticsearch = both.ask(vector=both.embedding(both.photo_ids[0]))
    assert embedded.searched == elasticsearch.searched > 1400
    assert same_photos(embedded, elasticsearch)
    assert len(elasticsearch.photo_ids) == embedded.searched


def assert_alike(embedded: IndexAnswer, elasticsearch: IndexAnswer) -> None:
    """The same scores within 0.001, whatever of each other's photos both found."""
    cosines = dict(zip(embedded.photo_ids.tolist(), embedded.cosines.tolist(), strict=True))
    found = dict(zip(elasticsearch.photo_ids.tolist(), elasticsearch.cosines.tolist(), strict=True))
    assert max(abs(cosines[photo_id] - cosine) for photo_id, cosine in found.items()) < 0.001
    assert np.all(np.diff(elasticsearch.cosines) <= 0)


def recall(embedded: IndexAnswer, elasticsearch: IndexAnswer, count: int) -> float:
    """Share of the nearest that are found; any of those equally near will do."""
    cosines = dict(zip(embedded.photo_ids.tolist(), embedded.cosines.tolist(), strict=True))
    enough = float(embedded.cosines[count - 1]) - 1e-6
    nearest = elasticsearch.photo_ids[:count].tolist()
    return float(np.mean([cosines[photo_id] >= enough for photo_id in nearest]))


def test_photos_like_an_example_are_the_same(both: BothEngines) -> None:
    """However many are asked for: the fewer, the more Elasticsearch leaves to its graph."""
    recalls = []
    for photo_id in both.photo_ids[::50]:
        request = {"vector": both.embedding(photo_id), "exclude": frozenset({PhotoId(photo_id)})}
        embedded, everything = both.ask(**request)
        _, best = both.ask(**request, limit=20)
        for elasticsearch in (everything, best):
            assert photo_id not in elasticsearch.photo_ids
            assert_alike(embedded, elasticsearch)
            recalls.append(recall(embedded, elasticsearch, 20))
    assert np.mean(recalls) >= 0.99


@pytest.mark.parametrize("text", ["dog", "Katze", "banane", "море", "a red dress", "mountain at sunset"])
def test_words_mean_the_same(both: BothEngines, loaded_model: Model, text: str) -> None:
    vector = loaded_model.text_encoder.encode([text]).vectors[0]
    embedded, elasticsearch = both.ask(vector=vector, text_only=True, tokens=query_tokens(text))
    assert_alike(embedded, elasticsearch)
    assert recall(embedded, elasticsearch, 20) >= 0.99
    assert words_of(embedded) == words_of(elasticsearch)


@pytest.mark.parametrize(
    ("request_for", "any_hit"),
    [
        ({"tokens": query_tokens("banana milk")}, True),
        ({"tokens": query_tokens("dog"), "prefix_last": True}, True),
        ({"tokens": query_tokens("subj"), "prefix_last": True}, True),
        ({"tokens": query_tokens("juice app"), "prefix_last": True}, True),
        ({"tokens": query_tokens("s"), "prefix_last": True}, True),
        ({"tokens": query_tokens("00")}, True),
        ({"phrases": (phrase_tokens("backpack dog"),)}, True),
        ({"phrases": (phrase_tokens("dog backpack"),)}, False),
        ({"tokens": query_tokens("fruit"), "minus_tokens": (query_tokens("banana"),)}, True),
        ({"tokens": query_tokens("photos"), "minus_tokens": (query_tokens("dog 01"),)}, True),
        ({"tokens": query_tokens("xyzzy")}, False),
    ],
    ids=str,
)
def test_the_same_words_match(both: BothEngines, request_for: dict[str, Any], any_hit: bool) -> None:
    embedded, elasticsearch = both.ask(**request_for)
    assert words_of(embedded) == words_of(elasticsearch)
    assert bool(embedded.keyword_hits) == any_hit
    assert embedded.searched == elasticsearch.searched


def filters_of(both: BothEngines) -> Iterator[Filters]:
    """Every camera, format, folder and year there is, and some of them together."""
    facets = both.embedded.facets(both.spec.vectors_id, NO_FILTERS)
    yield from (Filters(cameras=(camera.upper(),)) for camera in facets.cameras)
    yield from (Filters(formats=(name,)) for name in (*facets.formats, "raw"))
    for year in facets.years:
        yield Filters(after=date(year, 1, 1), before=date(year, 12, 31))
    folders = [
        b"",
        b"subjects",
        b"subjects/dog",
        b"grocery",
        b"grocery/Fruit",
        b"groc",
        b"scenes",
        b"nowhere",
    ]
    root = RootId(1)
    for folder in folders:
        yield Filters(folders=(FolderFilter(root, folder),))
        yield Filters(folders=(FolderFilter(root, folder),), formats=("jpeg",), after=date(2010, 6, 1))


def test_filters_let_the_same_photos_pass(both: BothEngines) -> None:
    vector = both.embedding(both.photo_ids[7])
    passed = []
    for filters in filters_of(both):
        embedded, elasticsearch = both.ask(vector=vector, filters=filters)
        assert same_photos(embedded, elasticsearch), filters
        assert embedded.searched == elasticsearch.searched == len(elasticsearch.photo_ids), filters
        model = both.spec.vectors_id
        assert both.embedded.facets(model, filters) == both.elasticsearch.facets(model, filters)
        passed.append(embedded.searched)
    assert sum(0 < count < max(passed) for count in passed) > 20
