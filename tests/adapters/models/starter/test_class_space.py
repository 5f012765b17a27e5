from pathlib import Path

import numpy as np

from imgsearch_desktop.adapters.models.starter.class_space import load_class_space
from imgsearch_desktop.adapters.models.starter.sentences import SentenceEncoder
from tests.support.starter import CACHE, REFERENCE, needs_reference


@needs_reference
def test_built_anew_it_agrees_with_the_reference_and_with_the_cache(tmp_path: Path):
    """Where nothing can be written, so that it really is worked out."""
    blocked = tmp_path / "a file, no directory"
    blocked.write_bytes(b"")
    built = load_class_space(blocked, SentenceEncoder())
    with np.load(REFERENCE, allow_pickle=False) as arrays:
        expected = arrays["class_vectors"].astype(np.float32)
    assert (built.vectors * expected).sum(axis=1).min() >= 0.999
    cached = load_class_space(CACHE, SentenceEncoder())
    np.testing.assert_allclose(built.vectors, cached.vectors, atol=1e-5)
    np.testing.assert_allclose(built.typical, cached.typical, atol=1e-5)
