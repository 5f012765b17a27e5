"""Other models through the command line: real ONNX towers with random weights, from a folder to a search."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from imgsearch_desktop.domain.embedding import STARTER
from tests.support.command_line import CommandLine, seed_model_cache
from tests.support.pictures import write_picture
from tests.support.small_models.folders import recipe_pair

PHOTOS = 21


@pytest.fixture
def run(
    tmp_path: Path,
    worked_out_model: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> CommandLine:
    """Runs commands on an indexed library; models lie in a directory of the test's own."""
    monkeypatch.setenv("IMGSEARCH_MODELS", str(tmp_path / "models"))
    library, folder = tmp_path / "library", tmp_path / "photos"
    seed_model_cache(worked_out_model, library)
    for seed in range(PHOTOS):
        write_picture(folder / f"{seed}.jpg", seed)
    run = CommandLine(library, capsys)
    assert run.json("index", folder)["added"] == PHOTOS
    return run


def taken(run: CommandLine, folder: Path) -> str:
    """The id of a model that was taken from a folder; random weights match nothing, so it is not asked to."""
    model_id: str = run.json("models", "import", folder, "--unchecked")["id"]
    return model_id


def test_from_a_folder_to_a_search_and_back(run: CommandLine, tmp_path: Path) -> None:
    model_id = taken(run, recipe_pair(tmp_path / "pair"))
    assert run.json("search", "dog", "--weak")["model"] == STARTER
    used = run.json("models", "use", model_id)
    assert used == {"model": model_id, "encoded": PHOTOS, "failed": 0}
    found = run.json("search", "dog", "--weak", "--limit", "100")
    assert (found["model"], len(found["hits"])) == (model_id, PHOTOS)
    assert all(hit["score"] is not None for hit in found["hits"])
    similar = run.json("similar", tmp_path / "photos" / "3.jpg", "--weak", "--limit", "100")
    assert (similar["model"], len(similar["hits"])) == (model_id, PHOTOS - 1)
    status = run.json("status")
    assert (status["model"], status["searchable"], status["waiting"]) == (model_id, PHOTOS, 0)
    write_picture(tmp_path / "photos" / "later.jpg", 99)
    assert run.json("index", tmp_path / "photos")["added"] == 1
    assert run.json("models", "use", STARTER) == {"model": STARTER, "encoded": 0, "failed": 0}
    assert len(run.json("search", "dog", "--weak", "--limit", "100")["hits"]) == PHOTOS + 1
    assert run.json("models", "use", model_id) == {"model": model_id, "encoded": 0, "failed": 0}


def test_another_text_tower_encodes_no_photo_and_what_is_removed_leaves_nothing(
    run: CommandLine, tmp_path: Path
) -> None:
    first = recipe_pair(tmp_path / "pair")
    model_id = taken(run, first)
    run.json("models", "use", model_id)
    second = Path(shutil.copytree(first, tmp_path / "other words"))
    (second / "textual" / "sentence_bert_config.json").write_text(
        '{"max_seq_length": 64, "do_lower_case": false}'
    )
    other = taken(run, second)
    assert run.json("models", "use", other) == {"model": other, "encoded": 0, "failed": 0}
    assert run.json("search", "dog", "--weak")["model"] == other
    refused = run("models", "remove", other)
    assert refused.code == 1
    assert "in use" in refused.err
    run.json("models", "use", STARTER)
    assert run.json("models", "remove", model_id)["photos"] == 0
    assert run.json("models", "remove", other)["photos"] == PHOTOS
    kept = [path.name for path in (run.library / "cache" / "embedded").glob("*.sqlite")]
    assert kept == [f"embedded-{STARTER}.sqlite"]
    assert len(run.json("search", "dog", "--weak", "--limit", "100")["hits"]) == PHOTOS


def test_a_model_whose_files_have_gone_is_stood_in_for(run: CommandLine, tmp_path: Path) -> None:
    model_id = taken(run, recipe_pair(tmp_path / "pair"))
    run.json("models", "use", model_id)
    shutil.rmtree(tmp_path / "models")
    found = run("search", "dog", "--weak")
    assert found.code == 0
    assert "Searches use Starter model meanwhile" in found.out + found.err
    assert run.json("index", tmp_path / "photos")["unchanged"] == PHOTOS
