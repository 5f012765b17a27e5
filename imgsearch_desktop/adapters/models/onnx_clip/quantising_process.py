"""The process that makes an int8 graph: it can be ended at any moment, and takes its memory with it.

Converting a large graph holds the interpreter for seconds at a time, in which a window would stand still.
"""

from __future__ import annotations

import errno
import signal
from collections.abc import Callable
from multiprocessing import Pipe, get_context
from multiprocessing.connection import Connection
from pathlib import Path

from imgsearch_desktop.adapters.models.cpu import this_cpu
from imgsearch_desktop.domain.errors import ModelError
from imgsearch_desktop.domain.model_list import CpuKind

_SATURATING = {CpuKind.AVX2, CpuKind.PLAIN}
"""Processors whose 16-bit sums overflow with 8-bit weights; 7 bits are used for them."""

_LOOK_S = 0.05
"""How late a stop is noticed."""


def quantise(source: Path, target: Path, checkpoint: Callable[[], None]) -> None:
    """Write a graph with int8 weights where they are multiplied with what flows through it.

    Args:
        source: its ONNX file, in full precision.
        target: the file to be; its folder must not be there yet.
        checkpoint: called again and again; what it raises ends the work.

    Raises:
        ModelError: it cannot be converted.
        OSError: the target cannot be written.
    """
    told, tells = Pipe(duplex=False)
    process = get_context("spawn").Process(
        target=_run, args=(tells, source, target), name="imgsearch-quantise", daemon=True
    )
    with told:
        try:
            process.start()
        finally:
            tells.close()
        try:
            problem = _answer(told, source, checkpoint)
        finally:
            process.kill()
            process.join()
            process.close()
    if problem is not None:
        raise problem


def _answer(told: Connection, source: Path, checkpoint: Callable[[], None]) -> Exception | None:
    while not told.poll(_LOOK_S):
        checkpoint()
    try:
        problem: Exception | None = told.recv()
    except EOFError:  # it was ended from outside, mostly because memory ran out
        return ModelError(
            f"The model's file {source} could not be converted to int8: there was not enough memory. "
            "Close other programs and try again."
        )
    return problem


def _run(tells: Connection, source: Path, target: Path) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the program, which then ends this
    with tells:
        tells.send(_outcome(source, target))


def _outcome(source: Path, target: Path) -> Exception | None:
    try:
        _convert(source, target)
    except OSError as error:
        return OSError(error.errno or errno.EIO, error.strerror or str(error))
    except ModelError as error:
        return error
    except Exception:  # onnx, protobuf and the quantiser have kinds of their own
        return ModelError(f"The model's file {source} cannot be converted to int8.")
    return None


def _convert(source: Path, target: Path) -> None:
    try:
        import onnx
        from onnxruntime.quantization import QuantType, quantize_dynamic
    except ImportError as error:
        raise ModelError(
            "The library onnx is not installed. Install the program again to mend it."
        ) from error
    target.parent.mkdir(parents=True)
    model = onnx.load(source)
    # Says that the quantiser's own clean-up has run: exported graphs need none, and it warns without.
    onnx.helper.set_model_props(model, {"onnx.quant.pre_process": "onnxruntime.quant"})
    quantize_dynamic(
        model,
        target,
        op_types_to_quantize=["MatMul"],
        per_channel=True,
        reduce_range=this_cpu() in _SATURATING,
        weight_type=QuantType.QInt8,
    )
