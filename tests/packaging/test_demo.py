"""`make demo` and the tour of the README: what they show can be typed, and gives what they show."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from tests.support.command_line import seed_model_cache
from tests.support.pictures import write_picture
from tests.support.repository import ROOT


@pytest.fixture
def demo(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    monkeypatch.syspath_prepend(str(ROOT / "packaging"))
    spec = importlib.util.spec_from_file_location("demo_under_test", ROOT / "packaging" / "demo.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    yield module
    sys.modules.pop("terminal_pictures", None)


def commands_of(text: str) -> list[str]:
    """What stands behind a prompt, without the remark that follows it."""
    return [line[2:].partition("   # ")[0] for line in text.splitlines() if line.startswith("$ ")]


def test_the_tour_of_the_readme_is_the_demo(demo: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo, "PROGRAMS", ROOT / ".venv" / "bin")
    pictures = ".demo/pictures"
    steps = [["index", pictures], *(["search", text] for text, _ in demo.SEARCHES)]
    steps.append(["similar", f"{pictures}/{demo.SIMILAR_TO}"])
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert commands_of(readme) == [demo.typed(step) for step in steps]


def test_what_the_demo_prints_can_be_typed_and_gives_the_same(
    demo: ModuleType,
    tmp_path: Path,
    worked_out_model: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    pictures, library = tmp_path / "my pictures", tmp_path / "library"
    for seed in range(3):
        write_picture(pictures / f"{seed}.png", seed)
    seed_model_cache(worked_out_model, library)
    monkeypatch.setattr(demo, "PICTURES", pictures)
    monkeypatch.setattr(demo, "LIBRARY", library)
    demo.index()
    assert "3 added" in capfd.readouterr().out
    demo.show(["similar", str(pictures / "0.png"), "--weak"], "what looks like it")
    shown = capfd.readouterr().out
    [command] = commands_of(shown)
    typed = subprocess.run(["sh", "-c", command], cwd=ROOT, capture_output=True, text=True, check=True)
    assert len(typed.stdout.splitlines()) == 2
    assert shown.endswith(typed.stdout)


@pytest.mark.parametrize("word", ["a cup", "it's", "$HOME", "", "café", "寺院", "a&b", "~/x", "a\\b"])
def test_any_word_reaches_the_program_as_it_was(demo: ModuleType, word: str) -> None:
    quoted = demo.typed([word])[len(demo.typed([])) + 1 :]
    typed = subprocess.run(["sh", "-c", f"printf %s {quoted}"], capture_output=True, check=True)
    assert typed.stdout.decode() == word
