"""What is installed: its version, its size, its licences."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import sys
from types import ModuleType

import pytest

from imgsearch_desktop import __version__
from tests.packaging.test_locks import pins
from tests.support.repository import ROOT

MOST_BYTES = 700 * 1000 * 1000


@pytest.fixture(scope="module")
def notices() -> ModuleType:
    path = ROOT / "packaging" / "notices.py"
    spec = importlib.util.spec_from_file_location("notices_under_test", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


def test_the_changelog_begins_with_this_version() -> None:
    lines = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8").splitlines()
    first = next(line for line in lines if line.startswith("## "))
    assert first.split()[1] == __version__


def test_the_base_install_stays_small() -> None:
    """Sum of the installed files of every package of the base lock, as the packages list them."""
    total = 0
    for name in pins("requirements.lock"):
        try:
            distribution = importlib.metadata.distribution(name)
        except importlib.metadata.PackageNotFoundError:
            continue  # for another system
        for file in distribution.files or []:
            path = distribution.locate_file(file)
            total += path.stat().st_size if path.is_file() else 0  # type: ignore[attr-defined]
    assert 200_000_000 < total < MOST_BYTES, f"{total / 1e6:.0f} MB"


def test_licences_are_reviewed_and_the_notices_up_to_date(
    notices: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["notices.py", "--check"])
    assert notices.main() == 0, capsys.readouterr().err


@pytest.mark.parametrize(
    ("licence", "refused"),
    [
        ("GPL-3.0-only", True),
        ("AGPL-3.0-or-later", True),
        ("License :: OSI Approved :: GNU General Public License v2 (GPLv2)", True),
        ("MIT AND GPL-2.0-only", True),
        ("LGPL-3.0-or-later", False),
        ("GPL-3.0-or-later WITH GCC-exception-3.1", False),
        ("License :: OSI Approved :: GNU Lesser General Public License v3 (LGPLv3)", False),
        ("MIT", False),
    ],
)
def test_gpl_is_told_from_lgpl(notices: ModuleType, licence: str, refused: bool) -> None:
    assert notices._is_copyleft(licence) is refused


def test_what_nobody_reviewed_is_a_problem(notices: ModuleType) -> None:
    pillow = {"pillow": {"licence": "MIT-CMU"}}
    found = list(notices.problems(pillow, {"libjpeg": "libjpeg-turbo, IJG"}))
    assert "numpy is in the base lock and its licence is not reviewed" in found
    assert any("pillow carries the native library libtiff" in problem for problem in found)
    assert not any("libjpeg" in problem for problem in found)


def test_a_gpl_library_inside_a_wheel_is_a_problem(notices: ModuleType) -> None:
    found = list(notices.problems({"pillow": {"licence": "MIT-CMU"}}, {"lib": "x265, GPL-2.0-or-later"}))
    assert any("pillow carries x265, GPL-2.0-or-later" in problem for problem in found)


def test_the_raw_decoder_is_built_without_gpl_parts() -> None:
    import rawpy

    assert rawpy.flags is not None
    assert not any(on for name, on in rawpy.flags.items() if "GPL" in name), rawpy.flags
