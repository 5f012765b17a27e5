"""What goes in and out of an ONNX graph, read without its weights.

An ONNX file is one protocol buffer message (onnx.proto of the ONNX specification). Its inputs and outputs
are a few hundred bytes; the weights before them, hundreds of megabytes, are skipped.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import BinaryIO

from imgsearch_desktop.domain.errors import ModelError

_GRAPH = 7
_GRAPH_NODE, _GRAPH_INPUT, _GRAPH_OUTPUT = 1, 11, 12
_NODE_KIND = 4
_VALUE_NAME, _VALUE_TYPE = 1, 2
_TYPE_TENSOR = 1
_TENSOR_ELEMENT, _TENSOR_SHAPE = 1, 2
_SHAPE_DIM = 1
_DIM_VALUE = 1

_QUANTISING = {b"DynamicQuantizeLinear", b"DynamicQuantizeMatMul", b"DynamicQuantizeLSTM"}

_VARINT, _EIGHT_BYTES, _DELIMITED, _FOUR_BYTES = 0, 1, 2, 5


class Element(IntEnum):
    """Types of numbers that towers take and give (TensorProto.DataType)."""

    OTHER = 0
    FLOAT32 = 1
    UINT8 = 2
    INT32 = 6
    INT64 = 7
    FLOAT16 = 10


@dataclass(frozen=True, slots=True)
class GraphValue:
    """An input or output.

    Attributes:
        name: its name.
        element: type of its numbers.
        shape: one entry per axis, None where the length is open.
    """

    name: str
    element: Element
    shape: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class GraphHeader:
    """What a graph tells without its weights.

    Attributes:
        inputs: in its order.
        outputs: in its order.
        quantised: its numbers are scaled to 8 bits over each batch, so that pictures of one batch change each
            other's embeddings.
    """

    inputs: tuple[GraphValue, ...]
    outputs: tuple[GraphValue, ...]
    quantised: bool = False


class _DamagedError(Exception):
    """The bytes are not what they should be."""


def read_graph_header(path: Path) -> GraphHeader:
    """Inputs and outputs of an ONNX file.

    Raises:
        ModelError: missing, cut off, or not ONNX.
    """
    try:
        with path.open("rb") as file:
            for number, end in _fields(file, os.fstat(file.fileno()).st_size):
                if number == _GRAPH:
                    return _header(file, end)
    except OSError as error:
        raise ModelError(f"The model's file {path} cannot be read ({error.strerror}).") from error
    except _DamagedError as error:
        raise ModelError(f"The model's file {path} is damaged. Fetch the model again.") from error
    raise ModelError(f"The model's file {path} is not an ONNX file. Fetch the model again.")


def _header(file: BinaryIO, end: int) -> GraphHeader:
    inputs: list[GraphValue] = []
    outputs: list[GraphValue] = []
    quantised = False
    for number, field_end in _fields(file, end):
        if number == _GRAPH_NODE and not quantised:
            quantised = _kind_of_node(file, field_end) in _QUANTISING
        elif number in {_GRAPH_INPUT, _GRAPH_OUTPUT}:
            value = _value(file.read(field_end - file.tell()))
            (inputs if number == _GRAPH_INPUT else outputs).append(value)
    return GraphHeader(tuple(inputs), tuple(outputs), quantised)


def _kind_of_node(file: BinaryIO, end: int) -> bytes:
    for number, field_end in _fields(file, end):
        if number == _NODE_KIND:
            return file.read(field_end - file.tell())
    return b""


def _value(content: bytes) -> GraphValue:
    name, element, shape = "", Element.OTHER, list[int | None]()
    for number, part in _messages(content):
        if number == _VALUE_NAME:
            name = part.decode("utf-8", "replace")
        elif number == _VALUE_TYPE:
            for _, tensor in (field for field in _messages(part) if field[0] == _TYPE_TENSOR):
                element, shape = _tensor_type(tensor)
    return GraphValue(name, element, tuple(shape))


def _tensor_type(content: bytes) -> tuple[Element, list[int | None]]:
    element, shape = Element.OTHER, list[int | None]()
    for number, part in _messages(content):
        if number == _TENSOR_ELEMENT:
            told = int.from_bytes(part, "little")
            element = Element(told) if told in set(Element) else Element.OTHER
        elif number == _TENSOR_SHAPE:
            shape = [_length(dim) for field, dim in _messages(part) if field == _SHAPE_DIM]
    return element, shape


def _length(dim: bytes) -> int | None:
    lengths = [int.from_bytes(part, "little") for number, part in _messages(dim) if number == _DIM_VALUE]
    return lengths[0] if lengths and lengths[0] > 0 else None


def _messages(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Fields of a small message; numbers as little-endian bytes."""
    file = io.BytesIO(content)
    while file.tell() < len(content):
        number, kind = _tag(file)
        if kind == _VARINT:
            yield number, _varint(file).to_bytes(10, "little")
        else:
            yield number, file.read(_size(file, kind, len(content)))


def _fields(file: BinaryIO, end: int) -> Iterator[tuple[int, int]]:
    """Number of each field and where it ends; the file stands at its content, and goes past it afterwards."""
    while file.tell() < end:
        number, kind = _tag(file)
        if kind == _VARINT:
            _varint(file)
            continue
        size = _size(file, kind, end)
        field_end = file.tell() + size
        yield number, field_end
        file.seek(field_end)


def _tag(file: BinaryIO) -> tuple[int, int]:
    tag = _varint(file)
    return tag >> 3, tag & 7


def _size(file: BinaryIO, kind: int, end: int) -> int:
    """Bytes of a field's content, which must lie before the end."""
    if kind == _DELIMITED:
        size = _varint(file)
    elif kind in {_EIGHT_BYTES, _FOUR_BYTES}:
        size = 8 if kind == _EIGHT_BYTES else 4
    else:
        raise _DamagedError
    if file.tell() + size > end:
        raise _DamagedError
    return size


def _varint(file: BinaryIO) -> int:
    value = 0
    for shift in range(0, 70, 7):
        byte = file.read(1)
        if not byte:
            raise _DamagedError
        value |= (byte[0] & 0x7F) << shift
        if byte[0] < 0x80:
            return value
    raise _DamagedError
