"""Crisp and complete at 100, 150 and 200 %, in a small window and on a 4K screen."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import pytest


def look(scale: float, size: tuple[int, int]) -> dict[str, Any]:
    ended = subprocess.run(
        [sys.executable, "-m", "tests.ui.hidpi.scaled_window", f"{size[0]}x{size[1]}"],
        env=os.environ | {"QT_SCALE_FACTOR": str(scale), "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    found: dict[str, Any] = json.loads(ended.stdout)
    return found


@pytest.mark.parametrize(
    ("scale", "size"), [(1, (900, 600)), (1.5, (917, 611)), (2, (900, 600)), (1, (3840, 2160))]
)
def test_thumbnails_are_painted_pixel_by_pixel_and_every_control_is_inside(
    scale: float, size: tuple[int, int]
) -> None:
    found = look(scale, size)
    assert found["ratio"] == scale
    assert found["tile"] == round(found["side"] * scale)
    grey, looked_at = found["grey"]
    assert looked_at > 1000
    assert grey == 0
    assert found["outside"] == []
