"""Which provider is taken, with a runtime that has providers this machine has not."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from imgsearch_desktop.adapters.models.onnx_clip import session
from imgsearch_desktop.adapters.models.onnx_clip.model import OnnxClipModel, OnnxSettings
from imgsearch_desktop.adapters.models.onnx_clip.session import CPU, SessionSettings, open_session
from imgsearch_desktop.domain.errors import ModelError
from tests.support.small_models.folders import recipe_pair, small_entry

CUDA, DIRECTML = "CUDAExecutionProvider", "DmlExecutionProvider"
RIGHT = np.array([[3.0, 4.0]], dtype=np.float32)

Answer = Callable[[], Any]


class Runtime:
    """As much of ONNX Runtime as sessions use; each provider answers in its own way.

    Args:
        answers: by provider, in the order the runtime lists them.
    """

    def __init__(self, answers: dict[str, Answer]) -> None:
        self.answers = answers
        self.options: list[Any] = []

    def get_available_providers(self) -> list[str]:
        return list(self.answers)

    def SessionOptions(self) -> Any:
        import onnxruntime

        self.options.append(onnxruntime.SessionOptions())
        return self.options[-1]

    def InferenceSession(self, path: str, options: Any, providers: Sequence[str]) -> Any:
        answer = self.answers[providers[0]]

        class Loaded:
            def get_providers(self) -> list[str]:
                return list(providers)

            def run(self, outputs: list[str], inputs: dict[str, Any]) -> list[Any]:
                return [answer()]

        return Loaded()


def _broken() -> Any:
    raise RuntimeError("the driver is too old")


@pytest.mark.parametrize(
    ("answers", "taken"),
    [
        ({CPU: lambda: RIGHT}, CPU),
        ({CPU: lambda: RIGHT, CUDA: lambda: RIGHT * 2}, CUDA),
        ({CPU: lambda: RIGHT, DIRECTML: lambda: RIGHT, CUDA: lambda: RIGHT}, CUDA),
        ({CPU: lambda: RIGHT, DIRECTML: lambda: RIGHT, CUDA: lambda: RIGHT[:, ::-1]}, DIRECTML),
        ({CPU: lambda: RIGHT, CUDA: lambda: RIGHT * np.nan}, CPU),
        ({CPU: lambda: RIGHT, CUDA: _broken}, CPU),
        ({CPU: lambda: RIGHT, "AzureExecutionProvider": lambda: RIGHT}, CPU),
    ],
    ids=["alone", "better", "best", "wrong", "no numbers", "broken", "not wanted"],
)
def test_the_best_provider_that_answers_rightly_is_taken(
    answers: dict[str, Answer], taken: str, monkeypatch: pytest.MonkeyPatch
):
    runtime = Runtime(answers)
    monkeypatch.setattr(session, "_runtime", lambda: runtime)
    opened = open_session(Path("tower.onnx"), SessionSettings(), "embedding", dict)
    assert opened.provider == taken
    assert all(options.intra_op_num_threads == session.default_threads() for options in runtime.options)


def test_threads_and_waiting_are_bounded():
    import os

    assert 1 <= session.default_threads() <= max(2, (os.cpu_count() or 1) // 2)


def test_a_graph_that_cannot_be_loaded_is_told(tmp_path: Path):
    (tmp_path / "tower.onnx").write_bytes(b"nothing of the kind")
    with pytest.raises(ModelError, match=r"tower\.onnx cannot be loaded\. Fetch the model again\."):
        open_session(tmp_path / "tower.onnx", SessionSettings(), "embedding", dict)


def test_the_real_runtime_runs_a_model_on_the_processor(tmp_path: Path):
    settings = SessionSettings(threads=1, providers=("NoSuchExecutionProvider", CPU))
    OnnxClipModel(recipe_pair(tmp_path), small_entry(), settings=OnnxSettings(settings, settings)).self_test()
