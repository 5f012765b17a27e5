from datetime import UTC, datetime

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QMouseEvent
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from imgsearch_desktop.domain.errors import PhotoUnreadableError
from imgsearch_desktop.domain.photo import (
    FileId,
    Photo,
    PhotoFile,
    PhotoId,
    PhotoMetadata,
    PhotoUid,
    PictureFacts,
    RootId,
)
from imgsearch_desktop.ui.viewer.viewer import Viewer
from imgsearch_desktop.workers import threads
from imgsearch_desktop.workers.pictures import PictureLoader

BROKEN = 13


def photo(photo_id):
    path = f"/p/IMG_{photo_id}.jpg"
    file = PhotoFile(FileId(photo_id), RootId(1), b"/p", path[3:].encode(), path, 1000, 0)
    facts = PictureFacts("jpeg", 1200, 900, 1, 0, (0, 0, 0), (), 1)
    added = datetime(2024, 1, 1, tzinfo=UTC)
    return Photo(PhotoId(photo_id), PhotoUid("a" * 32), b"", facts, PhotoMetadata(), (), (file,), added)


@pytest.fixture
def viewer(qtbot, theme):
    def load(photo_id):
        if photo_id == BROKEN:
            raise PhotoUnreadableError("The file is cut off: it ends too early.")
        return np.full((900, 1200, 3), (0, 0, 10 * photo_id), np.uint8)

    thumbnail = QImage(384, 288, QImage.Format.Format_RGB32)
    thumbnail.fill(QColor("red"))
    loader = PictureLoader(load)
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(800, 600)
    widget = Viewer(theme, loader, lambda _: thumbnail, window)
    widget.resize(800, 600)
    with qtbot.waitExposed(window):
        window.show()
    widget.shown.connect(lambda photo_id: widget.set_photo(photo(photo_id)))
    yield widget
    loader.close()
    assert threads.wait()


def middle(viewer):
    return viewer.canvas.grab().toImage().pixelColor(viewer.canvas.rect().center()).name()


def open_at(viewer, qtbot, index, ids=(10, 11, 12)):
    viewer.open(ids, index)
    qtbot.waitUntil(lambda: middle(viewer) == f"#0000{10 * ids[index]:02x}")


def bar_texts(viewer):
    return [label.text() for label in viewer.bar.findChildren(QLabel)]


def test_the_thumbnail_is_there_at_once_at_the_photos_place_then_the_full_picture(viewer, qtbot):
    viewer.open((10, 11, 12), 0)
    assert middle(viewer) == "#ff0000"
    left_edge = viewer.canvas.grab().toImage().pixelColor(40, 280).name()
    qtbot.waitUntil(lambda: middle(viewer) == "#000064")
    assert (left_edge == "#ff0000") == (
        viewer.canvas.grab().toImage().pixelColor(40, 280).name() == "#000064"
    )


def test_arrows_step_and_stop_at_the_ends(viewer, qtbot):
    open_at(viewer, qtbot, 1)
    qtbot.keyClick(viewer, Qt.Key.Key_Right)
    assert viewer.photo_id == 12
    qtbot.keyClick(viewer, Qt.Key.Key_Right)
    assert viewer.photo_id == 12
    qtbot.keyClick(viewer, Qt.Key.Key_Home)
    assert viewer.photo_id == 10
    assert "1 of 3" in bar_texts(viewer)
    assert "IMG_10.jpg" in bar_texts(viewer)


def test_zoom_keys_and_back_to_fit(viewer, qtbot):
    open_at(viewer, qtbot, 0)
    qtbot.keyClick(viewer, Qt.Key.Key_1)
    assert viewer.canvas.scale == pytest.approx(1.0)
    assert "100 %" in bar_texts(viewer)
    qtbot.keyClick(viewer, Qt.Key.Key_0)
    assert viewer.canvas.fits
    qtbot.keyClick(viewer, Qt.Key.Key_Plus)
    assert not viewer.canvas.fits


def test_arrows_pan_a_zoomed_photo_instead_of_leaving_it(viewer, qtbot):
    open_at(viewer, qtbot, 0)
    qtbot.keyClick(viewer, Qt.Key.Key_1)
    qtbot.keyClick(viewer, Qt.Key.Key_Right)
    assert viewer.photo_id == 10


def test_a_photo_that_cannot_be_read_says_why_and_the_viewer_goes_on(viewer, qtbot):
    viewer.open((BROKEN, 11), 0)
    qtbot.waitUntil(viewer.message.isVisible)
    assert viewer.message.text() == "The file is cut off: it ends too early."
    qtbot.keyClick(viewer, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: middle(viewer) == "#00006e")
    assert not viewer.message.isVisible()


def test_escape_tells_which_photo_was_looked_at_last(viewer, qtbot):
    open_at(viewer, qtbot, 0)
    qtbot.keyClick(viewer, Qt.Key.Key_Right)
    with qtbot.waitSignal(viewer.closed) as closed:
        qtbot.keyClick(viewer, Qt.Key.Key_Escape)
    assert closed.args == [11]
    assert not viewer.isVisible()


def test_details_come_and_go(viewer, qtbot):
    open_at(viewer, qtbot, 0)
    qtbot.keyClick(viewer, Qt.Key.Key_I)
    assert viewer.details.isVisible()
    values = [label.text() for label in viewer.details.findChildren(QLabel)]
    assert "IMG_10.jpg" in values
    qtbot.keyClick(viewer, Qt.Key.Key_I)
    assert not viewer.details.isVisible()


def test_the_slideshow_goes_round_and_ends_with_the_viewer(viewer, qtbot):
    open_at(viewer, qtbot, 2)
    viewer.run_slideshow(True)
    viewer._slides.setInterval(1)
    qtbot.waitUntil(lambda: viewer.photo_id == 10)
    viewer.close_viewer()
    assert not viewer.slideshow_running


def test_a_photo_that_goes_to_the_trash_makes_room_for_the_next(viewer, qtbot):
    open_at(viewer, qtbot, 1)
    viewer.remove(11)
    assert viewer.photo_id == 12
    viewer.remove(10)
    assert viewer.photo_id == 12
    with qtbot.waitSignal(viewer.closed):
        viewer.remove(12)


def test_every_button_has_a_name_and_is_large_enough(viewer):
    for name, button in viewer.bar._buttons.items():
        assert button.accessibleName(), name
        assert min(button.width(), button.height()) >= 28, name


@pytest.fixture
def pointer(viewer, monkeypatch):
    """Where the mouse is, without a mouse: moves it over the viewer."""
    place = QPoint(400, 400)

    class Cursor:
        @staticmethod
        def pos():
            return viewer.mapToGlobal(place)

    def move(to):
        nonlocal place
        place = to
        event = QMouseEvent(
            QEvent.Type.MouseMove, QPointF(to), QPointF(viewer.mapToGlobal(to)), Qt.MouseButton.NoButton,
            Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
        )  # fmt: skip
        QApplication.sendEvent(viewer.canvas, event)

    monkeypatch.setattr("imgsearch_desktop.ui.viewer.viewer.QCursor", Cursor)
    return move


def test_in_full_screen_the_bar_goes_when_the_mouse_rests_and_the_photo_stays(viewer, qtbot, pointer):
    open_at(viewer, qtbot, 0)
    viewer.set_full_screen(True)
    assert viewer.canvas.geometry() == viewer.rect()
    assert viewer._rest.isActive()
    viewer._rest.timeout.emit()
    assert not viewer.bar.isVisible()
    assert viewer.canvas.geometry() == viewer.rect()
    pointer(QPoint(300, 300))
    assert viewer.bar.isVisible()
    pointer(QPoint(300, 10))
    viewer._rest.timeout.emit()
    assert viewer.bar.isVisible(), "it goes from under the pointer"
    viewer.set_full_screen(False)
    assert not viewer._rest.isActive()
    assert viewer.canvas.geometry().top() == viewer.bar.height()


def test_closing_in_full_screen_leaves_no_hidden_pointer(viewer, qtbot, pointer):
    open_at(viewer, qtbot, 0)
    viewer.set_full_screen(True)
    viewer._rest.timeout.emit()
    assert viewer.cursor().shape() is Qt.CursorShape.BlankCursor
    viewer.close_viewer()
    assert viewer.cursor().shape() is not Qt.CursorShape.BlankCursor
    assert not viewer._rest.isActive()


def test_buttons_say_what_they_do_now(viewer, qtbot):
    open_at(viewer, qtbot, 0)

    def name(button):
        return viewer.bar._buttons[button].accessibleName()

    assert name("fit") == "Show at 100 % (1)"
    qtbot.keyClick(viewer, Qt.Key.Key_1)
    assert name("fit") == "Show the whole photo (0)"
    viewer.run_slideshow(True)
    assert name("slideshow") == "Stop the slideshow (F5)"
    viewer.set_full_screen(True)
    assert name("full_screen") == "Leave full screen (F11)"


def test_icons_and_background_follow_the_theme(viewer, qtbot, theme):
    open_at(viewer, qtbot, 0)

    def darkest(button):
        image = viewer.bar._buttons[button].icon().pixmap(20, 20).toImage()
        pixels = [image.pixelColor(x, y) for x in range(20) for y in range(20)]
        return min(pixel.lightness() for pixel in pixels if pixel.alpha() > 100)

    light = darkest("next")
    theme.choose("dark")
    assert viewer.canvas._background == theme.colour("bg")
    assert darkest("next") > light + 100


def test_the_details_are_as_tall_as_what_they_say(viewer, qtbot):
    open_at(viewer, qtbot, 0)
    qtbot.keyClick(viewer, Qt.Key.Key_I)
    assert 60 < viewer.details.height() < viewer.canvas.height() - 40
