"""Tests about permissions, for runs in which permissions stop nobody."""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import ParamSpec

import pytest

from tests.support.repository import ROOT

_P = ParamSpec("_P")

_RIGHTS = "-dac_override,-dac_read_search"
"""What lets root read and write whatever the permissions say (capabilities 1 and 2 of Linux)."""

_AGAIN = "TEST_WITHOUT_SUPERUSER"


def without_superuser(test: Callable[_P, None]) -> Callable[_P, None]:
    """Run a test in a process that permissions stop; as root, in a child that has given up those rights."""

    @functools.wraps(test)
    def held(*arguments: _P.args, **fixtures: _P.kwargs) -> None:
        if _is_stopped_by_permissions():
            test(*arguments, **fixtures)
            return
        assert _AGAIN not in os.environ, "the child has kept the rights of root"
        setpriv = shutil.which("setpriv")
        if setpriv is None:
            pytest.skip("root cannot give up its rights here: setpriv (util-linux) is not installed")
        node = os.environ["PYTEST_CURRENT_TEST"].rpartition(" ")[0]
        python = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", node]
        done = subprocess.run(
            [setpriv, f"--bounding-set={_RIGHTS}", f"--inh-caps={_RIGHTS}", *python],
            cwd=ROOT,
            env=os.environ | {_AGAIN: "1"},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        assert "1 passed" in done.stdout, done.stdout

    return held


def _is_stopped_by_permissions() -> bool:
    if not hasattr(os, "geteuid"):
        pytest.skip("permissions as POSIX has them")
    if os.geteuid() != 0:
        return True
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
    except OSError:
        pytest.skip("permissions do not stop the superuser")
    effective = next(line for line in status.splitlines() if line.startswith("CapEff:"))
    return not int(effective.split()[1], 16) & 0b110
