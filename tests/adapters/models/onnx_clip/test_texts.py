"""Tokens, pooling, and the dense layer's file."""

import json
from pathlib import Path

import numpy as np
import pytest

from imgsearch_desktop.adapters.models.onnx_clip.layout import inspect_folder
from imgsearch_desktop.adapters.models.onnx_clip.safetensors_file import read_tensors
from imgsearch_desktop.adapters.models.onnx_clip.text_encoder import mean_of_tokens
from imgsearch_desktop.adapters.models.onnx_clip.text_layout import Cleaning
from imgsearch_desktop.adapters.models.onnx_clip.tokens import Tokeniser, cleaned
from imgsearch_desktop.domain.errors import ModelError
from tests.support.small_models.folders import open_clip_pair, recipe_pair, safetensors
from tests.support.small_models.tokenisers import CLASS, PAD, SEPARATOR, vocabulary

IDS = vocabulary()


def test_a_sentence_is_as_long_as_it_is(tmp_path: Path):
    ids, mask = Tokeniser(inspect_folder(recipe_pair(tmp_path)).text).tokens("dog beach")
    assert ids == [IDS[CLASS], IDS["dog"], IDS["beach"], IDS[SEPARATOR]]
    assert mask == [1] * 4


def test_a_long_one_is_cut_off_and_still_ends(tmp_path: Path):
    ids, mask = Tokeniser(inspect_folder(recipe_pair(tmp_path)).text).tokens("dog " * 500)
    assert len(ids) == len(mask) == 128
    assert ids[-1] == IDS[SEPARATOR]


@pytest.mark.parametrize("told", [True, False])
def test_a_graph_of_fixed_length_is_filled_up(told: bool, tmp_path: Path):
    folder = open_clip_pair(tmp_path)
    if not told:
        (folder / "textual" / "tokenizer_config.json").unlink()
    ids, mask = Tokeniser(inspect_folder(folder).text).tokens("dog")
    assert ids == [IDS[CLASS], IDS["dog"], IDS[SEPARATOR], *[IDS[PAD]] * 74]
    assert mask == [1] * 3 + [0] * 74


def test_a_damaged_tokeniser_is_told(tmp_path: Path):
    layout = inspect_folder(recipe_pair(tmp_path)).text
    layout.tokenizer.write_text("{}", encoding="utf-8")
    with pytest.raises(ModelError, match=r"tokenizer\.json is damaged"):
        Tokeniser(layout)


@pytest.mark.parametrize(
    ("cleaning", "expected"),
    [
        (Cleaning.NONE, "  A_dog's\n Ball! "),
        (Cleaning.WHITESPACE, "A_dog's Ball!"),
        (Cleaning.CANONICALIZE, "a dogs ball"),
    ],
)
def test_cleaning(cleaning: Cleaning, expected: str):
    assert cleaned("  A_dog's\n Ball! ", cleaning) == expected


def test_the_mean_leaves_out_what_fills_up():
    tokens = np.array([[1, 2], [3, 4], [100, 100]], dtype=np.float32)
    np.testing.assert_allclose(mean_of_tokens(tokens, np.array([1, 1, 0], dtype=np.float32)), [2, 3])


def test_tensors_are_read_as_float32(tmp_path: Path):
    expected = np.arange(6, dtype=np.float32).reshape(2, 3)
    (tmp_path / "a").write_bytes(safetensors({"x": expected, "y": expected * 2}))
    tensors = read_tensors(tmp_path / "a")
    np.testing.assert_array_equal(tensors["x"], expected)
    np.testing.assert_array_equal(tensors["y"], expected * 2)


def test_half_precision_is_read(tmp_path: Path):
    header = json.dumps({"x": {"dtype": "F16", "shape": [2], "data_offsets": [0, 4]}}).encode()
    content = len(header).to_bytes(8, "little") + header + np.array([0.5, -2], dtype="<f2").tobytes()
    (tmp_path / "a").write_bytes(content)
    np.testing.assert_array_equal(read_tensors(tmp_path / "a")["x"], [0.5, -2])


@pytest.mark.parametrize("kept", [0, 7, 40, -4])
def test_a_file_cut_off_is_told(kept: int, tmp_path: Path):
    whole = safetensors({"x": np.ones((2, 3), dtype=np.float32)})
    (tmp_path / "a").write_bytes(whole[:kept])
    with pytest.raises(ModelError, match="damaged"):
        read_tensors(tmp_path / "a")
