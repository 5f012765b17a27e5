"""A model on its way to the cluster: sent whole or not at all, started, waited for; failures in words.

What eland prepares is stood in for by two small files; `tests/torch` has eland itself do it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from imgsearch_desktop.adapters.elasticsearch import model_upload, traced_model
from imgsearch_desktop.adapters.elasticsearch.connection import ElasticsearchConnection
from imgsearch_desktop.adapters.elasticsearch.model_upload import ElasticsearchModels
from imgsearch_desktop.adapters.elasticsearch.traced_model import TracedModel
from imgsearch_desktop.application.tasks import Progress, TaskControl
from imgsearch_desktop.domain.errors import Cancelled, EngineError, ModelError
from tests.support.elasticsearch.ml_server import DEFINITION, VOCABULARY, MlServer, without_licence
from tests.support.elasticsearch.proxy import Proxy

MODEL = "multilingual"
DEFINED = bytes(range(256)) * 5
CONFIG = {"description": "words", "model_type": "pytorch", "input": {"field_names": ["text_field"]}}


class Tracing:
    """Stands for eland: notes what it was asked for."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, tuple[int, int, int]]] = []

    def __call__(
        self, source: str, folder: Path, version: tuple[int, int, int], control: TaskControl
    ) -> TracedModel:
        self.asked.append((source, version))
        (folder / "model.pt").write_bytes(DEFINED)
        (folder / "words.json").write_text(json.dumps({"vocabulary": ["[PAD]", "dog"]}))
        return TracedModel(folder / "model.pt", folder / "words.json", CONFIG)


@pytest.fixture
def server(tmp_path: Path) -> MlServer:
    return MlServer(tmp_path / "ml", lambda _folder, texts: [[1.0] for _ in texts])


@pytest.fixture
def proxy(elasticsearch_proxy: Callable[..., Proxy], server: MlServer) -> Proxy:
    return elasticsearch_proxy(gate=server, version="9.2.0")


@pytest.fixture
def tracing(monkeypatch: pytest.MonkeyPatch) -> Tracing:
    monkeypatch.setattr(model_upload, "CHUNK", 500)
    monkeypatch.setattr(model_upload, "LOOK_S", 0.01)
    return Tracing()


@pytest.fixture
def models(proxy: Proxy, tracing: Tracing) -> Iterator[ElasticsearchModels]:
    made = ElasticsearchModels(ElasticsearchConnection(proxy.url), tracing)
    yield made
    made.close()


def deploy(models: ElasticsearchModels, control: TaskControl | None = None) -> list[Progress]:
    told: list[Progress] = []
    models.deploy("maker/words", MODEL, control or TaskControl(), told.append)
    return told


def why(models: ElasticsearchModels) -> str:
    with pytest.raises(EngineError) as failed:
        deploy(models)
    return str(failed.value)


def test_a_model_is_uploaded_in_parts_and_started(models, server, tracing):
    told = deploy(models)
    assert tracing.asked == [("maker/words", (9, 2, 0))]
    there = server.models[MODEL]
    assert (there.folder / DEFINITION).read_bytes() == DEFINED
    assert json.loads((there.folder / VOCABULARY).read_text()) == {"vocabulary": ["[PAD]", "dog"]}
    assert there.config == CONFIG
    assert there.state == "started"
    assert [progress.phase for progress in told][0::2] == ["preparing", "uploading"]
    assert told[-1].phase == "starting"
    assert (told[-2].done, told[-2].total) == (len(DEFINED), len(DEFINED))


def test_what_is_there_is_started_and_not_uploaded_again(models, server, tracing):
    deploy(models)
    server.models[MODEL].state = None
    deploy(models)
    deploy(models)
    assert len(tracing.asked) == 1
    assert server.models[MODEL].state == "started"


def test_what_an_earlier_upload_left_half_is_replaced(models, server, tracing):
    deploy(models)
    del server.models[MODEL].parts[1]
    server.models[MODEL].state = None
    deploy(models)
    assert len(tracing.asked) == 2
    assert server.models[MODEL].whole


def test_a_cancelled_upload_leaves_nothing_there(models, server, proxy):
    control = TaskControl()

    def stop(progress: Progress) -> None:
        if progress.phase == "uploading":
            control.cancel()

    with pytest.raises(Cancelled):
        models.deploy("maker/words", MODEL, control, stop)
    assert not server.models
    assert any("/definition/0" in line for line in proxy.asked)
    assert not any("/definition/2" in line for line in proxy.asked)


def test_a_start_is_waited_for(models, server):
    server.starts, server.looks = ("starting", ""), 3
    deploy(models)
    assert (server.models[MODEL].state, server.looks) == ("started", 0)


def test_a_start_that_takes_long_can_be_left_alone(models, server):
    server.starts, server.looks = ("starting", ""), 1_000_000
    control = TaskControl()

    def stop(progress: Progress) -> None:
        if progress.phase == "starting":
            control.cancel()

    with pytest.raises(Cancelled):
        models.deploy("maker/words", MODEL, control, stop)
    assert server.models[MODEL].whole, "the next one waits for the same start"


NO_ROOM = "Could not start deployment because no ML nodes with sufficient capacity were found"


@pytest.mark.parametrize("starts", [("refused", NO_ROOM), ("failed", NO_ROOM)])
def test_no_room_for_it(models, server, starts):
    server.starts = starts
    words = why(models)
    assert "No machine learning node" in words
    assert "Searches are encoded on this computer meanwhile." in words
    assert server.models[MODEL].whole, "the next try only starts it"


def test_it_fails_for_a_reason_of_its_own(models, server):
    server.starts = ("failed", "the process crashed")
    assert "could not be started" in why(models)
    assert "the process crashed" in why(models)


def test_no_licence(models, server):
    server.refusal = without_licence()
    assert "licence" in why(models)


def test_no_machine_learning_at_all(elasticsearch_url, tracing):
    models = ElasticsearchModels(ElasticsearchConnection(elasticsearch_url), tracing)
    assert "has no machine learning" in why(models)
    models.close()
    assert not tracing.asked


def test_without_the_extra_it_is_said_how_to_get_it(tmp_path, monkeypatch):
    monkeypatch.setattr(traced_model, "NEEDED", ("eland_that_is_not_there",))
    with pytest.raises(ModelError, match=r"pip install 'imgsearch-desktop\[eland\]'"):
        traced_model.trace_model("maker/words", tmp_path, (9, 2, 0), TaskControl())
