import multiprocessing
from multiprocessing.process import BaseProcess
from pathlib import Path

import numpy as np
import pytest

from imgsearch_desktop.adapters.models.onnx_clip import int8
from imgsearch_desktop.adapters.models.onnx_clip.int8 import int8_id, make_int8
from imgsearch_desktop.adapters.models.onnx_clip.layout import inspect_folder
from imgsearch_desktop.adapters.models.onnx_clip.model import OnnxClipModel
from imgsearch_desktop.adapters.models.onnx_clip.quantising_process import quantise
from imgsearch_desktop.domain.embedding import ModelId, Pixels
from imgsearch_desktop.domain.errors import Cancelled, DiskFullError, ModelError
from tests.support.pictures import scene
from tests.support.small_models.folders import recipe_pair, small_entry


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return recipe_pair(tmp_path_factory.mktemp("models") / "small")


@pytest.fixture(scope="module")
def pixels() -> Pixels:
    return np.stack([np.asarray(scene(seed, 224, 224), dtype=np.uint8) for seed in range(24)])


def quantising() -> list[BaseProcess]:
    """The processes that convert; other tests may have some of their own."""
    return [child for child in multiprocessing.active_children() if child.name == "imgsearch-quantise"]


def test_an_int8_tower_agrees_with_the_original_and_is_a_model(original: Path, pixels: Pixels):
    target = original.with_name("small-int8")
    report = make_int8(original, target, pixels)
    assert report.accepted
    assert report.lowest <= report.cosine <= report.mean
    assert report.cosine >= 0.99
    assert report.photos == 24
    assert report.bytes_after < report.bytes_before
    ours = OnnxClipModel(target, small_entry("small-int8"))
    ours.self_test()
    plain = OnnxClipModel(original, small_entry())
    cosines = np.einsum(
        "ij,ij->i", ours.image_encoder.encode(pixels).vectors, plain.image_encoder.encode(pixels).vectors
    )
    assert cosines.min() == pytest.approx(report.lowest, abs=1e-3)
    assert cosines.min() < 1 - 1e-7, "nothing was quantised"
    np.testing.assert_array_equal(
        ours.text_encoder.encode(["dog"]).vectors, plain.text_encoder.encode(["dog"]).vectors
    )
    with pytest.raises(ModelError, match="quantised already"):
        make_int8(target, original.with_name("twice"), pixels)
    assert sorted(path.name for path in original.parent.iterdir()) == ["small", "small-int8"]


def test_a_tower_that_differs_too_much_is_not_kept(
    original: Path, pixels: Pixels, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(int8, "LEAST_COSINE", 0.9999999)
    report = make_int8(original, tmp_path / "small-int8", pixels)
    assert not report.accepted
    assert list(tmp_path.iterdir()) == []


def test_a_handful_of_photos_proves_nothing(original: Path, pixels: Pixels, tmp_path: Path):
    with pytest.raises(ModelError, match="At least 8 photos"):
        make_int8(original, tmp_path / "small-int8", pixels[:7])
    assert list(tmp_path.iterdir()) == []


def test_it_can_be_stopped_while_the_graph_is_converted_and_leaves_nothing(
    original: Path, pixels: Pixels, tmp_path: Path
):
    def stop() -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        make_int8(original, tmp_path / "small-int8", pixels, stop)
    assert list(tmp_path.iterdir()) == []
    assert not quantising()


def test_a_graph_that_cannot_be_converted_is_told(tmp_path: Path):
    (tmp_path / "broken.onnx").write_bytes(b"no graph")
    with pytest.raises(ModelError, match="cannot be converted to int8"):
        quantise(tmp_path / "broken.onnx", tmp_path / "made" / "model.onnx", lambda: None)


def test_a_process_that_was_ended_is_told(original: Path, tmp_path: Path):
    def end() -> None:
        for child in quantising():
            child.kill()

    with pytest.raises(ModelError, match="not enough memory"):
        quantise(inspect_folder(original).image.graph, tmp_path / "made" / "model.onnx", end)


def test_a_full_disk_is_told_and_leaves_nothing(
    original: Path, pixels: Pixels, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(int8, "_link", full)
    with pytest.raises(DiskFullError, match="no room"):
        make_int8(original, tmp_path / "small-int8", pixels)
    assert list(tmp_path.iterdir()) == []


def test_int8_has_an_id_of_its_own():
    assert int8_id(ModelId("clip")) == "clip-int8"
