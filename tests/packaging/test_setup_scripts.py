"""The set-up scripts on systems that are not this one: no root, no sudo, empty package lists, no apt."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.fake_system import FakeSystem
from tests.support.repository import ROOT

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the set-up scripts are for POSIX shells")

SCRIPTS = sorted((ROOT / "packaging").rglob("*.sh"))


@pytest.fixture
def system(tmp_path: Path) -> FakeSystem:
    return FakeSystem(tmp_path)


INSTALL = '. packaging/apt.sh; apt_install "for the window" libegl1 libgl1'


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_the_shell_can_read_it(script: Path) -> None:
    checked = subprocess.run(["/bin/sh", "-n", script], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr


def test_root_installs_at_once(system: FakeSystem) -> None:
    system.add("id", "echo 0")
    system.add("apt-get", "exit 0")
    assert system.run(INSTALL).returncode == 0
    assert system.asked == ["id -u", "apt-get install --yes --no-install-recommends libegl1 libgl1"]


def test_empty_package_lists_are_fetched_first(system: FakeSystem) -> None:
    system.add("id", "echo 0")
    updated = system.log.parent / "updated"
    system.add("apt-get", f"case $1 in update) : > {updated} ;; *) [ -e {updated} ] ;; esac")
    assert system.run(INSTALL).returncode == 0
    assert [line.split()[1] for line in system.asked if line.startswith("apt-get")] == [
        "install",
        "update",
        "install",
    ]


def test_sudo_without_a_password_is_used(system: FakeSystem) -> None:
    system.add("id", "echo 1000")
    system.add("sudo", '[ "$1" = -n ] && exit 0; "$@"')
    system.add("apt-get", "exit 0")
    assert system.run(INSTALL).returncode == 0
    assert any(line.startswith("sudo env") for line in system.asked)


def test_without_rights_one_line_says_what_to_type(system: FakeSystem) -> None:
    system.add("id", "echo 1000")
    system.add("sudo", "exit 1")
    system.add("apt-get", "exit 1")
    ended = system.run(INSTALL)
    assert ended.returncode == 1
    (line,) = ended.stderr.splitlines()
    assert line.endswith("sudo apt-get install --yes --no-install-recommends libegl1 libgl1")
    assert not any(asked.startswith("apt-get") for asked in system.asked)


def test_without_apt_one_line_names_the_packages(system: FakeSystem) -> None:
    ended = system.run(INSTALL)
    assert ended.returncode == 1
    (line,) = ended.stderr.splitlines()
    assert "libegl1 libgl1" in line


def test_every_target_of_the_makefile_is_explained() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    assert phony is not None
    told = subprocess.run(
        ["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True, env=_clean()
    )
    for target in phony[1].split():
        assert f"make {target} " in told.stdout
    for target in ("run", "test", "setup", "demo", "check", "bench", "help"):
        assert target in phony[1].split()


def test_a_python_that_is_too_old_is_named(tmp_path: Path) -> None:
    system = FakeSystem(tmp_path)
    for name in ("python3", "python3.11", "python3.12", "python3.13", "python3.14"):
        system.add(name, 'case $1 in --version) echo "Python 3.9.2" ;; *) exit 1 ;; esac')
    for name in ("dirname", "mkdir"):
        (system.programs / name).symlink_to(shutil.which(name) or f"/bin/{name}")
    shutil.copytree(ROOT / "packaging", tmp_path / "checkout" / "packaging")
    ended = subprocess.run(
        ["/bin/sh", tmp_path / "checkout" / "packaging" / "setup.sh", "base"],
        env={"PATH": str(system.programs)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 1
    (line,) = ended.stderr.splitlines()
    assert "3.11 or later" in line
    assert "Python 3.9.2" in line


def _clean() -> dict[str, str]:
    """The environment without what an outer make hands down."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
