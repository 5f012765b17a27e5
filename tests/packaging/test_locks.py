"""The lock files say what pyproject.toml asks for, and nothing else."""

from __future__ import annotations

import re
import tomllib

import pytest
from packaging.requirements import Requirement

from tests.support.repository import ROOT

LOCKS = (
    "requirements.lock",
    "requirements-build.lock",
    "requirements-dev.lock",
    "requirements-demo.lock",
    "requirements-torch.lock",
)
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

_PIN = re.compile(
    r"^([a-z0-9-]+)==([^ ;\\]+)(?: ; ([^\\]+?))? \\$((?:\n    --hash=sha256:[0-9a-f]{64}(?: \\)?)*)",
    re.MULTILINE,
)


def pins(lock: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for name, version, _, _ in _PIN.findall((ROOT / lock).read_text(encoding="utf-8")):
        found.setdefault(name, set()).add(version)
    return found


def _asked(group: str) -> list[Requirement]:
    asked = []
    for entry in PYPROJECT["dependency-groups"][group]:
        if isinstance(entry, dict):
            asked += _asked(entry["include-group"])
        else:
            asked.append(Requirement(entry))
    return asked


def _extra(name: str) -> list[Requirement]:
    return [Requirement(text) for text in PYPROJECT["project"]["optional-dependencies"][name]]


@pytest.mark.parametrize(
    ("lock", "asked"),
    [
        ("requirements.lock", [Requirement(text) for text in PYPROJECT["project"]["dependencies"]]),
        ("requirements-build.lock", _asked("build")),
        ("requirements-dev.lock", _asked("dev")),
        ("requirements-demo.lock", _asked("demo")),
        ("requirements-torch.lock", [*_extra("sentence-transformers"), *_extra("eland")]),
    ],
)
def test_a_lock_fulfils_what_is_asked_for(lock: str, asked: list[Requirement]) -> None:
    locked = pins(lock)
    for requirement in asked:
        name = requirement.name.lower().replace("_", "-")
        assert name in locked, f"{name} is not in {lock}: make lock"
        assert all(requirement.specifier.contains(version) for version in locked[name]), f"{name}: make lock"


@pytest.mark.parametrize("lock", LOCKS)
def test_every_line_of_a_lock_is_a_pin_with_hashes_or_a_comment(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    matches = list(_PIN.finditer(text))
    assert matches
    assert all("--hash=" in match[4] for match in matches)
    rest = _PIN.sub("", text)
    assert [line for line in rest.splitlines() if line.strip() and not line.startswith("#")] == []


def test_developing_uses_the_versions_that_users_get() -> None:
    dev = pins("requirements-dev.lock")
    for lock in ("requirements.lock", "requirements-build.lock"):
        for name, versions in pins(lock).items():
            assert dev[name] == versions, name


def test_heavy_things_stay_out_of_the_base_install() -> None:
    assert (
        pins("requirements.lock")
        .keys()
        .isdisjoint({"torch", "transformers", "pyside6", "pyside6-addons", "pillow-heif"})
    )
