"""The recipe's loop over a folder, run in `.venv-torch`: ``python -m benchmarks.recipe_child FOLDER``.

Open, decode whole, encode one picture with sentence-transformers, collect in a list, write at the end. It
makes no thumbnails, reads no metadata and finds no copies. The model is loaded, and has run once, before the
clock starts. Prints JSON.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from PIL import Image
from sentence_transformers import SentenceTransformer

from benchmarks.full_size_models import made
from tests.support.small_models.weights import FULL
from tests.torch.hub_models import write_clip


def main(folder: Path) -> None:
    """Index and print."""
    model = SentenceTransformer(str(made("recipe", lambda target: write_clip(target, FULL))), device="cpu")
    model.encode(Image.new("RGB", (640, 480)), show_progress_bar=False)
    with tempfile.TemporaryDirectory() as output:
        started, busy = time.perf_counter(), time.process_time()
        vectors, names = [], []
        for path in sorted(folder.glob("*.jpg")):
            with Image.open(path) as picture:
                vectors.append(model.encode(picture, show_progress_bar=False))
            names.append(path.name)
        np.save(Path(output) / "vectors.npy", np.stack(vectors))
        (Path(output) / "names.json").write_text(json.dumps(names))
        seconds, busy = time.perf_counter() - started, time.process_time() - busy
    print(json.dumps({"seconds": seconds, "processor_s": busy, "photos": len(names)}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
