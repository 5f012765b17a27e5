from dataclasses import replace

import pytest
from PySide6.QtWidgets import QWidget

from imgsearch_desktop.application.settings import IndexingSettings, Settings, WindowSettings
from imgsearch_desktop.domain.library import Root
from imgsearch_desktop.domain.photo import RootId
from imgsearch_desktop.ui.dialogs.appearance_page import AppearancePage
from imgsearch_desktop.ui.dialogs.engine_page import EnginePage
from imgsearch_desktop.ui.dialogs.folders_page import FoldersPage
from imgsearch_desktop.ui.dialogs.models_page import ModelsPage
from imgsearch_desktop.ui.dialogs.performance_page import PerformancePage
from imgsearch_desktop.ui.dialogs.preferences_dialog import PreferencesDialog

SETTINGS = Settings(
    indexing=IndexingSettings(workers=1, exclude=("*.tmp", "Private")),
    window=WindowSettings(theme="dark", language="de", tile_fill=True, cache_mb=512),
)


@pytest.fixture
def pages(qapp, theme):
    return (
        FoldersPage(theme),
        ModelsPage(),
        PerformancePage(theme),
        AppearancePage(theme),
        EnginePage(theme),
    )


@pytest.fixture
def dialog(qtbot, pages, theme):
    parent = QWidget()
    qtbot.addWidget(parent)
    yield PreferencesDialog(theme, pages, SETTINGS, parent)


def test_showing_settings_changes_none_of_them(dialog):
    assert dialog.settings == SETTINGS


def test_what_no_page_shows_is_kept(qtbot, pages, theme):
    parent = QWidget()
    qtbot.addWidget(parent)
    unusual = replace(SETTINGS, indexing=replace(SETTINGS.indexing, file_deadline_s=7.0))
    assert PreferencesDialog(theme, pages, unusual, parent).settings == unusual


def test_each_change_is_told_once_it_has_settled(dialog, pages, qtbot):
    appearance = pages[3]
    with qtbot.waitSignal(dialog.settings_changed) as told:
        appearance.fill.click()
    assert told.args[0].window.tile_fill is False
    assert told.args[0] == replace(SETTINGS, window=replace(SETTINGS.window, tile_fill=False))


def test_patterns_lose_blank_lines_and_spaces(dialog, pages, qtbot):
    with qtbot.waitSignal(dialog.settings_changed) as told:
        pages[0].exclude.setPlainText("  *.bak \n\n Private")
    assert told.args[0].indexing.exclude == ("*.bak", "Private")


def test_automatic_workers_are_none(dialog, pages, qtbot):
    with qtbot.waitSignal(dialog.settings_changed) as told:
        pages[2].workers.setCurrentIndex(0)
        pages[2].workers.activated.emit(0)
    assert told.args[0].indexing.workers is None


def test_more_workers_than_this_computer_has_are_kept(qtbot, pages, theme):
    parent = QWidget()
    qtbot.addWidget(parent)
    many = replace(SETTINGS, indexing=replace(SETTINGS.indexing, workers=4096))
    assert PreferencesDialog(theme, pages, many, parent).settings == many


def test_a_change_just_before_closing_is_not_lost(dialog, pages, qtbot):
    pages[2].cache.setValue(0)
    with qtbot.waitSignal(dialog.settings_changed) as told:
        dialog.done(0)
    assert told.args[0].window.cache_mb == 64


def test_folders_can_be_removed_and_tell_whether_they_are_away(dialog, pages, qtbot):
    folders = pages[0]
    folders.set_roots(
        [
            Root(RootId(1), b"/a", "/a", "v", b"/"),
            Root(RootId(2), b"/media/x", "/media/x", "w", b"/media/x", away=True),
        ]
    )
    assert "not connected" in folders.folders.item(1).text()
    assert not folders._remove.isEnabled()
    folders.folders.setCurrentRow(1)
    with qtbot.waitSignal(folders.remove_requested) as removed:
        folders._remove.click()
    assert removed.args == [b"/media/x"]


def test_every_control_has_a_name_for_screen_readers(dialog, pages):
    named = (
        pages[0].folders, pages[0].exclude, pages[4].engine, pages[1].folder, pages[2].workers,
        pages[2].cache, pages[3].theme, pages[3].language, dialog.list,
    )  # fmt: skip
    assert all(control.accessibleName() for control in named)
