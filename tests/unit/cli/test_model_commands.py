"""`imgsearch models` on a real library, with small models of random weights and a hub on this machine."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from imgsearch_desktop.adapters.models.cpu import this_cpu
from imgsearch_desktop.adapters.models.store.model_list_file import read_model_list
from imgsearch_desktop.application.switch_model import SwitchModel
from imgsearch_desktop.domain.errors import Cancelled
from imgsearch_desktop.runtime.paths import MODELS_VARIABLE
from imgsearch_desktop.runtime.resources import resource
from tests.support.command_line import CommandLine
from tests.support.fake_sentence_transformers import DIMS, installed, write_images, write_texts
from tests.support.model_hub import ModelHub, serving_hub
from tests.support.pictures import write_picture
from tests.support.small_models.folders import open_clip_pair, recipe_pair

RECOMMENDED = "clip-vit-b-32-multilingual"
XLM = "xlm-roberta-base-vit-b-32"


@pytest.fixture(autouse=True)
def models_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Models of the test's own."""
    directory = tmp_path / "models"
    monkeypatch.setenv(MODELS_VARIABLE, str(directory))
    return directory


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small model in the layout of the recipe's pair."""
    return recipe_pair(tmp_path_factory.mktemp("small") / "Small CLIP")


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, models_directory: Path) -> Iterator[ModelHub]:
    """A hub that has the files of one model of the list, small ones."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    (entry,) = [e for e in read_model_list(resource("models.toml")) if e.model_id == XLM]
    files = open_clip_pair(tmp_path / "at the hub")
    (tower,) = entry.towers
    contents = {file.path: (files / file.path).read_bytes() for file in tower.files_for(this_cpu())}
    with serving_hub({tower.repo: contents}) as hub:
        monkeypatch.setenv("HF_ENDPOINT", hub.address)
        yield hub


def states(run: CommandLine) -> dict[str, str]:
    return {model["id"]: model["state"] for model in run.json("models")["models"]}


def test_the_list_says_what_there_is_and_what_can_be_had(run_new: CommandLine) -> None:
    listed = run_new.json("models", "list")["models"]
    assert listed == run_new.json("models")["models"]
    starter, clip, *_ = listed
    assert (starter["id"], starter["active"], starter["state"]) == ("starter-1", True, "ready")
    assert starter["limits"]
    assert (clip["id"], clip["recommended"], clip["state"]) == (RECOMMENDED, True, "absent")
    assert (clip["download_mb"], clip["licence"]) == (224, "MIT and Apache-2.0")
    assert clip["licence_urls"]
    shown = run_new("models").out
    assert "* Starter model (starter-1): installed" in shown
    assert f"({RECOMMENDED}): 224 MB to download, recommended" in shown


@pytest.mark.parametrize("command", ["use", "verify"])
def test_a_model_that_is_not_here_is_refused_with_the_way_to_it(run_new: CommandLine, command: str) -> None:
    ran = run_new("models", command, RECOMMENDED)
    assert ran.code == 1
    assert "on this computer yet" in ran.err
    assert "ownload" in ran.err


@pytest.mark.parametrize("command", ["use", "verify", "download", "remove"])
def test_an_unknown_model_is_refused_in_one_line(run_new: CommandLine, command: str) -> None:
    ran = run_new("models", command, "no-such-model")
    assert ran.code == 1
    assert ran.err.startswith("imgsearch: There is no model 'no-such-model'")


def test_nothing_is_fetched_before_the_licence_is_agreed_to(run_new: CommandLine, hub: ModelHub) -> None:
    ran = run_new("models", "download", XLM)
    assert ran.code == 2
    assert "Licence: MIT" in ran.err
    assert "--yes" in ran.err
    assert not hub.asked


def test_a_download_shows_the_licence_checks_the_model_and_refuses_random_weights(
    run_new: CommandLine, hub: ModelHub
) -> None:
    ran = run_new("models", "download", XLM, "--yes")
    assert ran.code == 1
    assert ran.err.index("Licence: MIT") < ran.err.index("Downloading")
    assert "zh: " in ran.err, "every language is told"
    assert "its pictures and words do not match each other" in ran.err.splitlines()[-1]
    assert states(run_new)[XLM] == "refused"
    refused = run_new("models", "use", XLM)
    assert refused.code == 1
    assert "is not used" in refused.err
    assert run_new.json("models", "remove", XLM)["bytes"] > 100_000
    assert states(run_new)[XLM] == "absent"


def test_a_hub_that_is_not_there_is_said_and_searching_goes_on(
    run_new: CommandLine, hub: ModelHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    ran = run_new("models", "download", XLM, "--yes")
    assert ran.code == 1
    assert "127.0.0.1:9 cannot be reached" in ran.err
    assert "The model in use goes on working" in ran.err
    assert run_new("status").code == 0


def test_a_folder_with_random_weights_is_refused_unless_it_is_wanted(
    run_new: CommandLine, folder: Path
) -> None:
    ran = run_new("models", "import", folder)
    assert ran.code == 1
    assert "do not match each other" in ran.err
    taken = run_new.json("models", "import", "--unchecked", folder)
    assert taken["state"] == "ready"
    assert taken["id"].startswith("small-clip-")
    assert not taken["check"]["passed"]
    assert run_new("models", "verify", taken["id"]).code == 0


def test_a_folder_that_is_no_model_is_said(run_new: CommandLine, tmp_path: Path) -> None:
    ran = run_new("models", "import", tmp_path)
    assert ran.code == 1
    assert "is not a model's" in ran.err
    assert run_new("models", "import", folder_of := tmp_path / "nowhere").code == 1
    assert not folder_of.exists()


def test_a_folder_whose_graph_is_broken_is_said_and_not_kept(
    run_new: CommandLine, folder: Path, tmp_path: Path, models_directory: Path
) -> None:
    broken = recipe_pair(tmp_path / "broken")
    (broken / "visual" / "onnx" / "vision_model.onnx").write_bytes(b"no graph")
    ran = run_new("models", "import", broken)
    assert ran.code == 1
    assert "Traceback" not in ran.err
    assert not list((models_directory / ".partial").iterdir())


def test_another_model_searches_and_going_back_and_removing_leave_nothing(
    run_new: CommandLine, folder: Path, tmp_path: Path, models_directory: Path
) -> None:
    for seed in range(3):
        write_picture(tmp_path / "photos" / f"{seed}.jpg", seed)
    run_new.json("index", tmp_path / "photos")
    model = run_new.json("models", "import", "--unchecked", folder)["id"]
    used = run_new.json("models", "use", model)
    assert used == {"model": model, "encoded": 3, "failed": 0}
    assert run_new.json("search", "a dog", "--weak")["model"] == model
    listed = {one["id"]: one for one in run_new.json("models")["models"]}
    assert (listed[model]["active"], listed[model]["searchable"]) == (True, 3)
    assert not listed["starter-1"]["active"]

    refused = run_new("models", "remove", model)
    assert refused.code == 1
    assert "is in use and cannot be removed. Use another model first." in refused.err
    assert run_new.json("models", "use", "starter-1") == {"model": "starter-1", "encoded": 0, "failed": 0}
    assert run_new.json("models", "remove", model)["photos"] == 3
    assert model not in states(run_new)
    assert not (models_directory / model).exists()
    assert run_new("models", "remove", "starter-1").code == 1


def test_a_faster_version_is_made_checked_on_the_library_and_used(
    run_new: CommandLine, folder: Path, tmp_path: Path, models_directory: Path
) -> None:
    model = run_new.json("models", "import", "--unchecked", folder)["id"]
    nothing = run_new("models", "faster", model)
    assert nothing.code == 1
    assert "Index a folder first" in nothing.err
    for seed in range(9):
        write_picture(tmp_path / "photos" / f"{seed}.jpg", seed)
    run_new.json("index", tmp_path / "photos")
    made = run_new.json("models", "faster", model)
    assert (made["id"], made["state"], made["photos"]) == (f"{model}-int8", "ready", 9)
    assert 0.99 <= made["cosine"] < 1
    assert run_new.json("models", "use", made["id"])["encoded"] == 9
    assert run_new.json("search", "a dog", "--weak")["model"] == made["id"]
    again = run_new("models", "faster", made["id"])
    assert again.code == 1
    assert "quantised already" in again.err
    assert not list((models_directory / ".partial").iterdir())
    assert run_new("models", "faster", "starter-1").code == 1


def test_doctor_tells_of_a_damaged_model_and_the_way_to_mend_it(
    run_new: CommandLine, folder: Path, models_directory: Path
) -> None:
    model = run_new.json("models", "import", "--unchecked", folder)["id"]
    (models_directory / model / "visual" / "onnx" / "vision_model.onnx").unlink()
    found = [check for check in run_new.json("doctor")["checks"] if check["name"] == "models"]
    assert str(models_directory) in found[0]["detail"]
    assert found[1]["state"] == "warning"
    assert "vision_model.onnx is damaged" in found[1]["detail"]
    assert found[1]["remedy"] == f"imgsearch models remove {model}"


def test_a_pair_that_sentence_transformers_runs_searches_like_any_model(
    run_new: CommandLine, tmp_path: Path, models_directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed(monkeypatch)
    images, texts = write_images(tmp_path / "pictures"), write_texts(tmp_path / "words")
    for seed in range(3):
        write_picture(tmp_path / "photos" / f"{seed}.jpg", seed)
    run_new.json("index", tmp_path / "photos")
    refused = run_new("models", "pair", images, texts)
    assert refused.code == 1
    assert "zh: " in refused.err, "every language is told"
    assert "its pictures and words do not match each other" in refused.err
    pair = run_new.json("models", "pair", images, texts, "--name", "Mine", "--unchecked")
    assert (pair["name"], pair["dims"], pair["state"], pair["bytes"]) == ("Mine", DIMS, "ready", 0)
    model = pair["id"]
    assert states(run_new)[model] == "ready"
    assert run_new.json("models", "use", model) == {"model": model, "encoded": 3, "failed": 0}
    assert run_new.json("search", "a dog", "--weak")["model"] == model
    texts.rename(tmp_path / "away")
    assert [model, "damaged"] in [list(one) for one in states(run_new).items()]
    told = run_new("models", "use", model)
    assert f"{texts / 'config.json'} is damaged" in told.err
    assert "add the pair again: imgsearch models pair" in told.err
    (tmp_path / "away").rename(texts)
    run_new.json("models", "use", "starter-1")
    assert run_new.json("models", "remove", model)["photos"] == 3
    assert not (models_directory / model).exists()
    assert images.is_dir()
    assert texts.is_dir()


def test_a_pair_without_the_extra_says_what_to_install(
    run_new: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    ran = run_new("models", "pair", "clip-ViT-B-32", "clip-ViT-B-32-multilingual-v1")
    assert ran.code == 1
    assert "pip install 'imgsearch-desktop[sentence-transformers]'" in ran.err
    assert "'imgsearch-desktop[sentence-transformers]'" in run_new("models", "pair", "--help").out


def test_what_mends_a_damaged_model_can_be_typed_as_it_stands(
    run_new: CommandLine, folder: Path, tmp_path: Path, models_directory: Path
) -> None:
    model = run_new.json("models", "import", "--unchecked", folder)["id"]
    for seed in range(9):
        write_picture(tmp_path / "photos" / f"{seed}.jpg", seed)
    run_new.json("index", tmp_path / "photos")
    faster = run_new.json("models", "faster", model)["id"]
    for damaged in (model, faster):
        next((models_directory / damaged / "visual").rglob("*.onnx")).write_bytes(b"")
    assert "imgsearch models import FOLDER" in run_new("models", "use", model).err
    assert f"imgsearch models faster {model} makes it again" in run_new("models", "use", faster).err


def test_the_list_tells_what_a_model_asks_of_a_computer_and_where_its_licence_is(
    run_new: CommandLine,
) -> None:
    words = " ".join(run_new("models").out.split())
    assert "224 MB on the disk, about 500 MB of memory" in words
    assert "https://github.com/openai/CLIP/blob/main/LICENSE" in words
    clip = run_new.json("models")["models"][1]
    assert (clip["disk_mb"], clip["memory_mb"]) == (224, 500)


def test_a_model_can_search_before_it_knows_every_photo(
    run_new: CommandLine, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = run_new.json("models", "import", "--unchecked", folder)["id"]
    photos = tmp_path / "photos"
    write_picture(photos / "1.jpg", 1)
    run_new.json("index", photos)
    run_new.json("models", "use", model)
    run_new.json("models", "use", "starter-1")
    write_picture(photos / "2.jpg", 2)
    run_new.json("index", photos)

    def stopped(*_: object) -> None:
        raise Cancelled

    with monkeypatch.context() as patched:
        patched.setattr(SwitchModel, "run", stopped)
        run_new("models", "use", model)
        assert run_new.json("search", "a dog", "--weak")["model"] == "starter-1"
        run_new("models", "use", model, "--now")
    assert run_new.json("search", "a dog", "--weak")["model"] == model
    assert "knows 50 % of the photos so far" in run_new("status").out
    assert run_new.json("models", "use", model)["encoded"] == 1
