"""The table of actions as Qt's actions, in menus and with shortcuts."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from imgsearch_desktop.ui.action_table import ACTIONS, ActionSpec, Menu
from imgsearch_desktop.ui.theme.theme import Theme


class Actions(QObject):
    """The table as Qt's actions, on a window.

    Args:
        window: where the shortcuts work.
        theme: colours of the icons.
        specs: the table.
    """

    def __init__(self, window: QWidget, theme: Theme, specs: Iterable[ActionSpec] = ACTIONS) -> None:
        super().__init__(window)
        self._theme = theme
        self._window = window
        self.specs = tuple(specs)
        self._actions = {spec.key: self._action(spec) for spec in self.specs}
        theme.changed.connect(self._draw)
        self._draw()

    def __getitem__(self, key: str) -> QAction:
        """The action of a key."""
        return self._actions[key]

    def main_menu(self, parent: QWidget) -> QMenu:
        """Every action in its menu, all in one menu."""
        whole = QMenu(parent)
        for menu in Menu:
            whole.addMenu(self.menu(menu, whole))
        return whole

    def menu(self, menu: Menu, parent: QWidget) -> QMenu:
        """One menu."""
        built = QMenu(QCoreApplication.translate("Menu", menu.value), parent)
        self._fill(built, [spec for spec in self.specs if spec.menu is menu])
        return built

    def photo_menu(self, parent: QWidget) -> QMenu:
        """What can be done with photos, for a right click."""
        built = QMenu(parent)
        self._fill(built, [spec for spec in self.specs if spec.on_photos])
        return built

    def enable_photos(self, enabled: bool) -> None:
        """Whether there are photos to act on."""
        for spec in self.specs:
            if spec.on_photos:
                self._actions[spec.key].setEnabled(enabled)

    def _fill(self, menu: QMenu, specs: list[ActionSpec]) -> None:
        for before, spec in zip([None, *specs], specs, strict=False):
            if before is not None and before.group != spec.group:
                menu.addSeparator()
            menu.addAction(self._actions[spec.key])

    def _action(self, spec: ActionSpec) -> QAction:
        action = QAction(QCoreApplication.translate("Action", spec.words), self)
        action.setObjectName(spec.key)
        action.setCheckable(spec.checkable)
        keys = [QKeySequence(key) for key in spec.keys]
        if spec.in_grid:
            action.setText(f"{action.text()}\t{keys[0].toString(QKeySequence.SequenceFormat.NativeText)}")
        else:
            action.setShortcuts(keys)
            self._window.addAction(action)
        return action

    def _draw(self) -> None:
        for spec in self.specs:
            if spec.icon:
                self._actions[spec.key].setIcon(self._theme.icon(spec.icon))
