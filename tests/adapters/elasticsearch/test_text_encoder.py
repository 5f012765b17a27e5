"""Texts encoded by a model on the cluster: what is sent, what comes back, every way it fails."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from imgsearch_desktop.adapters.elasticsearch.connection import ElasticsearchConnection
from imgsearch_desktop.adapters.elasticsearch.text_encoder import ElasticsearchTextEncoder
from imgsearch_desktop.domain.errors import EngineError
from tests.support.elasticsearch.ml_server import MlServer, without_licence
from tests.support.elasticsearch.proxy import Proxy

MODEL = "multilingual"
DIMS = 4


def two_letters(_folder: Path, texts) -> list[list[float]]:
    """A model for tests: first and last letter count."""
    return [[float(ord(text[0])), float(ord(text[-1])), 1.0, 0.0] for text in texts]


@pytest.fixture
def server(tmp_path: Path) -> MlServer:
    made = MlServer(tmp_path / "ml", two_letters)
    made.deployed(MODEL)
    return made


@pytest.fixture
def proxy(elasticsearch_proxy: Callable[..., Proxy], server: MlServer) -> Proxy:
    return elasticsearch_proxy(gate=server)


@pytest.fixture
def encoder(proxy: Proxy) -> Iterator[ElasticsearchTextEncoder]:
    made = ElasticsearchTextEncoder(ElasticsearchConnection(proxy.url, answer_s=5.0), MODEL, DIMS)
    yield made
    made.close()


def why(encoder: ElasticsearchTextEncoder) -> str:
    with pytest.raises(EngineError) as failed:
        encoder.encode(["dog"])
    return str(failed.value)


def test_texts_come_back_in_order_and_an_empty_one_is_never_sent(encoder, server):
    encoded = encoder.encode(["dog", "  ", "狗"])
    assert server.encoded == ["dog", "狗"]
    assert encoded.reach is None
    assert np.allclose(np.linalg.norm(encoded.vectors, axis=1), [1, 0, 1])
    given = np.array(two_letters(Path(), ["狗"])[0])
    assert np.allclose(encoded.vectors[2], given / np.linalg.norm(given))
    assert not encoder.encode([""]).vectors.any()
    assert server.encoded == ["dog", "狗"]


def test_the_real_server_without_machine_learning_says_so(elasticsearch_url):
    encoder = ElasticsearchTextEncoder(ElasticsearchConnection(elasticsearch_url), MODEL, DIMS)
    words = why(encoder)
    encoder.close()
    assert "has no machine learning" in words
    assert "encoded on this computer" in words


def test_a_licence_without_machine_learning(encoder, server):
    server.refusal = without_licence()
    assert "licence" in why(encoder)


def test_a_model_that_is_not_there(encoder, server):
    server.models.clear()
    assert "imgsearch engine upload-model" in why(encoder)


def test_a_model_that_is_not_started(encoder, server):
    server.models[MODEL].state = None
    assert "not started" in why(encoder)


def test_a_model_of_another_length(proxy):
    encoder = ElasticsearchTextEncoder(ElasticsearchConnection(proxy.url), MODEL, 512)
    assert "4 dimensions where 512 are needed" in why(encoder)
    encoder.close()


@pytest.mark.parametrize("given", [[["a", "b", "c", "d"]], [[float("nan")] * 4], [[[1.0]]], [], [None]])
def test_an_answer_that_is_no_embedding(encoder, server, given):
    server.encode = lambda _folder, _texts: given
    assert "cannot encode searches" in why(encoder)


def test_a_model_that_takes_too_long(proxy, server):
    encoder = ElasticsearchTextEncoder(ElasticsearchConnection(proxy.url, answer_s=0.5), MODEL, DIMS)
    over = threading.Event()
    server.encode = lambda _folder, texts: two_letters(_folder, texts) if over.wait(60) else []
    assert "did not answer in time" in why(encoder)
    over.set()
    assert encoder.encode(["dog"]).vectors.any()
    encoder.close()
    assert "closed" in why(encoder)


def test_a_server_that_is_away():
    encoder = ElasticsearchTextEncoder(ElasticsearchConnection("http://127.0.0.1:9"), MODEL, DIMS)
    assert "cannot be reached" in why(encoder)
    encoder.close()
