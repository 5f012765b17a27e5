"""The grid as screen readers see it: a list with one entry for each photo.

Qt knows its own item views only; without this an arithmetic view is one nameless area to it.
"""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QObject, QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QWindow
from PySide6.QtWidgets import QWidget

from imgsearch_desktop.ui.grid.arranged_view import ArrangedView

MOST_KEPT = 512
"""Entries that are kept for screen readers; they ask for those in view."""


class AccessiblePhoto(QAccessibleInterface):
    """One photo.

    Args:
        view: the grid.
        row: which of its photos.
    """

    def __init__(self, view: ArrangedView, row: int) -> None:
        super().__init__()
        self._view = view
        self.row = row

    def isValid(self) -> bool:
        """Whether there is such a photo now."""
        return 0 <= self.row < self._view.photos.rowCount()

    def object(self) -> QObject | None:  # type: ignore[override]
        """It is no object of its own."""
        return None

    def window(self) -> QWindow:
        """The window it is in."""
        return self._view.window().windowHandle()

    def parent(self) -> QAccessibleInterface:
        """The list."""
        return QAccessible.queryAccessibleInterface(self._view)

    def child(self, _index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """A photo has no parts."""
        return None

    def childAt(self, _x: int, _y: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """A photo has no parts."""
        return None

    def childCount(self) -> int:
        """A photo has no parts."""
        return 0

    def indexOfChild(self, _child: QAccessibleInterface) -> int:
        """A photo has no parts."""
        return -1

    def role(self) -> QAccessible.Role:
        """An entry of a list."""
        return QAccessible.Role.ListItem

    def state(self) -> QAccessible.State:
        """Whether it is selected, focused and in view."""
        state, view = QAccessible.State(), self._view
        index = view.photos.index(self.row)
        state.selectable = state.focusable = state.multiSelectable = True
        state.selected = view.selectionModel().isSelected(index)
        state.focused = view.hasFocus() and view.currentIndex().row() == self.row
        state.offscreen = self.row not in view.visible_rows()
        return state

    def rect(self) -> QRect:
        """Where it is on the screen."""
        viewport = self._view.viewport()
        box = self._view.visualRect(self._view.photos.index(self.row))
        return QRect(viewport.mapToGlobal(box.topLeft()), box.size())

    def text(self, kind: QAccessible.Text) -> str:
        """Its name and date, and its place in the list."""
        roles = {
            QAccessible.Text.Name: Qt.ItemDataRole.AccessibleTextRole,
            QAccessible.Text.Description: Qt.ItemDataRole.AccessibleDescriptionRole,
        }
        role = roles.get(kind)
        return str(self._view.photos.index(self.row).data(role) or "") if role is not None else ""

    def setText(self, _kind: QAccessible.Text, _text: str) -> None:
        """Nothing of it can be written."""


class AccessibleGrid(QAccessibleInterface):
    """The list of photos.

    Args:
        view: the grid.
    """

    def __init__(self, view: ArrangedView) -> None:
        super().__init__()
        self._view = view
        self._photos: dict[int, AccessiblePhoto] = {}
        view.photos.modelAboutToBeReset.connect(self._forget)

    def isValid(self) -> bool:
        """As long as the view is there."""
        return True

    def object(self) -> QObject:
        """The view."""
        return self._view

    def window(self) -> QWindow:
        """The window it is in."""
        return self._view.window().windowHandle()

    def parent(self) -> QAccessibleInterface | None:  # type: ignore[override]
        """What the view lies in."""
        around = self._view.parent()
        return QAccessible.queryAccessibleInterface(around) if isinstance(around, QWidget) else None

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """A photo by its row."""
        if not 0 <= index < self.childCount():
            return None
        if index not in self._photos:
            if len(self._photos) >= MOST_KEPT:
                self._forget()
            self._photos[index] = AccessiblePhoto(self._view, index)
        return self._photos[index]

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """The photo at a place on the screen."""
        return self.child(self._view.indexAt(self._view.viewport().mapFromGlobal(QPoint(x, y))).row())

    def focusChild(self) -> QAccessibleInterface | None:  # type: ignore[override]
        """The current photo."""
        return self.child(self._view.currentIndex().row())

    def childCount(self) -> int:
        """Photos."""
        return self._view.photos.rowCount()

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """The row of a photo."""
        return child.row if isinstance(child, AccessiblePhoto) else -1

    def role(self) -> QAccessible.Role:
        """A list."""
        return QAccessible.Role.List

    def state(self) -> QAccessible.State:
        """Whether the keyboard is in it."""
        state = QAccessible.State()
        state.focusable = state.multiSelectable = True
        state.focused = self._view.hasFocus()
        state.invisible = not self._view.isVisible()
        return state

    def rect(self) -> QRect:
        """Where it is on the screen."""
        return QRect(self._view.mapToGlobal(QPoint()), self._view.size())

    def text(self, kind: QAccessible.Text) -> str:
        """Its name."""
        return self._view.accessibleName() if kind == QAccessible.Text.Name else ""

    def setText(self, _kind: QAccessible.Text, _text: str) -> None:
        """Nothing of it can be written."""

    def _forget(self) -> None:
        """Other photos have these rows now; whoever knows an entry by its number is told that it is gone."""
        photos, self._photos = self._photos, {}
        for photo in photos.values():
            QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(photo))


_lists: dict[int, AccessibleGrid] = {}
"""The list of each view by the view's identity: Qt holds no reference of Python's."""


def announce(view: ArrangedView) -> None:
    """Let screen readers see a view as a list, for as long as it is there."""
    _install()
    key = id(view)
    _lists[key] = AccessibleGrid(view)
    view.destroyed.connect(lambda: _lists.pop(key, None))


@cache
def _install() -> None:
    QAccessible.installFactory(_list_of)


def _list_of(_class_name: str, thing: QObject | None) -> QAccessibleInterface | None:
    """Qt asks for every object, by each of its classes' names; it knows the others itself."""
    return _lists.get(id(thing))
