"""What the published recipe's libraries make of the small models; `tests.torch.reference` wrote it down."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from tests.support.pictures import scene

RECORDED = Path(__file__).with_name("recorded.json")


def recorded_pictures() -> list[Image.Image]:
    """In the order of the rows: wide, high, square, small, odd."""
    sizes = ((640, 480), (300, 700), (400, 400), (90, 60), (333, 251))
    return [scene(seed, *size) for seed, size in enumerate(sizes)]


@cache
def recorded() -> dict[str, NDArray[np.float32]]:
    """Unit vectors: "pictures" for `recorded_pictures`, "texts" for `sentences.SENTENCES`."""
    tables = json.loads(RECORDED.read_text(encoding="utf-8"))
    return {name: np.array(rows, dtype=np.float32) for name, rows in tables.items()}
