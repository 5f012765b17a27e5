"""A grid with photos that exist in memory only."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
import pytest
from PIL import Image

from imgsearch_desktop.ui.grid.contents import Contents, TileFacts
from imgsearch_desktop.ui.grid.grid import PhotoGrid
from imgsearch_desktop.ui.grid.model import PhotoModel
from imgsearch_desktop.ui.grid.pixmap_cache import PixmapCache


def facts_of(photo_id: int, **changes: object) -> TileFacts:
    given: dict[str, Any] = {
        "photo_id": photo_id,
        "name": f"IMG_{photo_id}.jpg",
        "description": f"IMG_{photo_id}.jpg, 14 August 2023",
        "colour": (200, 100, 50),
        "width": 400,
        "height": 300,
        "path": f"/photos/IMG_{photo_id}.jpg".encode(),
        "display_path": f"/photos/IMG_{photo_id}.jpg",
    }
    return TileFacts(**(given | changes))


def jpeg(width: int = 40, height: int = 30, colour: str = "blue") -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(data, "JPEG")
    return data.getvalue()


def contents(count: int, first: int = 1, starts: list[int] | None = None) -> Contents:
    ids = np.arange(first, first + count, dtype=np.int64)
    if starts is None:
        return Contents(ids)
    titles = tuple(f"Month {number}" for number in range(len(starts)))
    return Contents(ids, np.array(starts, np.int64), titles)


@pytest.fixture
def grid(qtbot, theme):
    view = PhotoGrid(PhotoModel(), theme, PixmapCache(64 << 20))
    qtbot.addWidget(view)
    view.resize(900, 600)
    with qtbot.waitExposed(view):
        view.show()
    return view
