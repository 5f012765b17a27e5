"""An index that the recipe's own script made: searched where it is, taken over without encoding again."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np
import pytest

from imgsearch_desktop.adapters.models.onnx_clip.image_encoder import OnnxImageEncoder
from imgsearch_desktop.domain.embedding import STARTER
from tests.support.command_line import CommandLine, seed_model_cache
from tests.support.elasticsearch.recipe_script import make_recipe_index
from tests.support.elasticsearch.server import ask
from tests.support.pictures import write_picture
from tests.support.small_models.folders import recipe_pair

NAMES = ["beach/1.jpg", "town/1.jpg", "town/2.jpg", "dog.jpg", "cat.png", "Größe.jpg"]
GONE = "deleted/9.jpg"


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    """A folder in which a name comes twice."""
    for seed, name in enumerate(NAMES):
        write_picture(tmp_path / "photos" / name, seed)
    return tmp_path / "photos"


@pytest.fixture
def run(
    tmp_path: Path,
    worked_out_model: Path,
    elasticsearch_url: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> CommandLine:
    monkeypatch.setenv("IMGSEARCH_MODELS", str(tmp_path / "models"))
    monkeypatch.setenv("IMGSEARCH_LIBRARY", str(tmp_path / "library"))
    seed_model_cache(worked_out_model, tmp_path / "library")
    return CommandLine(tmp_path / "library", capsys)


@pytest.fixture
def model_id(run: CommandLine, tmp_path: Path) -> str:
    taken: str = run.json("models", "import", recipe_pair(tmp_path / "pair"), "--unchecked")["id"]
    return taken


@pytest.fixture
def vectors(run: CommandLine, photos: Path, model_id: str, tmp_path: Path) -> dict[str, np.ndarray]:
    """Embeddings of the photos as another library made them with the same model."""
    from imgsearch_desktop.bootstrap.core import build_core
    from imgsearch_desktop.domain.embedding import ModelId
    from imgsearch_desktop.runtime.paths import app_paths

    with build_core(app_paths(str(tmp_path / "elsewhere"))) as core:
        model = core.models.of(ModelId(model_id))
        found = {}
        for name in NAMES:
            pixels = core.examples.read(bytes(photos / name), model.spec.encoder_input, None)
            found[name] = model.image_encoder.encode(pixels[None]).vectors[0]
    return found


@pytest.fixture
def index(elasticsearch_url: str, vectors: dict[str, np.ndarray]) -> Iterator[str]:
    name = f"my-image-embeddings-{uuid.uuid4().hex[:8]}"
    gone = np.roll(vectors["dog.jpg"], 1)
    make_recipe_index(elasticsearch_url, name, {**vectors, GONE: gone, "../outside.jpg": gone})
    yield name
    ask(urlsplit(elasticsearch_url).port or 0, "DELETE", f"/{name}")


@pytest.fixture
def encoded(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many pictures each call of the model encoded."""
    calls: list[int] = []
    plain = OnnxImageEncoder.encode

    def counted(self, pixels):
        calls.append(len(pixels))
        return plain(self, pixels)

    monkeypatch.setattr(OnnxImageEncoder, "encode", counted)
    return calls


def state_of(url: str, name: str) -> str:
    """A digest of everything in an index."""
    port = urlsplit(url).port or 0
    found = ask(port, "POST", f"/{name}/_search", {"size": 100, "sort": ["relative_path"], "version": True})
    mapping = ask(port, "GET", f"/{name}")
    return hashlib.sha256(repr((found["hits"], mapping)).encode()).hexdigest()


def test_it_is_searched_where_it_is_and_nothing_changes(run, photos, index, model_id, elasticsearch_url):
    before = state_of(elasticsearch_url, index)
    server = ("--elasticsearch-url", elasticsearch_url)
    found = run.json("engine", "open", index, "--like", photos / "town" / "1.jpg", "--base", photos, *server)
    assert found["hits"][0]["path"] == str(photos / "town" / "1.jpg")
    assert found["hits"][0]["score"] > 0.999
    assert len(found["hits"]) == len(NAMES) + 1, "what leads out of the folder is not shown"
    words = run.json("engine", "open", index, "a", "dog", "--base", photos, "--limit", "8", *server)
    scores = [hit["score"] for hit in words["hits"]]
    assert len(scores) == len(NAMES) + 1
    assert scores == sorted(scores, reverse=True)
    assert state_of(elasticsearch_url, index) == before
    assert run.json("status")["photos"] == 0


def test_it_is_taken_over_without_encoding(run, photos, index, model_id, vectors, encoded, elasticsearch_url):
    before = state_of(elasticsearch_url, index)
    server = ("--elasticsearch-url", elasticsearch_url)
    taken = run.json("engine", "take-over", index, "--base", photos, *server)
    assert taken["model"] == model_id
    assert (taken["taken"], taken["known"]) == (len(NAMES), 0)
    assert taken["missing"] == ["../outside.jpg", GONE]
    assert sum(encoded) <= 5, "only a sample, to find out whether it is the same model"
    encoded.clear()
    again = run.json("engine", "take-over", index, "--base", photos, *server)
    assert (again["taken"], again["known"]) == (0, len(NAMES))
    encoded.clear()
    assert run.json("models", "use", model_id) == {"model": model_id, "encoded": 0, "failed": 0}
    assert not encoded
    assert state_of(elasticsearch_url, index) == before
    for name in ("beach/1.jpg", "town/1.jpg"):
        similar = run.json("similar", photos / name, "--weak", "--limit", "10")
        scores = {Path(hit["path"]).relative_to(photos).as_posix(): hit["score"] for hit in similar["hits"]}
        others = [other for other in NAMES if other != name]
        assert scores == pytest.approx({o: float(vectors[o] @ vectors[name]) for o in others}, abs=2e-3)


def test_paths_of_windows(run, photos, model_id, vectors, elasticsearch_url):
    name = f"my-image-embeddings-{uuid.uuid4().hex[:8]}"
    make_recipe_index(elasticsearch_url, name, {"town\\2.jpg": vectors["town/2.jpg"]})
    server = ("--elasticsearch-url", elasticsearch_url)
    assert run.json("engine", "take-over", name, "--base", photos, *server)["taken"] == 1
    ask(urlsplit(elasticsearch_url).port or 0, "DELETE", f"/{name}")


def test_what_does_not_fit_is_refused(run, photos, index, model_id, elasticsearch_url):
    server = ("--elasticsearch-url", elasticsearch_url)
    wrong = run("engine", "take-over", index, "--base", photos, "--model", STARTER, *server)
    assert wrong.code == 1
    assert "embeddings of 32 dimensions" in wrong.err
    nowhere = run("engine", "open", "no-such-index", "dog", "--base", photos, *server)
    assert (nowhere.code, "There is no index no-such-index" in nowhere.err) == (1, True)
    assert run("engine", "open", index, "--base", photos, *server).code == 2
    assert "No Elasticsearch is known" in run("engine", "open", index, "dog", "--base", photos).err


def test_another_model_s_index_is_found_out(run, photos, model_id, vectors, elasticsearch_url):
    name = f"my-image-embeddings-{uuid.uuid4().hex[:8]}"
    make_recipe_index(elasticsearch_url, name, {path: np.roll(v, 7) for path, v in vectors.items()})
    refused = run("engine", "take-over", name, "--base", photos, "--elasticsearch-url", elasticsearch_url)
    assert refused.code == 1
    assert "was made with another model" in refused.err
    assert run.json("status")["photos"] == 0, "nothing is begun"
    ask(urlsplit(elasticsearch_url).port or 0, "DELETE", f"/{name}")
