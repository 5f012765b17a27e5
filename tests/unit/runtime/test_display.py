from __future__ import annotations

import socket
from pathlib import Path

from imgsearch_desktop.runtime.display import why_no_display


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
