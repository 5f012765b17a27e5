"""A system that is not this one, for scripts that install things."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from tests.support.repository import ROOT


class FakeSystem:
    """A folder of programs that stand in for the system's, and a log of what was asked of them."""

    def __init__(self, folder: Path) -> None:
        self.programs = folder / "bin"
        self.log = folder / "log"
        self.programs.mkdir()
        self.log.touch()
        for name in ("sh", "env", "cat", "printf"):
            (self.programs / name).symlink_to(shutil.which(name) or f"/bin/{name}")

    def add(self, name: str, body: str) -> None:
        program = self.programs / name
        program.write_text(f'#!/bin/sh\necho "{name} $*" >> {self.log}\n{body}\n')
        program.chmod(0o755)

    def run(self, script: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["/bin/sh", "-c", script],
            cwd=ROOT,
            env={"PATH": str(self.programs)},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )

    @property
    def asked(self) -> list[str]:
        return self.log.read_text().splitlines()
