import numpy as np
import pytest

from imgsearch_desktop.adapters.models.starter.joint_space import (
    DIMS,
    FEATURE_DIMS,
    SEMANTIC_DIMS,
    centre_class_vectors,
    join,
    mix_class_texts,
    probabilities,
    projection,
    reach,
    semantic_part,
    text_vectors,
    typical_photos,
)
from imgsearch_desktop.domain.embedding import Vectors, normalise


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(0)


def unit(rng: np.random.Generator, rows: int, dims: int = SEMANTIC_DIMS) -> Vectors:
    return normalise(rng.standard_normal((rows, dims)))


def test_projection_never_changes():
    """Vectors are stored for years: these figures must stay what they are."""
    matrix = projection()
    assert matrix.shape == (1280, 256)
    np.testing.assert_allclose(matrix[0, :4], [-0.8494177, -0.2430796, -0.4298863, 0.0747741], atol=1e-6)
    np.testing.assert_allclose(matrix[-1, -4:], [1.1367311, 1.1480438, -0.5624596, 0.3447004], atol=1e-6)
    assert float(matrix.sum(dtype=np.float64)) == pytest.approx(-908.634, abs=0.05)


def test_projection_is_gaussian_and_keeps_cosines(rng: np.random.Generator):
    matrix = projection()
    assert abs(matrix.mean()) < 0.01
    assert abs(matrix.std() - 1) < 0.01
    features = np.abs(rng.standard_normal((40, FEATURE_DIMS))).astype(np.float32)
    before = normalise(features) @ normalise(features).T
    after = normalise(features @ matrix) @ normalise(features @ matrix).T
    assert np.abs(before - after).max() < 0.25
    assert np.abs(before - after).mean() < 0.05


def test_probabilities_add_up_and_survive_large_logits():
    chances = probabilities(np.array([[1000.0, 998.0, -1000.0]], dtype=np.float32))
    np.testing.assert_allclose(chances.sum(axis=1), 1, rtol=1e-5)
    assert chances[0, 0] / chances[0, 1] == pytest.approx(np.e, rel=1e-4)


def test_semantic_part_mixes_the_twenty_most_probable_classes(rng: np.random.Generator):
    classes, chances = unit(rng, 1000), probabilities(rng.standard_normal((3, 1000)).astype(np.float32))
    expected = [
        normalise(sum(row[c] * classes[c] for c in np.argsort(-row)[:20]))
        for row in chances.astype(np.float64)
    ]
    np.testing.assert_allclose(semantic_part(chances, classes), np.stack(expected), atol=1e-5)


def test_cosine_of_two_pictures_is_the_weighted_sum_of_both_parts(rng: np.random.Generator):
    semantic, features = unit(rng, 2), rng.random((2, FEATURE_DIMS)).astype(np.float32)
    joint = join(semantic, features)
    assert joint.shape == (2, DIMS)
    visual = normalise(features @ projection())
    expected = 0.3 * semantic[0] @ semantic[1] + 0.7 * visual[0] @ visual[1]
    assert float(joint[0] @ joint[1]) == pytest.approx(float(expected), abs=1e-5)


def test_a_text_compares_with_the_semantic_part_alone(rng: np.random.Generator):
    semantic, features = unit(rng, 1), rng.random((1, FEATURE_DIMS)).astype(np.float32)
    text = text_vectors(semantic)
    assert not text[:, SEMANTIC_DIMS:].any()
    assert float(text[0] @ join(semantic, features)[0]) == pytest.approx(np.sqrt(0.3), abs=1e-5)


def test_class_vectors_lose_what_all_have_in_common(rng: np.random.Generator):
    common = unit(rng, 1)[0]
    texts = normalise(common + 0.5 * unit(rng, 100))
    centred = centre_class_vectors(texts)
    np.testing.assert_allclose(np.linalg.norm(centred, axis=1), 1, atol=1e-5)
    assert (centred @ common).mean() < (texts @ common).mean() - 0.15


def test_names_and_description_of_a_class_count_the_same(rng: np.random.Generator):
    name, other, description = unit(rng, 3)
    mixed = mix_class_texts([np.stack((name, name, other))], description[None])[0]
    expected = normalise(normalise((2 * name + other) / 3) + description)
    np.testing.assert_allclose(mixed, expected, atol=1e-5)


def test_a_typical_photo_is_spread_over_classes_with_similar_weights(rng: np.random.Generator):
    classes = unit(rng, 1000)
    weights = rng.standard_normal((1000, FEATURE_DIMS)).astype(np.float32)
    weights[1] = weights[0] + 0.1 * weights[1]
    typical = typical_photos(weights, classes)
    np.testing.assert_allclose(np.linalg.norm(typical, axis=1), 1, atol=1e-5)
    own = typical @ classes.T
    assert (own.argmax(axis=1)[2:] == np.arange(2, 1000)).all()
    assert own[0, 1] > np.delete(own[0], [0, 1]).max()


def test_reach_is_high_near_a_class_and_zero_for_nothing(rng: np.random.Generator):
    classes = unit(rng, 1000)
    typical = typical_photos(rng.standard_normal((1000, FEATURE_DIMS)).astype(np.float32), classes)
    texts = np.stack((classes[3], unit(rng, 1)[0], np.zeros(SEMANTIC_DIMS, dtype=np.float32)))
    near, far, nothing = reach(texts, classes, typical)
    assert near == pytest.approx(np.sqrt(0.3) * 2 / 3, abs=1e-4)
    assert near > far > nothing == 0
