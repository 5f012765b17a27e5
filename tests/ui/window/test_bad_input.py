"""What goes wrong is told in words where it happened; the window stays usable and nothing is lost."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import time
from dataclasses import replace

import pytest
from PySide6.QtCore import QLocale, QMimeData, QPoint, QUrl
from PySide6.QtWidgets import QApplication

from imgsearch_desktop.adapters.imaging.decode_pool import SupervisedDecodePool
from imgsearch_desktop.application.ports import DecodeRequest, DecodeScope
from imgsearch_desktop.ui.panels.drop_overlay import Target
from tests.support.fakes import SPEC
from tests.support.pictures import write_picture
from tests.support.real_library import SETTINGS, LentPool, opened
from tests.support.web_server import Answer, serving
from tests.ui.window.test_main_job import drop, mime, shows, type_words

MIDDLE = QPoint(700, 400)

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # windows without a screen


def web(url: str) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl(url)])
    return data


def test_an_address_dropped_from_a_browser_is_fetched_and_searched(qtbot, opened_window, tmp_path):
    opened, window = opened_window, opened_window.window
    picture = write_picture(tmp_path / "web.jpg", seed=3, width=80, height=60).read_bytes()
    with serving({"/like.jpg": Answer(picture)}) as host:
        data = web(f"{host}/like.jpg")
        window.drag_entered.emit(data, MIDDLE)
        assert window.overlay.words(Target.SEARCH)[0] == "Fetch from 127.0.0.1 and search"
        assert drop(window, data, MIDDLE).isAccepted()
        qtbot.waitUntil(lambda: opened.presenter.browser.shown.asked.examples != ())
    assert opened.names[0] == "rex 3.jpg"
    assert window.message.isHidden()


def test_a_pasted_address_is_fetched_only_after_a_click(qtbot, opened_window, tmp_path):
    opened, window = opened_window, opened_window.window
    picture = write_picture(tmp_path / "web.jpg", seed=3, width=80, height=60).read_bytes()
    with serving({"/like.jpg": Answer(picture)}) as host:
        data = web(f"{host}/like.jpg")
        window.top.field.pasted.emit(data)
        assert window.message.action.text() == "Fetch from 127.0.0.1 and search"
        assert not opened.presenter.drops._fetcher.busy
        window.message.action.click()
        qtbot.waitUntil(lambda: opened.presenter.browser.shown.asked.examples != ())


def test_an_address_that_is_a_page_is_told_in_words(qtbot, opened_window):
    opened, window = opened_window, opened_window.window
    with serving({"/page": Answer(b"<html>", "text/html")}) as host:
        data = web(f"{host}/page")
        drop(window, data, MIDDLE)
        qtbot.waitUntil(lambda: "is no photo" in window.message.label.text())
    assert shows(opened, 12)


def test_a_server_that_keeps_silent_does_not_keep_the_window_open(qtbot, opened_window):
    opened, window = opened_window, opened_window.window
    with serving({"/slow": Answer(wait=True)}) as host:
        data = web(f"{host}/slow")
        drop(window, data, MIDDLE)
        qtbot.waitUntil(lambda: opened.presenter.drops._fetcher.busy)
        window.message.action.click()  # "Cancel"
        assert window.message.isHidden()
        assert shows(opened, 12)
        data = web(f"{host}/slow")
        drop(window, data, MIDDLE)
        started = time.monotonic()
        window.close()
        assert time.monotonic() - started < 2


def test_ten_thousand_dropped_files_are_taken_without_a_standstill(qtbot, opened_window, photos, tmp_path):
    opened, window = opened_window, opened_window.window
    real = [photos / "dogs" / f"rex {number % 6}.jpg" for number in range(5_000)]
    data = mime(*real, *(tmp_path / f"{number}.jpg" for number in range(5_000)))
    assert drop(window, data, MIDDLE).isAccepted()
    qtbot.waitUntil(lambda: opened.presenter.browser.shown.asked.examples != (), timeout=20_000)
    assert len(window.top.field.faces) == 8
    assert window.message.label.text().startswith(f"8 of the {QLocale().toString(5000)} pictures")
    assert window.grid.photos.rowCount() > 0


def test_a_folder_that_is_there_already_and_one_inside_it_stay_one(qtbot, opened_window, photos):
    opened, window = opened_window, opened_window.window
    for folder in (photos, photos / "dogs"):
        data = mime(folder)
        with qtbot.waitSignal(opened.presenter.library.job_ended, timeout=20_000):
            drop(window, data, MIDDLE)
    assert len(opened.library.catalogue.roots()) == 1
    assert opened.library.catalogue.counts().photos == 12
    assert "in the library already" in window.message.label.text()


def test_a_worker_that_raises_is_told_and_the_next_search_works(
    qtbot, opened_window, expect_log, monkeypatch
):
    opened, window = opened_window, opened_window.window
    expect_log("Background work failed")
    search = opened.presenter.search._gatherer._use.search
    ask = search.search
    monkeypatch.setattr(type(search), "search", lambda *_, **__: 1 / 0)
    type_words(opened, "rex")
    qtbot.waitUntil(lambda: "Something went wrong" in window.message.label.text())
    monkeypatch.setattr(type(search), "search", lambda _self, *args, **more: ask(*args, **more))
    type_words(opened, " 1")
    qtbot.waitUntil(lambda: opened.presenter.browser.shown.asked.text == "rex 1")


def test_a_photo_deleted_while_it_is_shown_leaves_the_grid_at_the_next_scan(qtbot, opened_window, photos):
    opened, window = opened_window, opened_window.window
    (photos / "boats" / "sail 2.png").unlink()
    window.actions_table["rescan"].trigger()
    qtbot.waitUntil(lambda: shows(opened, 11), timeout=20_000)
    assert "sail 2.png" not in opened.names


def test_the_cache_directory_removed_while_running_costs_nothing(qtbot, opened_window):
    opened = opened_window
    shutil.rmtree(opened.library.directory / "cache")
    type_words(opened, '"sail 3"')
    qtbot.waitUntil(lambda: opened.names[:1] == ["sail 3.png"])
    assert opened.library.catalogue.counts().photos == 12


def test_photos_added_after_the_cache_directory_has_gone_are_found(qtbot, opened_window, tmp_path):
    opened = opened_window
    shutil.rmtree(opened.library.directory / "cache")
    write_picture(tmp_path / "More" / "lighthouse.jpg", seed=77, width=80, height=60)
    data = mime(tmp_path / "More")
    with qtbot.waitSignal(opened.presenter.library.job_ended, timeout=20_000):
        drop(opened.window, data, MIDDLE)
    type_words(opened, '"lighthouse"')
    qtbot.waitUntil(lambda: opened.names[:1] == ["lighthouse.jpg"], timeout=10_000)


@pytest.fixture
def own_pool(tmp_path):
    """A decode pool of this test alone, its one worker started."""
    pool = SupervisedDecodePool(replace(SETTINGS, workers=1))
    picture = write_picture(tmp_path / "first.jpg", width=32, height=24)
    pool.submit(DecodeRequest(0, bytes(picture), (), DecodeScope.FULL, SPEC.encoder_input, 384))
    assert pool.next_outcome(60) is not None
    yield pool
    pool.close()


@pytest.fixture
def library_with_pool(own_pool, tmp_path):
    with opened(tmp_path / "library", lambda: LentPool(own_pool)) as made:
        yield made


@pytest.mark.skipif(sys.platform == "win32", reason="signals as POSIX has them")
def test_a_decoder_that_crashes_costs_one_photo_and_is_told_where_one_can_see_it(
    qtbot, own_pool, library_with_pool, photos, open_window
):
    """The worker process is killed in the middle of a file, as a crash of the decoder ends it."""
    (photos / "boats" / "copy of rex 0.jpg").unlink()
    (pid,) = own_pool.worker_pids
    os.kill(pid, signal.SIGSTOP)
    made = open_window(library_with_pool)
    window = made.window
    made.presenter.library.add_folders([os.fsencode(photos)])
    qtbot.waitUntil(lambda: own_pool.inside > 1, timeout=20_000)
    os.kill(pid, signal.SIGKILL)
    qtbot.waitUntil(lambda: shows(made, 11), timeout=30_000)
    qtbot.waitUntil(window.status.failures.isVisible, timeout=20_000)
    assert window.status.failures.text().startswith("1 ")
    window.status.failures.click()
    dialog = made.presenter.dialogs._failures
    qtbot.waitUntil(lambda: len(dialog.model.failures) == 1)
    assert "crashed the decoder" in dialog.model.failures[0].reason
    type_words(made, '"sail"')
    qtbot.waitUntil(lambda: made.presenter.browser.shown.total > 0)


def test_a_photo_that_is_gone_from_the_catalogue_is_told_in_the_panel(qtbot, opened_window, photos):
    opened, window = opened_window, opened_window.window
    window.grid.similar_requested.emit(0)
    qtbot.waitUntil(lambda: window.similar.grid.photos.rowCount() == 11)
    opened.presenter.library.remove_folder(os.fsencode(photos))
    qtbot.waitUntil(lambda: opened.library.catalogue.counts().photos == 0)
    opened.presenter.panel.refresh()
    qtbot.waitUntil(window.similar.message.isVisible)
    assert window.similar.message.text()
    opened.presenter.navigator.close_trail()


def test_nothing_on_the_clipboard_is_told(qtbot, opened_window):
    QApplication.clipboard().clear()
    opened_window.window.actions_table["paste"].trigger()
    qtbot.waitUntil(lambda: "There is no picture" in opened_window.window.message.label.text())
