"""Whether a window could be shown at all, answered before Qt is asked: Qt ends the process when it cannot.

Run as a program, it exits 0 when one can, else prints the reason and exits 1.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import socket
import sys
from collections.abc import Mapping
from pathlib import Path


def why_no_window() -> str | None:
    """One sentence on why no window can be shown here and now, None when one can."""
    return why_no_display() or why_qt_cannot_start()


def why_qt_cannot_start(
    environment: Mapping[str, str] = os.environ, platform: str = sys.platform
) -> str | None:
    """One sentence on what Qt misses to open a window on Linux, None when nothing.

    Loads Qt's plug-in for X11 as Qt itself would; imports nothing of PySide6.
    """
    spec = importlib.util.find_spec("PySide6")
    if spec is None or not spec.submodule_search_locations:
        return "Qt (PySide6) is not installed. Install the program again (in a checkout: make setup)."
    if not platform.startswith("linux") or environment.get("QT_QPA_PLATFORM"):
        return None
    plugin = Path(spec.submodule_search_locations[0]) / "Qt" / "plugins" / "platforms" / "libqxcb.so"
    try:
        ctypes.CDLL(str(plugin))
    except OSError as error:
        return f"Qt misses a system library ({error}). In a checkout, make setup installs it."
    return None


def why_no_display(environment: Mapping[str, str] = os.environ, platform: str = sys.platform) -> str | None:
    """One sentence on why no window can be shown, None when one can.

    Args:
        environment: environment variables.
        platform: as `sys.platform`; macOS and Windows always have a display here.
    """
    if not platform.startswith("linux") or environment.get("QT_QPA_PLATFORM"):
        return None
    wayland, x11 = environment.get("WAYLAND_DISPLAY"), environment.get("DISPLAY")
    if not wayland and not x11:
        return "There is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set)."
    if wayland and _answers(Path(environment.get("XDG_RUNTIME_DIR", "/")) / wayland):
        return None
    if x11 and _x11_answers(x11):
        return None
    return f"The display {x11 or wayland} does not answer."


def _x11_answers(display: str) -> bool:
    """Whether an X server listens; a display on another machine (ssh -X has "localhost:10.0") is believed."""
    host, _, number = display.rpartition(":")
    if host and host != "unix":
        return True
    name = f"/tmp/.X11-unix/X{number.partition('.')[0]}"  # noqa: S108 - where X11 puts it
    return _answers(Path(name)) or _answers("\0" + name)


def _answers(address: Path | str) -> bool:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        probe.settimeout(2.0)
        try:
            probe.connect(str(address))
        except OSError:
            return False
    return True


if __name__ == "__main__":
    reason = why_no_window()
    if reason is not None:
        sys.stdout.write(reason + "\n")
    raise SystemExit(reason is not None)
