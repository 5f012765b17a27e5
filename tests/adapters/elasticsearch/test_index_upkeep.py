"""What becomes of an index on the server: made, loaded, left, deleted, blocked, claimed by somebody else."""

from __future__ import annotations

import numpy as np
import pytest
from elasticsearch import Elasticsearch

from imgsearch_desktop.adapters.elasticsearch import mapping
from imgsearch_desktop.adapters.elasticsearch.index import LOAD_BATCH, ElasticsearchIndex
from imgsearch_desktop.adapters.elasticsearch.index_names import IndexNames
from imgsearch_desktop.application.ports import IndexDocument, IndexPosition, IndexRebuiltError, IndexRequest
from imgsearch_desktop.domain.errors import EngineError
from imgsearch_desktop.domain.filters import NO_FILTERS
from tests.adapters.elasticsearch.conftest import OpenIndex
from tests.contracts.photo_index_harness import EPOCH, MODEL, gone, photo, spec, towards, uid


def batch(first: int, count: int) -> list[IndexDocument]:
    return [photo(number, number, title="dog") for number in range(first, first + count)]


def reset(index: ElasticsearchIndex, library_id: str) -> IndexPosition:
    return index.reset(spec(), library_id, EPOCH)


def found(index: ElasticsearchIndex) -> int:
    return len(index.search(IndexRequest(MODEL, tokens=("dog",))).keyword_hits)


def refresh_interval(server: Elasticsearch, names: IndexNames) -> str | None:
    index: dict[str, str] = server.indices.get(index=names.index).body[names.index]["settings"]["index"]
    return index.get("refresh_interval")


def test_a_first_load_is_not_refreshed_until_it_is_over(
    open_index: OpenIndex, server: Elasticsearch, names: IndexNames, elasticsearch_library: str
) -> None:
    index = open_index()
    reset(index, elasticsearch_library)
    index.apply(MODEL, batch(1, LOAD_BATCH), [], LOAD_BATCH)
    assert refresh_interval(server, names) == "-1"
    assert found(index) == LOAD_BATCH  # whoever feeds it finds what it has fed all the same
    index.apply(MODEL, batch(1001, LOAD_BATCH - 1), [], 2000)
    assert refresh_interval(server, names) is None


def test_a_small_batch_of_a_load_from_the_catalogue_itself_does_not_end_it(
    open_index: OpenIndex, server: Elasticsearch, names: IndexNames, elasticsearch_library: str
) -> None:
    index = open_index()
    reset(index, elasticsearch_library)
    index.apply(MODEL, batch(1, 3), [], 0)
    assert refresh_interval(server, names) == "-1"
    index.apply(MODEL, [], [], 3)
    assert refresh_interval(server, names) is None


def test_a_load_cut_short_is_ended_by_closing(
    open_index: OpenIndex, server: Elasticsearch, names: IndexNames, elasticsearch_library: str
) -> None:
    index = open_index()
    reset(index, elasticsearch_library)
    index.apply(MODEL, batch(1, LOAD_BATCH), [], LOAD_BATCH)
    index.close()
    assert refresh_interval(server, names) is None
    assert found(open_index()) == LOAD_BATCH


def test_a_load_cut_short_by_a_crash_is_ended_by_whoever_comes_next(
    open_index: OpenIndex, server: Elasticsearch, names: IndexNames, elasticsearch_library: str
) -> None:
    crashed = open_index()
    reset(crashed, elasticsearch_library)
    crashed.apply(MODEL, batch(1, LOAD_BATCH), [], LOAD_BATCH)
    position = open_index().position(MODEL)
    assert position is not None
    assert position.change_id == LOAD_BATCH
    assert refresh_interval(server, names) is None


def test_an_index_deleted_by_someone_is_noticed_and_not_made_by_writing_to_it(
    open_index: OpenIndex, server: Elasticsearch, names: IndexNames, elasticsearch_library: str
) -> None:
    index = open_index()
    begun = reset(index, elasticsearch_library)
    index.apply(MODEL, batch(1, 3), [], 3)
    server.indices.delete(index=names.index)
    with pytest.raises(IndexRebuiltError):
        index.apply(MODEL, batch(4, 1), [], 4, generation=begun.generation)
    for work in (
        lambda: index.apply(MODEL, batch(4, 1), [], 4),
        lambda: index.apply(MODEL, [], [], 4),
        lambda: index.search(IndexRequest(MODEL, tokens=("dog",))),
        lambda: index.facets(MODEL, NO_FILTERS),
    ):
        with pytest.raises(EngineError, match="holds nothing for the model"):
            work()
    assert index.position(MODEL) is None
    assert not server.indices.get(index=names.any_version).body
    reset(index, elasticsearch_library)
    index.apply(MODEL, batch(1, 4), [], 4)
    assert found(index) == 4


def test_an_index_emptied_by_another_program_is_followed(
    open_index: OpenIndex, elasticsearch_library: str
) -> None:
    index, other = open_index(), open_index()
    reset(index, elasticsearch_library)
    index.apply(MODEL, batch(1, 3), [], 3)
    reset(other, elasticsearch_library)
    other.apply(MODEL, batch(1, 2), [], 2)
    assert found(index) == 2
    position = index.position(MODEL)
    assert position is not None
    assert position.change_id == 2


def test_the_position_never_goes_back(open_index: OpenIndex, elasticsearch_library: str) -> None:
    index = open_index()
    reset(index, elasticsearch_library)
    index.apply(MODEL, batch(1, 3), [], 30)
    index.apply(MODEL, batch(4, 1), [], 20)
    position = index.position(MODEL)
    assert position is not None
    assert position.change_id == 30


@pytest.mark.parametrize(
    ("block", "words"), [("read_only_allow_delete", "almost full"), ("write", "read-only")]
)
def test_an_index_that_takes_nothing_is_told_and_goes_on_afterwards(
    open_index: OpenIndex,
    server: Elasticsearch,
    names: IndexNames,
    elasticsearch_library: str,
    block: str,
    words: str,
) -> None:
    index = open_index()
    reset(index, elasticsearch_library)
    index.apply(MODEL, batch(1, 3), [], 3)
    server.indices.put_settings(index=names.index, settings={f"index.blocks.{block}": True})
    with pytest.raises(EngineError, match=words):
        index.apply(MODEL, batch(4, 3), [gone(1, 7)], 7)
    position = index.position(MODEL)
    assert position is not None
    assert position.change_id == 3
    assert found(index) == 3
    server.indices.put_settings(index=names.index, settings={f"index.blocks.{block}": None})
    index.apply(MODEL, batch(4, 3), [gone(1, 7)], 7)
    assert found(index) == 5


def test_a_document_the_server_refuses_is_reported_and_harms_no_other(
    open_index: OpenIndex, elasticsearch_library: str
) -> None:
    index = open_index()
    reset(index, elasticsearch_library)
    immense = photo(2, title="dog", format="x" * 40_000)
    report = index.apply(MODEL, [photo(1, title="dog"), immense, photo(3, title="dog")], [], 3)
    assert report.rejected.keys() == {uid(2)}
    assert report.rejected[uid(2)].startswith("Elasticsearch does not take it: ")
    assert report.rejected[uid(2)].endswith(".")
    assert found(index) == 2
    position = index.position(MODEL)
    assert position is not None
    assert position.change_id == 3


def test_text_that_is_no_unicode_and_places_that_are_nowhere_spoil_nothing(
    open_index: OpenIndex, elasticsearch_library: str
) -> None:
    index = open_index()
    reset(index, elasticsearch_library)
    odd = photo(
        1, title="dog \ud800", camera="Cam\udcff", file_names=("\udce4.jpg",), latitude=99.0, longitude=7.0
    )
    nowhere = photo(2, title="dog", latitude=float("nan"), longitude=7.0)
    assert index.apply(MODEL, [odd, nowhere], [], 2).rejected == {}
    assert found(index) == 2
    assert index.facets(MODEL, NO_FILTERS).cameras == {"Cam?": 1}


@pytest.mark.parametrize("as_alias", [False, True], ids=["index", "alias"])
def test_what_somebody_else_keeps_under_our_name_is_left_alone(
    open_index: OpenIndex,
    server: Elasticsearch,
    names: IndexNames,
    elasticsearch_library: str,
    as_alias: bool,
) -> None:
    theirs = f"imgsearch-{elasticsearch_library}-theirs" if as_alias else names.index
    server.indices.create(index=theirs, aliases={names.index: {}} if as_alias else None)
    server.index(index=theirs, document={"precious": True}, refresh=True)
    index = open_index()
    for work in (lambda: index.position(MODEL), lambda: reset(index, elasticsearch_library)):
        with pytest.raises(EngineError, match="It is left as it is"):
            work()
    assert server.count(index=theirs)["count"] == 1


def test_an_index_of_another_library_is_refused(
    open_index: OpenIndex, server: Elasticsearch, names: IndexNames, elasticsearch_library: str
) -> None:
    meta = {"product": mapping.PRODUCT, "mapping_version": names.version, "model": names.model}
    meta |= {"generation": "g", "library_id": "somebody's", "epoch": "e", "dims": 12, "text_dims": 8}
    server.indices.create(
        index=names.index,
        mappings=mapping.mapping(12, meta),
        settings=mapping.settings(1, 0),
        aliases={names.generation("g"): {}},
    )
    index = open_index()
    assert index.position(MODEL) == IndexPosition("somebody's", "e", 0)
    with pytest.raises(EngineError, match="belongs to another library"):
        reset(index, elasticsearch_library)
    assert index.position(MODEL) == IndexPosition("somebody's", "e", 0)


def test_a_new_version_of_the_mapping_takes_the_place_of_the_old(
    open_index: OpenIndex,
    server: Elasticsearch,
    names: IndexNames,
    elasticsearch_library: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    reset(open_index(), elasticsearch_library)
    assert set(server.indices.get_alias(name=names.alias).body) == {names.index}
    monkeypatch.setattr(mapping, "VERSION", names.version + 1)
    newer = open_index()
    assert newer.position(MODEL) is None
    reset(newer, elasticsearch_library)
    assert set(server.indices.get_alias(name=names.alias).body) == {f"{names.alias}-v{names.version + 1}"}
    assert set(server.indices.get(index=names.any_version).body) == {f"{names.alias}-v{names.version + 1}"}


def test_embeddings_of_regions_are_kept_beside_the_photo(
    open_index: OpenIndex, server: Elasticsearch, names: IndexNames, elasticsearch_library: str
) -> None:
    index = open_index()
    reset(index, elasticsearch_library)
    vectors = {0: towards(1), 1: towards(0, 1), 4: towards(0, 0, 1)}
    index.apply(MODEL, [photo(1, vectors=vectors), photo(2)], [], 2)
    answer = index.search(IndexRequest(MODEL, vector=towards(0, 1).astype(np.float32)))
    assert sorted(answer.photo_ids.tolist()) == [1, 2]
    assert answer.searched == 2
    regions = server.search(
        index=names.index,
        knn={
            "field": "regions.embedding",
            "query_vector": towards(0, 1).tolist(),
            "k": 5,
            "num_candidates": 5,
        },
        fields=[{"field": "photo_id"}],
    )
    assert [hit["fields"]["photo_id"] for hit in regions["hits"]["hits"]] == [[1]]


def test_it_hands_out_as_much_as_elasticsearch_does(
    open_index: OpenIndex, elasticsearch_library: str
) -> None:
    index = open_index()
    reset(index, elasticsearch_library)
    index.apply(MODEL, batch(1, 5), [], 5)
    asked = IndexRequest(MODEL, vector=towards(1).astype(np.float32), tokens=("dog",), limit=1_000_000)
    answer = index.search(asked)
    assert len(answer.photo_ids) == len(answer.keyword_hits) == 5


def test_after_closing_it_says_so(open_index: OpenIndex, elasticsearch_library: str) -> None:
    index = open_index()
    reset(index, elasticsearch_library)
    index.close()
    index.close()
    with pytest.raises(EngineError, match="closed"):
        index.search(IndexRequest(MODEL, tokens=("dog",)))
