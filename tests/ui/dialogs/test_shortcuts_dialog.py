"""The overview of shortcuts: grouped, searched, used by keyboard."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from imgsearch_desktop.ui.dialogs.shortcuts_dialog import ShortcutRow, ShortcutsDialog

ROWS = (
    ShortcutRow("File", "Add a folder", ("Ctrl+Shift+O",)),
    ShortcutRow("File", "Quit", ("Ctrl+Q",)),
    ShortcutRow("View", "Larger tiles", ("Ctrl++", "Ctrl+=")),
    ShortcutRow("View", "Full screen", ("F11",)),
)


@pytest.fixture
def dialog(qtbot):
    parent = QWidget()
    qtbot.addWidget(parent)
    yield ShortcutsDialog(ROWS, parent)


def test_every_action_is_listed_under_its_group_with_all_its_keys(dialog):
    words = [label.text() for label in dialog._area.findChildren(QLabel)]
    assert words.count("File") == 1
    assert words.count("View") == 1
    assert {"Ctrl++", "Ctrl+=", "Larger tiles"} <= set(words)
    assert dialog.shown == list(ROWS)


@pytest.mark.parametrize(
    ("typed", "found"),
    [("full", [3]), ("ctrl+q", [1]), ("VIEW til", [2]), ("f11", [3]), ("nothing like it", [])],
)
def test_typing_narrows_by_action_group_or_key(dialog, qtbot, typed, found):
    qtbot.keyClicks(dialog.search, typed)
    assert dialog.shown == [ROWS[number] for number in found]
    assert dialog._nothing.isHidden() == bool(found)
    dialog.search.clear()
    assert dialog.shown == list(ROWS)


def test_arrows_scroll_while_one_types(dialog, qtbot):
    many = tuple(ShortcutRow("File", f"Action {number}", ("F1",)) for number in range(80))
    tall = ShortcutsDialog(many, dialog.parentWidget())
    tall._area.resize(300, 200)
    bar = tall._area.verticalScrollBar()
    bar.setRange(0, 1000)
    qtbot.keyClick(tall.search, Qt.Key.Key_Down)
    once = bar.value()
    qtbot.keyClick(tall.search, Qt.Key.Key_PageDown)
    assert 0 < once < bar.value()
    qtbot.keyClick(tall.search, Qt.Key.Key_Up)
    assert bar.value() > once


def test_each_line_is_read_as_one_sentence(dialog):
    names = [line.accessibleName() for group in dialog._groups for line in group.lines]
    assert "Larger tiles: Ctrl++, Ctrl+=" in names
