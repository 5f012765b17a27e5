"""The window, or with arguments what the window should open."""

from __future__ import annotations


def main() -> int:
    """Start the window; return the exit code."""
    return 0
