"""EfficientNet-Lite0 as an ONNX graph, built from the bare weights.

Tan and Le, "EfficientNet" (2019) in its Lite variant: no squeeze-and-excite, ReLU6 instead of swish, stem
and head not scaled. Every BatchNorm is folded into the convolution before it, so that the graph holds
convolutions, clips and sums only.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from imgsearch_desktop.adapters.models.starter.legacy_torch_file import Tensors
from imgsearch_desktop.domain.errors import ModelError

INPUT, FEATURES, LOGITS = "pixels", "features", "logits"
FEATURE_DIMS, CLASSES = 1280, 1000

_OPSET = 17
_IR_VERSION = 8
_BATCH_NORM_EPSILON = 1e-3
_STAGES = (
    # expand, channels, repeats, stride, kernel
    (1, 16, 1, 1, 3),
    (6, 24, 2, 2, 3),
    (6, 40, 2, 2, 5),
    (6, 80, 3, 2, 3),
    (6, 112, 3, 1, 5),
    (6, 192, 4, 2, 5),
    (6, 320, 1, 1, 3),
)


@dataclass(frozen=True, slots=True)
class _Block:
    """One inverted residual block."""

    prefix: str
    expand: bool
    stride: int
    kernel: int
    residual: bool


def _blocks() -> Iterator[_Block]:
    number, channels = 0, 32
    for expand, out_channels, repeats, first_stride, kernel in _STAGES:
        for repeat in range(repeats):
            stride = first_stride if repeat == 0 else 1
            residual = stride == 1 and channels == out_channels
            yield _Block(f"_blocks.{number}", expand != 1, stride, kernel, residual)
            number, channels = number + 1, out_channels


@dataclass(slots=True)
class _GraphWriter:
    """Collects nodes and constants; every method returns the name of the value it adds."""

    tensors: Tensors
    nodes: list[Any] = field(default_factory=list)
    constants: list[Any] = field(default_factory=list)

    def constant(self, name: str, value: NDArray[Any]) -> str:
        from onnx import numpy_helper

        self.constants.append(numpy_helper.from_array(value, name))
        return name

    def node(self, kind: str, inputs: list[str], output: str, **attributes: Any) -> str:
        from onnx import helper

        self.nodes.append(helper.make_node(kind, inputs, [output], **attributes))
        return output

    def convolution(
        self,
        source: str,
        name: str,
        norm: str,
        *,
        stride: int = 1,
        depthwise: bool = False,
        clip: bool = True,
    ) -> str:
        """A convolution with its BatchNorm folded in, then ReLU6 unless it is a linear projection."""
        weight, bias = _fold(self.tensors, name, norm)
        inputs = [source, self.constant(f"{name}.w", weight), self.constant(f"{name}.b", bias)]
        output = self.node(
            "Conv",
            inputs,
            f"{name}.out",
            auto_pad="SAME_UPPER",
            strides=[stride, stride],
            kernel_shape=list(weight.shape[2:]),
            group=weight.shape[0] if depthwise else 1,
        )
        return self.node("Clip", [output, "zero", "six"], f"{name}.relu6") if clip else output

    def block(self, source: str, block: _Block) -> str:
        prefix = block.prefix
        value = source
        if block.expand:
            value = self.convolution(value, f"{prefix}._expand_conv", f"{prefix}._bn0")
        value = self.convolution(
            value, f"{prefix}._depthwise_conv", f"{prefix}._bn1", stride=block.stride, depthwise=True
        )
        value = self.convolution(value, f"{prefix}._project_conv", f"{prefix}._bn2", clip=False)
        return self.node("Add", [value, source], f"{prefix}.sum") if block.residual else value


def _fold(tensors: Tensors, convolution: str, norm: str) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Weight (out, in, h, w) and bias (out,) of a convolution followed by its BatchNorm."""
    weight = tensors[f"{convolution}.weight"].astype(np.float64)
    mean, variance = tensors[f"{norm}.running_mean"], tensors[f"{norm}.running_var"].astype(np.float64)
    scale = tensors[f"{norm}.weight"] / np.sqrt(variance + _BATCH_NORM_EPSILON)
    bias = tensors[f"{norm}.bias"] - mean * scale
    return (weight * scale[:, None, None, None]).astype(np.float32), bias.astype(np.float32)


def build_graph(tensors: Tensors) -> bytes:
    """Build the ONNX model.

    Input `pixels`: uint8 (n, 224, 224, 3), RGB. Outputs `features`: float32 (n, 1280), pooled;
    `logits`: float32 (n, 1000), ImageNet classes.

    Args:
        tensors: the state dict of the weight file.

    Returns:
        The serialised ONNX model.

    Raises:
        ModelError: a tensor is missing or has the wrong shape.
    """
    writer = _GraphWriter(tensors)
    try:
        value = _add_input(writer)
        value = writer.convolution(value, "_conv_stem", "_bn0", stride=2)
        for block in _blocks():
            value = writer.block(value, block)
        value = writer.convolution(value, "_conv_head", "_bn1")
        _add_outputs(writer, value)
        return _serialise(writer)
    except (KeyError, ValueError) as error:
        raise ModelError(
            f"The starter model's weight file does not fit ({error}). Install the program again to mend it."
        ) from error


def _add_input(writer: _GraphWriter) -> str:
    """From uint8 (n, h, w, 3) to (x - 127) / 128, float32 (n, 3, h, w)."""
    from onnx import TensorProto

    for name, number in (("zero", 0), ("six", 6), ("shift", 127), ("scale", 1 / 128)):
        writer.constant(name, np.array(number, dtype=np.float32))
    value = writer.node("Transpose", [INPUT], "planes", perm=[0, 3, 1, 2])
    value = writer.node("Cast", [value], "levels", to=TensorProto.FLOAT)
    value = writer.node("Sub", [value, "shift"], "centred")
    return writer.node("Mul", [value, "scale"], "scaled")


def _add_outputs(writer: _GraphWriter, value: str) -> None:
    value = writer.node("GlobalAveragePool", [value], "pooled")
    writer.node("Flatten", [value], FEATURES, axis=1)
    weight = writer.constant("_fc.w", writer.tensors["_fc.weight"])
    bias = writer.constant("_fc.b", writer.tensors["_fc.bias"])
    writer.node("Gemm", [FEATURES, weight, bias], LOGITS, transB=1)


def _serialise(writer: _GraphWriter) -> bytes:
    from onnx import TensorProto, checker, helper

    pixels = helper.make_tensor_value_info(INPUT, TensorProto.UINT8, ["n", 224, 224, 3])
    outputs = [
        helper.make_tensor_value_info(FEATURES, TensorProto.FLOAT, ["n", FEATURE_DIMS]),
        helper.make_tensor_value_info(LOGITS, TensorProto.FLOAT, ["n", CLASSES]),
    ]
    graph = helper.make_graph(writer.nodes, "efficientnet-lite0", [pixels], outputs, writer.constants)
    opsets = [helper.make_opsetid("", _OPSET)]
    model = helper.make_model(graph, opset_imports=opsets, ir_version=_IR_VERSION)
    checker.check_model(model)
    serialised: bytes = model.SerializeToString()
    return serialised
