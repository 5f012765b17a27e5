"""The published recipe, whole: its libraries on one side, this program on the other, a real server between.

Pictures are embedded by sentence-transformers and indexed by the recipe's script; eland uploads the text
model; the server encodes what is searched. The models are small, with random weights, and their exports to
ONNX the same.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np
import pytest
from PIL import Image

from tests.support.command_line import CommandLine, seed_model_cache
from tests.support.elasticsearch.ml_server import MlServer
from tests.support.elasticsearch.proxy import Proxy
from tests.support.elasticsearch.recipe_script import make_recipe_index
from tests.support.elasticsearch.server import ask
from tests.support.elasticsearch.torchscript import TorchScriptProcess
from tests.support.pictures import write_picture
from tests.torch.conftest import Recipe
from tests.torch.reference import Rows, of_pictures, of_texts

pytestmark = [
    pytest.mark.qt_log_ignore("This plugin does not support"),  # windows without a screen
]

PHOTOS = 24
CLOSE = 2e-3
"""Of float16 vectors and quantised graphs to the recipe's own cosines."""

WORDS = ("a dog on the beach", "Hund am Strand", "狗")
DEPLOYED = "words-of-the-recipe"


@dataclass(frozen=True)
class World:
    """The recipe as it ran, and the program beside it.

    Attributes:
        run: runs commands of the program.
        photos: the folder.
        names: of the photos, in the order of `pictures`.
        pictures: their embeddings by sentence-transformers.
        index: that the recipe's script made.
        proxy: the server with machine learning.
        machine: its machine learning.
        model: id of the same pair as ONNX.
    """

    run: CommandLine
    photos: Path
    names: list[str]
    pictures: Rows
    index: str
    proxy: Proxy
    machine: MlServer
    model: str

    def expected(self, vector: np.ndarray, without: str | None = None) -> dict[str, float]:
        """What the recipe finds, nearest first: cosine by name."""
        cosines = self.pictures @ vector
        order = [self.names[number] for number in np.argsort(-cosines)]
        return {n: float(cosines[self.names.index(n)]) for n in order if n != without}

    def found(self, answer: Any) -> dict[str, float]:
        """What the program found, in its order."""
        return {Path(hit["path"]).relative_to(self.photos).as_posix(): hit["score"] for hit in answer["hits"]}

    def searched(self, *asked: str | Path) -> Any:
        return self.run.json(*asked, "--weak", "--limit", "100")


def same_hits(found: dict[str, float], expected: dict[str, float]) -> None:
    """The same photos, each as near; the nearest first, but for what is equally near."""
    assert found == pytest.approx(expected, abs=CLOSE)
    cosines = [expected[name] for name in found]
    assert all(first >= second - CLOSE for first, second in pairwise(cosines))


@pytest.fixture(scope="module")
def torchscript() -> Iterator[TorchScriptProcess]:
    with TorchScriptProcess() as process:
        yield process


@pytest.fixture
def machine(tmp_path: Path, torchscript: TorchScriptProcess) -> MlServer:
    return MlServer(tmp_path / "ml", torchscript.encode)


@pytest.fixture
def world(
    tmp_path: Path,
    recipe: Recipe,
    machine: MlServer,
    elasticsearch_url: str,
    elasticsearch_proxy: Callable[..., Proxy],
    worked_out_model: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[World]:
    """The recipe has run; the program has taken its index over and searches with the server."""
    monkeypatch.setenv("IMGSEARCH_MODELS", str(tmp_path / "models"))
    library, photos, index = tmp_path / "library", tmp_path / "photos", f"recipe-{uuid.uuid4().hex[:8]}"
    seed_model_cache(worked_out_model, library)
    names = [f"{'sea' if seed % 2 else 'town'}/{seed // 2}.png" for seed in range(PHOTOS)]
    for seed, name in enumerate(names):
        write_picture(photos / name, seed)
    pictures = of_pictures(recipe.images, [Image.open(photos / name).convert("RGB") for name in names])
    make_recipe_index(elasticsearch_url, index, dict(zip(names, pictures, strict=True)))
    proxy = elasticsearch_proxy(gate=machine, version="9.2.0")
    run = CommandLine(library, capsys)
    model = run.json("models", "import", recipe.pair, "--unchecked")["id"]
    assert run("engine", "use", "elasticsearch", "--url", proxy.url).code == 0
    taken = run.json("engine", "take-over", index, "--base", photos)
    assert (taken["model"], taken["taken"], taken["missing"]) == (model, PHOTOS, [])
    assert run.json("models", "use", model)["encoded"] == 0
    yield World(run, photos, names, pictures, index, proxy, machine, model)
    port = urlsplit(elasticsearch_url).port or 0
    own = run.json("engine", "status")["index"]
    for name in (index, own):
        assert ask(port, "DELETE", f"/{name}")["acknowledged"]


@pytest.fixture
def uploaded(world: World, recipe: Recipe) -> World:
    """The text model is on the server: eland has traced it, and it runs there."""
    told = world.run.json("engine", "upload-model", recipe.multilingual, "--as", DEPLOYED)["texts"]
    assert told == {"by": "elasticsearch", "model": DEPLOYED, "trouble": None}
    config = world.machine.models[DEPLOYED].config
    assert config["inference_config"]["text_embedding"]["embedding_size"] == world.pictures.shape[1]
    assert str(recipe.multilingual.parent) not in str(config), "no path of this computer goes there"
    return world


def test_the_recipe_through_the_command_line(uploaded: World, recipe: Recipe, tmp_path: Path) -> None:
    world = uploaded
    assert world.run.json("engine", "status")["texts"]["by"] == "elasticsearch"
    for words, vector in zip(WORDS, of_texts(recipe.texts, WORDS), strict=True):
        world.machine.encoded.clear()
        by_server = world.searched("search", words)
        assert by_server["engine"] == "elasticsearch"
        assert world.machine.encoded == [words], "the server encoded it, with what eland uploaded"
        same_hits(world.found(by_server), world.expected(vector))
        here = world.searched("search", words, "--engine", "embedded")
        assert here["engine"] == "embedded"
        assert world.machine.encoded == [words], "and here the ONNX towers did"
        same_hits(world.found(here), world.expected(vector))
        where_it_is = world.run.json(
            "engine", "open", world.index, words, "--base", world.photos, "-n", "100"
        )
        same_hits(world.found(where_it_is), world.expected(vector))
    first = next(iter(world.expected(vector)))
    for engine in ("elasticsearch", "embedded"):
        similar = world.searched("similar", world.photos / first, "--engine", engine)
        same_hits(world.found(similar), world.expected(world.pictures[world.names.index(first)], first))
    outside = tmp_path / "outside.png"
    write_picture(outside, 99)
    (vector,) = of_pictures(recipe.images, [Image.open(outside).convert("RGB")])
    for engine in ("elasticsearch", "embedded"):
        same_hits(world.found(world.searched("similar", outside, "--engine", engine)), world.expected(vector))


def test_a_model_that_stops_is_stood_in_for_with_the_same_hits(uploaded: World, recipe: Recipe) -> None:
    world = uploaded
    world.machine.models[DEPLOYED].state = None
    found = world.searched("search", WORDS[0])
    assert found["engine"] == "elasticsearch"
    same_hits(world.found(found), world.expected(of_texts(recipe.texts, WORDS[:1])[0]))
    texts = world.run.json("engine", "status")["texts"]
    assert texts["by"] == "this computer"
    assert "is not started" in texts["trouble"]
