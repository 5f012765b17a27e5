"""The bar above the photo in the viewer."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import QLocale, QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from imgsearch_desktop.ui.theme.theme import Theme
from imgsearch_desktop.ui.theme.tokens import SPACE

BUTTON_SIDE = 36
ICON_SIDE = 20
SCALE_WIDTH = 52
"""Room for "1,600 %", so that nothing moves while one zooms."""


class ViewerBar(QWidget):
    """Name and place of the photo, and a button for everything the viewer can do.

    Args:
        theme: colours.
        parent: owner.
    """

    close_clicked = Signal()
    previous_clicked = Signal()
    next_clicked = Signal()
    fit_clicked = Signal()
    similar_clicked = Signal()
    details_toggled = Signal(bool)
    slideshow_toggled = Signal(bool)
    full_screen_clicked = Signal()

    ICONS: ClassVar[dict[str, str]] = {
        "close": "arrow-left",
        "previous": "caret-left",
        "next": "caret-right",
        "fit": "magnifying-glass-plus",
        "similar": "sparkle",
        "details": "info",
        "slideshow": "play",
        "full_screen": "corners-out",
    }
    """Button name and the Phosphor icon it carries."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icons = dict(self.ICONS)
        self.setObjectName("viewerBar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._buttons: dict[str, QToolButton] = {}
        self._name = QLabel()
        self._name.setObjectName("viewerName")
        self._name.setTextFormat(Qt.TextFormat.PlainText)
        self._name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._place = QLabel()
        self._place.setProperty("role", "muted")
        self._scale = QLabel()
        self._scale.setProperty("role", "muted")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(SPACE.s, SPACE.s, SPACE.s, SPACE.s)
        layout.setSpacing(SPACE.xs)
        layout.addWidget(self._button("close", self.tr("Back to the photos (Escape)")))
        layout.addWidget(self._name, 1)
        layout.addWidget(self._button("previous", self.tr("Previous photo (Left)")))
        layout.addWidget(self._place)
        layout.addWidget(self._button("next", self.tr("Next photo (Right)")))
        layout.addSpacing(SPACE.l)
        layout.addWidget(self._scale)
        layout.addWidget(self._button("fit", self.tr("Whole photo or 100 % (0, 1)")))
        layout.addSpacing(SPACE.l)
        layout.addWidget(self._button("similar", self.tr("Find similar photos")))
        layout.addWidget(self._button("details", self.tr("Details (I)"), checkable=True))
        layout.addWidget(self._button("slideshow", self.tr("Slideshow (F5)"), checkable=True))
        layout.addWidget(self._button("full_screen", self.tr("Full screen (F11)")))
        self._place.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._scale.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
        self._scale.setMinimumWidth(SCALE_WIDTH)
        self._connect()
        theme.changed.connect(self._draw)
        self._draw()

    def _connect(self) -> None:
        self._buttons["close"].clicked.connect(self.close_clicked)
        self._buttons["previous"].clicked.connect(self.previous_clicked)
        self._buttons["next"].clicked.connect(self.next_clicked)
        self._buttons["fit"].clicked.connect(self.fit_clicked)
        self._buttons["similar"].clicked.connect(self.similar_clicked)
        self._buttons["details"].toggled.connect(self.details_toggled)
        self._buttons["slideshow"].clicked.connect(self.slideshow_toggled)
        self._buttons["full_screen"].clicked.connect(self.full_screen_clicked)

    def set_photo(self, name: str, number: int, total: int) -> None:
        """Tell which photo is shown; numbers count from 1."""
        locale = QLocale()
        self._name.setText(name)
        self._name.setToolTip(name)
        self._place.setText(
            self.tr("{number} of {total}").format(
                number=locale.toString(number), total=locale.toString(total)
            )
        )
        self._buttons["previous"].setEnabled(number > 1)
        self._buttons["next"].setEnabled(number < total)

    def set_scale(self, scale: float) -> None:
        """Tell how large the photo is shown; 1 is one screen pixel per pixel."""
        self._scale.setText(self.tr("{percent} %").format(percent=QLocale().toString(round(scale * 100))))

    def set_slideshow(self, running: bool) -> None:
        """Show whether photos change by themselves."""
        words = self.tr("Stop the slideshow (F5)") if running else self.tr("Slideshow (F5)")
        self._buttons["slideshow"].setChecked(running)
        self._change("slideshow", "pause" if running else "play", words)

    def set_full_screen(self, full: bool) -> None:
        """Show whether the viewer fills the screen."""
        words = self.tr("Leave full screen (F11)") if full else self.tr("Full screen (F11)")
        self._change("full_screen", "corners-in" if full else "corners-out", words)

    def set_fits(self, fits: bool) -> None:
        """Show whether the whole photo is seen."""
        words = self.tr("Show at 100 % (1)") if fits else self.tr("Show the whole photo (0)")
        self._change("fit", "magnifying-glass-plus" if fits else "frame-corners", words)

    def toggle_details(self) -> None:
        """Show or hide the details."""
        self._buttons["details"].toggle()

    def _change(self, name: str, icon: str, words: str) -> None:
        if self._icons[name] != icon:
            self._icons[name] = icon
            self._buttons[name].setIcon(self._theme.icon(icon, "text"))
        self._buttons[name].setToolTip(words)
        self._buttons[name].setAccessibleName(words)

    def _draw(self) -> None:
        for name, icon in self._icons.items():
            self._buttons[name].setIcon(self._theme.icon(icon, "text"))

    def _button(self, name: str, words: str, *, checkable: bool = False) -> QToolButton:
        button = QToolButton()
        button.setCheckable(checkable)
        button.setObjectName(f"viewer_{name}")
        button.setToolTip(words)
        button.setAccessibleName(words)
        button.setFixedSize(BUTTON_SIDE, BUTTON_SIDE)
        button.setIconSize(QSize(ICON_SIDE, ICON_SIDE))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._buttons[name] = button
        return button
