"""Texts by the cluster first: the same vectors, whoever makes them, and a search that never waits twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pytest

from imgsearch_desktop.application.cluster_text import PAUSE_S, ClusterFirst, ClusterTexts
from imgsearch_desktop.application.ports import TextEncoding
from imgsearch_desktop.application.settings import EngineSettings
from imgsearch_desktop.domain.errors import EngineError
from tests.support.fakes import SPEC, FakeModel

DEPLOYED = EngineSettings("elasticsearch", "http://localhost:9200", text_model="words")


@dataclass
class FakeCluster:
    """Fulfils `ClusterTextEncoder` with the vectors of a model, or fails as it is told."""

    model: FakeModel = field(default_factory=FakeModel)
    trouble: str = ""
    asked: int = 0
    closed: bool = False

    def encode(self, texts: Sequence[str]) -> TextEncoding:
        self.asked += 1
        if self.trouble:
            raise EngineError(self.trouble)
        return TextEncoding(self.model.text_encoder.encode(texts).vectors, None)

    def close(self) -> None:
        self.closed = True


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def cluster() -> FakeCluster:
    return FakeCluster()


@pytest.fixture
def local() -> FakeModel:
    return FakeModel()


def test_the_computer_is_asked_once_to_hold_the_cluster_s_first_answer_against(cluster, local):
    first = ClusterFirst(cluster, lambda: local.text_encoder)
    wanted = FakeModel().text_encoder.encode(["dog", "cat"]).vectors
    assert np.allclose(first.encode(["dog", "cat"]).vectors, wanted)
    first.encode(["bird"])
    assert local.texts == ["dog", "cat"]
    assert first.trouble is None


def test_nothing_to_compare_is_no_trust(cluster, local):
    first = ClusterFirst(cluster, lambda: local.text_encoder)
    cluster.model.understands = False
    first.encode([""])
    cluster.model.understands = True
    first.encode(["dog"])
    assert local.texts == ["dog"]


def test_a_cluster_that_fails_is_left_alone_for_a_while_and_then_asked_again(cluster, local):
    clock = Clock()
    first = ClusterFirst(cluster, lambda: local.text_encoder, clock)
    cluster.trouble = "It is not started."
    here = first.encode(["dog"])
    assert np.array_equal(here.vectors, local.text_encoder.encode(["dog"]).vectors)
    assert here.reach is not None
    assert first.trouble == "It is not started."
    first.encode(["cat"])
    assert cluster.asked == 1
    clock.now, cluster.trouble = PAUSE_S, ""
    first.encode(["cat"])
    assert cluster.asked == 2
    assert first.trouble is None


def test_another_model_on_the_cluster_is_found_out(cluster, local):
    class Other:
        def encode(self, texts):
            vectors = cluster.model.text_encoder.encode(texts).vectors
            return TextEncoding(np.ascontiguousarray(vectors[:, ::-1]), None)

    first = ClusterFirst(Other(), lambda: local.text_encoder)
    found = first.encode(["dog"]).vectors
    assert np.array_equal(found, local.text_encoder.encode(["dog"]).vectors)
    assert "is not the one whose photos are searched" in str(first.trouble)


# --- as the engine's settings say


class Engine:
    """Where settings are changed."""

    def __init__(self) -> None:
        self.settings = DEPLOYED
        self.made: list[tuple[EngineSettings, int, FakeCluster]] = []

    def encoder(self, settings: EngineSettings, dims: int) -> FakeCluster:
        self.made.append((settings, dims, FakeCluster()))
        return self.made[-1][2]


@pytest.fixture
def engine() -> Engine:
    return Engine()


def test_the_cluster_encodes_texts_and_this_computer_pictures(engine, local):
    texts = ClusterTexts(lambda: engine.settings, engine.encoder)
    model = texts.over(local)
    model.text_encoder.encode(["dog"])
    model.text_encoder.encode(["cat"])
    ((settings, dims, cluster),) = engine.made
    assert (settings, dims, cluster.asked) == (DEPLOYED, SPEC.dims, 2)
    assert model.image_encoder is local
    assert texts.ask(model).by_cluster
    texts.close()
    assert cluster.closed


@pytest.mark.parametrize("changed", [{"engine": "embedded"}, {"text_model": None}])
def test_without_a_server_or_a_model_on_it_this_computer_encodes(engine, local, changed):
    engine.settings = replace(DEPLOYED, **changed)
    texts = ClusterTexts(lambda: engine.settings, engine.encoder)
    texts.over(local).text_encoder.encode(["dog"])
    assert local.texts == ["dog"]
    assert not engine.made
    assert not texts.ask(texts.over(local)).by_cluster


def test_another_engine_counts_at_once(engine, local):
    texts = ClusterTexts(lambda: engine.settings, engine.encoder)
    model = texts.over(local)
    model.text_encoder.encode(["dog"])
    engine.settings = replace(DEPLOYED, text_model="better words")
    model.text_encoder.encode(["dog"])
    assert [settings.text_model for settings, _, _ in engine.made] == ["words", "better words"]
    assert [cluster.closed for _, _, cluster in engine.made] == [True, False]
    texts.close()


def test_why_the_cluster_does_not_encode_is_told(engine, local):
    texts = ClusterTexts(lambda: engine.settings, engine.encoder)
    model = texts.over(local)
    assert texts.ask(local).trouble == f"{SPEC.name} encodes its texts itself; " + (
        "the cluster does so for downloaded models."
    )
    model.text_encoder.encode(["dog"])
    engine.made[0][2].trouble = "It is not started."
    state = texts.ask(model)
    assert (state.by_cluster, state.text_model, state.trouble) == (False, "words", "It is not started.")
    texts.close()


def test_a_model_belongs_to_its_server():
    elsewhere = replace(DEPLOYED, elasticsearch_url="http://other:9200")
    assert elsewhere.moved_from(DEPLOYED).text_model is None
    assert replace(DEPLOYED, shards=2).moved_from(DEPLOYED).text_model == "words"
