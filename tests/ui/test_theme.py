"""Tokens, style sheet and icons: readable, complete, live."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication

from imgsearch_desktop.ui.theme.icons import icon
from imgsearch_desktop.ui.theme.stylesheet import stylesheet, values
from imgsearch_desktop.ui.theme.theme import Theme, qt_palette
from imgsearch_desktop.ui.theme.tokens import DARK, LIGHT, SIZE, Palette, contrast, mix

GROUNDS = ("bg", "side", "surface", "raised")
INKS = ("text", "muted", "accent", "ok", "warn")


@pytest.mark.parametrize("palette", [DARK, LIGHT], ids=["dark", "light"])
@pytest.mark.parametrize("ink", INKS)
@pytest.mark.parametrize("ground", GROUNDS)
def test_text_is_readable_on_every_ground(palette: Palette, ink, ground):
    colours = palette.colours()
    assert contrast(colours[ink], colours[ground]) >= 4.5


@pytest.mark.parametrize("palette", [DARK, LIGHT], ids=["dark", "light"])
def test_text_is_readable_on_accent_and_selection(palette: Palette):
    assert contrast(palette.on_accent, palette.accent) >= 4.5
    assert contrast(palette.on_accent, palette.accent_hover) >= 4.5
    for ground in (palette.selected, palette.hover, palette.pressed):
        assert contrast(palette.text, ground) >= 4.5
        assert contrast(palette.muted, ground) >= 4.5


def test_contrast_is_the_wcag_ratio():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


def test_mixing_runs_from_one_colour_to_the_other():
    assert mix("#000000", "#FFFFFF", 0) == "#000000"
    assert mix("#000000", "#FFFFFF", 1) == "#FFFFFF"
    assert mix("#204060", "#406080", 0.5) == "#305070"


@pytest.mark.parametrize("palette", [DARK, LIGHT], ids=["dark", "light"])
def test_the_style_sheet_has_no_token_left_open(palette: Palette):
    sheet = stylesheet(palette)
    assert "$" not in sheet
    assert palette.accent in sheet
    assert values(palette)["size_target"] == str(SIZE.target)


@pytest.mark.parametrize("name", ["magnifying-glass", "camera", "sparkle", "hard-drive", "arrows-out"])
def test_icons_are_drawn_in_the_tokens_colour(qapp, name):
    image = icon(name, DARK, "accent").pixmap(QSize(40, 40)).toImage()
    opaque = [
        image.pixelColor(x, y).name().upper()
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() == 255
    ]
    assert opaque
    assert set(opaque) == {DARK.accent}


@pytest.fixture
def theme(qapp):
    sheet, palette, style = qapp.styleSheet(), qapp.palette(), qapp.style().name()
    theme = Theme(qapp)
    yield theme
    theme.choose("system")
    theme.deleteLater()
    qapp.setStyle(style)
    qapp.setStyleSheet(sheet)
    qapp.setPalette(palette)


def test_choosing_a_theme_changes_everything_at_once(qtbot, theme):
    theme.choose("light")
    with qtbot.waitSignal(theme.changed):
        theme.choose("dark")
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    assert theme.palette == DARK
    assert DARK.bg in app.styleSheet()
    assert app.palette().window().color() == qt_palette(DARK).window().color()


def test_the_same_colours_again_are_not_applied_twice(qtbot, theme):
    theme.choose("dark")
    with qtbot.assertNotEmitted(theme.changed):
        theme.choose("dark")


def test_an_unknown_choice_follows_the_system(theme):
    theme.choose("mauve")
    assert theme.choice == "system"


def test_the_system_is_followed_live(qtbot, theme, monkeypatch):
    scheme = Qt.ColorScheme.Light
    hints = theme._app.styleHints()

    class Hints:
        colorSchemeChanged = hints.colorSchemeChanged

        def colorScheme(self):
            return scheme

        def setColorScheme(self, _scheme):
            pass

    class App:
        def __getattr__(self, name):
            return getattr(QApplication.instance(), name)

        def styleHints(self):
            return Hints()

    monkeypatch.setattr(theme, "_app", App())
    theme.choose("system")
    assert theme.palette == LIGHT
    scheme = Qt.ColorScheme.Dark
    with qtbot.waitSignal(theme.changed):
        hints.colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert theme.palette == DARK


def test_icons_that_are_painted_often_are_drawn_once_for_each_colour_size_and_screen(theme: Theme):
    theme.choose("light")
    once = theme.drawn_icon("folder", "muted", 18, 1.0)
    assert theme.drawn_icon("folder", "muted", 18, 1.0).cacheKey() == once.cacheKey()
    sharp = theme.drawn_icon("folder", "muted", 18, 2.0)
    assert (sharp.width(), sharp.devicePixelRatio()) == (36, 2.0)
    theme.choose("dark")
    assert theme.drawn_icon("folder", "muted", 18, 1.0).toImage() != once.toImage()
