"""Every control has a name, a size that can be hit, and every action a place in a menu."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QLineEdit, QMenu, QSlider, QWidget

from imgsearch_desktop.application.settings import WindowSettings
from imgsearch_desktop.ui.action_table import ACTIONS, Menu
from imgsearch_desktop.ui.main_window import MainWindow
from imgsearch_desktop.ui.theme.icons import icon
from imgsearch_desktop.ui.theme.tokens import LIGHT, SIZE


@pytest.fixture
def window(qtbot, theme):
    made = MainWindow(theme, WindowSettings())
    qtbot.addWidget(made)
    made.pages.setCurrentWidget(made.browser)
    made.show_similar(True)
    with qtbot.waitExposed(made):
        made.show()
    return made


def controls(window: QWidget) -> list[QWidget]:
    kinds = (QAbstractButton, QLineEdit, QSlider, QAbstractItemView)
    found = [widget for widget in window.findChildren(QWidget) if isinstance(widget, kinds)]
    return [widget for widget in found if widget.isVisible() and not _inside_qts_own(widget)]


def _inside_qts_own(widget: QWidget) -> bool:
    """Parts that Qt makes inside its own controls (clear buttons, calendars)."""
    return widget.objectName().startswith("qt_")


def test_every_control_has_an_accessible_name(window):
    nameless = [repr(widget) for widget in controls(window) if not (widget.accessibleName() or _text(widget))]
    assert controls(window)
    assert nameless == []


def _text(widget: QWidget) -> str:
    return widget.text() if isinstance(widget, QAbstractButton) else ""


def test_every_target_can_be_hit(window):
    small = [
        (type(widget).__name__, widget.accessibleName(), widget.size())
        for widget in controls(window)
        if not isinstance(widget, QAbstractItemView)
        and (widget.width() < SIZE.target or widget.height() < SIZE.target)
    ]
    assert small == []


def test_every_action_has_a_place_a_key_clash_none(window):
    places = {action for menu in _menus(window.top.menu.menu()) for action in menu.actions()}
    assert all(window.actions_table[spec.key] in places for spec in ACTIONS)
    keys = [key for spec in ACTIONS for key in spec.keys]
    assert len(keys) == len(set(keys))
    assert {spec.menu for spec in ACTIONS} == set(Menu)


def _menus(menu: QMenu) -> list[QMenu]:
    below = [part for action in menu.actions() if isinstance(part := action.menu(), QMenu)]
    return [menu, *(one for part in below for one in _menus(part))]


@pytest.mark.parametrize("spec", [spec for spec in ACTIONS if spec.icon], ids=lambda spec: spec.key)
def test_every_icon_exists(qapp, spec):
    assert not icon(spec.icon, LIGHT).pixmap(QSize(16, 16)).isNull()


def test_the_right_click_menu_holds_what_acts_on_photos(window):
    menu = window.actions_table.photo_menu(window)
    keys = {action.objectName() for action in menu.actions() if not action.isSeparator()}
    assert keys == {spec.key for spec in ACTIONS if spec.on_photos}
    window.actions_table.enable_photos(False)
    assert not any(action.isEnabled() for action in menu.actions() if not action.isSeparator())
    menu.deleteLater()


@pytest.mark.parametrize("size", [(900, 600), (1440, 900), (3840, 2160)])
@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_nothing_overlaps_at_any_size_and_direction(qtbot, window, size, direction):
    window.show_similar(False)
    window.setLayoutDirection(direction)
    window.resize(*size)
    qtbot.waitUntil(lambda: window.grid.width() > 0 and window.narrow == (size[0] < SIZE.narrow))
    row = [window.filter_row.date, window.filter_row.folder, window.filter_row.camera, window.filter_row.type]
    boxes = [widget.geometry() for widget in (*row, window.filter_row.size_slider, window.filter_row.order)]
    assert all(not one.intersects(two) for i, one in enumerate(boxes) for two in boxes[i + 1 :])
    assert window.filter_row.rect().contains(boxes[-1])
    leading = direction == Qt.LayoutDirection.LeftToRight
    qtbot.waitUntil(lambda: (window.sidebar.x() < window.pages.x()) == leading)
    assert not window.sidebar.geometry().intersects(window.pages.geometry())


@pytest.mark.parametrize("panel", [False, True])
def test_the_window_fits_900_by_600_with_and_without_the_panel(qtbot, window, panel):
    window.show_similar(panel)
    window.resize(900, 600)
    qtbot.waitUntil(lambda: window.size() == QSize(900, 600) and window.sidebar.width() == SIZE.sidebar_icons)
    qtbot.waitUntil(lambda: _fits(window.content.minimumSizeHint(), window.size()))


def _fits(needed: QSize, there: QSize) -> bool:
    return needed.width() <= there.width() and needed.height() <= there.height()
