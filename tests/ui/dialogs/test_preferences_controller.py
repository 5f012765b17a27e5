"""The preferences over a settings store, here the real settings file."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QWidget

from imgsearch_desktop.adapters.config.settings_file import SettingsFile
from imgsearch_desktop.application.settings import IndexingSettings, Settings
from imgsearch_desktop.domain.library import Root
from imgsearch_desktop.domain.photo import RootId
from imgsearch_desktop.ui.dialogs.folders_page import FoldersPage
from imgsearch_desktop.ui.dialogs.performance_page import PerformancePage
from imgsearch_desktop.ui.dialogs.preferences_controller import PreferencesController
from imgsearch_desktop.workers import threads

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # windows without a screen


@pytest.fixture
def file(tmp_path):
    made = SettingsFile(tmp_path / "settings.json")
    made.save(Settings(indexing=IndexingSettings(exclude=("Private",), file_deadline_s=7.0)))
    return made


@pytest.fixture
def window(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def controller(theme, file):
    made = PreferencesController(
        theme, lambda: file.load().settings, file.save, lambda: [PerformancePage(theme)]
    )
    yield made
    made.close()
    assert threads.wait()


def page(dialog, kind):
    return dialog.findChild(kind)


def test_cache_size_and_exclusions_reach_the_file(controller, file, window, qtbot):
    dialog = controller.open(window)
    assert page(dialog, FoldersPage).exclude.toPlainText() == "Private"
    page(dialog, FoldersPage).exclude.setPlainText("Private\n*.bak")
    page(dialog, PerformancePage).cache.setValue(0)
    with qtbot.waitSignal(controller.changed) as changed:
        dialog.close()
    before, after = changed.args
    assert (before.window.cache_mb, after.window.cache_mb) == (256, 64)
    qtbot.waitUntil(lambda: file.load().settings == after)
    assert after.indexing == IndexingSettings(exclude=("Private", "*.bak"), file_deadline_s=7.0)


def test_it_is_open_once_and_shows_what_holds_when_opened_again(controller, file, window, qtbot):
    dialog = controller.open(window)
    assert controller.open(window) is dialog
    dialog.close()
    file.save(replace(file.load().settings, indexing=IndexingSettings(exclude=("Other",))))
    again = controller.open(window)
    assert again is not dialog
    assert page(again, FoldersPage).exclude.toPlainText() == "Other"


def test_a_file_that_cannot_be_written_is_said_so_and_the_change_holds(controller, file, window, qtbot):
    dialog = controller.open(window)
    file.path.unlink()
    file.path.mkdir()
    with qtbot.waitSignal(controller.failed) as failed:
        page(dialog, PerformancePage).cache.setValue(4)
        dialog.close()
    assert "could not be saved" in failed.args[0].message


def test_folders_are_shown_and_asked_for(controller, window, qtbot):
    controller.set_roots([Root(RootId(1), b"/a", "/a", "v", b"/")])
    folders = page(controller.open(window), FoldersPage)
    assert folders.folders.count() == 1
    with qtbot.waitSignal(controller.add_folder_requested):
        folders._add.click()
    folders.folders.setCurrentRow(0)
    with qtbot.waitSignal(controller.remove_folder_requested) as removed:
        folders._remove.click()
    assert removed.args == [b"/a"]
    controller.set_roots([])
    assert folders.folders.count() == 0
