"""`imgsearch`: the use cases without a window."""

from __future__ import annotations


def main() -> int:
    """Run a command; return the exit code."""
    return 0
