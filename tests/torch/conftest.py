"""What is compared; made once, for it takes seconds."""

from __future__ import annotations

import os
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

collect_ignore_glob = ["test_*.py"]
if find_spec("torch"):
    collect_ignore_glob = []
    # Read when the libraries are imported: no look at the hub, no advice about their own defaults.
    os.environ |= {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_VERBOSITY": "error"}
    import tqdm  # type: ignore[import-untyped]

    tqdm.tqdm.monitor_interval = 0  # else a thread that watches progress bars stays for ever


@dataclass(frozen=True)
class Recipe:
    """The recipe's models and their exports.

    Attributes:
        clip: folder of the model for pictures, for sentence-transformers.
        multilingual: folder of the model for texts.
        pair: both as ONNX files.
        images: the `SentenceTransformer` of the first.
        texts: of the second.
    """

    clip: Path
    multilingual: Path
    pair: Path
    images: Any
    texts: Any


@pytest.fixture(scope="session")
def recipe(tmp_path_factory: pytest.TempPathFactory) -> Recipe:
    from sentence_transformers import SentenceTransformer

    from tests.torch.hub_models import export_pair, write_clip, write_multilingual

    folder = tmp_path_factory.mktemp("recipe")
    clip, multilingual = write_clip(folder / "clip"), write_multilingual(folder / "multilingual")
    return Recipe(
        clip,
        multilingual,
        export_pair(folder / "pair", clip, multilingual),
        SentenceTransformer(str(clip), device="cpu"),
        SentenceTransformer(str(multilingual), device="cpu"),
    )
