"""Paints one picture with zoom and pan; knows nothing of files or photos."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from imgsearch_desktop.ui.viewer import geometry
from imgsearch_desktop.ui.viewer.geometry import Point, Size, View

WHEEL_NOTCH = 120.0
NO_CONVERSION = Qt.ImageConversionFlag.NoFormatConversion


class PictureCanvas(QWidget):
    """A picture in a viewport: wheel zooms at the pointer, dragging pans, double click toggles 100 %.

    Signals:
        zoomed: the scale changed; screen pixels per pixel of the photo.
    """

    zoomed = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._renditions: list[QPixmap] = []
        self._photo = Size(1, 1)
        self._view = View(1.0, 0.5, 0.5, fit=True)
        self._drag_from: QPointF | None = None
        self._background = QColor(0, 0, 0)
        self.setMouseTracking(False)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def set_background(self, colour: QColor) -> None:
        """What is painted beside the picture."""
        self._background = colour
        self.update()

    def show_picture(self, renditions: Sequence[QImage], photo_size: QSize, *, keep_view: bool) -> None:
        """Show a photo.

        Args:
            renditions: the photo in one or more sizes, largest first; each paint takes the smallest that is
                sharp enough, so that a large picture is not scaled down again for every frame.
            photo_size: size of the photo itself; a thumbnail is painted at the place of the whole photo.
            keep_view: another rendition of the photo that is shown already: zoom and place stay.
        """
        self._renditions = [QPixmap.fromImage(image, NO_CONVERSION) for image in renditions]
        known = Size(max(photo_size.width(), 1), max(photo_size.height(), 1))
        if keep_view:
            moved = geometry.rescaled(self._view, self._photo, known)
            self._view = geometry.resized(moved, known, self._viewport())
        else:
            self._view = geometry.fitted(known, self._viewport())
        self._photo = known
        self._changed()

    def clear(self) -> None:
        """Show nothing."""
        self._renditions = []
        self.update()

    @property
    def scale(self) -> float:
        """Screen pixels per pixel of the photo."""
        return self._view.scale

    @property
    def fits(self) -> bool:
        """Whether the whole photo is seen and follows the window."""
        return self._view.fit

    def fit(self) -> None:
        """Show the whole photo."""
        self._view = geometry.fitted(self._photo, self._viewport())
        self._changed()

    def zoom(self, factor: float, at: Point | None = None) -> None:
        """Scale by a factor around a point of the viewport (device pixels), the middle without one."""
        self._view = geometry.zoomed(self._view, factor, at or self._middle(), self._photo, self._viewport())
        self._changed()

    def show_actual_size(self, at: Point | None = None) -> None:
        """One pixel of the photo per pixel of the screen."""
        self._view = geometry.actual_size(self._view, at or self._middle(), self._photo, self._viewport())
        self._changed()

    def toggle_actual_size(self, at: Point | None = None) -> None:
        """Switch between the whole photo and 100 %."""
        if self._view.fit and self._view.scale < 1.0:
            self.show_actual_size(at)
        else:
            self.fit()

    def pan(self, dx: float, dy: float) -> None:
        """Move the picture by device pixels, as far as its edges allow."""
        self._view = geometry.panned(self._view, dx, dy, self._photo, self._viewport())
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the background and the picture."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), self._background)
        if not self._renditions:
            return
        place = geometry.target(self._view, self._photo, self._viewport())
        ratio = self.devicePixelRatioF()
        target = QRectF(place.left / ratio, place.top / ratio, place.width / ratio, place.height / ratio)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self._view.scale < 4.0)
        rendition = self._sharp_enough(place.width)
        painter.drawPixmap(target, rendition, QRectF(rendition.rect()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A fitted picture follows the window."""
        super().resizeEvent(event)
        self._view = geometry.resized(self._view, self._photo, self._viewport())
        self._changed()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom at the pointer."""
        steps = event.angleDelta().y() / WHEEL_NOTCH
        if steps:
            self.zoom(geometry.ZOOM_STEP**steps, self._device_point(event.position()))
        event.accept()

    def event(self, event: object) -> bool:
        """Pinching on a touch pad zooms."""
        if (
            isinstance(event, QNativeGestureEvent)
            and event.gestureType() is Qt.NativeGestureType.ZoomNativeGesture
        ):
            self.zoom(1.0 + event.value(), self._device_point(event.position()))
            return True
        return super().event(event)  # type: ignore[arg-type]

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to pan."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._drag_from = event.position()
            self._show_hand()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Pan."""
        if self._drag_from is None:
            return
        moved = (event.position() - self._drag_from) * self.devicePixelRatioF()
        self._drag_from = event.position()
        self.pan(moved.x(), moved.y())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End panning."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._drag_from = None
            self._show_hand()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Switch between the whole photo and 100 % at the pointer."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.toggle_actual_size(self._device_point(event.position()))

    def _show_hand(self) -> None:
        if self._view.fit:
            self.unsetCursor()
        elif self._drag_from is None:
            self.setCursor(Qt.CursorShape.OpenHandCursor)
        else:
            self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def _sharp_enough(self, width: float) -> QPixmap:
        fitting = [pixmap for pixmap in self._renditions if pixmap.width() >= width]
        return fitting[-1] if fitting else self._renditions[0]

    def _changed(self) -> None:
        self._show_hand()
        self.update()
        self.zoomed.emit(self._view.scale)

    def _viewport(self) -> Size:
        ratio = self.devicePixelRatioF()
        return Size(max(self.width() * ratio, 1.0), max(self.height() * ratio, 1.0))

    def _middle(self) -> Point:
        viewport = self._viewport()
        return viewport.width / 2, viewport.height / 2

    def _device_point(self, position: QPointF) -> Point:
        ratio = self.devicePixelRatioF()
        return position.x() * ratio, position.y() * ratio
