"""Runs what was uploaded to `MlServer`, as a machine learning node does, in a process of its own.

`python -m tests.support.elasticsearch.torchscript` is that process; it wants torch and transformers.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.support.elasticsearch.ml_server import CONFIG, DEFINITION, VOCABULARY
from tests.support.repository import ROOT

READY = "ready\n"
"""Said when the libraries are loaded: nobody waits for them in a search."""


class TorchScriptProcess:
    """Encodes texts with uploaded models; a context manager. Not for several threads at once.

    Args:
        python: an interpreter that has torch.
    """

    def __init__(self, python: str = sys.executable) -> None:
        self._process = subprocess.Popen(
            [python, "-m", "tests.support.elasticsearch.torchscript"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
            cwd=ROOT,
            env=os.environ | {"PYTHONUTF8": "1"},
        )
        assert self._process.stdout
        assert self._process.stdout.readline() == READY, "the process has ended"

    def encode(self, folder: Path, texts: Sequence[str]) -> list[list[float]]:
        """Embeddings, not normalised, by the model that was uploaded into a folder."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps({"folder": str(folder), "texts": list(texts)}) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        assert answer, "the process has ended"
        vectors: list[list[float]] = json.loads(answer)
        return vectors

    def __enter__(self) -> TorchScriptProcess:
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.close()
        self._process.wait(60)
        self._process.stdout.close()


class _Loaded:
    """An uploaded model with its tokeniser."""

    def __init__(self, folder: Path) -> None:
        import torch
        from transformers import BertTokenizer

        config = json.loads((folder / CONFIG).read_text(encoding="utf-8"))
        told = config["inference_config"]["text_embedding"]["tokenization"]["bert"]
        words = json.loads((folder / VOCABULARY).read_text(encoding="utf-8"))["vocabulary"]
        lines = folder / "vocab.txt"
        lines.write_text("\n".join(words) + "\n", encoding="utf-8")
        self._longest = told["max_sequence_length"]
        self._tokeniser = BertTokenizer(str(lines), do_lower_case=told["do_lower_case"])
        self._model = torch.jit.load(str(folder / DEFINITION))

    def encode(self, text: str) -> list[float]:
        """Of one text; the model takes its tokens, their mask, types and positions."""
        import torch

        tokens = self._tokeniser(text, return_tensors="pt", truncation=True, max_length=self._longest)
        count = tokens["input_ids"].size(1)
        given = (
            tokens["input_ids"],
            tokens["attention_mask"],
            torch.zeros(count, dtype=torch.long),
            torch.arange(count),
        )
        with torch.inference_mode():
            made: Any = self._model(*given)
        values: list[float] = (made[0] if isinstance(made, tuple) else made).reshape(-1).tolist()
        return values


def _serve() -> None:
    """Answer a line with a line until nothing comes any more."""
    import torch  # noqa: F401
    import transformers  # noqa: F401

    loaded: dict[str, _Loaded] = {}
    print(READY, end="", flush=True)  # noqa: T201
    for line in sys.stdin:
        asked = json.loads(line)
        if asked["folder"] not in loaded:
            loaded[asked["folder"]] = _Loaded(Path(asked["folder"]))
        model = loaded[asked["folder"]]
        print(json.dumps([model.encode(text) for text in asked["texts"]]), flush=True)  # noqa: T201


if __name__ == "__main__":
    _serve()
