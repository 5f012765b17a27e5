"""What lies in a model's folder, and whether it is enough.

Two families of folders are known, both with a part `visual` and a part `textual`:

* as hubs of transformers models have them: `visual/onnx/vision_model.onnx` (or a quantised one) with
  `visual/preprocessor_config.json`; `textual/onnx/model.onnx` (or a quantised one) with `tokenizer.json`,
  `1_Pooling` and `2_Dense` of sentence-transformers, or `textual/onnx/text_model.onnx`, projecting itself;
* as open_clip models are exported for Immich: `visual/model.onnx` with `visual/preprocess_cfg.json`,
  `textual/model.onnx` with `textual/tokenizer.json`, and a `config.json` of both.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from imgsearch_desktop.adapters.models.cpu import this_cpu
from imgsearch_desktop.adapters.models.onnx_clip.config_file import (
    Config,
    read_config,
    read_config_if_there,
)
from imgsearch_desktop.adapters.models.onnx_clip.graph_header import (
    Element,
    GraphHeader,
    GraphValue,
    read_graph_header,
)
from imgsearch_desktop.adapters.models.onnx_clip.preprocessing import (
    Preprocessing,
    of_open_clip,
    of_transformers,
)
from imgsearch_desktop.adapters.models.onnx_clip.text_layout import TextLayout, inspect_text, whole
from imgsearch_desktop.domain.errors import ModelError
from imgsearch_desktop.domain.model_list import CpuKind

VISUAL, TEXTUAL = "visual", "textual"

_IMAGE_GRAPHS = (
    "model.onnx",
    "onnx/vision_model.onnx",
    "onnx/vision_model_quantized.onnx",
    "onnx/vision_model_int8.onnx",
    "onnx/vision_model_uint8.onnx",
)
_IMAGE_INPUTS = ("pixel_values", "image")
_IMAGE_OUTPUTS = ("image_embeds", "image_embeddings", "embedding", "sentence_embedding", "pooler_output")

_TEXT_GRAPHS = (
    "model.onnx",
    "onnx/model.onnx",
    "onnx/text_model.onnx",
    "onnx/text_model_quantized.onnx",
    "onnx/text_model_int8.onnx",
    "onnx/text_model_uint8.onnx",
)
_TEXT_GRAPHS_FOR = {
    CpuKind.AVX512_VNNI: "onnx/model_qint8_avx512_vnni.onnx",
    CpuKind.AVX2: "onnx/model_quint8_avx2.onnx",
    CpuKind.ARM64: "onnx/model_qint8_arm64.onnx",
}


@dataclass(frozen=True, slots=True)
class ImageLayout:
    """The image tower.

    Attributes:
        graph: its ONNX file.
        input: what takes the pictures, float32 (n, 3, size, size).
        output: what gives the embeddings, (n, dims).
        batch: how many pictures one run takes, None for any number.
        quantised: see `GraphHeader`.
        dims: length of an embedding, None where the graph leaves it open and no file says it.
        preprocessing: how pictures are prepared.
    """

    graph: Path
    input: str
    output: str
    batch: int | None
    quantised: bool
    dims: int | None
    preprocessing: Preprocessing


@dataclass(frozen=True, slots=True)
class ModelLayout:
    """A folder with everything a model needs.

    Attributes:
        folder: the folder.
        image: the image tower.
        text: the text tower.
        dims: length of an embedding, the same for both.
    """

    folder: Path
    image: ImageLayout
    text: TextLayout
    dims: int


def inspect_folder(folder: Path, cpu: CpuKind | None = None) -> ModelLayout:
    """Find out what a folder holds; reads no weights.

    Args:
        folder: with `visual` and `textual` in it.
        cpu: decides between quantised files where several are there; None for this machine's.

    Raises:
        ModelError: not a folder of a known layout, or something is missing; the message says what.
    """
    shared = read_config_if_there(folder / "config.json")
    image = inspect_image(folder, shared)
    text_graph = _first(folder / TEXTUAL, _text_graphs(cpu or this_cpu()))
    text = inspect_text(folder / TEXTUAL, text_graph, shared)
    dims = {length for length in (image.dims, text.dims) if length is not None}
    if not dims:
        raise ModelError(
            f"The model in {folder} does not say how long its embeddings are. It cannot be used."
        )
    if len(dims) > 1:
        raise ModelError(
            f"The two halves of the model in {folder} do not belong together: embeddings of pictures have "
            f"{image.dims} numbers, those of texts {text.dims}."
        )
    return ModelLayout(folder, image, text, dims.pop())


def inspect_image(folder: Path, shared: Config | None = None) -> ImageLayout:
    """The half that a model's folder has for pictures; see `inspect_folder`.

    Args:
        folder: the model's.
        shared: its `config.json`, where it was read already.

    Raises:
        ModelError: as there.
    """
    visual = folder / VISUAL
    graph = _first(visual, _IMAGE_GRAPHS)
    header = read_graph_header(graph)
    taken = _named(header.inputs, _IMAGE_INPUTS) or _only(header.inputs)
    given = _named(header.outputs, _IMAGE_OUTPUTS, rank=2) or _only_flat(header)
    if taken is None or given is None or taken.element is not Element.FLOAT32 or len(taken.shape) != 4:
        raise ModelError(f"{graph} is not an image encoder that this program knows. It cannot be used here.")
    preprocessing = _preprocessing(visual)
    side = preprocessing.encoder_input.size
    if any(length not in {None, side} for length in taken.shape[2:]):
        raise ModelError(
            f"{graph} takes pictures of {taken.shape[3]} pixels, but what lies beside it says {side}. "
            "Fetch the model again."
        )
    config = (read_config_if_there(folder / "config.json") if shared is None else shared) or (
        read_config_if_there(visual / "config.json")
    )
    dims = given.shape[1] or whole(config.get("projection_dim")) or whole(config.get("embed_dim"))
    return ImageLayout(graph, taken.name, given.name, taken.shape[0], header.quantised, dims, preprocessing)


def _preprocessing(visual: Path) -> Preprocessing:
    path = visual / "preprocess_cfg.json"
    if path.is_file():
        return of_open_clip(read_config(path), str(path))
    path = visual / "preprocessor_config.json"
    return of_transformers(read_config(path), str(path))


def _text_graphs(cpu: CpuKind) -> tuple[str, ...]:
    """In the order of preference: made for this processor, in full precision, made for another one."""
    own = _TEXT_GRAPHS_FOR.get(cpu)
    others = tuple(name for name in _TEXT_GRAPHS_FOR.values() if name != own)
    return (*((own,) if own else ()), *_TEXT_GRAPHS, *others)


def _first(part: Path, names: tuple[str, ...]) -> Path:
    for name in names:
        if (part / name).is_file():
            return part / name
    raise ModelError(
        f"No encoder was found in {part}: a model's folder has a file like {names[0]} or {names[1]} there."
    )


def _named(
    values: tuple[GraphValue, ...], names: tuple[str, ...], rank: int | None = None
) -> GraphValue | None:
    by_name = {value.name: value for value in values if rank is None or len(value.shape) == rank}
    return next((by_name[name] for name in names if name in by_name), None)


def _only(values: tuple[GraphValue, ...]) -> GraphValue | None:
    return values[0] if len(values) == 1 else None


def _only_flat(header: GraphHeader) -> GraphValue | None:
    return _only(tuple(value for value in header.outputs if len(value.shape) == 2))
