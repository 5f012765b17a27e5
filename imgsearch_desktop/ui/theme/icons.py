"""Phosphor icons, drawn from the font that comes with qtawesome and coloured by token."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from PySide6.QtGui import QIcon

if TYPE_CHECKING:
    from imgsearch_desktop.ui.theme.tokens import Palette

os.environ.setdefault("QT_API", "pyside6")  # read by qtpy, through which qtawesome finds Qt


def icon(name: str, palette: Palette, colour: str = "muted", disabled: str = "edge") -> QIcon:
    """A Phosphor icon.

    Args:
        name: Phosphor's name, for example "magnifying-glass".
        palette: whose colours.
        colour: token of the colour.
        disabled: token of the colour while its control is disabled.
    """
    import qtawesome

    colours = palette.colours()
    drawn: QIcon = qtawesome.icon(
        f"ph.{name}",
        color=colours[colour],
        color_active=colours[colour],
        color_selected=colours[colour],
        color_disabled=colours[disabled],
    )
    return drawn
