"""Where the real photos lie; they are test data of this machine and never part of the project."""

from __future__ import annotations

from pathlib import Path

import pytest

PHOTOS = (Path(__file__).parents[3] / "shared" / "photos").resolve()

needs_photos = pytest.mark.skipif(not PHOTOS.is_dir(), reason="../shared/photos is not on this machine")
