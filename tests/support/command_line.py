"""Runs `imgsearch` in this process, as a user would, on libraries whose model is already worked out."""

from __future__ import annotations

import json
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from imgsearch_desktop.cli import main

IMGSEARCH = Path(sys.executable).with_name("imgsearch")
"""The installed command, for tests that need a process of their own."""


@dataclass(frozen=True)
class Ran:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The result of a command that was run with --json."""
        assert self.code == 0, self.err
        return json.loads(self.out)


class CommandLine:
    """One library and a way to run commands on it."""

    def __init__(self, library: Path, capture: pytest.CaptureFixture[str]) -> None:
        self.library = library
        self._capture = capture

    def __call__(self, *arguments: str | Path) -> Ran:
        self._capture.readouterr()
        code = main(["--library", str(self.library), *map(str, arguments)])
        return Ran(code, *self._capture.readouterr())

    def json(self, *arguments: str | Path) -> Any:
        """The JSON a command prints; it must succeed."""
        return self("--json", *arguments).json


def seed_model_cache(worked_out: Path, library: Path) -> None:
    """Spare a new library the seconds that working the starter model's tables out takes."""
    shutil.copytree(worked_out, library / "cache" / "models", ignore=shutil.ignore_patterns("done"))
