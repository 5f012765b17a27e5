"""The details of a photo: few lines, all lines, files, copying."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from imgsearch_desktop.domain.photo import (
    DateSource,
    DateTaken,
    FileId,
    Photo,
    PhotoFile,
    PhotoId,
    PhotoMetadata,
    PhotoUid,
    PictureFacts,
    RootId,
)
from imgsearch_desktop.domain.result import Hit, Why
from imgsearch_desktop.ui.panels.details_panel import DetailsPanel
from imgsearch_desktop.ui.theme.tokens import SIZE

HIT = Hit(PhotoId(1), 0.83, (Why.VISUAL,))


def file(number, name, missing=False):
    path = f"/p/{name}"
    return PhotoFile(FileId(number), RootId(1), b"/p", name.encode(), path, 1000, 0, missing)


def photo():
    facts = PictureFacts("jpeg", 4000, 3000, 1, 0, (0, 0, 0), (), 1)
    taken = DateTaken(datetime(2023, 8, 14, 17, 20), None, DateSource.EXIF)
    metadata = PhotoMetadata(date_taken=taken, camera="Pixel 7", lens="wide")
    files = (file(1, "a.jpg"), file(2, "b.jpg"), file(3, "gone.jpg", missing=True))
    return Photo(
        PhotoId(1), PhotoUid("a" * 32), b"", facts, metadata, (), files, datetime(2024, 1, 1, tzinfo=UTC)
    )


@pytest.fixture
def panel(qtbot, theme):
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(336, 700)
    made = DetailsPanel(theme, window)
    made.resize(336, 700)
    with qtbot.waitExposed(window):
        window.show()
    yield made
    QGuiApplication.clipboard().clear()


def words(panel):
    return [label.text() for label in panel._page.findChildren(QLabel)]


def button(panel, name, nth=0):
    found = [b for b in panel._page.findChildren(QAbstractButton) if b.accessibleName() == name]
    return found[nth]


def test_without_a_photo_it_says_what_to_do(panel):
    assert panel._empty.isVisible()
    assert not panel.copy_all.isVisible()
    panel.set_photo(photo())
    assert not panel._empty.isVisible()
    panel.clear()
    assert panel._empty.isVisible()
    assert words(panel) == []


def test_the_few_lines_that_are_read_first(panel):
    panel.set_photo(photo(), HIT)
    assert [row.label for row in panel.rows] == ["Name", "Taken", "Camera", "Why"]
    assert "looks alike 0.83" in words(panel)
    panel.set_photo(photo())
    assert [row.label for row in panel.rows] == ["Name", "Taken", "Camera"]


def test_more_details_stay_open_for_the_next_photo(panel):
    panel.set_photo(photo(), HIT)
    panel.more.click()
    assert "Lens" in words(panel)
    assert panel.more.text() == "Fewer details"
    panel.set_photo(photo())
    assert "Lens" in words(panel)


def test_every_present_file_can_be_shown_and_opened(panel, qtbot):
    panel.set_photo(photo())
    panel.more.click()
    with qtbot.waitSignal(panel.reveal_requested) as revealed:
        button(panel, "Show in folder", 1).click()
    with qtbot.waitSignal(panel.open_requested) as opened:
        button(panel, "Open with the default program", 0).click()
    assert (revealed.args, opened.args) == ([b"/p/b.jpg"], [b"/p/a.jpg"])
    with pytest.raises(IndexError):
        button(panel, "Show in folder", 2)


def test_one_value_or_everything_can_be_copied(panel, qtbot):
    panel.set_photo(photo(), HIT)
    with qtbot.waitSignal(panel.copied):
        button(panel, "Copy Camera").click()
    assert QGuiApplication.clipboard().text() == "Pixel 7"
    panel.copy_all.click()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert "Name\ta.jpg" in lines
    assert "Why\tlooks alike 0.83" in lines
    assert any(line.startswith("Lens\t") for line in lines)


def test_the_date_can_be_corrected_from_its_line(panel, qtbot):
    panel.set_photo(photo())
    with qtbot.waitSignal(panel.date_requested):
        button(panel, "Correct the date").click()


def test_every_button_has_a_name_and_is_large_enough(panel):
    panel.set_photo(photo(), HIT)
    panel.more.click()
    for found in panel.findChildren(QAbstractButton):
        assert found.accessibleName() or found.text()
        assert min(found.width(), found.height()) >= SIZE.target, found.accessibleName()


def test_markup_in_names_is_shown_as_it_is(panel):
    odd = photo()
    odd = Photo(
        odd.photo_id, odd.uid, b"", odd.facts, PhotoMetadata(camera="<b>x</b>"), (), odd.files, odd.added
    )
    panel.set_photo(odd)
    assert "<b>x</b>" in words(panel)
