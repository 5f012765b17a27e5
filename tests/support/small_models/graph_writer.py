"""Writes the layers of a transformer as nodes of an ONNX graph."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from tests.support.small_models.weights import Weights

OPSET = 17
FLOAT, INT32, INT64 = TensorProto.FLOAT, TensorProto.INT32, TensorProto.INT64


class GraphWriter:
    """A graph under construction; methods take and give names of values.

    Args:
        weights: where layers find theirs.
    """

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self._nodes: list[Any] = []
        self._constants: dict[str, Any] = {}

    def node(self, kind: str, *inputs: str, **attributes: Any) -> str:
        """One node with one output."""
        output = f"{kind.lower()}_{len(self._nodes)}"
        self._nodes.append(helper.make_node(kind, list(inputs), [output], **attributes))
        return output

    def constant(self, numbers: NDArray[Any] | float | Sequence[int]) -> str:
        """A fixed tensor: float32 of a float, int64 of whole numbers."""
        array = np.asarray(numbers)
        array = array.astype(np.float32) if array.dtype == np.float64 else array
        name = f"constant_{len(self._constants)}"
        self._constants[name] = numpy_helper.from_array(array, name)
        return name

    def weight(self, name: str) -> str:
        """A tensor of the weights."""
        self._constants.setdefault(name, numpy_helper.from_array(self._weights[name], name))
        return name

    def linear(self, value: str, name: str, *, bias: bool = True) -> str:
        """x W^T + b."""
        turned = f"{name}.weight.turned"
        matrix = np.ascontiguousarray(self._weights[f"{name}.weight"].T)
        self._constants[turned] = numpy_helper.from_array(matrix, turned)
        product = self.node("MatMul", value, turned)
        return self.node("Add", product, self.weight(f"{name}.bias")) if bias else product

    def norm(self, value: str, name: str, epsilon: float) -> str:
        """Layer normalisation over the last axis."""
        scale, shift = self.weight(f"{name}.weight"), self.weight(f"{name}.bias")
        return self.node("LayerNormalization", value, scale, shift, axis=-1, epsilon=epsilon)

    def attention(
        self, value: str, names: Sequence[str], width: int, heads: int, hidden: str | None = None
    ) -> str:
        """Self-attention with several heads.

        Args:
            value: (n, tokens, width).
            names: of the layers for query, key, value and output.
            width: of a token.
            heads: how many.
            hidden: added to the scores, -inf for tokens that do not count.
        """
        apart = self.constant([0, 0, heads, width // heads])
        query, key, content = (
            self.node("Transpose", self.node("Reshape", self.linear(value, name), apart), perm=[0, 2, 1, 3])
            for name in names[:3]
        )
        scaled = self.node("Mul", query, self.constant((width // heads) ** -0.5))
        scores = self.node("MatMul", scaled, self.node("Transpose", key, perm=[0, 1, 3, 2]))
        if hidden is not None:
            scores = self.node("Add", scores, hidden)
        mixed = self.node("MatMul", self.node("Softmax", scores, axis=-1), content)
        joined = self.node(
            "Reshape", self.node("Transpose", mixed, perm=[0, 2, 1, 3]), self.constant([0, 0, width])
        )
        return self.linear(joined, names[3])

    def quick_gelu(self, value: str) -> str:
        """x sigmoid(1.702 x), as in OpenAI's CLIP."""
        return self.node("Mul", value, self.node("Sigmoid", self.node("Mul", value, self.constant(1.702))))

    def gelu(self, value: str) -> str:
        """x (1 + erf(x / sqrt(2))) / 2."""
        erf = self.node("Erf", self.node("Mul", value, self.constant(0.5**0.5)))
        return self.node(
            "Mul", self.node("Mul", value, self.constant(0.5)), self.node("Add", erf, self.constant(1.0))
        )

    def unit(self, value: str) -> str:
        """Rows of unit length."""
        return self.node("LpNormalization", value, axis=-1, p=2)

    def save(
        self,
        path: Path,
        inputs: dict[str, tuple[int, Sequence[int | str]]],
        outputs: dict[str, tuple[str, Sequence[int | str]]],
    ) -> None:
        """Write the graph.

        Args:
            path: its file; folders are made.
            inputs: by name, type and shape.
            outputs: by name, the value that becomes it and its shape.
        """
        for name, (value, _) in outputs.items():
            self._nodes.append(helper.make_node("Identity", [value], [name]))
        graph = helper.make_graph(
            self._nodes,
            "small",
            [helper.make_tensor_value_info(name, kind, shape) for name, (kind, shape) in inputs.items()],
            [helper.make_tensor_value_info(name, FLOAT, shape) for name, (_, shape) in outputs.items()],
            list(self._constants.values()),
        )
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=8)
        onnx.checker.check_model(model)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(model.SerializeToString())
