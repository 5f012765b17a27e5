"""The grid as a screen reader walks through it."""

from __future__ import annotations

import gc

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QAccessible
from shiboken6 import isValid

from imgsearch_desktop.ui.grid.grid import PhotoGrid
from imgsearch_desktop.ui.grid.model import PhotoModel
from imgsearch_desktop.ui.grid.pixmap_cache import PixmapCache
from tests.ui.grid.conftest import contents, facts_of

NAME = QAccessible.Text.Name


@pytest.fixture
def shown(grid):
    grid.show_contents(contents(30))
    grid.photos.put_facts([facts_of(number) for number in range(1, 31)], range(30))
    return grid


def face_of(grid):
    return QAccessible.queryAccessibleInterface(grid)


def test_it_is_a_list_with_an_entry_for_each_photo(shown):
    face = face_of(shown)
    assert (face.role(), face.childCount()) == (QAccessible.Role.List, 30)
    assert face.text(NAME) == "Photos"
    entry = face.child(4)
    assert entry.role() == QAccessible.Role.ListItem
    assert entry.text(NAME) == "IMG_5.jpg, 14 August 2023"
    assert face.indexOfChild(entry) == 4
    assert entry.parent().text(NAME) == "Photos"
    assert face.child(30) is None


def test_an_entry_lies_where_its_photo_lies_and_says_whether_it_is_chosen(shown):
    face = face_of(shown)
    entry = face.child(1)
    place = shown.visualRect(shown.photos.index(1))
    assert entry.rect().size() == place.size()
    middle = entry.rect().center()
    assert face.childAt(middle.x(), middle.y()).text(NAME) == entry.text(NAME)
    assert not entry.state().selected
    shown.choose_photo(2)
    assert entry.state().selected
    assert face.focusChild().text(NAME) == entry.text(NAME)
    assert face.child(29).state().offscreen
    assert not entry.state().offscreen


def test_other_photos_have_other_entries(shown):
    face = face_of(shown)
    former = face.child(0)
    QAccessible.uniqueId(former)
    shown.show_contents(contents(3, first=100))
    shown.photos.put_facts([facts_of(100)], range(3))
    assert not isValid(former)
    assert face.childCount() == 3
    assert face.child(0).text(NAME) == "IMG_100.jpg, 14 August 2023"


def test_a_grid_that_goes_takes_its_entries_with_it(theme):
    for _ in range(20):
        view = PhotoGrid(PhotoModel(), theme, PixmapCache(1 << 20))
        view.show_contents(contents(5))
        face = face_of(view)
        for row in range(5):
            QAccessible.uniqueId(face.child(row))
        view.deleteLater()
        del view, face
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        gc.collect()
