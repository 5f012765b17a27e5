"""The theme in force: follows the system's light and dark live, or stays as the user set it."""

from __future__ import annotations

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPalette, QPixmap
from PySide6.QtWidgets import QApplication, QProxyStyle, QStyle, QStyleHintReturn, QStyleOption, QWidget

from imgsearch_desktop.ui.theme.icons import icon
from imgsearch_desktop.ui.theme.stylesheet import stylesheet
from imgsearch_desktop.ui.theme.tokens import DARK, LIGHT, Palette

CHOICES = ("system", "light", "dark")

_SCHEMES = {
    "system": Qt.ColorScheme.Unknown,
    "light": Qt.ColorScheme.Light,
    "dark": Qt.ColorScheme.Dark,
}


class _CalmStyle(QProxyStyle):
    """Fusion, the only style that takes every colour from the palette, with tool tips that wait a little."""

    def __init__(self) -> None:
        super().__init__("Fusion")

    def styleHint(
        self,
        hint: QStyle.StyleHint,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
        returnData: QStyleHintReturn | None = None,  # noqa: N803 - Qt's name
    ) -> int:
        if hint == QStyle.StyleHint.SH_ToolTip_WakeUpDelay:
            return 500
        return int(super().styleHint(hint, option, widget, returnData))


class Theme(QObject):
    """Applies palette and style sheet to the application and tells views when the colours change.

    Args:
        app: what is styled.
        choice: "system", "light" or "dark".
    """

    changed = Signal()

    def __init__(self, app: QApplication, choice: str = "system") -> None:
        super().__init__(app)
        self._app = app
        self._choice = choice
        self._applied: Palette | None = None
        self._drawn: dict[tuple[str, str, int, float], QPixmap] = {}
        app.setStyle(_CalmStyle())
        app.styleHints().colorSchemeChanged.connect(self._refresh)
        self.choose(choice)

    @property
    def palette(self) -> Palette:
        """The colours in force."""
        return self._applied or LIGHT

    @property
    def choice(self) -> str:
        """What was chosen: "system", "light" or "dark"."""
        return self._choice

    def choose(self, choice: str) -> None:
        """Change what is followed, at once; an unknown word means "system"."""
        self._choice = choice if choice in CHOICES else "system"
        self._app.styleHints().setColorScheme(_SCHEMES[self._choice])
        self._refresh()

    def icon(self, name: str, colour: str = "muted") -> QIcon:
        """A Phosphor icon in a colour of the theme in force."""
        return icon(name, self.palette, colour)

    def drawn_icon(self, name: str, colour: str, side: int, ratio: float) -> QPixmap:
        """An icon as a picture, for what paints often: an icon itself is drawn from its font every time.

        Args:
            name: Phosphor's name.
            colour: token of the colour.
            side: logical pixels.
            ratio: physical pixels for each logical one.
        """
        key = (name, colour, side, ratio)
        if key not in self._drawn:
            self._drawn[key] = self.icon(name, colour).pixmap(QSize(side, side), ratio)
        return self._drawn[key]

    def colour(self, token: str) -> QColor:
        """A colour of the theme in force."""
        return QColor(self.palette.colours()[token])

    def _wanted(self) -> Palette:
        if self._choice != "system":
            return DARK if self._choice == "dark" else LIGHT
        return DARK if self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark else LIGHT

    def _refresh(self) -> None:
        wanted = self._wanted()
        if wanted == self._applied:
            return
        self._applied = wanted
        self._drawn.clear()
        self._app.setPalette(qt_palette(wanted))
        self._app.setStyleSheet(stylesheet(wanted))
        self.changed.emit()


def qt_palette(palette: Palette) -> QPalette:
    """The colours as Qt's own widgets know them."""
    roles = {
        QPalette.ColorRole.Window: palette.bg,
        QPalette.ColorRole.WindowText: palette.text,
        QPalette.ColorRole.Base: palette.surface,
        QPalette.ColorRole.AlternateBase: palette.side,
        QPalette.ColorRole.Text: palette.text,
        QPalette.ColorRole.Button: palette.raised,
        QPalette.ColorRole.ButtonText: palette.text,
        QPalette.ColorRole.BrightText: palette.on_accent,
        QPalette.ColorRole.ToolTipBase: palette.raised,
        QPalette.ColorRole.ToolTipText: palette.text,
        QPalette.ColorRole.PlaceholderText: palette.muted,
        QPalette.ColorRole.Highlight: palette.accent,
        QPalette.ColorRole.HighlightedText: palette.on_accent,
        QPalette.ColorRole.Link: palette.accent,
        QPalette.ColorRole.Mid: palette.line,
        QPalette.ColorRole.Accent: palette.accent,
    }
    result = QPalette()
    for role, colour in roles.items():
        result.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        result.setColor(QPalette.ColorGroup.Disabled, role, QColor(palette.edge))
    return result
