"""Reads the weights out of a legacy torch file without torch and without running anything it contains.

Before torch 1.6 `torch.save` wrote five pickles in a row (magic number, protocol, system facts, the state
dict with references instead of data, the storage keys in order), then for each storage its element count as
a little-endian int64 and its raw values. A pickle can call anything it can import; this reader knows four
names and refuses every other one.
"""

from __future__ import annotations

import io
import pickle
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from imgsearch_desktop.domain.errors import ModelError

_MAGIC = 0x1950A86A20F9469CFC6C
_PROTOCOL = 1001

_DTYPES: dict[str, np.dtype[Any]] = {"FloatStorage": np.dtype("<f4"), "LongStorage": np.dtype("<i8")}

Tensors = Mapping[str, NDArray[Any]]


@dataclass(frozen=True, slots=True)
class _Storage:
    """A storage that the state dict refers to; its values follow at the end of the file."""

    key: str
    dtype: np.dtype[Any]
    elements: int


@dataclass(frozen=True, slots=True)
class _View:
    """A tensor: a strided window into a storage, sizes and strides in elements."""

    storage: _Storage
    offset: int
    shape: tuple[int, ...]
    strides: tuple[int, ...]


def _rebuild_tensor(storage: object, offset: int, shape: object, strides: object, *_: object) -> _View:
    """Stands in for `torch._utils._rebuild_tensor_v2`: notes what the tensor is and builds nothing."""
    if not isinstance(storage, _Storage) or not isinstance(shape, tuple) or not isinstance(strides, tuple):
        raise pickle.UnpicklingError("a tensor without a storage")
    return _View(storage, int(offset), tuple(map(int, shape)), tuple(map(int, strides)))


_ALLOWED: dict[tuple[str, str], object] = {
    ("collections", "OrderedDict"): OrderedDict,
    ("torch._utils", "_rebuild_tensor_v2"): _rebuild_tensor,
    ("torch", "FloatStorage"): "FloatStorage",
    ("torch", "LongStorage"): "LongStorage",
}


class _RestrictedUnpickler(pickle.Unpickler):
    """Knows four names; storages become `_Storage`."""

    def find_class(self, module: str, name: str) -> Any:
        try:
            return _ALLOWED[module, name]
        except KeyError:
            raise pickle.UnpicklingError(f"the name {module}.{name} is not allowed") from None

    def persistent_load(self, pid: Any) -> _Storage:
        kind, storage_type, key, _location, elements, view = pid
        if kind != "storage" or view is not None:
            raise pickle.UnpicklingError("an unknown kind of reference")
        return _Storage(str(key), _DTYPES[storage_type], int(elements))


def read_tensors(data: bytes) -> Tensors:
    """Read the state dict of a legacy torch file.

    Args:
        data: the whole file.

    Returns:
        Arrays by name, C-contiguous, float32 or int64.

    Raises:
        ModelError: not such a file, cut short, or it contains anything but plain tensors.
    """
    try:
        return _read(io.BytesIO(data))
    except (
        pickle.UnpicklingError,
        EOFError,
        ValueError,
        TypeError,
        KeyError,
        AttributeError,
        IndexError,
    ) as error:
        raise ModelError(
            f"The starter model's weight file is damaged ({error}). Install the program again to mend it."
        ) from error


def _read(stream: io.BytesIO) -> Tensors:
    magic, protocol, system = (_RestrictedUnpickler(stream).load() for _ in range(3))
    if magic != _MAGIC or protocol != _PROTOCOL or not system["little_endian"]:
        raise pickle.UnpicklingError("not a legacy torch file")
    views = _RestrictedUnpickler(stream).load()
    keys = _RestrictedUnpickler(stream).load()
    if not isinstance(views, dict) or not all(isinstance(view, _View) for view in views.values()):
        raise pickle.UnpicklingError("not a dictionary of tensors")
    storages = {view.storage.key: view.storage for view in views.values()}
    values = {key: _storage_values(stream, storages[key]) for key in keys}
    return {name: _tensor(view, values[view.storage.key]) for name, view in views.items()}


def _storage_values(stream: io.BytesIO, storage: _Storage) -> NDArray[Any]:
    elements = int.from_bytes(stream.read(8), "little", signed=True)
    raw = stream.read(elements * storage.dtype.itemsize) if elements == storage.elements else b""
    if elements != storage.elements or len(raw) != elements * storage.dtype.itemsize:
        raise pickle.UnpicklingError("it is cut short")
    return np.frombuffer(raw, dtype=storage.dtype)


def _tensor(view: _View, values: NDArray[Any]) -> NDArray[Any]:
    """Copy a strided window out of a storage; a window that leaves the storage is refused."""
    if min((view.offset, *view.shape, *view.strides)) < 0:
        raise pickle.UnpicklingError("a tensor with a negative size")
    last = view.offset + sum((size - 1) * step for size, step in zip(view.shape, view.strides, strict=True))
    if 0 in view.shape or last >= len(values):
        raise pickle.UnpicklingError("a tensor reaches beyond its storage")
    steps = tuple(step * values.itemsize for step in view.strides)
    window = np.lib.stride_tricks.as_strided(values[view.offset :], view.shape, steps, writeable=False)
    return np.ascontiguousarray(window).reshape(view.shape)
