"""ONNX Runtime sessions: on what they run, with how many threads, and whether to trust their answers."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from imgsearch_desktop.domain.errors import ModelError

log = logging.getLogger(__name__)

CPU = "CPUExecutionProvider"
PREFERENCE = (
    "CUDAExecutionProvider",
    "DmlExecutionProvider",
    "CoreMLExecutionProvider",
    "OpenVINOExecutionProvider",
    CPU,
)
"""Best first; which of them there are depends on the ONNX Runtime that is installed."""

LEAST_COSINE = 0.999
"""What a provider's answer to the test must have with that of the processor."""

Inputs = Mapping[str, NDArray[Any]]


def default_threads() -> int:
    """Half of the cores, at least two where there are two: decoding and the window need the others."""
    cores = os.cpu_count() or 1
    return min(cores, max(2, cores // 2))


@dataclass(frozen=True, slots=True)
class SessionSettings:
    """How graphs are run.

    Attributes:
        threads: how many one run may use, None for half of the cores.
        providers: what they may run on, best first; those that are not installed are left out.
    """

    threads: int | None = None
    providers: tuple[str, ...] = PREFERENCE


class Session:
    """A loaded graph; thread-safe.

    Args:
        loaded: what ONNX Runtime made of it.
        provider: on what it runs.
    """

    def __init__(self, loaded: Any, provider: str) -> None:
        self._loaded = loaded
        self.provider = provider
        # Only the processor's sessions may be run by several threads at once.
        self._one_at_a_time = None if provider == CPU else threading.Lock()

    def run(self, output: str, inputs: Inputs) -> NDArray[np.float32]:
        """One output, float32."""
        if self._one_at_a_time is None:
            return self._run(output, inputs)
        with self._one_at_a_time:
            return self._run(output, inputs)

    def _run(self, output: str, inputs: Inputs) -> NDArray[np.float32]:
        return np.asarray(self._loaded.run([output], dict(inputs))[0], dtype=np.float32)


def open_session(
    graph: Path, settings: SessionSettings, output: str, test_inputs: Callable[[], Inputs]
) -> Session:
    """Load a graph on the best provider that answers like the processor does.

    Args:
        graph: its ONNX file.
        settings: threads and providers.
        output: what the test compares.
        test_inputs: something to run for the test; asked for only where there is something to compare.

    Raises:
        ModelError: ONNX Runtime is missing, or the file cannot be loaded by it.
    """
    runtime = _runtime()
    installed = set(runtime.get_available_providers())
    reference: NDArray[np.float32] | None = None
    for provider in settings.providers:
        if provider == CPU or provider not in installed:
            continue
        if reference is None:
            reference = _load(runtime, graph, CPU, settings).run(output, test_inputs())
        try:
            session = _load(runtime, graph, provider, settings)
            if _same(session.run(output, test_inputs()), reference):
                return session
            log.info("%s answers differently on %s; the next one is tried", graph.name, provider)
        except Exception as error:  # drivers fail in ways of their own
            log.info("%s cannot be run on %s; the next one is tried", graph.name, provider, exc_info=error)
    return _load(runtime, graph, CPU, settings)


def _runtime() -> Any:
    try:
        import onnxruntime
    except ImportError as error:
        raise ModelError(
            "ONNX Runtime, which models need, is not installed. Install the program again to mend it."
        ) from error
    return onnxruntime


def _load(runtime: Any, graph: Path, provider: str, settings: SessionSettings) -> Session:
    options = runtime.SessionOptions()
    options.intra_op_num_threads = settings.threads or default_threads()
    options.inter_op_num_threads = 1
    options.log_severity_level = 3  # what it warns of, a provider that is not there for one, is decided here
    # A waiting thread that spins takes the cores that decoding needs.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    if provider == "DmlExecutionProvider":
        options.enable_mem_pattern = False  # it demands this
    try:
        loaded = runtime.InferenceSession(os.fspath(graph), options, providers=[provider])
    except Exception as error:  # ONNX Runtime has a dozen kinds, most of them bare
        raise ModelError(f"The model's file {graph} cannot be loaded. Fetch the model again.") from error
    if loaded.get_providers()[0] != provider:
        raise ModelError(f"{provider} cannot run the model's file {graph}.")
    return Session(loaded, provider)


def _same(answer: NDArray[np.float32], reference: NDArray[np.float32]) -> bool:
    """Whether every row points the same way."""
    if answer.shape != reference.shape or not np.isfinite(answer).all():
        return False
    rows, expected = answer.reshape(len(answer), -1), reference.reshape(len(reference), -1)
    lengths = np.linalg.norm(rows, axis=1) * np.linalg.norm(expected, axis=1)
    cosines = np.einsum("ij,ij->i", rows, expected) / np.maximum(lengths, np.finfo(np.float32).tiny)
    return bool(cosines.min() >= LEAST_COSINE)
