import io
import os
import pickle
import sys
from collections import OrderedDict
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from imgsearch_desktop.adapters.models.starter.legacy_torch_file import read_tensors
from imgsearch_desktop.adapters.models.starter.packages import read_image_weights
from imgsearch_desktop.domain.errors import ModelError

MAGIC = 0x1950A86A20F9469CFC6C
SYSTEM = {"protocol_version": 1001, "little_endian": True, "type_sizes": {"short": 2, "int": 4, "long": 4}}


FloatStorage = type("FloatStorage", (), {"__module__": "torch"})
LongStorage = type("LongStorage", (), {"__module__": "torch"})


class Storage:
    def __init__(self, key: str, values: np.ndarray[Any, Any]) -> None:
        self.key, self.values = key, values


def rebuild(*_: object) -> None:
    raise AssertionError("only ever pickled by name")


rebuild.__module__, rebuild.__name__, rebuild.__qualname__ = "torch._utils", *2 * ("_rebuild_tensor_v2",)


class Tensor:
    def __init__(
        self, storage: Storage, offset: int, shape: tuple[int, ...], strides: tuple[int, ...]
    ) -> None:
        self.arguments: tuple[object, ...] = (storage, offset, shape, strides, False, OrderedDict())

    def __reduce__(self):
        return rebuild, self.arguments


class LegacyPickler(pickle.Pickler):
    def persistent_id(self, obj: object):
        if isinstance(obj, Storage):
            kind = FloatStorage if obj.values.dtype == np.float32 else LongStorage
            return ("storage", kind, obj.key, "cpu", len(obj.values), None)
        return None


@pytest.fixture(autouse=True)
def _names_of_torch(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pickles must name torch's things; no torch is there, so stand-ins are, while they are written."""
    torch, utils = ModuleType("torch"), ModuleType("torch._utils")
    vars(torch).update(FloatStorage=FloatStorage, LongStorage=LongStorage)
    vars(utils).update(_rebuild_tensor_v2=rebuild)
    monkeypatch.setitem(sys.modules, "torch", torch)
    monkeypatch.setitem(sys.modules, "torch._utils", utils)


def legacy_file(tensors: object, storages: list[Storage], magic: int = MAGIC) -> bytes:
    stream = io.BytesIO()
    for part in (magic, 1001, SYSTEM):
        pickle.dump(part, stream, protocol=2)
    LegacyPickler(stream, protocol=2).dump(tensors)
    pickle.dump([storage.key for storage in storages], stream, protocol=2)
    for storage in storages:
        stream.write(len(storage.values).to_bytes(8, "little"))
        stream.write(storage.values.tobytes())
    return stream.getvalue()


@pytest.fixture
def floats() -> Storage:
    return Storage("1", np.arange(12, dtype=np.float32))


def test_reads_tensors_with_their_offsets_and_strides(floats: Storage):
    whole = Storage("2", np.array([7], dtype=np.int64))
    tensors = OrderedDict(
        plain=Tensor(floats, 0, (3, 4), (4, 1)),
        turned=Tensor(floats, 0, (4, 3), (1, 4)),
        part=Tensor(floats, 5, (2, 2), (4, 1)),
        count=Tensor(whole, 0, (), ()),
    )
    read = read_tensors(legacy_file(tensors, [floats, whole]))
    values = floats.values.reshape(3, 4)
    np.testing.assert_array_equal(read["plain"], values)
    np.testing.assert_array_equal(read["turned"], values.T)
    np.testing.assert_array_equal(read["part"], values[1:, 1:3])
    assert read["count"] == 7
    assert read["count"].shape == ()
    assert all(tensor.flags.c_contiguous for tensor in read.values())


class Evil:
    def __init__(self, marker: Path) -> None:
        self.marker = marker

    def __reduce__(self):
        return os.mkdir, (str(self.marker),)


def test_runs_nothing_that_a_file_asks_for(tmp_path: Path, floats: Storage):
    marker = tmp_path / "made by the file"
    data = legacy_file(OrderedDict(x=Tensor(floats, 0, (12,), (1,)), evil=Evil(marker)), [floats])
    with pytest.raises(ModelError, match=r"mkdir is not allowed"):
        read_tensors(data)
    assert not marker.exists()


@pytest.mark.parametrize(
    ("offset", "shape", "strides"),
    [
        (0, (13,), (1,)),
        (1, (12,), (1,)),
        (0, (3, 4), (5, 1)),
        (-1, (2,), (1,)),
        (0, (4,), (-1,)),
        (0, (0,), (1,)),
    ],
)
def test_refuses_a_tensor_outside_its_storage(floats: Storage, offset: int, shape: Any, strides: Any):
    data = legacy_file(OrderedDict(x=Tensor(floats, offset, shape, strides)), [floats])
    with pytest.raises(ModelError):
        read_tensors(data)


def test_refuses_another_kind_of_file(floats: Storage):
    tensors = OrderedDict(x=Tensor(floats, 0, (12,), (1,)))
    for data in (b"", b"PK\x03\x04 a zip file", legacy_file(tensors, [floats], magic=1), pickle.dumps([1])):
        with pytest.raises(ModelError, match="Install the program again"):
            read_tensors(data)
    with pytest.raises(ModelError):
        read_tensors(legacy_file(OrderedDict(x=3), []))


def test_refuses_a_file_cut_short_anywhere(floats: Storage):
    data = legacy_file(OrderedDict(x=Tensor(floats, 0, (12,), (1,))), [floats])
    assert read_tensors(data)
    for length in range(len(data)):
        with pytest.raises(ModelError):
            read_tensors(data[:length])


def test_reads_the_weights_that_are_installed():
    tensors = read_tensors(read_image_weights())
    assert tensors["_conv_stem.weight"].shape == (32, 3, 3, 3)
    assert tensors["_fc.weight"].shape == (1000, 1280)
    assert tensors["_fc.weight"].dtype == np.float32
    assert np.isfinite(tensors["_fc.weight"]).all()
    assert sum(tensor.size for tensor in tensors.values()) > 4_600_000
