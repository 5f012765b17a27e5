"""Acting on photos: a real catalogue, real files, a trash and a file manager in memory."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication, QImage

from imgsearch_desktop.application.tasks import Progress
from imgsearch_desktop.domain.photo import DateSource
from imgsearch_desktop.ui.acting.outgoing import GNOME_FILES


@pytest.fixture
def clipboard(qapp):
    yield QGuiApplication.clipboard()
    QGuiApplication.clipboard().clear()


def all_names():
    return ["a.jpg", "b.jpg", "copied.jpg", "second copy.jpg", "usb.jpg"]


def test_it_shows_files_in_the_file_manager(bench, qtbot):
    bench.acting.reveal(bench.ids("b.jpg", "a.jpg"))
    qtbot.waitUntil(lambda: len(bench.file_manager.shown) == 2)
    assert bench.file_manager.shown == [os.fsencode(bench.path(name)) for name in ("b.jpg", "a.jpg")]


def test_without_a_file_manager_the_folder_is_opened(bench, qtbot):
    bench.file_manager.works = False
    bench.acting.reveal(bench.ids("a.jpg"))
    qtbot.waitUntil(lambda: bench.opened == [str(bench.folder)])
    bench.opens = False
    bench.acting.reveal(bench.ids("a.jpg"))
    qtbot.waitUntil(lambda: len(bench.seen.problems) == 1)
    assert bench.path("a.jpg") in bench.seen.problems[0]


def test_it_opens_files_with_their_program(bench, qtbot):
    bench.acting.open(bench.ids("a.jpg"))
    qtbot.waitUntil(lambda: bench.opened == [bench.path("a.jpg")])
    bench.opens = False
    bench.acting.open(bench.ids("a.jpg"))
    qtbot.waitUntil(lambda: "No program" in "".join(bench.seen.problems))


def test_nobody_gets_a_thousand_windows(bench, qtbot):
    bench.acting.open(bench.ids("a.jpg") * 1000)
    qtbot.waitUntil(lambda: bool(bench.opened))
    assert len(bench.opened) <= 20
    assert bench.seen.messages == ["Only the first 20 are opened."]


def test_a_file_that_is_gone_is_said_so(bench, qtbot):
    Path(bench.path("a.jpg")).unlink()
    bench.acting.open(bench.ids("a.jpg"))
    qtbot.waitUntil(lambda: "not at its place" in "".join(bench.seen.problems))
    assert bench.opened == []


def test_copying_one_photo_takes_file_and_picture(bench, qtbot, clipboard):
    bench.acting.copy(bench.ids("a.jpg"))
    qtbot.waitUntil(lambda: bench.seen.messages == ["1 photo(s) copied"])
    data = clipboard.mimeData()
    assert [url.toLocalFile() for url in data.urls()] == [bench.path("a.jpg")]
    picture = data.imageData()
    assert isinstance(picture, QImage)
    assert (picture.width(), picture.height()) == (40, 30)
    assert picture.pixelColor(5, 5).name() == "#636363"
    assert bytes(data.data(GNOME_FILES).data()).startswith(b"copy\nfile:///")


def test_copying_several_takes_files_only(bench, qtbot, clipboard):
    bench.acting.copy(bench.ids("a.jpg", "b.jpg"))
    qtbot.waitUntil(lambda: len(bench.seen.messages) == 1)
    assert len(clipboard.mimeData().urls()) == 2
    assert not clipboard.mimeData().hasImage()


def test_paths_are_copied_as_lines(bench, qtbot, clipboard):
    bench.acting.copy_paths(bench.ids("a.jpg", "b.jpg"))
    qtbot.waitUntil(lambda: len(bench.seen.messages) == 1)
    assert clipboard.text() == f"{bench.path('a.jpg')}\n{bench.path('b.jpg')}"


def test_files_are_copied_to_a_folder_with_progress(bench, qtbot, tmp_path):
    told: list[Progress | None] = []
    bench.acting.copying.connect(told.append)
    (tmp_path / "{out}").mkdir()
    bench.acting.copy_to_folder(bench.ids("a.jpg", "b.jpg"), os.fsencode(tmp_path / "{out}"))
    qtbot.waitUntil(lambda: bench.seen.messages == ["2 photo(s) copied to {out}"])
    assert sorted(path.name for path in (tmp_path / "{out}").iterdir()) == ["a.jpg", "b.jpg"]
    assert isinstance(told[0], Progress)
    assert told[-1] is None


def test_what_could_not_be_copied_is_named_with_the_reason(bench, qtbot, tmp_path):
    Path(bench.path("a.jpg")).unlink()
    (tmp_path / "{out}").mkdir()
    bench.acting.copy_to_folder(bench.ids("a.jpg", "b.jpg"), os.fsencode(tmp_path / "{out}"))
    qtbot.waitUntil(lambda: len(bench.seen.problems) == 1)
    assert bench.seen.problems[0].startswith("1 photo(s) copied to {out}. 1 could not be copied. ")
    assert bench.path("a.jpg") in bench.seen.problems[0]


def test_the_list_is_a_table_or_lines_by_its_name(bench, qtbot, tmp_path):
    for name in ("list.txt", "list.CSV"):
        bench.acting.export_list(bench.ids("a.jpg"), os.fsencode(tmp_path / name))
    qtbot.waitUntil(lambda: len(bench.seen.messages) == 2)
    assert (tmp_path / "list.txt").read_text() == bench.path("a.jpg") + "\n"
    assert "camera" in (tmp_path / "list.CSV").read_text("utf-8-sig")


def test_a_corrected_date_can_be_undone_and_taken_back(bench, qtbot):
    wanted = bench.ids("a.jpg")
    bench.acting.correct_date(wanted, datetime(1987, 6, 5, 14, 30))
    qtbot.waitUntil(lambda: bench.seen.messages == ["Date of 1 photo(s) corrected"])

    def date():
        return bench.catalogue.photos(wanted)[0].metadata.date_taken

    assert (date().local, date().source) == (datetime(1987, 6, 5, 14, 30), DateSource.USER)
    bench.acting.undo_last()
    qtbot.waitUntil(lambda: len(bench.seen.messages) == 2)
    assert date().source is DateSource.EXIF
    bench.acting.correct_date(wanted, datetime(1987, 6, 5))
    bench.acting.take_back_date(wanted)
    qtbot.waitUntil(lambda: len(bench.seen.messages) == 4)
    assert date().source is DateSource.EXIF
    assert bench.seen.changes == 4


def test_undo_without_anything_to_undo_says_so(bench):
    bench.acting.undo_last()
    assert bench.seen.messages == ["There is nothing to undo."]
    assert bench.acting.undo_words == ""


def test_failed_files_are_tried_again_by_indexing_their_folder(bench, qtbot):
    with qtbot.waitSignal(bench.acting.rescan_requested) as asked:
        bench.acting.retry_failures([os.fsencode(bench.path("broken.jpg"))])
    assert list(asked.args[0]) == [os.fsencode(bench.folder)]


def test_commands_come_in_their_order(bench, qtbot):
    wanted = bench.ids("a.jpg")
    for year in (1981, 1982, 1983):
        bench.acting.correct_date(wanted, datetime(year, 1, 1))
    qtbot.waitUntil(lambda: len(bench.seen.messages) == 3)
    for year in (1982, 1981):
        bench.acting.undo_last()
        count = len(bench.seen.messages)
        qtbot.waitUntil(lambda count=count: len(bench.seen.messages) > count)
        assert bench.catalogue.photos(wanted)[0].metadata.date_taken.local.year == year
