"""The text half of a model's folder."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

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
from imgsearch_desktop.domain.errors import ModelError

CLIP_CONTEXT = 77
"""Tokens that CLIP's text encoders take, unless somebody says otherwise."""
SENTENCE_LENGTH = 128
"""Tokens of a sentence that multilingual sentence encoders read, unless somebody says otherwise."""
_LONGEST = 8192
"""Tokenisers that know no limit name a number as large as can be."""

_IDS = ("input_ids", "text")
_MASK, _TYPES = "attention_mask", "token_type_ids"
_EMBEDDINGS = ("text_embeds", "text_embeddings", "embedding", "sentence_embedding", "pooler_output")
_TOKENS = ("last_hidden_state", "token_embeddings")


class TextKind(StrEnum):
    """Who makes one embedding of the many of its tokens."""

    POOLED = "pooled"
    """This program: mean over the tokens, then a dense layer, as sentence-transformers does."""
    PROJECTED = "projected"
    """The graph itself."""


class Cleaning(StrEnum):
    """What is done to a text before it is cut into tokens (open_clip's names)."""

    NONE = "none"
    WHITESPACE = "whitespace"
    CANONICALIZE = "canonicalize"


class Activation(StrEnum):
    """What follows the dense layer."""

    IDENTITY = "identity"
    TANH = "tanh"


_ACTIVATIONS = {"identity": Activation.IDENTITY, "tanh": Activation.TANH}
"""By the last part of the names that torch gives them."""


@dataclass(frozen=True, slots=True)
class DenseLayout:
    """The layer between the mean of the tokens and the embedding.

    Attributes:
        weights: a safetensors file with `linear.weight` (out, in), and `linear.bias` (out,) where it has one.
        activation: what follows.
    """

    weights: Path
    activation: Activation


@dataclass(frozen=True, slots=True)
class TextLayout:
    """The text tower.

    Attributes:
        graph: its ONNX file.
        kind: who pools.
        ids: the input that takes the tokens.
        id_element: type of its numbers.
        mask: the input that says which tokens count, None where the graph finds out.
        types: the input for kinds of sentence, always zero; None where there is none.
        output: (n, dims) for `PROJECTED`, (n, tokens, width) for `POOLED`.
        dense: for `POOLED`; None where the mean is the embedding.
        dims: length of an embedding, None where nothing says it.
        longest: tokens that are read of a text, those that mark its begin and end included.
        padded: every text is filled up to `longest`, because the graph takes no other length or counts on it.
        cleaning: what is done to a text first.
        tokenizer: its file.
        pad_token: what fills up, None to find out from the tokeniser.
    """

    graph: Path
    kind: TextKind
    ids: str
    id_element: Element
    mask: str | None
    types: str | None
    output: str
    dense: DenseLayout | None
    dims: int | None
    longest: int
    padded: bool
    cleaning: Cleaning
    tokenizer: Path
    pad_token: str | None


def inspect_text(folder: Path, graph: Path, shared: Config) -> TextLayout:
    """What the text half of a model is.

    Args:
        folder: `textual`.
        graph: its ONNX file.
        shared: the `config.json` of the whole model, empty where there is none.

    Raises:
        ModelError: something is missing or not known; the message says what.
    """
    header = read_graph_header(graph)
    ids = next((value for value in header.inputs if value.name in _IDS), None)
    tokenizer = folder / "tokenizer.json"
    if ids is None or ids.element not in {Element.INT32, Element.INT64} or len(ids.shape) != 2:
        raise ModelError(f"{graph} is not a text encoder that this program knows. It cannot be used here.")
    if not tokenizer.is_file():
        raise ModelError(f"The model lacks the file {tokenizer}. Fetch the model again.")
    names = {value.name for value in header.inputs}
    kind, output = _output(header, graph, pooled_here=(folder / "1_Pooling").is_dir())
    dense, dims = _dense(folder, output) if kind is TextKind.POOLED else (None, output.shape[1])
    config = read_config_if_there(folder / "tokenizer_config.json")
    text_config = shared.get("text_cfg") or {}
    return TextLayout(
        graph=graph,
        kind=kind,
        ids=ids.name,
        id_element=ids.element,
        mask=_MASK if _MASK in names else None,
        types=_TYPES if _TYPES in names else None,
        output=output.name,
        dense=dense,
        dims=dims or whole(shared.get("embed_dim")) or whole(shared.get("projection_dim")),
        longest=ids.shape[1] or _longest(folder, kind, config, text_config),
        padded=kind is TextKind.PROJECTED or ids.shape[1] is not None,
        cleaning=_cleaning(text_config, ids.name),
        tokenizer=tokenizer,
        pad_token=_pad_token(config),
    )


def _output(header: GraphHeader, graph: Path, *, pooled_here: bool) -> tuple[TextKind, GraphValue]:
    """Which output is taken; a pooled one beside the tokens may have been trained for something else."""
    flat = {value.name: value for value in header.outputs if len(value.shape) == 2}
    tokens = {value.name: value for value in header.outputs if len(value.shape) == 3}
    if pooled_here and (named := _first(tokens, _TOKENS)):
        return TextKind.POOLED, named
    if named := _first(flat, _EMBEDDINGS):
        return TextKind.PROJECTED, named
    raise ModelError(f"{graph} is not a text encoder that this program knows. It cannot be used here.")


def _first(values: dict[str, GraphValue], names: tuple[str, ...]) -> GraphValue | None:
    """The value with the first of the names that is there, or the only value, whatever it is called."""
    only = next(iter(values.values())) if len(values) == 1 else None
    return next((values[name] for name in names if name in values), only)


def _dense(folder: Path, output: GraphValue) -> tuple[DenseLayout | None, int | None]:
    """The dense layer and how many numbers come out; without one, as many as a token has."""
    pooling = read_config(folder / "1_Pooling" / "config.json")
    if not _is_mean(pooling):
        raise ModelError(
            f"The model in {folder} makes sentences of words in a way that this program does not know. "
            "It cannot be used here."
        )
    if not (folder / "2_Dense").is_dir():
        told = pooling.get("embedding_dimension", pooling.get("word_embedding_dimension"))
        return None, output.shape[2] or whole(told)
    config = read_config(folder / "2_Dense" / "config.json")
    weights = folder / "2_Dense" / "model.safetensors"
    activation = _ACTIVATIONS.get(str(config.get("activation_function", "")).rpartition(".")[2].lower())
    if activation is None:
        raise ModelError(
            f"The last layer of the model in {folder} is of a kind that this program does not know. "
            "It cannot be used here."
        )
    if not weights.is_file():
        raise ModelError(f"The model lacks the file {weights}. Fetch the model again.")
    return DenseLayout(weights, activation), whole(config.get("out_features"))


def _is_mean(pooling: Config) -> bool:
    """Whether the mean over the tokens is asked for, and nothing else.

    One word says it since sentence-transformers 5.4; before, each way had a switch, and several could be on.
    """
    if "pooling_mode" in pooling:
        return bool(pooling["pooling_mode"] == "mean")
    ways = [key for key, on in pooling.items() if key.startswith("pooling_mode_") and on]
    return ways == ["pooling_mode_mean_tokens"]


def _longest(folder: Path, kind: TextKind, config: Config, text_config: Config) -> int:
    """Tokens that are read where the graph takes any number."""
    told = (
        read_config_if_there(folder / "sentence_bert_config.json").get("max_seq_length"),
        text_config.get("context_length"),
        config.get("model_max_length"),
    )
    known = (length for length in map(whole, told) if length is not None and length <= _LONGEST)
    return next(known, SENTENCE_LENGTH if kind is TextKind.POOLED else CLIP_CONTEXT)


def _cleaning(text_config: Config, ids: str) -> Cleaning:
    """open_clip cleans texts before they are cut; its exports are told by the name of their input."""
    if (text_config.get("tokenizer_kwargs") or {}).get("clean") == "canonicalize":
        return Cleaning.CANONICALIZE
    return Cleaning.WHITESPACE if ids == "text" else Cleaning.NONE


def _pad_token(config: Config) -> str | None:
    token = config.get("pad_token")
    content = token.get("content") if isinstance(token, dict) else token
    return content if isinstance(content, str) else None


def whole(number: object) -> int | None:
    """A number of things that a file tells, None where it tells none."""
    return number if isinstance(number, int) and number > 0 else None
