"""How large the catalogue is: bytes per photo, without thumbnails, and the thumbnails apart."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.figures import Figure

PHOTOS = Path(__file__).parents[2] / "shared" / "photos"


def measure() -> list[Figure]:
    """Index the sample photos and look at the files; nothing where the photos are absent."""
    if not PHOTOS.is_dir():
        return []
    with tempfile.TemporaryDirectory() as library:
        command = [sys.executable, "-m", "benchmarks.index_child", library, str(PHOTOS)]
        output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        photos = json.loads(output.splitlines()[-1])["photos"]
        catalogue = (Path(library) / "catalogue.sqlite").stat().st_size
        thumbnails = (Path(library) / "thumbnails.sqlite").stat().st_size
    note = f"{photos} real photos with their metadata, one 768-d embedding each"
    return [
        Figure("catalogue, bytes per photo", catalogue / photos, "bytes", 4096, note=note),
        Figure("thumbnails, bytes per photo", thumbnails / photos, "bytes"),
    ]
