"""Reads the tensors of a safetensors file.

The format (https://github.com/huggingface/safetensors, "Format"): the length of the header as 8 bytes,
little-endian; the header, a JSON object of name to dtype, shape and place; then the numbers.
"""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from imgsearch_desktop.domain.errors import ModelError

_DTYPES: dict[str, np.dtype[np.floating]] = {
    "F16": np.dtype("<f2"),
    "F32": np.dtype("<f4"),
    "F64": np.dtype("<f8"),
}


def read_tensors(path: Path) -> dict[str, NDArray[np.float32]]:
    """All tensors of a small file, as float32.

    Raises:
        ModelError: missing, damaged, or with numbers of a type that is not known here.
    """
    try:
        content = path.read_bytes()
        size = int.from_bytes(content[:8], "little")
        header = json.loads(content[8 : 8 + size])
        data = memoryview(content)[8 + size :]
        return {
            name: _tensor(data, told["dtype"], told["shape"], told["data_offsets"])
            for name, told in header.items()
            if name != "__metadata__"
        }
    except FileNotFoundError as error:
        raise ModelError(f"The model lacks the file {path}. Fetch the model again.") from error
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ModelError(f"The model's file {path} is damaged. Fetch the model again.") from error


def _tensor(data: memoryview, dtype: str, shape: list[int], place: list[int]) -> NDArray[np.float32]:
    start, end = place
    numbers: NDArray[np.floating] = np.frombuffer(data[start:end], dtype=_DTYPES[dtype])
    if numbers.size != math.prod(shape):
        raise ValueError("the shape does not fit")
    tensor: NDArray[np.float32] = numbers.astype(np.float32).reshape(shape)
    return tensor
