"""The rules in tests/conftest.py bite: a test that breaks one fails, with words that say which."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

CONFTEST = Path(__file__).parents[1] / "conftest.py"

BREACHES = {
    "logs a warning": (
        "import logging; logging.getLogger('x').warning('oh')",
        "unexpected log record: WARNING x: oh",
    ),
    "never logs what it announced": ("expect_log('never')", "expected, never logged: never"),
    "leaves a thread": (
        "import threading, time; threading.Thread(target=time.sleep, args=(3,), name='left').start()",
        "threads left behind: ['left']",
    ),
    "leaves a process": (
        "import subprocess, sys; global p;"
        "p = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(3)'])",
        "child processes left behind",
    ),
    "leaves a file": ("open('left.txt', 'w').close()", "left in the working directory: ['left.txt']"),
    "goes out": ("import socket; socket.create_connection(('192.0.2.1', 80), 1)", "over the network"),
    "asks for a name": (
        "import urllib.request; urllib.request.urlopen('http://example.org')",
        "over the network",
    ),
    "warns": ("import warnings; warnings.warn('oh')", "UserWarning: oh"),
}


@pytest.mark.parametrize("breach", BREACHES)
def test_a_breach_fails(breach: str, tmp_path: Path) -> None:
    code, words = BREACHES[breach]
    report = _run(tmp_path, code)
    assert report.returncode == 1, report.stdout
    assert words in report.stdout


def test_a_clean_test_passes(tmp_path: Path) -> None:
    report = _run(tmp_path, "import logging; expect_log('^oh$'); logging.getLogger('x').warning('oh')")
    assert report.returncode == 0, report.stdout


def _run(folder: Path, code: str) -> subprocess.CompletedProcess[str]:
    conftest = CONFTEST.read_text().replace("GRACE_S = 5.0", "GRACE_S = 0.2")
    (folder / "conftest.py").write_text(conftest)
    (folder / "pytest.ini").write_text("[pytest]\nfilterwarnings = error\n")
    (folder / "test_it.py").write_text(f"def test_it(expect_log):\n    {code}\n")
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:randomly",
        "-p",
        "no:xdist",
        "-p",
        "no:pytest-qt",
    ]
    command += ["-p", "no:hypothesispytest", "-p", "no:cacheprovider", str(folder)]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=60, check=False)
