import pytest
from PySide6.QtCore import QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QWheelEvent
from PySide6.QtWidgets import QApplication

from imgsearch_desktop.ui.viewer.canvas import PictureCanvas


def picture(width, height, colour="red"):
    return [filled(width, height, colour)]


def filled(width, height, colour="red"):
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    return image


@pytest.fixture
def canvas(qtbot):
    widget = PictureCanvas()
    qtbot.addWidget(widget)
    widget.resize(400, 300)
    widget.set_background(QColor("black"))
    with qtbot.waitExposed(widget):
        widget.show()
    return widget


def wheel(canvas, at, notches):
    event = QWheelEvent(
        QPointF(*at),
        QPointF(canvas.mapToGlobal(QPoint(*at))),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(canvas, event)


def colour_at(canvas, x, y):
    return canvas.grab().toImage().pixelColor(x, y).name()


def test_a_new_picture_is_seen_whole_and_centred(canvas):
    canvas.show_picture(picture(800, 200), QSize(800, 200), keep_view=False)
    assert canvas.fits
    assert canvas.scale == pytest.approx(0.5)
    assert colour_at(canvas, 200, 150) == "#ff0000"
    assert colour_at(canvas, 200, 50) == "#000000"


def test_the_wheel_zooms_and_back_to_the_whole(canvas):
    canvas.show_picture(picture(2000, 1500), QSize(2000, 1500), keep_view=False)
    wheel(canvas, (100, 100), 3)
    assert not canvas.fits
    assert canvas.scale == pytest.approx(0.2 * 1.25**3)
    wheel(canvas, (300, 10), -20)
    assert canvas.fits


def test_double_click_toggles_between_whole_and_one_to_one(canvas, qtbot):
    canvas.show_picture(picture(2000, 1500), QSize(2000, 1500), keep_view=False)
    qtbot.mouseDClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(50, 60))
    assert canvas.scale == pytest.approx(1.0)
    qtbot.mouseDClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(50, 60))
    assert canvas.fits


def test_the_full_resolution_replaces_the_thumbnail_at_the_same_place(canvas):
    canvas.show_picture(picture(200, 150), QSize(2000, 1500), keep_view=False)
    canvas.zoom(4)
    before = canvas.scale
    canvas.show_picture(picture(2000, 1500, "blue"), QSize(2000, 1500), keep_view=True)
    assert canvas.scale == pytest.approx(before)
    assert colour_at(canvas, 200, 150) == "#0000ff"


def test_dragging_pans_a_zoomed_picture(canvas, qtbot):
    image = filled(800, 600)
    for y in range(600):
        for x in range(400):
            image.setPixelColor(x, y, QColor("blue"))
    canvas.show_picture([image], QSize(800, 600), keep_view=False)
    canvas.show_actual_size()
    assert colour_at(canvas, 190, 150) == "#0000ff"
    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(200, 150))
    qtbot.mouseMove(canvas, QPoint(150, 150))
    qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(150, 150))
    assert colour_at(canvas, 190, 150) == "#ff0000"


def test_each_paint_takes_the_smallest_rendition_that_is_sharp_enough(canvas):
    canvas.show_picture(
        [filled(2000, 1500, "red"), filled(1000, 750, "lime"), filled(500, 375, "blue")],
        QSize(2000, 1500),
        keep_view=False,
    )
    assert colour_at(canvas, 200, 150) == "#0000ff"
    canvas.zoom(2.0)
    assert colour_at(canvas, 200, 150) == "#00ff00"
    canvas.show_actual_size()
    assert colour_at(canvas, 200, 150) == "#ff0000"
