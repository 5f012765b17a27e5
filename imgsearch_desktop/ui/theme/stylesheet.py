"""Builds the style sheet from ordered templates in `resources/qss` and the tokens."""

from __future__ import annotations

from dataclasses import asdict
from string import Template

from imgsearch_desktop.runtime.resources import resource
from imgsearch_desktop.ui.theme.tokens import RADIUS, SIZE, SPACE, TYPE, Palette


def stylesheet(palette: Palette) -> str:
    """The whole style sheet in the colours of a palette.

    Raises:
        KeyError: a template names a token that does not exist.
    """
    tokens = values(palette)
    templates = sorted(resource("qss").glob("*.qss"))
    return "\n".join(Template(path.read_text("utf-8")).substitute(tokens) for path in templates)


def values(palette: Palette) -> dict[str, str]:
    """Every token a template may use: colours by name, the others as `space_m`, `radius_normal` ... ."""
    scales = {"space": asdict(SPACE), "radius": asdict(RADIUS), "type": asdict(TYPE), "size": asdict(SIZE)}
    figures = {
        f"{scale}_{name}": str(value) for scale, group in scales.items() for name, value in group.items()
    }
    return palette.colours() | figures
