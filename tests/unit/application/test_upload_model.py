"""What a model is called on the server."""

from __future__ import annotations

from pathlib import Path

import pytest

from imgsearch_desktop.application.upload_model import RECIPE_MODEL, name_there


@pytest.mark.parametrize(
    ("source", "name"),
    [
        (RECIPE_MODEL, "sentence-transformers__clip-vit-b-32-multilingual-v1"),
        ("Maker/Größe 2", "maker__gr__e_2"),
        ("_" * 5, "text-model"),
        ("a/" + "b" * 80, "b" * 64),
    ],
)
def test_of_the_hub(source: str, name: str) -> None:
    assert name_there(source) == name


def test_a_folder_tells_nothing_about_this_computer(tmp_path: Path) -> None:
    folder = tmp_path / "Meine Wörter"
    folder.mkdir()
    assert name_there(str(folder)) == "meine_w_rter"
