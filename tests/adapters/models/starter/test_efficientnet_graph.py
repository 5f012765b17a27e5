import numpy as np
import onnxruntime
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageOps

from imgsearch_desktop.adapters.models.starter.class_space import load_class_space
from imgsearch_desktop.adapters.models.starter.efficientnet_graph import build_graph
from imgsearch_desktop.adapters.models.starter.image_encoder import ImageTower
from imgsearch_desktop.adapters.models.starter.joint_space import probabilities, semantic_part
from imgsearch_desktop.adapters.models.starter.legacy_torch_file import Tensors, read_tensors
from imgsearch_desktop.adapters.models.starter.packages import read_image_weights
from imgsearch_desktop.adapters.models.starter.sentences import SentenceEncoder
from imgsearch_desktop.domain.embedding import Pixels, normalise
from imgsearch_desktop.domain.errors import ModelError
from tests.support.photos import PHOTOS, needs_photos
from tests.support.starter import CACHE, REFERENCE, needs_reference

Reference = dict[str, NDArray[np.generic]]


@pytest.fixture(scope="module")
def weights() -> Tensors:
    return read_tensors(read_image_weights())


@pytest.fixture(scope="module")
def tower(tmp_path_factory: pytest.TempPathFactory) -> ImageTower:
    return ImageTower(tmp_path_factory.mktemp("cache"), threads=2)


@pytest.fixture(scope="module")
def reference() -> Reference:
    with np.load(REFERENCE, allow_pickle=False) as arrays:
        return {name: arrays[name] for name in arrays.files}


def cut(path: str, *, scaled: bool) -> Pixels:
    """Short side to 256, bicubic, centre 224; from the whole picture or from a scaled decode at 2x."""
    with Image.open(PHOTOS / path) as image:
        if scaled:
            image.draft("RGB", (512, 512))
        upright = ImageOps.exif_transpose(image).convert("RGB")
    scale = 256 / min(upright.size)
    small = upright.resize(
        (round(upright.width * scale), round(upright.height * scale)), Image.Resampling.BICUBIC
    )
    left, top = (small.width - 224) // 2, (small.height - 224) // 2
    return np.asarray(small.crop((left, top, left + 224, top + 224)))


def cosines(left: NDArray[np.generic], right: NDArray[np.generic]) -> NDArray[np.float32]:
    rows = normalise(left.astype(np.float32)) * normalise(right.astype(np.float32))
    return np.asarray(rows.sum(axis=1))


@needs_photos
@needs_reference
@pytest.mark.parametrize(("scaled", "least"), [(False, 0.999), (True, 0.99)])
def test_agrees_with_the_reference(reference: Reference, tower: ImageTower, scaled: bool, least: float):
    pixels = np.stack([cut(str(path), scaled=scaled) for path in reference["paths"]])
    features, logits = tower.run(pixels)
    space = load_class_space(CACHE, SentenceEncoder())
    semantic = semantic_part(probabilities(logits), space.vectors)
    assert cosines(features, reference["features"]).min() >= least
    assert cosines(logits, reference["logits"]).min() >= least
    assert cosines(semantic, reference["semantic"]).min() >= least


def test_first_layers_do_what_the_weights_say(weights: Tensors):
    """Stem convolution, BatchNorm and ReLU6 by hand at one place, against the folded graph."""
    import onnx

    rng = np.random.default_rng(0)
    pixels = rng.integers(0, 256, (1, 224, 224, 3), dtype=np.uint8)
    graph = onnx.load_from_string(build_graph(weights))
    name = "_conv_stem.relu6"
    graph.graph.output.append(onnx.helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, None))
    session = onnxruntime.InferenceSession(graph.SerializeToString(), providers=["CPUExecutionProvider"])
    stem = session.run([name], {"pixels": pixels})[0]

    # SAME_UPPER with stride 2 on an even side pads at the end only: output (10, 20) sees rows 20 to 22.
    window = (pixels[0, 20:23, 40:43].astype(np.float64) - 127) / 128
    values = np.einsum("hwc,ochw->o", window, weights["_conv_stem.weight"])
    deviation = np.sqrt(weights["_bn0.running_var"] + 1e-3)
    values = (values - weights["_bn0.running_mean"]) / deviation * weights["_bn0.weight"] + weights[
        "_bn0.bias"
    ]
    assert stem.shape == (1, 32, 112, 112)
    np.testing.assert_allclose(stem[0, :, 10, 20], np.clip(values, 0, 6), atol=1e-4)


def test_refuses_weights_of_something_else(weights: Tensors):
    missing = {name: tensor for name, tensor in weights.items() if name != "_blocks.7._bn1.bias"}
    with pytest.raises(ModelError, match="does not fit"):
        build_graph(missing)
    with pytest.raises(ModelError, match="does not fit"):
        build_graph({**weights, "_bn0.weight": np.ones(31, dtype=np.float32)})
