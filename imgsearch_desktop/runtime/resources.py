"""Files that come with the program: icon, style sheets, translations."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parents[1]


def resource(name: str) -> Path:
    """Path of a resource file.

    In a wheel the resources lie inside the package; in a checkout they lie beside it.

    Args:
        name: path below `resources/`, with "/" between parts.

    Raises:
        FileNotFoundError: no such resource; the program is not completely installed.
    """
    for base in (_PACKAGE / "resources", _PACKAGE.parent / "resources"):
        path = base / name
        if path.exists():
            return path
    raise FileNotFoundError(f"resource {name!r} is not installed")
