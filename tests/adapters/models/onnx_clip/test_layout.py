"""What a folder is taken for, and what is said when something is missing or does not fit."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from imgsearch_desktop.adapters.models.onnx_clip.graph_header import Element
from imgsearch_desktop.adapters.models.onnx_clip.layout import inspect_folder
from imgsearch_desktop.adapters.models.onnx_clip.text_layout import Activation, Cleaning, TextKind
from imgsearch_desktop.domain.embedding import EncoderInput
from imgsearch_desktop.domain.errors import ModelError
from imgsearch_desktop.domain.model_list import CpuKind
from tests.support.small_models.folders import open_clip_pair, recipe_pair
from tests.support.small_models.towers import write_image_tower
from tests.support.small_models.weights import Sizes, image_weights

IMAGE, TEXT = Path("visual/onnx/vision_model.onnx"), Path("textual/onnx/model.onnx")


@pytest.fixture
def pair(tmp_path: Path) -> Path:
    return recipe_pair(tmp_path / "pair")


def _change(path: Path, **changes: object) -> None:
    content = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(content | changes), encoding="utf-8")


def test_the_recipe_s_pair(pair: Path):
    layout = inspect_folder(pair)
    assert layout.dims == 32
    assert layout.image.graph == pair / IMAGE
    assert (layout.image.input, layout.image.output) == ("pixel_values", "image_embeds")
    assert layout.image.batch is None
    assert not layout.image.quantised
    assert layout.image.preprocessing.encoder_input == EncoderInput(size=224, short_side=224)
    text = layout.text
    assert text.kind is TextKind.POOLED
    assert (text.ids, text.mask, text.output) == ("input_ids", "attention_mask", "last_hidden_state")
    assert text.id_element is Element.INT64
    assert (text.longest, text.padded, text.cleaning) == (128, False, Cleaning.NONE)
    assert text.dense is not None
    assert text.dense.activation is Activation.IDENTITY


def test_the_layout_of_open_clip(tmp_path: Path):
    layout = inspect_folder(open_clip_pair(tmp_path))
    assert (layout.dims, layout.image.batch) == (32, 1)
    text = layout.text
    assert text.kind is TextKind.PROJECTED
    assert (text.ids, text.mask, text.output) == ("text", None, "embedding")
    assert text.id_element is Element.INT32
    assert (text.longest, text.padded, text.cleaning) == (77, True, Cleaning.WHITESPACE)
    assert text.pad_token == "[PAD]"


def test_texts_are_cleaned_as_the_model_s_own_library_does(tmp_path: Path):
    folder = open_clip_pair(tmp_path)
    _change(folder / "config.json", text_cfg={"tokenizer_kwargs": {"clean": "canonicalize"}})
    assert inspect_folder(folder).text.cleaning is Cleaning.CANONICALIZE


def test_pictures_may_be_squashed(tmp_path: Path):
    folder = open_clip_pair(tmp_path)
    _change(folder / "visual" / "preprocess_cfg.json", resize_mode="squash", mean=[0.5] * 3, std=[0.5] * 3)
    preprocessing = inspect_folder(folder).image.preprocessing
    assert preprocessing.encoder_input == EncoderInput(size=224, short_side=None)
    assert preprocessing.mean == preprocessing.std == (0.5, 0.5, 0.5)


def test_the_file_for_this_processor_is_taken_then_full_precision_then_any(pair: Path):
    onnx = pair / "textual" / "onnx"
    for name in ("model_qint8_avx512_vnni.onnx", "model_qint8_arm64.onnx"):
        shutil.copy(onnx / "model.onnx", onnx / name)
    assert inspect_folder(pair, CpuKind.ARM64).text.graph.name == "model_qint8_arm64.onnx"
    assert inspect_folder(pair, CpuKind.AVX512_VNNI).text.graph.name == "model_qint8_avx512_vnni.onnx"
    assert inspect_folder(pair, CpuKind.AVX2).text.graph.name == "model.onnx"
    (onnx / "model.onnx").unlink()
    assert inspect_folder(pair, CpuKind.PLAIN).text.graph.name == "model_qint8_avx512_vnni.onnx"


def test_pooling_is_told_in_two_ways(pair: Path):
    pooling = pair / "textual" / "1_Pooling" / "config.json"
    pooling.write_text('{"embedding_dimension": 48, "pooling_mode": "mean"}', encoding="utf-8")
    assert inspect_folder(pair).dims == 32
    pooling.write_text('{"embedding_dimension": 48, "pooling_mode": "cls"}', encoding="utf-8")
    with pytest.raises(ModelError, match="makes sentences of words in a way"):
        inspect_folder(pair)


def _without(name: str) -> Callable[[Path], None]:
    return lambda folder: (folder / name).unlink()


def _cut_off(name: Path) -> Callable[[Path], None]:
    def cut(folder: Path) -> None:
        content = (folder / name).read_bytes()
        (folder / name).write_bytes(content[: len(content) // 2])

    return cut


def _other_dims(folder: Path) -> None:
    write_image_tower(folder / IMAGE, image_weights(sizes=Sizes(dims=16)), Sizes(dims=16))


def _swapped(folder: Path) -> None:
    shutil.copy(folder / TEXT, folder / IMAGE)


PROBLEMS: dict[str, tuple[Callable[[Path], object], str]] = {
    "no image encoder": (_without(str(IMAGE)), "No encoder was found in .*visual"),
    "no text encoder": (_without(str(TEXT)), "No encoder was found in .*textual"),
    "no preparation": (_without("visual/preprocessor_config.json"), r"lacks .*preprocessor_config\.json"),
    "no tokeniser": (_without("textual/tokenizer.json"), r"lacks the file .*tokenizer\.json"),
    "no dense layer": (_without("textual/2_Dense/model.safetensors"), r"lacks .*model\.safetensors"),
    "a graph cut off": (_cut_off(IMAGE), "is damaged"),
    "a text graph cut off": (_cut_off(TEXT), "is damaged"),
    "no graph at all": (lambda folder: (folder / IMAGE).write_bytes(b""), "is not an ONNX file"),
    "a web page": (
        lambda folder: (folder / IMAGE).write_bytes(b"<!DOCTYPE html>" * 9),
        "is damaged",
    ),
    "a text encoder for pictures": (_swapped, "is not an image encoder"),
    "halves of two models": (_other_dims, "do not belong together: .* 16 numbers, those of texts 32"),
    "another size beside it": (
        lambda folder: _change(folder / "visual/preprocessor_config.json", crop_size=192, size=192),
        "takes pictures of 224 pixels, but what lies beside it says 192",
    ),
    "an odd preparation": (
        lambda folder: _change(folder / "visual/preprocessor_config.json", size={"longest_edge": 224}),
        "in a way that this program does not know",
    ),
    "no JSON": (
        lambda folder: (folder / "visual/preprocessor_config.json").write_bytes(b"\xff{"),
        r"preprocessor_config\.json is damaged",
    ),
    "an odd last layer": (
        lambda folder: _change(folder / "textual/2_Dense/config.json", activation_function="torch.nn.ReLU"),
        "last layer",
    ),
}


@pytest.mark.parametrize("problem", PROBLEMS)
def test_what_is_wrong_is_told(problem: str, pair: Path):
    damage, words = PROBLEMS[problem]
    damage(pair)
    with pytest.raises(ModelError, match=words):
        inspect_folder(pair)
