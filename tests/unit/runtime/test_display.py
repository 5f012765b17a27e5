from __future__ import annotations

import importlib.util
import socket
from importlib.machinery import ModuleSpec
from pathlib import Path

import pytest

from imgsearch_desktop.runtime.display import why_no_display, why_qt_cannot_start


def test_nothing_set_is_said() -> None:
    assert "no display" in (why_no_display({}, "linux") or "")


def test_macos_and_windows_have_one() -> None:
    assert why_no_display({}, "darwin") is None
    assert why_no_display({}, "win32") is None


def test_a_chosen_qt_platform_is_believed() -> None:
    assert why_no_display({"QT_QPA_PLATFORM": "offscreen"}, "linux") is None


def test_a_display_that_does_not_answer_is_named() -> None:
    assert ":4711" in (why_no_display({"DISPLAY": ":4711"}, "linux") or "")


def test_a_forwarded_display_is_believed() -> None:
    assert why_no_display({"DISPLAY": "localhost:10.0"}, "linux") is None


def test_a_wayland_compositor_that_answers_is_one(tmp_path: Path) -> None:
    environment = {"WAYLAND_DISPLAY": "wayland-7", "XDG_RUNTIME_DIR": str(tmp_path)}
    assert why_no_display(environment, "linux") is not None
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "wayland-7"))
        server.listen()
        assert why_no_display(environment, "linux") is None


def test_qt_that_lacks_a_system_library_is_told_before_it_ends_the_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spec = ModuleSpec("PySide6", None, is_package=True)
    spec.submodule_search_locations = [str(tmp_path)]
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: spec)
    assert "misses a system library" in (why_qt_cannot_start({}, "linux") or "")
    assert why_qt_cannot_start({"QT_QPA_PLATFORM": "offscreen"}, "linux") is None
    assert why_qt_cannot_start({}, "darwin") is None


def test_qt_that_is_not_installed_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    assert "not installed" in (why_qt_cannot_start({}, "linux") or "")
